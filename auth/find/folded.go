package find

import (
	"encoding/base64"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// join joins a token that was split over several lines, in any segment.
func join(whole Match) (Match, bool) {
	fields := strings.Fields(unfoldMarks(whole.Compact))
	text := strings.Join(fields, "")
	if len(fields) < 2 || !isBare(text) || !auth.StartsToken(text) {
		return Match{}, false
	}
	if dots := strings.Count(text, "."); dots != 2 && dots != 4 {
		return Match{}, false
	}
	for line := range strings.FieldsFuncSeq(whole.Compact, isLineBreak) {
		if len(strings.Fields(line)) > 1 && !strings.HasSuffix(strings.TrimSpace(line), `\`) { // a gap within a line is damage
			return Match{}, false
		}
	}
	for _, field := range fields[1:] {
		if startsWholeHeader(field) { // a word before a whole token is not part of it
			return Match{}, false
		}
	}
	whole.Compact, whole.Folded = text, true
	return whole.named(), true
}

func isLineBreak(r rune) bool { return r == '\n' || r == '\r' }

// unfoldMarks removes the backslashes of a shell at the ends of lines.
func unfoldMarks(text string) string {
	return strings.NewReplacer("\\\r\n", "\n", "\\\n", "\n").Replace(text)
}

// startsWholeHeader reports whether a text with two dots or more starts with a header that
// is whole, so that a token begins there.
func startsWholeHeader(text string) bool {
	if strings.Count(text, ".") < 2 || !auth.StartsToken(text) {
		return false
	}
	segment, _, _ := strings.Cut(text, ".")
	header, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil {
		return false
	}
	_, err = jsontext.ReadObject(header)
	return err == nil
}

// maxFolds is how many lines of a text are joined to a token that starts in it.
const maxFolds = 64

// unfold returns the end of a token that starts at start and is continued on the lines
// after end, and its text. Nothing is continued if the token is whole.
func unfold(text string, start, end int) (token string, after int) {
	token, after = text[start:end], end
	if skipFold(text, end) == end {
		return token, end
	}
	lines := token
	for range maxFolds {
		if strings.Count(lines, ".") >= 2 && isWhole(lines) {
			return lines, after
		}
		next := skipFold(text, after)
		if next == after {
			break
		}
		stop := next
		for stop < len(text) && auth.IsTokenChar(rune(text[stop])) {
			stop++
		}
		line := text[next:stop]
		another := startsWholeHeader(line) || auth.StartsToken(line) && !strings.HasSuffix(lines, ".")
		if line == "" || another || strings.Count(lines, ".") > 4 {
			break
		}
		lines += line
		after = stop
	}
	if strings.Count(lines, ".") == 2 && isWhole(lines) {
		return lines, after
	}
	return token, end
}

// skipFold returns the offset after the line break at pos with the marks that mail and
// shells put around it, or pos if there is none.
func skipFold(text string, pos int) int {
	rest := strings.TrimLeft(text[pos:], " \t\\=")
	if rest == "" || rest[0] != '\n' && rest[0] != '\r' {
		return pos
	}
	rest = strings.TrimLeft(rest, "\r\n \t>")
	return len(text) - len(rest)
}
