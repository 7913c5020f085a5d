// Package api is a small API to probe. It accepts only good tokens, except for the holes
// that it is given. It uses only the standard library, so that it shares no bug with
// Tokendesk.
package api

import (
	"crypto/ecdsa"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

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
	switch err := a.check(token); {
	case err == nil:
		_, _ = io.WriteString(w, "{\"hello\":\"world\"}\n")
	case errors.Is(err, errTooDeep) && a.has(FailOnDepth):
		w.WriteHeader(http.StatusInternalServerError)
	default:
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		w.WriteHeader(http.StatusUnauthorized)
	}
}

func (a *API) has(h Hole) bool { return slices.Contains(a.Holes, h) }

var (
	errRefused = errors.New("refused")
	errTooDeep = errors.New("nested too deep")
)

// check returns an error unless the token is good.
func (a *API) check(token string) error {
	if len(token) > maxToken {
		return errRefused
	}
	p, err := a.split(token)
	if err != nil {
		return err
	}
	header, err := a.object(p.header)
	if err != nil {
		return err
	}
	for name, value := range p.unprotected {
		header[name] = value
	}
	if err := a.checkHeader(header); err != nil {
		return err
	}
	if err := a.checkSignature(header, p.input, p.signature); err != nil {
		return err
	}
	return a.checkPayload(p.payload)
}

// checkPayload checks the claims.
func (a *API) checkPayload(payload []byte) error {
	if parts := strings.Split(string(payload), "."); len(parts) == 3 && payload[0] != '{' && a.has(UncheckedInside) {
		inside, err := strict(parts[1])
		if err != nil {
			return err
		}
		payload = inside
	}
	if string(payload) == "null" && a.has(NullPayload) {
		return nil
	}
	if a.has(NotANumber) {
		payload = []byte(strings.NewReplacer(":NaN", ":1e400", ":Infinity", ":1e400").Replace(string(payload)))
	}
	claims, err := a.object(payload)
	if err != nil {
		return err
	}
	return a.checkClaims(claims)
}

func (a *API) checkHeader(header map[string]any) error {
	if crit, ok := header["crit"]; ok {
		list, isList := crit.([]any)
		known := a.has(IgnoreCritical) && len(list) > 0 && !slices.Contains(list, any("b64"))
		if !known && (isList || !a.has(CriticalOfAnyType)) {
			return errRefused
		}
	}
	if _, ok := header["b64"]; ok && !a.has(IgnoreB64) {
		return errRefused
	}
	if _, nested := header["cty"]; nested && !a.has(UncheckedInside) {
		return errRefused
	}
	if header["typ"] != "JWT" {
		return errRefused
	}
	return nil
}

// knows reports whether the API has the key that the header names.
func (a *API) knows(header map[string]any) bool {
	kid, given := header["kid"]
	if _, isText := kid.(string); given && !isText && a.has(KeyIDOfAnyType) {
		return true
	}
	return kid == a.KeyID
}
