package project

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/auth/kind"
)

// Form is what the value of a secret's name is.
type Form int

// The forms.
const (
	// Secret is text whose bytes are an HMAC secret.
	Secret Form = iota
	// Empty is nothing, or white space.
	Empty
	// Reference is made of variables that nothing sets.
	Reference
	// Keys is what [auth.ParseKeys] reads: PEM, a JWK, a JWK set.
	Keys
	// Path is the path of a file with a key.
	Path
	// Token is a token, which is no key.
	Token
	// KeyURL is Hasura's JSON with the URL of published keys instead of a key.
	KeyURL
	// Foreign is something else that is no key.
	Foreign
)

// Value is what the value of a secret's name is.
type Value struct {
	Form Form
	// Data is what the key is made of, if Form is Secret or Keys.
	Data Hidden
	// Paths are where the file may be, the likeliest first, if Form is Path. A relative one
	// starts in the folder of the settings file.
	Paths []string
	// What says what the value is, such as "a JSON Web Token". It is empty for Secret.
	What string
	// Algorithm, Issuer and Audience are those of Hasura's JSON, and URL is that of its
	// published keys.
	Algorithm auth.Algorithm
	Issuer    string
	Audience  []string
	URL       string
	// Decoded is the name that says that the value is written in base64, or empty.
	Decoded string
	// MaybeBase64 says that the value could be base64 of the secret. It is never guessed.
	MaybeBase64 bool

	kind kind.Kind
}

// Usable reports whether a key can be made of the value, or of the file that it names.
func (v Value) Usable() bool { return v.Form == Secret || v.Form == Keys || v.Form == Path }

// Problem says why no key can be made of the value of a name, by its form. Its text is empty
// if the value is usable.
func (v Value) Problem(name string) Note {
	switch v.Form {
	case Empty:
		return Note{Text: name + " is empty", Do: "fill it in with the secret of the API"}
	case Reference:
		return Note{
			Text: name + " refers to variables that this file does not set",
			Do:   "write the secret itself, in single quotes if it contains a $",
		}
	case KeyURL:
		return Note{Text: name + " names the URL of published keys, which verify and do not sign", Do: "set JWKS_URL to verify with them"}
	case Token, Foreign:
		return Note{Text: name + " is " + v.What + ", not a key", Do: "set it to the secret that the API checks tokens with"}
	default:
		return Note{}
	}
}

// pair reports whether the value is a key pair or its public half.
func (v Value) pair() bool { return v.Form == Keys && v.kind != kind.JWK && v.kind != kind.JWKSet }

// ReadValue says what the value of a name is.
func ReadValue(a Assignment) Value {
	e := &entry{name: a.Name, value: a.Value, raw: a.Raw, words: words(a.Name)}
	return (&file{}).read(e)
}

// read says what the value of an entry is.
func (f *file) read(e *entry) Value {
	text := strings.TrimSpace(e.value)
	if text == "" {
		if strings.Contains(e.raw, "$") {
			return Value{Form: Reference, What: "a variable that is not set"}
		}
		return Value{Form: Empty, What: "empty"}
	}
	if by := f.inBase64(e); by != "" {
		if data, ok := decodeBase64(text); ok {
			if found := kind.Of(data); found.HasKey() {
				return Value{Form: Keys, Data: hide(found.Bytes), Decoded: by, What: found.String(), kind: found.Kind}
			}
			return Value{Form: Secret, Data: hide(data), Decoded: by}
		}
		return Value{Form: Foreign, What: "no base64, which " + by + " says it is"}
	}
	if hasDefault(e) {
		return Value{Form: Reference, What: "a variable with a default, which is not expanded"}
	}
	found := kind.Of([]byte(e.value))
	v := Value{What: found.String(), kind: found.Kind}
	switch {
	case found.Kind == kind.Hasura:
		return hasura(found.Bytes, v)
	case found.Kind == kind.Path:
		v.Form, v.Paths = Path, paths(string(found.Bytes))
	case e.path && found.Kind == kind.Plain:
		v.Form, v.Paths, v.What = Path, paths(text), "a path"
	case found.HasKey():
		v.Form, v.Data = Keys, hide(found.Bytes)
	case found.Kind == kind.Token, found.Kind == kind.EncryptedToken, found.Kind == kind.Paseto:
		v.Form = Token
	case found.Kind == kind.Variable:
		v.Form = Reference
	case found.Kind == kind.Plain:
		v = Value{Form: Secret, Data: hide([]byte(e.value)), MaybeBase64: maybeBase64(text)}
	default:
		v.Form = Foreign
	}
	return v
}

