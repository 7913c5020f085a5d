package kind

import (
	"slices"
	"strings"
)

// isSSHName reports whether a text is the name of a type of SSH key, or of a certificate of
// one.
func isSSHName(name string) bool {
	name, _, _ = strings.Cut(name, "@")
	for _, prefix := range []string{"sk-", "webauthn-"} {
		name = strings.TrimPrefix(name, prefix)
	}
	name = strings.TrimSuffix(name, "-cert-v01")
	return strings.HasPrefix(name, "ecdsa-sha2-nistp") ||
		slices.Contains([]string{"ssh-rsa", "ssh-dss", "ssh-ed25519", "ssh-ed448", "ssh-xmss"}, name)
}

// ofSSH recognises a public key in one line, also after the options or the host of
// authorized_keys and known_hosts, and the files of PuTTY.
func ofSSH(text string) (Found, bool) {
	if strings.HasPrefix(text, "PuTTY-User-Key-File") {
		return found(PuTTY, "a PuTTY key", text)
	}
	if !strings.Contains(text, "ssh-") && !strings.Contains(text, "ecdsa-sha2-") {
		return Found{}, false
	}
	fields := strings.Fields(text)
	for n, field := range fields[:len(fields)-1] {
		if isSSHName(field) && strings.HasPrefix(fields[n+1], "AAAA") {
			return found(SSHPublic, "an SSH public key", strings.Join(fields[n:min(n+3, len(fields))], " "))
		}
	}
	return Found{}, false
}

// ofArmor recognises keys of age, which are text without a BEGIN line.
func ofArmor(text string) (Found, bool) {
	switch {
	case strings.Contains(text, "AGE-SECRET-KEY-") || strings.Contains(text, "AGE-PLUGIN-"):
		return found(Age, "an age identity", text)
	case strings.HasPrefix(text, "age1") && len(text) >= 58 && isLowerAlphanumeric(text):
		return found(Age, "an age recipient", text)
	case strings.HasPrefix(text, "age-encryption.org/"):
		return found(Age, "a file encrypted with age", text)
	}
	return Found{}, false
}

func isLowerAlphanumeric(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) < 0
}
