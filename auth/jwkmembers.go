package auth

import (
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// tidyMembers returns the members that make the key of a JWK, each in base64url. The notes
// say which were in standard base64 or padded, which RFC 7518 does not allow. The error names
// the member that is missing or wrong.
func tidyMembers(kty string, jwk Object) (key Object, notes []string, err error) {
	if missing := missingMembers(kty, jwk); len(missing) > 0 {
		return nil, nil, missingError(kty, jwk, missing)
	}
	for _, m := range jwk {
		if !isKeyMember(m) {
			continue
		}
		text, _ := jsontext.Unquote(m.Value)
		if m.Name == "kty" || m.Name == "crv" || text == "" {
			key = append(key, m)
			continue
		}
		tidy := standardToURL(strings.Join(strings.Fields(text), ""))
		if tidy != text {
			notes = append(notes, fmt.Sprintf("the %s of the JWK was in base64 and not in base64url without padding", m.Name))
			m.Value = jsontext.Quote(tidy)
		}
		data, err := base64.RawURLEncoding.DecodeString(tidy)
		if err != nil {
			return nil, nil, fmt.Errorf("the %s of the %s JWK is not base64url", m.Name, kty)
		}
		if want := memberSize(jwk, m.Name); want > 0 && len(data) != want {
			return nil, nil, fmt.Errorf("the %s of the %s JWK has %s, but must have %d", m.Name, kty, inBytes(len(data)), want)
		}
		key = append(key, m)
	}
	return key, notes, nil
}

// missingMembers returns the members that a public key of the type or a secret must have,
// and that are missing or, for a secret, may be empty.
func missingMembers(kty string, jwk Object) (missing []string) {
	for _, k := range keyTypes {
		if string(k.kty) != kty {
			continue
		}
		needed := k.public
		if k.kty == KeyTypeSecret {
			needed = k.private
		}
		for _, name := range needed {
			if text, ok := jwk.String(name); !ok || text == "" && k.kty != KeyTypeSecret {
				missing = append(missing, name)
			}
		}
	}
	return missing
}

// missingError names the members that are missing.
func missingError(kty string, jwk Object, missing []string) error {
	err := fmt.Errorf("the %s JWK has no %s", kty, enumerated("and", missing))
	if _, ok := jwk.Get("x5c"); ok {
		return advice.Add(fmt.Errorf("%w, only x5c (RFC 7517 section 4.7 requires both)", err),
			"use the certificate: jq -r '..|objects|.x5c//empty|.[0]' FILE | base64 -d > NEW")
	}
	return err
}

// memberSize returns how many bytes a member with a coordinate must have (RFC 7518 section
// 6.2.1.2, RFC 8037 section 2), or 0.
func memberSize(jwk Object, name string) int {
	if name != "x" && name != "y" {
		return 0
	}
	crv, _ := jwk.String("crv")
	for _, curve := range []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		if curve.Params().Name == crv {
			return (curve.Params().BitSize + 7) / 8
		}
	}
	if crv == "Ed25519" {
		return 32
	}
	return 0
}

// rsaMaterial returns the key of an RSA JWK that is public, or that is private without its
// primes, as RFC 7518 section 6.3.2 allows, and whether it is one of them.
func rsaMaterial(kty string, key Object) (material any, ok bool, err error) {
	if kty != string(KeyTypeRSA) || key.Index("p") >= 0 && key.Index("q") >= 0 {
		return nil, false, nil
	}
	number := func(name string) *big.Int {
		text, _ := key.String(name)
		data, _ := base64.RawURLEncoding.DecodeString(text) // it was decoded before
		return new(big.Int).SetBytes(data)
	}
	n, e := number("n"), number("e")
	if !e.IsInt64() || e.Int64() > 1<<31-1 {
		return nil, true, errors.New("the e of the RSA JWK is too large")
	}
	if key.Index("d") < 0 {
		return &rsa.PublicKey{N: n, E: int(e.Int64())}, true, nil
	}
	other := func(m Member) bool { return slices.Contains([]string{"p", "q", "dp", "dq", "qi"}, m.Name) }
	if i := slices.IndexFunc(key, other); i >= 0 {
		return nil, true, fmt.Errorf("the RSA JWK has its %s but not both p and q (RFC 7518 section 6.3.2)", key[i].Name)
	}
	private, err := rsaPrivate(n, int(e.Int64()), number("d"), nil, nil)
	return private, true, err
}
