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
	raw, _ := set.Get("keys")
	members, _ := jsontext.Elements(raw)
	if len(members) == 0 {
		return nil, nil, errors.New("the JWK set has no keys")
	}
	seen := jsontext.Names{}
	for n, member := range members {
		object, err := jsontext.ParseObject(member)
		if err != nil {
			skipped = append(skipped, fmt.Errorf("key %d is not an object", n+1))
			continue
		}
		name := fmt.Sprintf("key %d", n+1)
		kid, hasID := object.String("kid")
		if hasID {
			name += " (" + quoted(kid) + ")"
		}
		if slices.ContainsFunc(object, isPrivate) {
			return nil, nil, fmt.Errorf("%s of the JWK set is published with what is private about it: whoever reads the set "+
				"can sign; take the key out of service", name)
		}
		key, err := parseJWK(object, "", nil)
		if err != nil {
			skipped = append(skipped, fmt.Errorf("%s: %w", name, err))
			continue
		}
		if hasID && seen.Add(kid) {
			return nil, nil, errSameID(kid)
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, skipped, fmt.Errorf("no key of the JWK set can verify a token here: %w", skipped[0])
	}
	return keys, skipped, nil
}
