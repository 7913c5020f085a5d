package kind

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"unicode/utf16"
)

// Layer is something around a text that can be undone.
type Layer int

// The layers.
const (
	Base64 Layer = iota + 1
	Base64URL
	Hex
	Percent
	Form          // percent encoding with + for a space
	Quotes        // quotation marks around the whole
	ByteOrderMark // at the start of UTF-8
	UTF16
	Escapes   // line breaks of a PEM written as \n
	Lines     // line breaks of a PEM that are missing, or are spaces or tabs
	Indents   // spaces, tabs or quotation marks at the lines of a PEM
	Marks     // BEGIN and END lines of a PEM with too few, too many or other dashes, or in lower case
	Around    // text before a PEM on its first line
	BeginLine // a PEM without its BEGIN line
	EndLine   // a PEM without its END line
	Array     // JWKs in an array
	Wrapper   // a JSON object around a key
)

// byteOrderMark is the mark in UTF-8.
const byteOrderMark = "\xef\xbb\xbf"

// removable are the layers around a text of any kind, in the order in which they are tried.
var removable = [...]Layer{ByteOrderMark, UTF16, Quotes, Hex, Base64, Base64URL, Percent, Form}

// words has the name of each layer, and what was done to undo it.
func (l Layer) words() (name, undone string) {
	switch l {
	case Base64:
		return "base64", "base64 was decoded"
	case Base64URL:
		return "base64url", "base64url was decoded"
	case Hex:
		return "hexadecimal", "hexadecimal was decoded"
	case Percent, Form:
		return "percent encoding", "percent encoding was decoded"
	case Quotes:
		return "quotation marks", "the quotation marks around it were removed"
	case ByteOrderMark:
		return "a byte order mark", "its byte order mark was removed"
	case UTF16:
		return "UTF-16", "UTF-16 was decoded"
	case Escapes:
		return `\n`, `line breaks written as \n were replaced`
	case Lines:
		return "one line", "its missing line breaks were added"
	case Indents:
		return "indented lines", "white space and quotation marks in its lines were removed"
	case Marks:
		return "other dashes", "its BEGIN and END lines were corrected"
	case Around:
		return "other text", "the text before it was ignored"
	case BeginLine:
		return "no BEGIN line", "its BEGIN line was added"
	case EndLine:
		return "no END line", "its END line was added"
	case Array:
		return "an array", "the array was read as a JWK set"
	case Wrapper:
		return "an object", "the JSON object around it was ignored"
	}
	return "", ""
}

// String names the layer, such as "base64".
func (l Layer) String() string {
	name, _ := l.words()
	return name
}

func (l Layer) undone() string {
	_, undone := l.words()
	return undone
}

// IsEncoding reports whether the layer encodes bytes as text.
func (l Layer) IsEncoding() bool { return Base64 <= l && l <= Form }

// undo returns what is inside the layer, and whether there is such a layer.
func (l Layer) undo(data []byte) ([]byte, bool) {
	switch {
	case l == ByteOrderMark:
		return bytes.CutPrefix(data, []byte(byteOrderMark))
	case l == UTF16:
		return fromUTF16(data)
	case !isText(data):
		return nil, false
	}
	text := strings.TrimSpace(string(data))
	switch l {
	case Quotes:
		return unquote(text)
	case Hex:
		return fromHex(text)
	case Base64:
		return fromBase64(text, base64.RawStdEncoding)
	case Base64URL:
		return fromBase64(text, base64.RawURLEncoding)
	case Percent:
		return fromPercent(text, url.PathUnescape)
	case Form:
		return fromPercent(text, url.QueryUnescape)
	default:
		return nil, false
	}
}

// unquote removes quotation marks around a text, with its escapes if it is a JSON string.
func unquote(text string) ([]byte, bool) {
	if len(text) < 2 || text[0] != text[len(text)-1] || strings.IndexByte("\"'`", text[0]) < 0 {
		return nil, false
	}
	var inner string
	if text[0] == '"' && json.Unmarshal([]byte(text), &inner) == nil {
		return []byte(inner), true
	}
	return []byte(text[1 : len(text)-1]), true
}

// The shortest texts that are decoded: less cannot hold anything, and might be a word.
const (
	minHex    = 16
	minBase64 = 12
)

// fromHex decodes pairs of digits, also with colons, white space, 0x or \x between them.
func fromHex(text string) ([]byte, bool) {
	if len(text) < minHex || !isHexDigit(text[len(text)-1]) {
		return nil, false
	}
	digits := strings.NewReplacer("0x", "", `\x`, "", ":", "", " ", "", "\n", "", "\r", "", "\t", "").Replace(text)
	data, err := hex.DecodeString(digits)
	return data, err == nil
}

func isHexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// fromBase64 decodes base64 with or without padding and line breaks, also in a data URL or
// after "base64:".
func fromBase64(text string, encoding *base64.Encoding) ([]byte, bool) {
	if strings.HasPrefix(text, "data:") {
		_, text, _ = strings.Cut(text, ",")
	}
	text = strings.TrimPrefix(text, "base64:")
	if len(text) < minBase64 {
		return nil, false
	}
	if strings.ContainsAny(text, " \n\r\t") {
		text = strings.Join(strings.Fields(text), "")
	}
	data, err := encoding.DecodeString(strings.TrimRight(text, "="))
	return data, err == nil
}

// fromPercent decodes percent encoding.
func fromPercent(text string, unescape func(string) (string, error)) ([]byte, bool) {
	if !strings.Contains(text, "%") && !strings.Contains(text, "BEGIN+") && !strings.Contains(text, "END+") {
		return nil, false
	}
	inner, err := unescape(text)
	return []byte(inner), err == nil && inner != text
}

// fromUTF16 decodes UTF-16 that starts with a byte order mark, or with a Latin letter.
func fromUTF16(data []byte) ([]byte, bool) {
	if len(data) < 8 || len(data)%2 > 0 {
		return nil, false
	}
	little := data[0] == 0xff && data[1] == 0xfe || data[1] == 0 && data[3] == 0
	big := data[0] == 0xfe && data[1] == 0xff || data[0] == 0 && data[2] == 0
	if little == big {
		return nil, false
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i < len(data); i += 2 {
		high, low := data[i], data[i+1]
		if little {
			high, low = low, high
		}
		units = append(units, uint16(high)<<8|uint16(low))
	}
	if units[0] == 0xfeff {
		units = units[1:]
	}
	text := string(utf16.Decode(units))
	return []byte(text), !strings.ContainsRune(text, 0) && !strings.ContainsRune(text, '\ufffd')
}
