package settings

import (
	"strings"
	"unicode"
)

// What to do about a line that is read in several ways. In single quotes a text
// stays as it is for all that take quotes off, if it has none of the characters
// that mean something even there.
const (
	quoteSecret = "write it in single quotes"
	otherSecret = "use a secret of letters and digits, for example from openssl rand -hex 32"
	moveComment = "write the secret in single quotes, and a comment on a line of its own"
	writeEqual  = "write SECRET_KEY="
)

// warnLoaders tells where programs that read the same line would get another
// secret: the API then refuses every token that is issued here.
//
// Here the line is read as godotenv does: $NAME and ${NAME} are replaced by what
// the file says above, and a comment behind white space is cut off, unless the
// value is in single quotes. python-dotenv replaces ${NAME} only, and that in
// single quotes too; starlette replaces nothing, keeps comments, and takes every
// quote off the ends; a shell does all of it, takes backslashes away, and stops
// at characters of its own. docker --env-file takes the line as it stands: it
// would differ on every quoted value, so it counts for the others only. A shell
// and Docker want no space around the equal sign and say so by failing.
func (r *reader) warnLoaders(s setting) {
	if s.line == 0 {
		return
	}
	if what, do := loaderTrap(s.statement); what != "" {
		r.warn(s, true, "SECRET_KEY has "+what+", so an API may read another secret out of this line", do)
	}
}

// loaderTrap returns what in an assignment is read in several ways, and what to
// do about it, or nothing.
func loaderTrap(st statement) (what, do string) {
	raw := strings.Trim(st.raw, blanks)
	quote, inner := byte(0), raw
	if len(raw) > 1 && (raw[0] == '"' || raw[0] == '\'') && raw[len(raw)-1] == raw[0] {
		quote, inner = raw[0], raw[1:len(raw)-1]
	}
	switch {
	case st.colon:
		return "a colon behind its name, where other programs want an equal sign", writeEqual
	case strings.Contains(inner, "${") || strings.Contains(inner, "$") && quote != '\'':
		return "a $, which some programs replace and others do not", rewrite(inner)
	case strings.Contains(inner, `\`):
		return "a backslash, which some programs take away and others do not", otherSecret
	case strings.Contains(inner, "\n"):
		return "a line break, where some programs stop and others do not", otherSecret
	case quote == 0:
		return bareTrap(inner)
	case strings.Trim(inner, `"'`) != inner:
		return "a quote, which some programs take away and others do not", otherSecret
	case strings.TrimSpace(inner) != inner:
		return "a space at an end inside its quotes, which some programs cut off and others do not", otherSecret
	case strings.TrimSpace(st.tail) != "":
		return "something behind its closing quote, which some programs cut off and others do not", moveComment
	case quote == '"' && strings.Contains(inner, "`"):
		return "a character that a shell takes for a command", rewrite(inner)
	}
	return "", ""
}

// bareTrap is loaderTrap for a value without quotes around it.
func bareTrap(value string) (what, do string) {
	spaced := strings.ContainsFunc(value, unicode.IsSpace)
	switch {
	case strings.ContainsAny(value, `"'`):
		return "a quote, which some programs take away and others do not", rewrite(value)
	case spaced && strings.Contains(value, "#"):
		return "a # behind a space, where some programs see a comment and others do not", moveComment
	case spaced:
		return "a space, where some programs stop and others do not", rewrite(value)
	case strings.ContainsAny(value, "`;&|<>()"):
		return "a character that a shell takes for a command", rewrite(value)
	}
	return "", ""
}

// rewrite returns how to write a value so that all read the same.
func rewrite(value string) string {
	if strings.Contains(value, "${") || strings.ContainsAny(value, "'\\\n") ||
		strings.Trim(value, `"`) != value || strings.TrimSpace(value) != value {
		return otherSecret
	}
	return quoteSecret
}
