package auth

import (
	"errors"
	"fmt"
	"slices"

	"tokendesk/auth/jsontext"
)

// ParsePublished returns the keys of a JWK set that an issuer publishes (RFC 7517
// section 5), which verify and never sign. What cannot be used here, a key for
// encryption, of another kind or too small, is skipped with the reason, as
// that section asks for; there is at least one key left. A set that gives away
// something private is refused, and so is one in which two keys have one ID.
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
			return fmt.Errorf("%s of the JWK set is published with what is private about it: whoever reads the set "+
				"can sign; take the key out of service", name)
		case err != nil:
			skipped = append(skipped, fmt.Errorf("%s: %w", name, err))
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if len(keys) == 0 {
		return nil, skipped, fmt.Errorf("no key of the JWK set can verify a token here: %w", skipped[0])
	}
	return keys, skipped, nil
}
