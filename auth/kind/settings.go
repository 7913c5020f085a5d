package kind

import (
	"slices"
	"strings"
)

// ofSettings recognises YAML and lines of NAME=value. One line is recognised only by a name
// that settings have for a secret, because a passphrase may contain a colon or an equals
// sign.
func ofSettings(text string) (Found, bool) {
	if !strings.ContainsAny(text, "=:") && !strings.HasPrefix(text, "---") {
		return Found{}, false
	}
	lines := slices.DeleteFunc(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), func(line string) bool {
		line = strings.TrimSpace(line)
		return line == "" || strings.HasPrefix(line, "#")
	})
	switch {
	case len(lines) == 0:
		return Found{}, false
	case len(lines) == 1:
		name, separator := settingName(lines[0])
		switch {
		case !isSecretName(name):
			return Found{}, false
		case separator == "=":
			return found(Env, "a line of settings", text)
		}
		return found(YAML, "a line of YAML", text)
	case isYAML(lines):
		name := "YAML"
		if kind := yamlKind(lines); kind != "" {
			name = "a Kubernetes " + kind
		}
		return found(YAML, name, text)
	case isEnv(lines):
		return found(Env, "a settings file", text)
	}
	return Found{}, false
}

// settingName returns the name before an equals sign, or before a colon and white space, or
// nothing.
func settingName(line string) (name, separator string) {
	line = strings.TrimSpace(line)
	for _, prefix := range []string{"export ", "set ", "SET ", "ENV ", "- "} {
		line = strings.TrimPrefix(line, prefix)
	}
	n := strings.IndexAny(line, "=:")
	if n < 0 || strings.Trim(line[n:], "=: ") == "" {
		return "", ""
	}
	if line[n] == ':' && (n+1 == len(line) || line[n+1] != ' ' && line[n+1] != '\t') {
		return "", ""
	}
	return strings.Trim(strings.TrimSpace(line[:n]), `"'`), line[n : n+1]
}

// isSecretName reports whether a name is one that settings have for a secret. In upper case
// that is a name of several words of which the last is such as SECRET or KEY and another says
// what it is for; in lower case, where it might be a passphrase, one of a list.
func isSecretName(name string) bool {
	if strings.IndexFunc(name, func(r rune) bool { return isNoNameRune(r) && r != '.' }) >= 0 || len(name) > 64 {
		return false
	}
	if name != strings.ToUpper(name) {
		return slices.Contains([]string{
			"secretkey", "secretkeybase", "jwtsecret", "jwtsecretkey", "jwtkey", "jwtprivatekey", "jwtpublickey", "jwtsigningkey", "appsecret",
			"appkey", "apikey", "authsecret", "tokensecret", "accesstokensecret", "refreshtokensecret", "clientsecret", "sessionsecret",
			"signingkey", "signingsecret", "hmacsecret", "hmackey", "privatekey", "publickey", "encryptionkey",
		}, strings.NewReplacer("_", "", ".", "").Replace(strings.ToLower(name)))
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '.' })
	if len(words) < 2 {
		return false
	}
	last := []string{"SECRET", "KEY", "TOKEN", "PASSWORD", "PASSPHRASE", "PEM", "BASE"}
	first := []string{
		"JWT", "SECRET", "APP", "API", "AUTH", "ACCESS", "REFRESH", "SIGNING", "PRIVATE", "PUBLIC", "HMAC", "TOKEN", "CLIENT", "SESSION",
		"NEXTAUTH", "DJANGO", "FLASK", "ENCRYPTION", "SERVER", "SUPABASE", "SYMMETRIC", "SHARED", "HASURA", "OAUTH",
	}
	isFirst := func(word string) bool { return slices.Contains(first, word) }
	return slices.Contains(last, words[len(words)-1]) && slices.ContainsFunc(words[:len(words)-1], isFirst)
}

// isYAML reports whether every line is one of YAML, and at least one a mapping.
func isYAML(lines []string) bool {
	mappings := 0
	for _, line := range lines {
		bare := strings.TrimSpace(line)
		name, rest, hasColon := strings.Cut(strings.TrimPrefix(bare, "- "), ":")
		isMapping := hasColon && isYAMLName(name) && (rest == "" || rest[0] == ' ' || rest[0] == '\t')
		switch {
		case isMapping:
			mappings++
		case bare == "---", bare == "...", strings.HasPrefix(bare, "- "), line != bare && line[0] != bare[0]:
		default:
			return false
		}
	}
	return mappings > 0
}

func isYAMLName(name string) bool {
	name = strings.Trim(name, `"'`)
	return name != "" && strings.IndexFunc(name, func(r rune) bool { return isNoNameRune(r) && !strings.ContainsRune("./-", r) }) < 0
}

// yamlKind returns the kind of a Kubernetes object, or nothing.
func yamlKind(lines []string) string {
	kind, hasVersion := "", false
	for _, line := range lines {
		if rest, ok := strings.CutPrefix(line, "kind:"); ok {
			kind = strings.TrimSpace(rest)
		}
		hasVersion = hasVersion || strings.HasPrefix(line, "apiVersion:")
	}
	if !hasVersion || !isName(kind) || len(kind) > 40 {
		return ""
	}
	return kind
}

// isEnv reports whether every line is a setting or the title of a section of INI.
func isEnv(lines []string) bool {
	settings := 0
	for _, line := range lines {
		bare := strings.TrimSpace(line)
		name, separator := settingName(bare)
		switch {
		case separator == "=" && name != "" && strings.IndexFunc(name, func(r rune) bool { return isNoNameRune(r) && r != '.' && r != '-' }) < 0:
			settings++
		case strings.HasPrefix(bare, "[") && strings.HasSuffix(bare, "]"), strings.HasPrefix(bare, ";"):
		case strings.HasSuffix(bare, "="):
		default:
			return false
		}
	}
	return settings > 0
}
