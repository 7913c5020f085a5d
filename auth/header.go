package auth

import (
	"encoding/json"
	"slices"
	"strings"

	"tokendesk/auth/jsontext"
)

// checkHeader refuses header parameters that are wrong, or that change what the token
// means in a way that is not supported.
func checkHeader(t *Token) *DecodeError {
	header := t.Header
	if _, ok := t.Unprotected.Get("alg"); ok {
		if _, ok := header.Get("alg"); !ok {
			return unsupported("RFC 8725 section 3.1", "alg is in the unprotected header, which nothing signs").
				advise("sign it with alg in the protected header")
		}
	}
	for _, m := range t.Unprotected {
		if _, twice := header.Get(m.Name); twice {
			return malformed(StageParameter, "RFC 7515 section 7.2.1", "%s is in the protected and in the unprotected header", quoted(m.Name))
		}
	}
	if refused := checkAlgorithm(header); refused != nil {
		return refused
	}
	crit, isCritical := header.Get("crit")
	understood := isCritical && t.understands(crit)
	if isCritical && !understood {
		return refuseCritical(crit)
	}
	if _, ok := header.Get("b64"); ok && !understood {
		return unsupported("RFC 7797 section 3",
			"the header has b64, which changes how the payload is encoded and is not supported")
	}
	if _, ok := header.Get("zip"); ok {
		return unsupported("RFC 7516 section 4.1.3",
			"the header has zip, but a signed token is never compressed")
	}
	for _, name := range []string{"typ", "kid"} {
		raw, ok := header.Get(name)
		if _, isText := jsontext.Unquote(raw); ok && !isText {
			return malformed(StageParameter, "RFC 7515 section 4.1",
				"the header's %s is %s, but must be a string", name, jsontext.Kind(raw))
		}
	}
	return nil
}

// understands reports whether "crit" names nothing but "b64" for a detached payload, which
// says whether the payload is signed in base64url or as it is (RFC 7797 section 6).
func (t *Token) understands(crit json.RawMessage) bool {
	names, _ := jsontext.Strings(crit)
	b64, _ := t.Header.Get("b64")
	return t.read.detached != nil && slices.Equal(names, []string{"b64"}) && (string(b64) == "false" || string(b64) == "true")
}

func checkAlgorithm(header Object) *DecodeError {
	const source = "RFC 7515 section 4.1.1"
	raw, ok := header.Get("alg")
	if !ok {
		return malformed(StageParameter, source, "the header has no alg, so nothing says how the token is signed")
	}
	name, ok := jsontext.Unquote(raw)
	if !ok {
		return malformed(StageParameter, source, "the header's alg is %s, but must be a string", jsontext.Kind(raw))
	}
	if Algorithm(name).scheme() != nil {
		return nil
	}
	if strings.EqualFold(name, "none") {
		return unsupported("RFC 8725 section 3.2",
			"the header's alg is %s, so the token is not signed and anyone could have written it", jsontext.Quote(name)).
			advise("ask for a signed token")
	}
	if right, ok := inOtherCase(name); ok {
		return unsupported(source, "the header's alg is %s, but the algorithm is written %s", jsontext.Quote(name), right)
	}
	return unsupported(source, "the header's alg is %s, which is not a supported signature algorithm", quoted(name))
}

func refuseCritical(raw json.RawMessage) *DecodeError {
	const source = "RFC 7515 section 4.1.11"
	names, ok := jsontext.Strings(raw)
	if !ok {
		return malformed(StageParameter, source, "the header's crit is not an array of names")
	}
	if len(names) == 0 {
		return malformed(StageParameter, source, "the header's crit is empty, but must name at least one parameter")
	}
	return unsupported(source, "the header's crit requires %s, which is not supported", excerpt(raw))
}
