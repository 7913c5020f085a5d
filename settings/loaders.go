package settings

import (
	"strings"
	"unicode"
)

// The advice about a line that programs read differently. In single quotes every
// program that removes quotes reads the same text, unless it contains characters
// that are special even there.
const (
	quoteSecret = "write it in single quotes"
	otherSecret = "use a secret of letters and digits, for example from openssl rand -hex 32"
	moveComment = "write the secret in single quotes, and move any comment to its own line"
	writeEqual  = "write SECRET_KEY="
)

// warnLoaders warns when other programs would read a different secret from the same
// line: the API would then refuse every token that is issued here.
//
// The line is read as godotenv reads it: unless the value is in single quotes, it
// expands $NAME and ${NAME} from earlier lines and drops a comment that follows
// white space. python-dotenv expands only ${NAME}, and does so in single quotes
// too. starlette expands nothing, keeps comments, and strips every quote from both
// ends. A shell does all of this, removes backslashes, and stops at characters of
// its own. docker --env-file reads the line as it is: it would differ on every
// quoted value, so it is considered for other values only. A shell and Docker
// accept no space around the equal sign, and fail visibly.
func (k signing) warnLoaders(s setting) {
	r := k.r
	if r.warnInvisible(s) || s.line == 0 {
		return
	}
	if trap, do := loaderTrap(s.statement); trap != "" {
		r.warn(s, true, s.name+" has "+trap+", so an API may read a different secret from this line", do)
	}
}

// loaderTrap returns the part of an assignment that programs read differently, and
// what to do about it. Both are empty when there is none.
func loaderTrap(st statement) (trap, do string) {
	raw := strings.Trim(st.raw, blanks)
	quote, inner := byte(0), raw
	if len(raw) > 1 && (raw[0] == '"' || raw[0] == '\'') && raw[len(raw)-1] == raw[0] {
		quote, inner = raw[0], raw[1:len(raw)-1]
	}
	bare, spaced, rewritten := quote == 0, strings.ContainsFunc(inner, unicode.IsSpace), rewrite(inner)
	const quotes, special = "a quote, which some programs remove and others do not", "a character that is special to a shell"
	for _, each := range []struct {
		found    bool
		trap, do string
	}{
		{st.colon, "a colon after its name, where other programs expect an equal sign", writeEqual},
		{
			strings.Contains(inner, "${") || strings.Contains(inner, "$") && quote != '\'',
			"a $, which some programs expand and others do not", rewritten,
		},
		{strings.Contains(inner, `\`), "a backslash, which some programs remove and others do not", otherSecret},
		{strings.Contains(inner, "\n"), "a line break, where some programs stop and others do not", otherSecret},

		{bare && strings.ContainsAny(inner, `"'`), quotes, rewritten},
		{bare && spaced && strings.Contains(inner, "#"), "a # after a space, where some programs see a comment and others do not", moveComment},
		{bare && spaced, "a space, where some programs stop and others do not", rewritten},
		{bare && strings.ContainsAny(inner, "`;&|<>()"), special, rewritten},

		{!bare && strings.Trim(inner, `"'`) != inner, quotes, otherSecret},
		{
			!bare && strings.TrimSpace(inner) != inner,
			"a leading or trailing space in its quotes, which some programs trim and others do not", otherSecret,
		},
		{!bare && strings.TrimSpace(st.tail) != "", "text after its closing quote, which some programs drop and others do not", moveComment},
		{quote == '"' && strings.Contains(inner, "`"), special, rewritten},
	} {
		if each.found {
			return each.trap, each.do
		}
	}
	return "", ""
}

// rewrite returns how to write a value so that every program reads it alike.
func rewrite(value string) string {
	if strings.Contains(value, "${") || strings.ContainsAny(value, "'\\\n") ||
		strings.Trim(value, `"`) != value || strings.TrimSpace(value) != value {
		return otherSecret
	}
	return quoteSecret
}
