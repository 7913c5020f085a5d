// Package api is a small API to probe. It accepts only good tokens, except for the holes
// that it is given. It uses only the standard library, so that it shares no bug with
// Tokendesk.
package api

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Hole is a check that the API leaves out.
type Hole string

// The holes. Each accepts one fault of the catalogue.
const (
	AcceptNone        Hole = "accept-none"          // alg none needs no signature: alg-none
	TrustEmbeddedKey  Hole = "trust-embedded-key"   // the key is that of the token's jwk: embedded-jwk
	PublicKeyAsSecret Hole = "public-key-as-secret" //nolint:gosec // HS256 is checked with the public key: hmac-public-pem
	IssuerPrefix      Hole = "issuer-prefix"        // only the start of the issuer is compared: issuer-prefix
	IgnoreCritical    Hole = "ignore-critical"      // crit is ignored except for b64: crit-unknown
	NoExpiry          Hole = "no-expiry"            // a token without exp never expires: no-exp
)

// Holes returns all holes.
func Holes() []Hole {
	return []Hole{AcceptNone, TrustEmbeddedKey, PublicKeyAsSecret, IssuerPrefix, IgnoreCritical, NoExpiry}
}

// API describes the tokens that it accepts: ES256, one key, one issuer, one audience.
type API struct {
	Key              *ecdsa.PublicKey // on P-256
	KeyID            string
	Issuer, Audience string
	MaxLifetime      time.Duration
	Now              func() time.Time
	Holes            []Hole
}

const maxToken = 8 << 10

// ServeHTTP answers with 200 to a request with a good token, and with 401 to any other
// (RFC 6750 section 3).
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		w.Header().Set("WWW-Authenticate", "Bearer")
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if err := a.check(token); err != nil {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	_, _ = io.WriteString(w, "{\"hello\":\"world\"}\n")
}

func (a *API) has(h Hole) bool { return slices.Contains(a.Holes, h) }

var errRefused = errors.New("refused")

// check returns an error unless the token is good.
func (a *API) check(token string) error {
	parts := strings.Split(token, ".")
	if len(token) > maxToken || len(parts) != 3 {
		return errRefused
	}
	var decoded [3][]byte
	for i, part := range parts {
		var err error
		if decoded[i], err = base64.RawURLEncoding.Strict().DecodeString(part); err != nil || strings.ContainsAny(part, "\r\n") {
			return errRefused
		}
	}
	header, err := object(decoded[0])
	if err != nil {
		return err
	}
	if err := a.checkHeader(header); err != nil {
		return err
	}
	if err := a.checkSignature(header, parts[0]+"."+parts[1], decoded[2]); err != nil {
		return err
	}
	claims, err := object(decoded[1])
	if err != nil {
		return err
	}
	return a.checkClaims(claims)
}

func (a *API) checkHeader(header map[string]any) error {
	if crit, ok := header["crit"]; ok {
		list, _ := crit.([]any)
		if !a.has(IgnoreCritical) || len(list) == 0 || slices.Contains(list, any("b64")) {
			return errRefused
		}
	}
	if header["typ"] != "JWT" || header["kid"] != a.KeyID {
		return errRefused
	}
	return nil
}

// checkSignature checks ES256 with the key, whatever the header says.
func (a *API) checkSignature(header map[string]any, input string, signature []byte) error {
	key := a.Key
	switch jwk, embedded := header["jwk"].(map[string]any); {
	case header["alg"] == "none" && a.has(AcceptNone) && len(signature) == 0:
		return nil
	case header["alg"] == "HS256" && a.has(PublicKeyAsSecret):
		mac := hmac.New(sha256.New, publicPEM(a.Key))
		mac.Write([]byte(input))
		if hmac.Equal(mac.Sum(nil), signature) {
			return nil
		}
		return errRefused
	case embedded && a.has(TrustEmbeddedKey):
		if key = keyOf(jwk); key == nil {
			return errRefused
		}
	}
	if header["alg"] != "ES256" || len(signature) != 64 {
		return errRefused
	}
	digest := sha256.Sum256([]byte(input))
	if !ecdsa.Verify(key, digest[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		return errRefused
	}
	return nil
}

func (a *API) checkClaims(claims map[string]any) error {
	now := a.Now()
	at := func(name string) (time.Time, bool) {
		number, ok := claims[name].(json.Number)
		seconds, err := number.Int64()
		return time.Unix(seconds, 0), ok && err == nil
	}
	exp, expires := at("exp")
	if _, given := claims["exp"]; !given && a.has(NoExpiry) {
		exp, expires = now.Add(time.Second), true
	}
	if !expires || !now.Before(exp) || exp.Sub(now) > a.MaxLifetime {
		return errRefused
	}
	if iat, ok := at("iat"); !ok || iat.After(now) {
		return errRefused
	}
	if _, given := claims["nbf"]; given {
		if nbf, ok := at("nbf"); !ok || nbf.After(now) {
			return errRefused
		}
	}
	issuer, _ := claims["iss"].(string)
	begins := a.has(IssuerPrefix) && strings.HasPrefix(issuer, a.Issuer)
	if issuer != a.Issuer && !begins {
		return errRefused
	}
	audiences, _ := claims["aud"].([]any)
	if claims["aud"] != a.Audience && !slices.Contains(audiences, any(a.Audience)) {
		return errRefused
	}
	if subject, ok := claims["sub"].(string); !ok || subject == "" {
		return errRefused
	}
	return nil
}

// object reads one JSON object without duplicate names.
func object(text []byte) (map[string]any, error) {
	if !utf8.Valid(text) {
		return nil, errRefused
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	value, err := read(d)
	if _, end := d.Token(); err != nil || end != io.EOF {
		return nil, errRefused
	}
	if members, ok := value.(map[string]any); ok {
		return members, nil
	}
	return nil, errRefused
}

// read reads a JSON value.
func read(d *json.Decoder) (any, error) {
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
			if members[text], err = read(d); err != nil {
				return nil, err
			}
		}
		return members, closed(d)
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := read(d)
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

// publicPEM returns the key as PEM.
func publicPEM(key *ecdsa.PublicKey) []byte {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

// keyOf returns the key of a JWK on P-256, or nil.
func keyOf(jwk map[string]any) *ecdsa.PublicKey {
	point := []byte{4}
	for _, name := range []string{"x", "y"} {
		text, _ := jwk[name].(string)
		b, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil || len(b) != 32 {
			return nil
		}
		point = append(point, b...)
	}
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		return nil
	}
	return key
}
