package auth

import (
	"errors"
	"fmt"
	"slices"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// ParsePublished returns the keys of a JWK set that an issuer publishes (RFC 7517 section
// 5). They can verify but not sign. Keys that cannot be used, because they are for
// encryption, of an unsupported type or too small, are skipped with the reason, as that
// section recommends; at least one key is left. A set with a private key is refused, and so
// is one in which two keys have the same ID.
func ParsePublished(data []byte) (keys []*Key, skipped []error, err error) {
	set, err := jsontext.ParseObject(data)
	if err != nil {
		return nil, nil, fmt.Errorf("the JWK set cannot be read: %w", err)
	}
	keys, err = eachKey(set, "", nil, func(n int, jwk Object, err error) error {
		name := fmt.Sprintf("key %d", n)
		if kid, hasID := jwk.String("kid"); hasID {
			name += " (" + quoted(kid) + ")"
		}
		switch {
		case jwk == nil:
			skipped = append(skipped, errors.New(name+" is not an object"))
		case slices.ContainsFunc(jwk, isPrivate):
			return advice.New(name+" of the JWK set contains private key material, so anyone who reads the set can sign tokens",
				"rotate the key")
		case err != nil:
			skipped = append(skipped, fmt.Errorf("%s: %w", name, err))
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if len(keys) == 0 {
		return nil, skipped, fmt.Errorf("no key of the JWK set can verify tokens: %w", skipped[0])
	}
	return keys, skipped, nil
}
