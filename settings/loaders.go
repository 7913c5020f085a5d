package settings

import "strings"

// warnLoaders tells where programs that read the same line would get another
// secret: the API then refuses every token that is issued here. Here the line is
// read as godotenv does: $NAME and ${NAME} are replaced and a comment behind
// white space is cut off, unless the value is in single quotes. python-dotenv
// replaces ${NAME} only, starlette and docker --env-file replace nothing and
// keep comments, and a shell does all of it and takes backslashes away.
func (r *reader) warnLoaders(s setting) {
	if s.line == 0 {
		return
	}
	raw := strings.TrimSpace(s.raw)
	quote, inner := byte(0), raw
	if len(raw) > 1 && (raw[0] == '"' || raw[0] == '\'') && raw[len(raw)-1] == raw[0] {
		quote, inner = raw[0], raw[1:len(raw)-1]
	}
	what := ""
	switch {
	case strings.Contains(inner, "${") || strings.Contains(inner, "$") && quote != '\'':
		what = "a $, which some programs replace and others do not"
	case strings.Contains(inner, `\`):
		what = "a backslash, which some programs take away and others do not"
	case strings.ContainsAny(inner, `"'`):
		what = "a quote, which some programs take away and others do not"
	case quote != 0 && inner != strings.TrimSpace(inner):
		what = "a space at an end inside its quotes, which some programs cut off and others do not"
	case quote == 0 && strings.Contains(inner, "#") && strings.ContainsAny(inner, " \t"):
		what = "a # behind a space, where some programs see a comment and others do not"
	case quote == 0 && strings.ContainsAny(inner, " \t"):
		what = "a space, where some programs stop and others do not"
	default:
		return
	}
	r.warn(s, "SECRET_KEY has "+what+", so an API may read another secret out of this line",
		"use a secret of letters and digits, for example from openssl rand -hex 32")
}
