package find

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// readDisclosing reads an SD-JWT: a token, its disclosures, each with ~ behind it, and
// perhaps a key binding JWT (RFC 9901 section 4).
func readDisclosing(whole Match) (Match, bool) {
	text := strings.Join(strings.Fields(whole.Compact), "")
	compact, rest, ok := strings.Cut(text, "~")
	if !ok || !auth.StartsToken(compact) || strings.Count(compact, ".") != 2 || !isBare(strings.ReplaceAll(text, "~", "")) {
		return Match{}, false
	}
	whole.Folded = text != whole.Compact
	whole.Compact, whole.Form = compact, FormSDJWT
	for part := range strings.SplitSeq(rest, "~") {
		switch {
		case part == "":
		case strings.Contains(part, "."):
			whole.Extras.KeyBinding = part
		default:
			whole.Extras.Disclosures = append(whole.Extras.Disclosures, part)
		}
	}
	return whole, true
}

// readJSON reads the JSON serializations of JWS and JWE (RFC 7515 section 7.2, RFC 7516
// section 7.2). There is a match for each signature.
func readJSON(whole Match) ([]Match, bool) {
	if !strings.HasPrefix(whole.Compact, "{") {
		return nil, false
	}
	object, err := jsontext.ParseObject([]byte(whole.Compact))
	if err != nil {
		return nil, false
	}
	if _, ok := object.Get("ciphertext"); ok {
		return readEncryptedJSON(whole, object), true
	}
	all := []auth.Object{object}
	if raw, ok := object.Get("signatures"); ok {
		if all, ok = objects(raw); !ok || len(all) == 0 {
			return nil, false
		}
	} else if _, ok := object.String("signature"); !ok {
		return nil, false
	}
	payload, hasPayload := object.String("payload")
	if _, other := object.Get("payload"); other && !hasPayload {
		return nil, false
	}
	found := make([]Match, len(all))
	for n, one := range all {
		name := "a JWS in JSON"
		if len(all) > 1 {
			name = fmt.Sprintf("signature %d of %d of a JWS in JSON", n+1, len(all))
		}
		found[n] = signatureOf(one, payload, hasPayload)
		found[n].Around = append(append([]string{}, whole.Around...), name)
	}
	return found, true
}

// signatureOf returns one signature of a JWS in JSON in the compact serialization.
func signatureOf(one auth.Object, payload string, hasPayload bool) Match {
	protected, _ := one.String("protected")
	signature, _ := one.String("signature")
	m := Match{Compact: protected + "." + payload + "." + signature, Form: FormJSON}
	if raw, ok := one.Get("header"); ok {
		m.Extras.Unprotected, _ = jsontext.ParseObject(raw)
	}
	if header, err := jsontext.ParseObject(decoded(protected)); err == nil {
		if b64, _ := header.Get("b64"); string(b64) == "false" && hasPayload { // RFC 7797 section 3
			m.Compact = protected + ".." + signature
			m.Extras.Payload = []byte(payload)
		}
	}
	if !hasPayload {
		m.Form = FormDetached
	}
	return m
}

func objects(raw json.RawMessage) ([]auth.Object, bool) {
	elements, ok := jsontext.Elements(raw)
	if !ok {
		return nil, false
	}
	all := make([]auth.Object, len(elements))
	for n, element := range elements {
		object, err := jsontext.ParseObject(element)
		if err != nil {
			return nil, false
		}
		all[n] = object
	}
	return all, true
}

// readEncryptedJSON reads a JWE in JSON. One with a single recipient and nothing outside the
// protected header is the same token in the compact serialization.
func readEncryptedJSON(whole Match, object auth.Object) []Match {
	recipient := object
	if raw, ok := object.Get("recipients"); ok {
		all, _ := objects(raw)
		if len(all) != 1 {
			return refusedJWE(whole, "it has several recipients")
		}
		recipient = all[0]
	}
	for _, in := range []auth.Object{object, recipient} {
		for _, name := range []string{"aad", "unprotected", "header"} {
			if _, ok := in.Get(name); ok {
				return refusedJWE(whole, "it has "+name)
			}
		}
	}
	parts := make([]string, 0, 5)
	for _, from := range []struct {
		in   auth.Object
		name string
	}{{object, "protected"}, {recipient, "encrypted_key"}, {object, "iv"}, {object, "ciphertext"}, {object, "tag"}} {
		text, _ := from.in.String(from.name)
		parts = append(parts, text)
	}
	return []Match{{Compact: strings.Join(parts, "."), Form: FormJWE, Around: append(whole.Around, "a JWE in JSON")}}
}

func refusedJWE(whole Match, why string) []Match {
	whole.Form = FormJWE
	whole.Refused = &auth.DecodeError{
		Stage: auth.StageForm, Verdict: auth.VerdictUnsupported, Source: "RFC 7516 section 7.2.1",
		Reason: "this is an encrypted token in JSON that has no compact form: " + why,
		Advice: "ask for the compact serialization", Token: &auth.Token{Compact: whole.Compact},
	}
	return []Match{whole}
}

// decoded returns the bytes of a segment, or nil.
func decoded(segment string) []byte {
	token, err := auth.Decode(segment + ".e30.")
	if err != nil {
		token = partOf(err)
	}
	data, _ := token.Header.MarshalJSON()
	return data
}

// partOf returns the part of a token that was read before an error.
func partOf(err error) *auth.Token {
	if refused, ok := errors.AsType[*auth.DecodeError](err); ok && refused.Token != nil {
		return refused.Token
	}
	return &auth.Token{}
}
