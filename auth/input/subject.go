package input

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
)

// maxSubject is the longest subject, in bytes. RFC 5321 section 4.5.3.1 allows
// an address 254; user names of identity providers are shorter.
const maxSubject = 254

// CheckSubject returns why the text cannot be meant as a subject, an email
// address (RFC 5321, RFC 6531) or a user name, or nil. It never changes it.
func CheckSubject(subject string) error {
	if isOrdinary(subject) {
		return nil
	}
	return checkSubject(subject)
}

// checkSubject is CheckSubject for a subject of any kind.
func checkSubject(subject string) error {
	switch {
	case subject == "":
		return errors.New("type an email address or a user name")
	case !utf8.ValidString(subject):
		return errors.New("the subject is not valid UTF-8: type it again")
	case strings.TrimSpace(subject) == "":
		return errors.New("the subject is only white space: type an email address or a user name")
	case len(subject) > maxSubject:
		return fmt.Errorf("the subject has %d bytes and may have %d", len(subject), maxSubject)
	}
	if err := checkRunes(subject); err != nil {
		return err
	}
	local, domain, isAddress := cutAddress(subject)
	if !isAddress {
		return nil
	}
	if err := checkLocal(local); err != nil {
		return err
	}
	return checkDomain(domain)
}

// isOrdinary reports whether a subject is one of those that most are, for which
// all that is checked holds: ASCII letters and digits, one separator at a time
// between them, and one of those may be an "@".
func isOrdinary(subject string) bool {
	inDomain, separated := false, true
	for i := range len(subject) {
		c := subject[i]
		switch {
		case isLetterOrDigit(rune(c)):
			separated = false
			continue
		case separated:
			return false
		case c == '@' && !inDomain:
			inDomain = true
		case c == '.' || c == '-' || !inDomain && (c == '_' || c == '+'):
		default:
			return false
		}
		separated = true
	}
	return !separated && len(subject) < 64
}

// checkRunes refuses what nobody types on purpose and nobody sees.
func checkRunes(subject string) error {
	for i, r := range subject {
		switch {
		case ' ' <= r && r <= '~':
		case unicode.IsControl(r):
			return fmt.Errorf("the subject has a control character (%U) at byte %d: remove it", r, i+1)
		case unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r), auth.IsInvisible(r):
			return fmt.Errorf("the subject has an invisible character (%U) at byte %d: remove it", r, i+1)
		}
	}
	first, _ := utf8.DecodeRuneInString(subject)
	last, _ := utf8.DecodeLastRuneInString(subject)
	switch {
	case unicode.IsSpace(first):
		return errors.New("the subject begins with a space: remove it")
	case unicode.IsSpace(last):
		return errors.New("the subject ends with a space: remove it")
	case isJoiner(first), isJoiner(last):
		return errors.New("the subject begins or ends with an invisible joiner: remove it")
	}
	return nil
}

// isJoiner reports whether the rune is one of those that say how their
// neighbours are drawn, and mean nothing without them.
func isJoiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// cutAddress splits an email address at its last "@" and reports whether the
// text is meant as one: a user name has no "@".
func cutAddress(subject string) (local, domain string, isAddress bool) {
	i := strings.LastIndexByte(subject, '@')
	if i < 0 {
		return "", "", false
	}
	return subject[:i], subject[i+1:], true
}

// checkLocal checks the part before the "@": a dot-string, or anything in
// double quotes (RFC 5321 section 4.1.2, RFC 6531 section 3.3).
func checkLocal(local string) error {
	switch {
	case local == "":
		return errors.New("the address has nothing before the @")
	case len(local) > 64:
		return fmt.Errorf("the part before the @ has %d bytes and may have 64", len(local))
	case isQuoted(local):
		return nil
	case strings.Contains(local, "@"):
		return errors.New("an address can have only one @")
	case strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, ".."):
		return errors.New("the part before the @ has a dot at its start, its end or twice in a row")
	}
	for _, r := range local { // what stands unquoted is atext (RFC 5322 section 3.2.3) and dots
		switch {
		case isLetterOrDigit(r):
		case r < utf8.RuneSelf && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r):
			return fmt.Errorf("the part before the @ has %q, which an address cannot hold unquoted", r)
		case unicode.IsSpace(r):
			return errors.New("the part before the @ has a space: remove it")
		}
	}
	return nil
}

// isQuoted reports whether the local part is a quoted string: between the
// quotes a quote or a backslash is escaped.
func isQuoted(local string) bool {
	if len(local) < 3 || local[0] != '"' || local[len(local)-1] != '"' {
		return false
	}
	inner := local[1 : len(local)-1]
	for i := 0; i < len(inner); i++ {
		switch inner[i] {
		case '"':
			return false
		case '\\':
			if i++; i == len(inner) {
				return false
			}
		}
	}
	return true
}

// isLetterOrDigit reports whether the rune is one of ASCII, as most are.
func isLetterOrDigit(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// checkDomain checks the part after the "@": labels of letters, digits and
// inner hyphens in any script, or an address literal in brackets. One label is
// enough, test systems have "localhost".
func checkDomain(domain string) error {
	if domain == "" {
		return errors.New("the address has nothing after the @")
	}
	if literal, ok := strings.CutPrefix(domain, "["); ok {
		return checkLiteral(strings.TrimSuffix(literal, "]"), strings.HasSuffix(literal, "]"))
	}
	for label := range strings.SplitSeq(domain, ".") {
		switch {
		case label == "":
			return errors.New("the domain has a dot at its start, its end or twice in a row")
		case strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-"):
			return fmt.Errorf("the part %q of the domain begins or ends with a hyphen", label)
		case isASCII(label) && len(label) > 63:
			return errors.New("a part of the domain has more than 63 bytes")
		}
		for _, r := range label {
			if r != '-' && !isLetterOrDigit(r) && !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !isJoiner(r) && r != '·' {
				return fmt.Errorf("the domain has %q, which a domain cannot hold", r)
			}
		}
	}
	return nil
}

// checkLiteral checks an IPv4 address, or an IPv6 address behind its tag
// (RFC 5321 section 4.1.3).
func checkLiteral(literal string, closed bool) error {
	const tag = "IPv6:"
	tagged := len(literal) >= len(tag) && strings.EqualFold(literal[:len(tag)], tag)
	text := literal
	if tagged {
		text = literal[len(tag):]
	}
	address, err := netip.ParseAddr(text)
	if err != nil || !closed || address.Is4() == tagged || address.Zone() != "" {
		return errors.New("the domain is not an IP address in brackets, such as [192.0.2.1]")
	}
	return nil
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
