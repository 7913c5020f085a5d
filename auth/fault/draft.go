package fault

import (
	"cmp"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// draft is a good token and what is needed to make a faulty one of it.
type draft struct {
	maker Maker
	good  *auth.Token
	at    time.Time // when the good token was issued
}

func (d *draft) key() *auth.Key { return d.maker.Issuer.Key }

func (d *draft) random() io.Reader { return cmp.Or(d.maker.Issuer.Rand, rand.Reader) }

// now returns the second at which the good token was issued.
func (d *draft) now() int64 { return d.at.Unix() }

// lifetime returns for how many seconds the good token is valid.
func (d *draft) lifetime() int64 {
	if exp, ends := d.good.Date("exp"); ends {
		return exp.Seconds - d.now()
	}
	return int64(auth.DefaultLifetime / time.Second)
}

// required returns those of the claims that the good token has.
func (d *draft) required(names ...string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return d.good.Claims.Index(name) < 0 })
}

// issuerClaim returns the "iss" of the good token.
func (d *draft) issuerClaim() string {
	iss, _ := d.good.Claims.String("iss")
	return iss
}

// audience returns the "aud" of the good token.
func (d *draft) audience() []string {
	raw, _ := d.good.Claims.Get("aud")
	if one, ok := jsontext.Unquote(raw); ok && one != "" {
		return []string{one}
	}
	several, _ := jsontext.Strings(raw) // there is none, or it was checked when it was issued
	return several
}

// unlike returns the text, extended if the good token contains it: a value that is meant
// to be wrong must not be the right one.
func (d *draft) unlike(text string) string {
	good := strings.ToLower(string(d.header()) + string(d.payload()))
	for strings.Contains(good, text) {
		text += "-2"
	}
	return text
}

// header returns the good header as JSON.
func (d *draft) header() []byte { return text(d.good.Header) }

// payload returns the good payload as JSON.
func (d *draft) payload() []byte { return text(d.good.Claims) }

// text returns the object as JSON, including duplicate names.
func text(o auth.Object) []byte {
	out, _ := o.MarshalJSON() // its values are those of the good token or constants
	return out
}

// withHeader returns the good token with another header, signed with its key.
func (d *draft) withHeader(header auth.Object) (string, error) {
	return d.signed(d.key(), text(header), d.payload())
}

// withClaims returns the good token with other claims, signed with its key.
func (d *draft) withClaims(claims auth.Object) (string, error) {
	return d.withPayload(string(text(claims)))
}

// withPayload returns the good token with another payload, signed with its key.
func (d *draft) withPayload(payload string) (string, error) {
	return d.signed(d.key(), d.header(), []byte(payload))
}

// signed returns a header and a payload, unchanged, with their signature.
func (d *draft) signed(key *auth.Key, header, payload []byte) (string, error) {
	return d.signedText(key, encode(header)+"."+encode(payload))
}

// signedText returns a signing input, unchanged, with its signature.
func (d *draft) signedText(key *auth.Key, input string) (string, error) {
	signature, err := d.sign(key, input)
	if err != nil {
		return "", err
	}
	return input + "." + encode(signature), nil
}

// sign returns the signature of a key.
func (d *draft) sign(key *auth.Key, input string) ([]byte, error) {
	signature, err := key.Sign(d.random(), input)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return smallerS(key, signature), nil
}

// signingInput returns the text that the good signature signs.
func (d *draft) signingInput() string { return d.good.HeaderSegment + "." + d.good.PayloadSegment }

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// withRaw returns the object as JSON with one more member, whose value may be
// no JSON or nested too deep.
func withRaw(o auth.Object, name, value string) string {
	start := strings.TrimSuffix(string(text(o.Without(name))), "}")
	if start != "{" {
		start += ","
	}
	return start + `"` + name + `":` + value + "}"
}

// number returns the seconds as a NumericDate.
func number(seconds int64) json.RawMessage { return strconv.AppendInt(nil, seconds, 10) }
