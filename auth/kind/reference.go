package kind

import (
	"path"
	"slices"
	"strings"
)

// ofReference recognises what stands for a secret that is elsewhere.
func ofReference(text string) (Found, bool) {
	if kind, name := referenceKind(text); kind != Plain {
		return found(kind, name, text)
	}
	return Found{}, false
}

func referenceKind(text string) (Kind, string) {
	switch {
	case isVariable(text):
		return Variable, "a variable that was never expanded"
	case isARN(text):
		return ARN, "an ARN"
	case isVaultReference(text):
		return Reference, "a reference to a secret in a vault"
	case hasAnyPrefix(text, "ENC[", "ENC(", "$ANSIBLE_VAULT;", "vault:v1:", "vault:v2:", "$aes$", "{cipher}") && len(text) > 12:
		return Reference, "an encrypted value"
	case isPath(text):
		return Path, "the path of a file"
	case hasScheme(text):
		return URL, "a URL"
	}
	return Plain, ""
}

func hasAnyPrefix(text string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(text, p) })
}

// isOneWord reports whether there is no white space.
func isOneWord(text string) bool { return !strings.ContainsAny(text, " \t\r\n") }

// isVariable reports whether the whole text is one variable, template or command that a
// shell, a template or a program would have replaced.
func isVariable(text string) bool {
	for _, v := range [...]struct{ open, end, never string }{
		{"${{", "}}", ""},
		{"{{", "}}", "}"},
		{"${", "}", "}"},
		{"$(", ")", ")"},
		{"#{", "}", "}"},
		{"<%=", "%>", "%"},
		{"{%", "%}", ""},
		{"%env(", ")%", ""},
		{"$env:", "", " "},
	} {
		inner, ok := strings.CutPrefix(text, v.open)
		if inner, closed := strings.CutSuffix(inner, v.end); ok && closed && (v.never == "" || !strings.Contains(inner, v.never)) {
			return true
		}
	}
	if name, ok := strings.CutPrefix(text, "$"); ok && isName(name) {
		return true
	}
	if strings.HasPrefix(text, "%") && isName(strings.TrimSuffix(text[1:], "%")) && strings.HasSuffix(text, "%") {
		return true
	}
	return hasAnyPrefix(text, "process.env.", "process.env[", "import.meta.env.", "os.environ[", "os.environ.", "os.getenv(", "os.Getenv(",
		"Deno.env.get(", "System.getenv(", "ENV[", "ENV.fetch(", "env('", `env("`)
}

// isName reports whether a text is the name of a variable.
func isName(text string) bool {
	return text != "" && (text[0] < '0' || text[0] > '9') && strings.IndexFunc(text, isNoNameRune) < 0
}

func isNoNameRune(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_'
}

// isARN reports whether a text is an ARN: arn:partition:service:region:account:resource.
func isARN(text string) bool {
	fields := strings.SplitN(text, ":", 6)
	return len(fields) == 6 && fields[0] == "arn" && fields[1] != "" && fields[2] != "" && fields[5] != "" && isOneWord(text)
}

