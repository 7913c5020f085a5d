package input

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
	"tokendesk/auth/advice"
)

// maxSubject is the length of the longest subject, in bytes. RFC 5321 section 4.5.3.1
// allows 254 bytes for an address; user names of identity providers are shorter.
const maxSubject = 254

// CheckSubject returns why the text cannot be a subject, which is an email address (RFC
// 5321, RFC 6531) or a user name, or nil.
func CheckSubject(subject string) error {
	if isOrdinary(subject) {
		return nil
	}
	return checkSubject(subject)
}

const (
	typeSubject = "type an email address or a user name"
	removeIt    = "remove it"
)

// ErrNoSubject says that there is no subject.
var ErrNoSubject = advice.New("the subject is missing", typeSubject)

// checkSubject is CheckSubject for any subject.
func checkSubject(subject string) error {
	switch {
	case subject == "":
		return ErrNoSubject
	case !utf8.ValidString(subject):
		return advice.New("the subject is not valid UTF-8", "retype it")
	case strings.TrimSpace(subject) == "":
		return advice.New("the subject is only white space", typeSubject)
	case len(subject) > maxSubject:
		return fmt.Errorf("the subject has %d bytes, more than the maximum of %d", len(subject), maxSubject)
	}
	if err := checkRunes(subject); err != nil {
		return err
	}
	local, domain, isAddress := cutAddress(subject)
	if !isAddress {
		return nil
	}
	return cmp.Or(checkLocal(local), checkDomain(domain))
}

// isOrdinary reports whether a subject is like most, so that it passes every check: ASCII
// letters and digits with single separators between them, of which one may be "@".
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

// checkRunes refuses characters that cannot be seen and that nobody types on purpose.
func checkRunes(subject string) error {
	for i, r := range subject {
		switch {
		case ' ' <= r && r <= '~':
		case unicode.IsControl(r):
			return advice.New(fmt.Sprintf("the subject contains a control character (%U) at byte %d", r, i+1), removeIt)
		case unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r), auth.IsInvisible(r):
			return advice.New(fmt.Sprintf("the subject contains an invisible character (%U) at byte %d", r, i+1), removeIt)
		}
	}
	first, _ := utf8.DecodeRuneInString(subject)
	last, _ := utf8.DecodeLastRuneInString(subject)
	switch {
	case unicode.IsSpace(first):
		return advice.New("the subject starts with a space", removeIt)
	case unicode.IsSpace(last):
		return advice.New("the subject ends with a space", removeIt)
	case isJoiner(first), isJoiner(last):
		return advice.New("the subject starts or ends with an invisible joiner", removeIt)
	}
	return nil
}

// isJoiner reports whether the rune only changes how its neighbours are drawn.
func isJoiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// cutAddress splits an email address at its last "@", and reports whether the text is an
// address: a user name has no "@".
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
		return fmt.Errorf("the part before the @ has %d bytes, more than the maximum of 64", len(local))
	case isQuoted(local):
		return nil
	case strings.Contains(local, "@"):
		return errors.New("an address can have only one @")
	case strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, ".."):
		return errors.New("the part before the @ starts or ends with a dot, or has two in a row")
	}
	for _, r := range local { // without quotes it is atext (RFC 5322 section 3.2.3) and dots
		switch {
		case isLetterOrDigit(r):
		case r < utf8.RuneSelf && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r):
			return fmt.Errorf("the part before the @ contains %q, which an address cannot contain without quotes", r)
		case unicode.IsSpace(r):
			return advice.New("the part before the @ contains a space", removeIt)
		}
	}
	return nil
}

// isQuoted reports whether the local part is a quoted string, in which every quote and
// backslash is escaped.
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

// isLetterOrDigit reports whether the rune is an ASCII letter or digit.
func isLetterOrDigit(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// checkDomain checks the part after the "@": labels of letters, digits and inner hyphens
// in any script, or an address literal in brackets. One label is enough, since test
// systems use "localhost".
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
			return errors.New("the domain starts or ends with a dot, or has two in a row")
		case strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-"):
			return fmt.Errorf("the part %q of the domain starts or ends with a hyphen", label)
		case isASCII(label) && len(label) > 63:
			return errors.New("a part of the domain has more than 63 bytes")
		}
		for _, r := range label {
			if r != '-' && !isLetterOrDigit(r) && !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !isJoiner(r) && r != '·' {
				return fmt.Errorf("the domain contains %q, which a domain cannot contain", r)
			}
		}
	}
	return nil
}

// checkLiteral checks an IPv4 address, or an IPv6 address with its tag (RFC 5321 section
// 4.1.3).
func checkLiteral(literal string, closed bool) error {
	const tag = "IPv6:"
	tagged := len(literal) >= len(tag) && strings.EqualFold(literal[:len(tag)], tag)
	text := literal
	if tagged {
		text = literal[len(tag):]
	}
	address, err := netip.ParseAddr(text)
	if err != nil || !closed || address.Is4() == tagged || address.Zone() != "" {
		return advice.New("the domain in brackets is not an IP address", "write one such as [192.0.2.1]")
	}
	return nil
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
