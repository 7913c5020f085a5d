package settings

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
)

// warnInvisible warns about characters in a secret that nobody sees or types: the API
// probably has the secret without them, and would refuse every token. It reports whether
// there are any.
func (r *reader) warnInvisible(s setting) bool {
	what := invisibleIn(s.written())
	if what != "" {
		r.warn(s, true, s.name+" contains "+what, otherSecret)
	}
	return what != ""
}

// written returns the value as it is written in the file, without quotes and comment: what
// is invisible at its end is no longer part of the value.
func (s *setting) written() string {
	if s.line == 0 {
		return s.value
	}
	raw := s.raw
	if !strings.HasPrefix(raw, "'") && !strings.HasPrefix(raw, `"`) {
		raw, _, _ = strings.Cut(raw, " #")
	}
	return strings.TrimRight(raw, " \t\r\n")
}

// invisibleIn names the first character in a secret that was probably not typed, or is
// empty.
func invisibleIn(secret string) string {
	if !utf8.ValidString(secret) { // not a text
		return ""
	}
	for _, r := range secret {
		if what := unseen(r); what != "" {
			return fmt.Sprintf("%s (U+%04X)", what, r)
		}
	}
	return ""
}

func unseen(r rune) string {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return "an invisible character of no width"
	case '\u00ad':
		return "a soft hyphen, which is invisible"
	case '\u00a0', '\u2007', '\u202f':
		return "a no-break space"
	}
	switch {
	case strings.ContainsRune("‘’‚‛“”„‟", r):
		return "a typographic quotation mark, which an editor puts in place of a plain one"
	case r > unicode.MaxASCII && unicode.IsSpace(r):
		return "a space of an unusual width"
	case auth.IsInvisible(r):
		return "an invisible character"
	}
	return ""
}