// isVaultReference reports whether a text names a secret in the way of a vault or of a
// program that reads one.
func isVaultReference(text string) bool {
	switch {
	case hasAnyPrefix(text, "{{resolve:", "@Microsoft.KeyVault(", "!vault", "!Ref ", "!Sub ", "!GetAtt ", "!ImportValue "):
		return true
	case hasAnyPrefix(text, "op://", "vault://", "ref+", "secret://", "secrets://", "sm://", "awssm://", "awsssm://",
		"azurekeyvault://", "akv://", "keyvault://", "gcpsm://", "bws://", "bw://", "doppler://", "infisical://", "keeper://", "keyring://",
		"pass://", "gopass://", "lpass://", "keychain://", "dashlane://", "dl://", "awskms://", "gcpkms://", "azurekms://", "hashivault://"):
		return strings.Contains(text, "/")
	case !isOneWord(text):
		return false
	}
	segments := strings.Split(strings.TrimPrefix(text, "/"), "/")
	switch {
	case strings.HasPrefix(text, "vault:"):
		inner := text[len("vault:"):]
		return len(segments) > 1 && inner[0] != '/' && strings.IndexFunc(inner, func(r rune) bool { return isNoPathRune(r) && r != '#' }) < 0
	case hasAnyPrefix(text, "ssm:/", "pkcs11:", "awskms:", "gcpkms:", "aws-sm:", "secretsmanager:", "/aws/reference/secretsmanager/"):
		return len(segments) > 1 || strings.HasPrefix(text, "pkcs11:")
	case len(segments) >= 4 && segments[0] == "projects" && segments[2] == "secrets":
		return true
	case len(segments) >= 3 && segments[0] == "v1":
		segments = segments[1:]
	}
	inVault := len(segments) > 1 && slices.Contains([]string{"secret", "secrets", "kv", "kv-v2", "kv2"}, segments[0])
	return inVault && (len(segments) > 2 && segments[1] == "data" || isField(text))
}

// isField reports whether a path ends in "#" or ":" and the name of a field.
func isField(text string) bool {
	n := strings.LastIndexAny(text, "#:")
	return n > 0 && isName(text[n+1:])
}

// isPath reports whether a text is the path of a file with a key: it has a prefix of a
// framework or is in a folder of secrets, or its last name ends or reads like that of a key.
func isPath(text string) bool {
	if hasAnyPrefix(text, "classpath:", "file:", "%kernel.project_dir%") {
		return isOneWord(text) && len(text) > len("file:")
	}
	bare := strings.TrimPrefix(text, "@")
	if len(bare) > 3 && (bare[1:3] == ":/" || bare[1:3] == `:\`) {
		bare = strings.ReplaceAll(bare[2:], `\`, "/")
		return isKeyEnding(strings.ToLower(path.Ext(bare))) && strings.IndexFunc(bare, isNoPathRune) < 0
	}
	if strings.IndexFunc(bare, isNoPathRune) >= 0 || strings.HasSuffix(bare, "/") {
		return false
	}
	if hasAnyPrefix(bare, "/run/secrets/", "/var/run/secrets/", "/secrets/", "/keys/", "/certs/", "/etc/ssl/", "/etc/secrets/") {
		return true
	}
	name := strings.ToLower(path.Base(bare))
	end := path.Ext(name)
	isStart := hasAnyPrefix(bare, "./", "../", "~/", "/")
	if isKeyEnding(end) && len(name) > len(end) {
		return isStart || strings.Count(name, ".") == 1
	}
	about := []string{"key", "secret", "jwt", "private", "public", "cert", "token"}
	isStart = hasAnyPrefix(bare, "./", "../", "~/", "/app/", "/etc/", "/home/", "/mnt/", "/opt/", "/root/", "/srv/", "/usr/", "/var/")
	isAbout := func(word string) bool { return strings.Contains(name, word) }
	return isStart && strings.Count(bare, "/") > 1 && slices.ContainsFunc(about, isAbout)
}

func isKeyEnding(end string) bool {
	return slices.Contains([]string{
		".pem", ".key", ".crt", ".cer", ".der", ".p8", ".p12", ".pfx", ".jks", ".jwk", ".jwks", ".json", ".pub", ".asc", ".ppk",
	}, end)
}

func isNoPathRune(r rune) bool { return isNoNameRune(r) && !strings.ContainsRune("./-~", r) }

// hasScheme reports whether a text starts with the scheme of a URL and "://".
func hasScheme(text string) bool {
	scheme, _, ok := strings.Cut(text, "://")
	if !isOneWord(text) || scheme == "base64" {
		return false
	}
	isLetter := func(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
	return ok && scheme != "" && isLetter(scheme[0]) &&
		strings.IndexFunc(scheme, func(r rune) bool { return r == '_' || isNoNameRune(r) && !strings.ContainsRune("+.-", r) }) < 0
}
