package kind

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is a BEGIN or END with its label and dashes.
type mark struct {
	start, stop int // with the dashes
	label       string
	dashes      string
}

// nextMark finds the next mark after an offset. It needs five dashes before it, or a label
// of a key or a certificate.
func nextMark(upper, word string, from int) (mark, bool) {
	for floor := from; ; {
		at := strings.Index(upper[from:], word)
		if at < 0 {
			return mark{}, false
		}
		at += from
		from = at + len(word)
		label, size := readLabel(upper[from:])
		if label == "" {
			continue
		}
		head := upper[floor:at]
		before := head[len(strings.TrimRightFunc(head, isDash)):]
		after := upper[from+size:]
		after = after[:len(after)-len(strings.TrimLeftFunc(after, isDash))]
		if !strings.HasSuffix(before, "-----") && !isKnownLabel(label) {
			continue
		}
		before, after = strings.TrimSpace(before), strings.TrimRight(after, " \t\r\n")
		dashes := before + after
		if dashes == "" {
			dashes = "none"
		}
		start := at - len(before)
		return mark{start, from + size + len(after), label, dashes}, true
	}
}

// isDash reports whether the rune is a dash of any kind, or a space among dashes.
func isDash(r rune) bool {
	return unicode.Is(unicode.Pd, r) || strings.ContainsRune(" \u2212\u00ad\u2500\u2501\u30fc", r)
}

// maxLabel is more than any label has, so that reading them takes little time.
const maxLabel = 80

// readLabel returns the label after BEGIN or END, and its length with the space before it.
func readLabel(text string) (label string, size int) {
	if strings.TrimLeft(text, " \t\u00a0") == text {
		return "", 0
	}
	for size < min(len(text), maxLabel) && (strings.IndexByte(" \t#.", text[size]) >= 0 || isUpperOrDigit(text[size]) || text[size] >= 0x80) {
		if r, _ := utf8.DecodeRuneInString(text[size:]); text[size] >= 0x80 && r != '\u00a0' {
			break
		}
		size++
	}
	label = strings.Join(strings.Fields(text[:size]), " ")
	if isKnownLabel(label) {
		return label, size
	}
	for _, end := range labelEnds() { // in one line, the body may follow without a dash
		if n := strings.Index(text[:size], end); n >= 0 {
			size = n + len(end)
			return strings.TrimSpace(text[:size]), size
		}
	}
	return label, size
}

// labelEnds are what the labels of RFC 7468, OpenSSL, SSH, PGP and age end in.
func labelEnds() []string {
	return []string{
		"PRIVATE KEY BLOCK", "PUBLIC KEY BLOCK", "PRIVATE KEY", "PUBLIC KEY", "CERTIFICATE REQUEST", "CERTIFICATE", "EC PARAMETERS",
		"DH PARAMETERS", "PGP MESSAGE", "PGP SIGNATURE", "ENCRYPTED FILE", "X509 CRL", "PKCS7",
	}
}

func isKnownLabel(label string) bool {
	return slices.ContainsFunc(labelEnds(), func(end string) bool { return strings.HasSuffix(label, end) })
}

func isUpperOrDigit(c byte) bool { return 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' }

// upperASCII returns the text with the ASCII letters in upper case. Its length stays.
func upperASCII(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}
