package kind

import (
	"bytes"
	"encoding/base64"
	"encoding/pem"
	"slices"
	"strings"
	"unicode"
)

// ofPEM recognises PEM (RFC 7468) even if its dashes, line breaks or one of its two lines
// are damaged, and repairs it.
func ofPEM(text string) (Found, bool) {
	upper := upperASCII(text)
	if !strings.Contains(upper, "BEGIN") && !strings.Contains(upper, "END") {
		return Found{}, false
	}
	blocks := blocksOf(text, upper)
	if len(blocks) == 0 {
		return Found{}, false
	}
	f := Found{Bytes: []byte(text)}
	f.Kind, f.Name = pemKind(blocks)
	if countWellFormed(text) == len(blocks) {
		return f, true
	}
	if repaired, layers := repair(text, blocks); repaired != nil {
		f.Bytes, f.Layers = repaired, layers
	}
	return f, true
}

// pemKind returns the kind of a PEM: that of its first block that is a key or a certificate.
func pemKind(blocks []block) (Kind, string) {
	label := blocks[0].label
	if n := slices.IndexFunc(blocks, func(b block) bool { return strings.HasSuffix(b.label, " KEY") }); n >= 0 {
		label = blocks[n].label
	}
	switch {
	case strings.HasPrefix(label, "PGP "):
		return OpenPGP, "OpenPGP armor"
	case strings.HasPrefix(label, "AGE "):
		return Age, "a file encrypted with age"
	case strings.HasPrefix(label, "SSH2 "):
		return SSHPublic, "an SSH public key"
	case label == "OPENSSH PRIVATE KEY":
		return SSHPrivate, "an OpenSSH private key"
	case strings.HasSuffix(label, "CERTIFICATE REQUEST"):
		return PEM, "a certificate request"
	case strings.HasSuffix(label, "CERTIFICATE"):
		return Certificate, "a certificate"
	case strings.HasPrefix(label, "ENCRYPTED"):
		return PEM, "an encrypted PEM private key"
	case strings.HasSuffix(label, "PRIVATE KEY"):
		return PEM, "a PEM private key"
	case strings.HasSuffix(label, "PUBLIC KEY"):
		return PEM, "a PEM public key"
	default:
		return PEM, "a PEM block"
	}
}

// countWellFormed counts the blocks that can be read without a repair.
func countWellFormed(text string) (n int) {
	for rest := []byte(text); ; n++ {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			return n
		}
	}
}

// repair returns a PEM with all the blocks, or nil if one cannot be decoded, and what was
// done.
func repair(text string, blocks []block) ([]byte, []Layer) {
	var all bytes.Buffer
	done := map[Layer]bool{}
	for _, b := range blocks {
		der, ok := b.decode()
		if !ok {
			return nil, nil
		}
		written := &pem.Block{Type: b.label, Bytes: der}
		if strings.Contains(b.body, "DEK-Info") {
			written.Headers = map[string]string{"DEK-Info": "unknown"}
		}
		if pem.Encode(&all, written) != nil {
			return nil, nil
		}
		b.damage(done)
	}
	if strings.Contains(text, `\n`) || strings.Contains(text, `\r`) {
		done[Escapes] = true
		delete(done, Lines)
		delete(done, Indents)
	}
	var layers []Layer
	for layer := Quotes; layer <= EndLine; layer++ {
		if done[layer] {
			layers = append(layers, layer)
		}
	}
	if layers == nil { // two labels, or one in lower case
		layers = []Layer{Marks}
	}
	return all.Bytes(), layers
}

// block is one block of a PEM, however damaged.
type block struct {
	label      string
	body       string
	begin, end string // the dashes around BEGIN and END with the label; empty if there is no such line
	before     string // what is before BEGIN on its line
}

// decode returns the bytes of a block.
func (b block) decode() ([]byte, bool) {
	body := b.body
	if n := strings.LastIndex(body, "\n\n"); n >= 0 && strings.Contains(body[:n], ":") {
		body = body[n:]
	}
	for _, escape := range []string{`\\n`, `\\r`, `\\t`, `\n`, `\r`, `\t`, `\u000a`, `&#10;`, `"+`, `" +`} {
		body = strings.ReplaceAll(body, escape, " ")
	}
	body = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), strings.ContainsRune(`"'\,;>|`, r), !unicode.IsGraphic(r):
			return -1
		case r == '-':
			return '+'
		case r == '_':
			return '/'
		}
		return r
	}, body)
	der, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(body, "="))
	return der, err == nil && len(der) > 0
}

// damage notes what is wrong with a block.
func (b block) damage(done map[Layer]bool) {
	const right = "----------"
	switch {
	case b.begin == "":
		done[BeginLine] = true
	case b.begin != right:
		done[Marks] = true
	}
	switch before := strings.TrimLeft(b.before, " \t"); {
	case before == "" && b.before != "":
		done[Indents] = true
	case before == `"` || before == "'":
		done[Quotes] = true
	case before != "":
		done[Around] = true
	}
	switch {
	case b.end == "":
		done[EndLine] = true
	case b.end != right:
		done[Marks] = true
	}
	lines := strings.Split(strings.Trim(b.body, "\r\n"), "\n")
	longest := 0
	for _, line := range lines {
		longest = max(longest, len(line))
		if trimmed := strings.TrimSuffix(line, "\r"); strings.ContainsAny(trimmed, " \t\"'") && len(lines) > 1 {
			done[Indents] = true
		}
	}
	if len(lines) == 1 && (longest > 76 || strings.ContainsAny(b.body, " \t\r")) || !strings.ContainsAny(b.body, "\n") {
		done[Lines] = true
	}
}

// blocksOf finds the blocks of a text. upper is the text in upper case, of the same length.
func blocksOf(text, upper string) (blocks []block) {
	rest := 0
	for {
		open, ok := nextMark(upper, "BEGIN", rest)
		if !ok {
			break
		}
		b := block{label: open.label, begin: open.dashes, before: text[strings.LastIndexAny(text[:open.start], "\r\n")+1 : open.start]}
		limit := len(text)
		if next, more := nextMark(upper, "BEGIN", open.stop); more {
			limit = next.start
		}
		if end, closed := nextMark(upper[:limit], "END", open.stop); closed {
			b.body, b.end, rest = text[open.stop:end.start], end.dashes, end.stop
		} else {
			b.body, rest = text[open.stop:limit], limit
		}
		blocks = append(blocks, b)
	}
	if blocks != nil {
		return blocks
	}
	if end, ok := nextMark(upper, "END", 0); ok && isKnownLabel(end.label) {
		return []block{{label: end.label, body: text[:end.start], end: end.dashes}}
	}
	return nil
}
