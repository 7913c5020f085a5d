package api

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// parts are the decoded parts of a token, and the text that is signed.
type parts struct {
	header, payload, signature []byte
	input                      string
	unprotected                map[string]any
}

// split decodes the parts of a token.
func (a *API) split(token string) (parts, error) {
	if strings.HasPrefix(token, "{") && (a.has(JSONForms) || a.has(JSONAndCompact)) {
		return a.splitJSON(token)
	}
	segments := strings.Split(token, ".")
	if len(segments) != 3 {
		return parts{}, errRefused
	}
	return a.decoded(segments[0], segments[1], segments[2], nil)
}

func (a *API) decoded(header, payload, signature string, unprotected map[string]any) (parts, error) {
	p := parts{input: header + "." + payload, unprotected: unprotected}
	var err error
	if p.header, err = strict(header); err != nil {
		return p, err
	}
	if p.payload, err = strict(payload); err != nil {
		return p, err
	}
	p.signature, err = a.loose(signature)
	return p, err
}

// strict decodes base64url that is written in the one way that is allowed.
func strict(part string) ([]byte, error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil || strings.ContainsAny(part, "\r\n") {
		return nil, errRefused
	}
	return b, nil
}

// loose decodes a signature as strictly as the holes allow.
func (a *API) loose(part string) ([]byte, error) {
	if a.has(StandardBase64) {
		part = strings.NewReplacer("+", "-", "/", "_").Replace(part)
	}
	if a.has(StrayCharacters) {
		part = strings.Map(func(r rune) rune {
			if strings.ContainsRune("-_", r) || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
				return r
			}
			return -1
		}, part)
	}
	if a.has(SpareBits) {
		b, err := base64.RawURLEncoding.DecodeString(part)
		if err != nil || strings.ContainsAny(part, "\r\n") {
			return nil, errRefused
		}
		return b, nil
	}
	return strict(part)
}

// splitJSON reads a JWS in JSON, with one signature or a list of them.
func (a *API) splitJSON(token string) (parts, error) {
	type signed struct {
		Header               map[string]any
		Protected, Signature string
	}
	var jws struct {
		signed

		Payload    string
		Signatures []signed
	}
	d := json.NewDecoder(strings.NewReader(token))
	if !a.has(JSONAndCompact) {
		d.DisallowUnknownFields()
	}
	if err := d.Decode(&jws); err != nil {
		return parts{}, errRefused
	}
	if len(jws.Signatures) == 1 {
		jws.signed = jws.Signatures[0]
	}
	p, err := a.decoded(jws.Protected, jws.Payload, jws.Signature, jws.Header)
	segments := strings.Split(token, ".")
	switch {
	case err != nil || len(segments) != 3 && !a.has(JSONForms):
		return p, errRefused
	case len(segments) == 3:
		p.payload, err = strict(segments[1])
	}
	return p, err
}

// object reads one JSON object without duplicate names.
func (a *API) object(text []byte) (map[string]any, error) {
	if !utf8.Valid(text) {
		return nil, errRefused
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	value, err := a.read(d, 0)
	if err != nil {
		return nil, err
	}
	if _, end := d.Token(); !errors.Is(end, io.EOF) && !a.has(TrailingPayload) {
		return nil, errRefused
	}
	if members, ok := value.(map[string]any); ok {
		return members, nil
	}
	return nil, errRefused
}

const maxDepth = 64

// read reads a JSON value.
func (a *API) read(d *json.Decoder, depth int) (any, error) {
	if depth > maxDepth && !a.has(NoDepthLimit) {
		return nil, errTooDeep
	}
	token, err := d.Token()
	if err != nil {
		return nil, errRefused
	}
	switch token {
	case json.Delim('{'):
		members := map[string]any{}
		for d.More() {
			name, err := d.Token()
			text, ok := name.(string)
			if _, twice := members[text]; err != nil || !ok || twice {
				return nil, errRefused
			}
			if members[text], err = a.read(d, depth+1); err != nil {
				return nil, err
			}
		}
		return members, closed(d)
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := a.read(d, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, closed(d)
	}
	return token, nil
}

// closed reads the end of an object or of an array.
func closed(d *json.Decoder) error {
	if _, err := d.Token(); err != nil {
		return errRefused
	}
	return nil
}
