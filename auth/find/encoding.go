package find

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"tokendesk/auth"
)

// encoding is a way in which a whole text may be written. undo returns the text inside, and
// whether there is one.
type encoding struct {
	name string
	undo func(text string) (string, bool)
	// certain says that the text is in the encoding whether or not a token is in it.
	certain bool
	// joins says that undoing it joins lines.
	joins bool
}

// read looks for tokens inside the encoding.
func (e encoding) read(text string, depth int) ([]Match, bool) {
	inner, ok := e.undo(text)
	if !ok || inner == text {
		return nil, false
	}
	found, ok := read(inner, depth-1)
	joined := e.joins && strings.ContainsAny(strings.TrimSpace(text), "\r\n")
	for n := range found {
		found[n].Folded = found[n].Folded || joined
		found[n].Around = prepend(found[n].Around, e.name)
	}
	return found, ok || e.certain
}

// prepend adds what is farther out. White space inside something else is not worth
// mentioning.
func prepend(around []string, outer ...string) []string {
	all := append(append([]string{}, outer...), around...)
	if len(all) > 1 {
		all = slices.DeleteFunc(all, func(layer string) bool { return layer == WhiteSpace })
	}
	return all
}

// outerEncodings are undone before anything is looked for: a token would be found without
// its end. innerEncodings are tried on a text in which nothing was found.
var (
	outerEncodings = [...]encoding{
		{"UTF-16", fromUTF16, true, false},
		{"a byte order mark", func(text string) (string, bool) { return strings.CutPrefix(text, "\ufeff") }, true, false},
		{"invisible characters", withoutInvisible, false, false},
		{"the quotation of a mail", fromQuotedMail, false, false},
		{"quoted-printable", fromQuotedPrintable, false, true},
	}
	innerEncodings = [...]encoding{
		{"percent encoding", fromPercent, false, false},
		{"JSON escapes", fromEscapes, false, false},
	}
	inBase64 = encoding{"base64", fromBase64, false, true}
)

// fromUTF16 decodes UTF-16 in either order, with a byte order mark or without: half the
// bytes of a token are zero in it.
func fromUTF16(text string) (string, bool) {
	if len(text) < 4 {
		return text, false
	}
	low := 0
	switch {
	case strings.HasPrefix(text, "\xff\xfe"):
		text = text[2:]
	case strings.HasPrefix(text, "\xfe\xff"):
		text, low = text[2:], 1
	case isHalfZero(text, 1):
	case isHalfZero(text, 0):
		low = 1
	default:
		return text, false
	}
	units := make([]uint16, 0, len(text)/2)
	for i := 0; i+1 < len(text); i += 2 {
		units = append(units, uint16(text[i+low])|uint16(text[i+1-low])<<8)
	}
	if len(text)%2 == 1 && low == 0 { // the zero after the last character was trimmed
		units = append(units, uint16(text[len(text)-1]))
	}
	return strings.TrimLeft(string(utf16.Decode(units)), "\ufeff"), true
}

// isHalfZero reports whether every second byte is zero and no other is, as in the UTF-16 of
// ASCII.
func isHalfZero(text string, zero int) bool {
	for i := range len(text) {
		if (text[i] == 0) != (i%2 == zero) {
			return false
		}
	}
	return true
}

// withoutInvisible removes what nobody sees, such as the soft hyphens and zero width spaces
// that web pages put into long words.
func withoutInvisible(text string) (string, bool) {
	if strings.IndexFunc(text, isInvisible) < 0 {
		return text, false
	}
	return strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, text), true
}

func isInvisible(r rune) bool { return auth.IsInvisible(r) || r == '\u200c' || r == '\u200d' }

// fromQuotedMail returns the text of a mail without the marks before its quoted lines.
func fromQuotedMail(text string) (string, bool) {
	if !strings.HasPrefix(text, ">") && !strings.Contains(text, "\n>") {
		return text, false
	}
	var lines []string
	startsToken := false // otherwise it is the request that curl -v prints
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, ">") {
			line = strings.TrimLeft(line, "> \t")
			startsToken = startsToken || auth.StartsToken(line)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, ""), startsToken
}

// fromQuotedPrintable joins lines that end with the mark of RFC 2045 section 6.7. An equals
// sign is written =3D there.
func fromQuotedPrintable(text string) (string, bool) {
	if !strings.Contains(text, "=\n") && !strings.Contains(text, "=\r\n") {
		return text, false
	}
	return strings.NewReplacer("=\r\n", "", "=\n", "", "=3D", "=", "=2E", ".").Replace(text), true
}

// fromPercent decodes percent encoding, and leaves what is not encoded.
func fromPercent(text string) (string, bool) {
	if !strings.Contains(text, "%") {
		return text, false
	}
	var out strings.Builder
	changed := false
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			if c, ok := hexByte(text[i+1 : i+3]); ok {
				out.WriteByte(c)
				i, changed = i+2, true
				continue
			}
		}
		out.WriteByte(text[i])
	}
	return out.String(), changed
}

func hexByte(digits string) (byte, bool) {
	value, err := hex.DecodeString(digits)
	if err != nil {
		return 0, false
	}
	return value[0], true
}

// fromEscapes undoes the escapes of JSON that may be in a token.
func fromEscapes(text string) (string, bool) {
	undone := strings.NewReplacer(
		`\u002e`, ".", `\u002E`, ".", `\u002d`, "-", `\u002D`, "-", `\u005f`, "_", `\u005F`, "_", `\u003d`, "=", `\u003D`, "=", `\/`, "/",
		`\n`, "\n", `\r`, "\n", `\t`, "\t", `\.`, ".", `\_`, "_", `\-`, "-",
	).Replace(text)
	return undone, undone != text
}

// fromBase64 decodes a text that is a token, or holds one, in base64, as kubectl prints the
// data of a secret.
func fromBase64(text string) (string, bool) {
	text = strings.TrimRight(strings.Join(strings.Fields(text), ""), "=")
	const least = 40
	if len(text) < least || strings.ContainsAny(text, ".\"{") {
		return text, false
	}
	decoded, err := base64.RawURLEncoding.DecodeString(strings.NewReplacer("+", "-", "/", "_").Replace(text))
	if err != nil || !utf8.Valid(decoded) {
		return text, false
	}
	return string(decoded), true
}
