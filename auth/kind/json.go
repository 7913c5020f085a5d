package kind

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// object is a JSON object as far as its kind needs it.
type object map[string]json.RawMessage

func objectOf(raw []byte) object {
	var o object
	if json.Unmarshal(raw, &o) != nil {
		return nil
	}
	return o
}

// text returns a member that is a string.
func (o object) text(name string) string {
	var s string
	_ = json.Unmarshal(o[name], &s)
	return s
}

func (o object) has(names ...string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { _, ok := o[name]; return !ok })
}

// ofJSON recognises objects and arrays, and names those that hold keys. A broken one is
// recognised if its first name is in quotation marks.
func ofJSON(text string) (Found, bool) {
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		if strings.HasPrefix(text, `"kty"`) || strings.HasPrefix(text, `'kty'`) {
			return found(JWK, "a JWK", text)
		}
		return Found{}, false
	}
	if json.Valid([]byte(text)) {
		if text[0] == '[' {
			return ofArray(text)
		}
		return ofObject(text)
	}
	switch {
	case strings.Contains(text, `"kty`) || strings.Contains(text, `'kty`) || strings.Contains(text, `\"kty`):
		return found(JWK, "a JWK", text)
	case startsWithName(text):
		return found(JSON, "JSON", text)
	}
	return Found{}, false
}

// startsWithName reports whether a broken JSON text starts with a name in quotation marks
// and a colon, or with an object in an array that does.
func startsWithName(text string) bool {
	text = strings.TrimLeft(text, "{[ \t\r\n")
	if text == "" || text[0] != '"' && text[0] != '\'' {
		return false
	}
	name, rest, closed := strings.Cut(text[1:], text[:1])
	return closed && name != "" && !strings.ContainsAny(name, "{}[]") && strings.HasPrefix(strings.TrimLeft(rest, " \t\r\n"), ":")
}

// ofArray recognises an array of JWKs, and any other array of more than a number.
func ofArray(text string) (Found, bool) {
	var elements []json.RawMessage
	_ = json.Unmarshal([]byte(text), &elements) // it is valid
	isJWK := func(raw json.RawMessage) bool { return objectOf(raw).has("kty") }
	switch {
	case len(elements) > 0 && !slices.ContainsFunc(elements, func(raw json.RawMessage) bool { return !isJWK(raw) }):
		return Found{Kind: JWKSet, Name: "a JWK set", Layers: []Layer{Array}, Bytes: []byte(`{"keys":` + text + "}")}, true
	case slices.ContainsFunc(elements, isJWK):
		return found(JWKSet, "a JWK set", text)
	case len(elements) > 1, len(elements) == 1 && strings.IndexByte(`{["`, elements[0][0]) >= 0:
		return found(JSON, "a JSON array", text)
	}
	return Found{}, false
}

// ofObject recognises an object with at least one member.
func ofObject(text string) (Found, bool) {
	o := objectOf([]byte(text))
	if len(o) == 0 {
		return Found{}, false
	}
	if kind, name := objectKind(o); kind != JSON {
		return found(kind, name, text)
	}
	if inner, ok := wrapped(o); ok {
		inner.Layers = slices.Insert(inner.Layers, 0, Wrapper)
		return inner, true
	}
	switch {
	case o.has("payload") && (o.has("signature") || o.has("signatures")), o.has("ciphertext", "protected"):
		return found(JSON, "a token in JSON serialization", text)
	case o.has("kind", "apiVersion"):
		return found(JSON, "a Kubernetes object in JSON", text)
	}
	return found(JSON, "a JSON object", text)
}

// objectKind returns the kind of an object that holds keys, or JSON.
func objectKind(o object) (Kind, string) {
	switch {
	case o.has("kty"):
		return JWK, "a JWK"
	case o.has("keys"):
		return JWKSet, "a JWK set"
	case o.text("type") == "service_account", strings.Contains(o.text("private_key"), "BEGIN "):
		return ServiceAccount, "a Google service account"
	case isCertificateMap(o):
		return CertificateMap, "a map of certificates"
	case isWebPush(o):
		return WebPush, "a VAPID key pair"
	case o.has("type", "key"), o.has("jwk_url"):
		return Hasura, "the JSON of a Hasura secret"
	default:
		return JSON, ""
	}
}

// isCertificateMap reports whether every value of an object is a certificate.
func isCertificateMap(o object) bool {
	for name := range o {
		if !strings.Contains(o.text(name), "BEGIN CERTIFICATE") {
			return false
		}
	}
	return len(o) > 0
}

// isWebPush reports whether an object has the two members that web-push writes.
func isWebPush(o object) bool {
	point, err := fromBase64Strictly(o.text("publicKey"))
	return err == nil && isWebPushPoint(point) && o.text("privateKey") != ""
}

// wrapped returns the one key that a member of the object is: a JWK, a JWK set, an array of
// JWKs, or a text with a PEM or with the base64 of DER. Several JWKs are a set.
func wrapped(o object) (Found, bool) {
	var all []Found
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if inner := memberKey(strings.TrimSpace(string(o[name]))); inner.HasKey() {
			all = append(all, inner)
		}
	}
	switch {
	case len(all) == 1:
		return all[0], true
	case len(all) == 0 || slices.ContainsFunc(all, func(f Found) bool { return f.Kind != JWK }):
		return Found{}, false
	}
	keys := make([]string, len(all))
	for n, inner := range all {
		keys[n] = string(inner.Bytes)
	}
	return Found{Kind: JWKSet, Name: "a JWK set", Bytes: []byte(`{"keys":[` + strings.Join(keys, ",") + "]}")}, true
}

// memberKey returns the key that the value of a member is, without looking further inside.
func memberKey(raw string) (inner Found) {
	switch raw[0] {
	case '{':
		inner.Bytes = []byte(raw)
		inner.Kind, inner.Name = objectKind(objectOf(inner.Bytes))
	case '[':
		inner, _ = ofArray(raw)
	case '"':
		var text string
		_ = json.Unmarshal([]byte(raw), &text) // it is valid
		if inner, _ = ofPEM(text); inner.Kind != Plain {
			return inner
		}
		if der, ok := fromBase64(text, base64.RawStdEncoding); ok && derName(der) != "" {
			return Found{Kind: DER, Name: derName(der), Bytes: der}
		}
	}
	return inner
}
