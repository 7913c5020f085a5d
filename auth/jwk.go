package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tokendesk/auth/jsontext"

	"github.com/go-jose/go-jose/v4"
)

// parseJWKs reads a JWK or a JWK set.
func parseJWKs(data []byte, alg Algorithm, opts []KeyOption) ([]*Key, error) {
	object, err := jsontext.ParseObject(data)
	if err != nil {
		return nil, fmt.Errorf("the JWK cannot be read: %w", err)
	}
	if _, isSet := object.Get("keys"); isSet {
		return parseSetFile(object, alg, opts)
	}
	return oneKey(parseJWK(object, alg, opts))
}

// parseJWK reads one JWK (RFC 7517, RFC 7518 section 6, RFC 8037).
func parseJWK(object Object, alg Algorithm, opts []KeyOption) (*Key, error) {
	named, private, err := checkJWK(object)
	if other, ok := errors.AsType[*otherPurpose](err); ok {
		return parseDecryptionJWK(object, other, opts)
	}
	if err != nil {
		return nil, err
	}
	if named != "" {
		alg = named
	}
	material, notes, err := jwkMaterial(object)
	if err != nil {
		return nil, err
	}
	key, err := jwkKey(material, alg, object, opts)
	if err != nil {
		return nil, err
	}
	key.read.notes, key.read.namesAlgorithm = notes, named != ""
	if key.public != nil && !private {
		key.signing = nil
	}
	return key, nil
}

// jwkKey makes the key of a JWK with its ID.
func jwkKey(material any, alg Algorithm, object Object, opts []KeyOption) (*Key, error) {
	if kid, ok := object.String("kid"); ok && kid != "" {
		opts = append(slices.Clone(opts), WithKeyID(kid))
	}
	if secret, ok := material.([]byte); ok {
		if alg == "" {
			alg = HS256
		}
		return NewHMACKey(alg, secret, opts...)
	}
	if alg == "" {
		alg, _ = DefaultAlgorithm(material)
	}
	return NewKey(alg, material, opts...)
}

// checkJWK returns the algorithm that a JWK names, and whether it may sign.
func checkJWK(object Object) (alg Algorithm, maySign bool, err error) {
	for _, m := range object {
		if m.Name == "oth" {
			return "", false, errors.New("multi-prime RSA keys are not supported")
		}
		isText := isKeyMember(m) || slices.Contains([]string{"use", "alg", "kid"}, m.Name)
		if _, ok := jsontext.Unquote(m.Value); isText && !ok {
			return "", false, fmt.Errorf("the %s of the JWK is %s, but must be a string", m.Name, jsontext.Kind(m.Value))
		}
	}
	if use, ok := object.String("use"); ok && use != "sig" {
		return "", false, &otherPurpose{fmt.Sprintf("the use of the JWK is %s, not sig (RFC 7517 section 4.2)", quoted(use))}
	}
	maySign = true
	if raw, ok := object.Get("key_ops"); ok {
		ops, isList := jsontext.Strings(raw)
		maySign = slices.Contains(ops, "sign")
		if !isList || !maySign && !slices.Contains(ops, "verify") {
			return "", false, &otherPurpose{"the key_ops of the JWK contain neither sign nor verify (RFC 7517 section 4.3)"}
		}
	}
	name, ok := object.String("alg")
	if !ok {
		return "", maySign, nil
	}
	if crv, _ := object.String("crv"); name == "ES521" && crv == "P-521" { // a mistake that is even in examples of RFCs
		return ES512, maySign, nil
	}
	if Algorithm(name).scheme() == nil {
		reason := fmt.Sprintf("the alg of the JWK is %s, which is not a supported signature algorithm", quoted(name))
		switch {
		case slices.Contains(keyEncryptions(), jose.KeyAlgorithm(name)):
			return "", false, &otherPurpose{reason}
		case isKeyManagement(name):
			return "", false, &otherPurpose{neitherNor(name)}
		}
		return "", false, errors.New(reason)
	}
	return Algorithm(name), maySign, nil
}

// isKeyManagement reports whether an algorithm is for encryption (RFC 7518 section 4.1).
func isKeyManagement(name string) bool {
	return name == "dir" || slices.ContainsFunc([]string{"RSA-OAEP", "RSA1_5", "ECDH-ES", "A128", "A192", "A256", "PBES2-"},
		func(start string) bool { return strings.HasPrefix(name, start) })
}

// jwkMaterial returns the key of a JWK, and what was undone to read it. It uses only the
// members that make the key, and ignores certificates and URLs.
func jwkMaterial(object Object) (material any, notes []string, err error) {
	kty, _ := object.String("kty")
	known := slices.Compact(namesFor("", func(s scheme) string { return string(s.family.keyType()) }))
	if !slices.Contains(known, kty) {
		return nil, nil, fmt.Errorf("the kty of the JWK is %s, but must be %s", orNone(kty), enumerated("or", known))
	}
	curves := namesFor(KeyType(kty), func(s scheme) string { return s.crv })
	if crv, ok := object.String("crv"); ok && curves != nil && !slices.Contains(curves, crv) {
		reason := fmt.Sprintf("the crv of the %s JWK is %s, but must be %s", kty, orNone(crv), enumerated("or", curves))
		if crv == "X25519" || crv == "X448" {
			return nil, nil, &otherPurpose{reason}
		}
		return nil, nil, errors.New(reason)
	}
	key, notes, err := tidyMembers(kty, object)
	if err != nil {
		return nil, nil, err
	}
	if material, ok, err := rsaMaterial(kty, key); ok {
		return material, notes, err
	}
	if kty == string(KeyTypeAKP) {
		name, _ := object.String("alg")
		material, err := akpMaterial(name, key)
		return material, notes, err
	}
	text, err := key.MarshalJSON()
	if err != nil {
		return nil, nil, errors.New("the JWK is not valid UTF-8")
	}
	var jwk jose.JSONWebKey
	err = json.Unmarshal(text, &jwk)
	if secret, ok := jwk.Key.([]byte); ok && err == nil {
		return secret, notes, nil
	}
	if err != nil || !jwk.Valid() {
		return nil, nil, fmt.Errorf("the %s key in the JWK is invalid: its members do not belong together, or the point is not on its curve", kty)
	}
	return jwk.Key, notes, nil
}

// isKeyMember reports whether a member of a JWK is part of the key.
func isKeyMember(m Member) bool {
	return m.Name == "kty" || isPrivate(m) ||
		slices.ContainsFunc(keyTypes[:], func(k keyMembers) bool { return slices.Contains(k.public, m.Name) })
}

// isPrivate reports whether only the owner of a JWK may know the member.
func isPrivate(m Member) bool {
	return slices.ContainsFunc(keyTypes[:], func(k keyMembers) bool { return slices.Contains(k.private, m.Name) })
}
