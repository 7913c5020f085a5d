package auth

import (
	"crypto/hmac"
	"fmt"
	"strconv"

	"tokendesk/auth/weak"
)

// findPublishedSecret says that the secret that signed the token is published. If no key
// verified the token, it tries the published secrets.
func findPublishedSecret(t *view) []string {
	const anyone = "the secret that signed it is published (%s): anyone can sign such tokens"
	if t.key != nil {
		if weakness := t.key.weakness; weakness != nil && weakness.Kind == SecretPublished {
			return []string{fmt.Sprintf(anyone, weakness.What)}
		}
		return nil
	}
	if where, ok := publishedSecret(t.Token); ok {
		return []string{fmt.Sprintf(anyone, where)}
	}
	return nil
}

// publishedSecret returns the published secret that made the signature and where it is
// published, and whether there is one.
func publishedSecret(t *Token) (string, bool) {
	s := t.Algorithm().scheme()
	if s == nil || s.family.keyType() != KeyTypeSecret || len(t.Signature) != s.hash.Size() {
		return "", false
	}
	input := []byte(t.signingInput())
	for secret, where := range weak.Published() {
		mac := hmac.New(s.hash.New, []byte(secret))
		mac.Write(input)
		if !hmac.Equal(mac.Sum(nil), t.Signature) {
			continue
		}
		if quoted := strconv.Quote(secret); quoted == `"`+secret+`"` { // it is not bytes
			where = quoted + ", " + where
		}
		return where, true
	}
	return "", false
}

// findWeakSecret says why the secret of the key is weak, unless it is published.
func findWeakSecret(t *view) []string {
	if t.key == nil || t.key.weakness == nil || t.key.weakness.Kind == SecretPublished {
		return nil
	}
	return []string{t.key.weakness.Error()}
}