// hasDefault reports whether the value is written as ${NAME:-default} or ${NAME-default}. What
// is left of it in the file is neither the variable nor the default.
func hasDefault(e *entry) bool {
	name, ok := strings.CutPrefix(strings.Trim(e.raw, `"' `), "${")
	end := strings.IndexFunc(name, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return ok && !e.replaced && end > 0 && strings.HasSuffix(name, "}") && strings.HasPrefix(strings.TrimPrefix(name[end:], ":"), "-")
}

// inBase64 returns the name that says that the value of an entry is written in base64.
func (f *file) inBase64(e *entry) string {
	for _, name := range []string{e.name + "_IS_BASE64", e.name + "_BASE64", e.name + "_ENCODING"} {
		if name == secretKey+"_ENCODING" {
			continue // our own setting
		}
		switch strings.ToLower(f.value(name)) {
		case "true", "1", "yes", "on", "base64":
			return name
		}
	}
	return ""
}

// encodings are those of base64, with and without padding.
var encodings = []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding}

func decodeBase64(text string) ([]byte, bool) {
	for _, encoding := range encodings {
		if data, err := encoding.DecodeString(text); err == nil {
			return data, true
		}
	}
	return nil, false
}

// maybeBase64 reports whether a text is likely to be base64 of random bytes: it has a character
// of base64 that is no letter or digit, and decodes to at least 16 bytes that are no text.
func maybeBase64(text string) bool {
	data, err := base64.StdEncoding.DecodeString(text)
	return err == nil && len(data) >= 16 && !utf8.Valid(data) && strings.ContainsAny(text, "+/=")
}

// paths returns where the file of a path may be.
func paths(text string) []string {
	text = strings.TrimPrefix(text, "@")
	text = strings.TrimPrefix(strings.TrimPrefix(text, "file://"), "file:")
	for _, root := range []string{"%kernel.project_dir%/", "%kernel.root_dir%/../"} {
		text = strings.TrimPrefix(text, root)
	}
	resource, ok := strings.CutPrefix(text, "classpath:")
	if !ok {
		return []string{text}
	}
	resource = strings.TrimPrefix(strings.TrimPrefix(resource, "*"), "/")
	return []string{"src/main/resources/" + resource, "target/classes/" + resource, resource}
}

// hasura reads the JSON of HASURA_GRAPHQL_JWT_SECRET.
func hasura(data []byte, v Value) Value {
	object, err := jsontext.ParseObject(data)
	if err != nil {
		v.Form = Foreign
		return v
	}
	text := func(name string) string {
		raw, _ := object.Get(name)
		value, _ := jsontext.Unquote(raw)
		return value
	}
	v.Issuer, v.URL = text("issuer"), text("jwk_url")
	if raw, ok := object.Get("audience"); ok {
		v.Audience = texts(raw)
	}
	key := text("key")
	switch {
	case key != "":
		v.Algorithm = algorithmOf(text("type"))
		v.Data, v.Form = hide([]byte(key)), Secret
		if kind.Of([]byte(key)).HasKey() {
			v.Form = Keys
		}
	case v.URL != "":
		v.Form = KeyURL
	default:
		v.Form = Foreign
	}
	return v
}

// texts returns the strings of a JSON string or array.
func texts(raw []byte) []string {
	if text, ok := jsontext.Unquote(raw); ok {
		return []string{text}
	}
	items, _ := jsontext.Strings(raw)
	return slices.DeleteFunc(items, func(s string) bool { return s == "" })
}
