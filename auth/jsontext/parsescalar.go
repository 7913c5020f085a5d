package jsontext

import (
	"bytes"
	"strconv"
)

func (p *parser) str() error {
	start := p.pos
	for p.pos++; p.pos < len(p.data); {
		switch c := p.data[p.pos]; {
		case c == '"':
			p.pos++
			return nil
		case c < 0x20:
			return p.fail("unescaped control character %s in a string", p.found())
		case c == '\\':
			if err := p.escape(); err != nil {
				return err
			}
		default:
			p.pos++
		}
	}
	return p.failAt(start, "unterminated string")
}

// escape checks one escape sequence, and both halves of a surrogate pair.
func (p *parser) escape() error {
	rest := p.data[p.pos:]
	if len(rest) > 1 && bytes.IndexByte([]byte(`"\/bfnrt`), rest[1]) >= 0 {
		p.pos += 2
		return nil
	}
	unit, ok := hexUnit(rest)
	if !ok {
		return p.fail("invalid escape sequence")
	}
	size := 6
	if unit >= 0xD800 && unit <= 0xDFFF {
		low, ok := hexUnit(rest[6:])
		if unit >= 0xDC00 || !ok || low < 0xDC00 || low > 0xDFFF {
			return p.fail("unpaired surrogate")
		}
		size = 12
	}
	p.pos += size
	return nil
}

// hexUnit returns the UTF-16 code unit of an escape of the form \uXXXX.
func hexUnit(b []byte) (uint64, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return unit, err == nil
}

func (p *parser) number() error {
	start := p.pos
	if p.peek() == '-' {
		p.pos++
	}
	leading := p.peek()
	if n := p.digits(); n == 0 || (leading == '0' && n > 1) {
		return p.failAt(start, "invalid number")
	}
	if p.peek() == '.' {
		p.pos++
		if p.digits() == 0 {
			return p.failAt(start, "invalid number")
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.pos++
		if c := p.peek(); c == '+' || c == '-' {
			p.pos++
		}
		if p.digits() == 0 {
			return p.failAt(start, "invalid number")
		}
	}
	return nil
}

func (p *parser) digits() int {
	start := p.pos
	for isDigit(p.peek()) {
		p.pos++
	}
	return p.pos - start
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// IsNumber reports whether raw is one JSON number and nothing else.
func IsNumber(raw []byte) bool {
	p := parser{data: raw}
	return p.number() == nil && p.pos == len(raw)
}
