package auth

import (
	"crypto"
	"crypto/hmac"
	"errors"
	"fmt"
	"slices"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// SetRemark is about one key of a JWK set.
type SetRemark struct {
	Key    string // its number in the set, from 1, and its kid, such as: key 2 ("b")
	Reason error
	// Ignored says that the key is not used (RFC 7517 section 5), and Expected that this is
	// as it should be, because the key is for encryption and cannot decrypt.
	Ignored, Expected bool
}

// Error returns the remark as one sentence.
func (r *SetRemark) Error() string {
	text := r.Key + ": " + r.Reason.Error()
	if r.Ignored {
		text = "ignored " + text
	}
	return text
}

// Unwrap returns the reason.
func (r *SetRemark) Unwrap() error { return r.Reason }

// WithRemarks makes [ParseKeys] call tell about each key of a JWK set that it ignores, or
// that a verifier may mistake for another one.
func WithRemarks(tell func(*SetRemark)) KeyOption {
	return func(o *keyOptions) { o.tell = tell }
}

// ParsePublished returns the keys of a JWK set that an issuer publishes (RFC 7517 section
// 5). They can verify but not sign. Keys that cannot be used are ignored, as that section
// recommends, and the remarks say why; at least one key is left. A set with a private key
// is refused.
func ParsePublished(data []byte) (keys []*Key, remarks []*SetRemark, err error) {
	set, err := jsontext.ParseObject(data)
	if err != nil {
		return nil, nil, fmt.Errorf("the JWK set cannot be read: %w", err)
	}
	return parseSet(set, "", nil, func(name string, jwk Object) error {
		if slices.ContainsFunc(jwk, isPrivate) {
			return advice.New(name+" of the JWK set contains private key material, so anyone who reads the set can sign tokens",
				"rotate the key")
		}
		return nil
	})
}

// parseSetFile reads the keys of a JWK set in a file.
func parseSetFile(set Object, alg Algorithm, opts []KeyOption) ([]*Key, error) {
	keys, remarks, err := parseSet(set, alg, opts, func(string, Object) error { return nil })
	if err != nil {
		return nil, err
	}
	verify := slices.DeleteFunc(slices.Clone(keys), (*Key).OnlyDecrypts)
	differs := func(k *Key) bool { return (k.public == nil) != (verify[0].public == nil) }
	if slices.ContainsFunc(verify, differs) {
		return nil, advice.New("the JWK set mixes secrets with public keys, so that one can be mistaken for the other "+
			"(RFC 8725 section 3.1)", "split it")
	}
	if tell := readOptions(opts).tell; tell != nil {
		for _, remark := range remarks {
			tell(remark)
		}
	}
	return keys, nil
}

// parseSet returns the keys of a JWK set that can be used; there is at least one. An error
// of refuse, which is called for each JWK with the name of its key, refuses the set.
func parseSet(
	set Object, alg Algorithm, opts []KeyOption, refuse func(name string, jwk Object) error,
) (keys []*Key, remarks []*SetRemark, err error) {
	raw, _ := set.Get("keys")
	members, _ := jsontext.Elements(raw)
	switch {
	case len(raw) > 0 && (raw[0] == '{' || raw[0] == '"'):
		return nil, nil, errors.New("the keys of the JWK set are not in an array (RFC 7517 section 5.1)")
	case len(members) == 0:
		return nil, nil, errors.New("the JWK set has no keys")
	}
	var names []string // of the keys
	for n, member := range members {
		jwk, _ := jsontext.ParseObject(member)
		name := fmt.Sprintf("key %d", n+1)
		if kid, hasID := jwk.String("kid"); hasID {
			name += " (" + quoted(kid) + ")"
		}
		if err := refuse(name, jwk); err != nil {
			return nil, nil, err
		}
		key, err := memberOf(jwk, alg, opts)
		if err != nil {
			_, expected := errors.AsType[*otherPurpose](err)
			remarks = append(remarks, &SetRemark{Key: name, Reason: err, Ignored: true, Expected: expected})
			continue
		}
		if twin := slices.IndexFunc(keys, key.isConfusedWith); twin >= 0 {
			remarks = append(remarks, &SetRemark{Key: name, Reason: errors.New(
				"it has the kid and the algorithm of " + names[twin] + ", so a verifier may try the wrong one (RFC 7517 section 4.5)",
			)})
		}
		keys, names = append(keys, key), append(names, name)
	}
	if len(keys) == 0 {
		first := max(0, slices.IndexFunc(remarks, func(r *SetRemark) bool { return !r.Expected }))
		return nil, remarks, fmt.Errorf("no key of the JWK set can be used: %s: %w", remarks[first].Key, remarks[first].Reason)
	}
	return keys, remarks, nil
}

// memberOf reads one key of a JWK set. The object is nil if the member is none.
func memberOf(jwk Object, alg Algorithm, opts []KeyOption) (*Key, error) {
	if jwk == nil {
		return nil, errors.New("it is not an object")
	}
	return parseJWK(jwk, alg, opts)
}

// isConfusedWith reports whether nothing but its material distinguishes another key.
// Keys with the same ID may differ in their type, which the algorithm implies, and in
// their algorithm; those with another use are not among the keys.
func (k *Key) isConfusedWith(other *Key) bool {
	if !k.ownID || !other.ownID || k.id != other.id || k.scheme != other.scheme {
		return false
	}
	if public, ok := k.public.(interface {
		Equal(other crypto.PublicKey) bool
	}); ok {
		return !public.Equal(other.public)
	}
	a, _ := k.verifying().([]byte)
	b, _ := other.verifying().([]byte)
	return !hmac.Equal(a, b)
}
