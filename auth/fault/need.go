package fault

import (
	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// Need is what the key or the good token must be for a fault to be made.
type Need string

// What a fault may need.
const (
	NeedNothing   Need = ""
	NeedPublicKey Need = "an RSA, EC or Ed25519 key"
	NeedECKey     Need = "an EC key"
	NeedRSAKey    Need = "an RSA key"
	NeedSecret    Need = "a secret"
	NeedKeyID     Need = "a kid"
	NeedIssuer    Need = "an iss"
	NeedAudience  Need = "an aud"
)

// Impossible returns why the fault cannot be made with the maker's key and
// request, or nothing. It signs nothing.
func (m Maker) Impossible(f Fault) string {
	if m.Issuer == nil || m.Issuer.Key == nil {
		return auth.ErrNoKey.Error()
	}
	key := m.Issuer.Key
	if !key.CanSign() {
		return auth.ErrCannotSign.Error()
	}
	alg, kty := string(key.Algorithm()), key.Algorithm().KeyType()
	switch n := f.Needs; {
	case n == NeedPublicKey && kty == auth.KeyTypeSecret:
		return "a secret has no public key; it needs an RSA, EC or Ed25519 key"
	case n == NeedECKey && kty != auth.KeyTypeEC:
		return "it is about ECDSA and the key is for " + alg + "; it needs an EC key"
	case n == NeedRSAKey && kty != auth.KeyTypeRSA:
		return "it is about RSA and the key is for " + alg + "; it needs an RSA key"
	case n == NeedSecret && kty != auth.KeyTypeSecret:
		return "it is about secrets and the key is for " + alg + "; it needs a secret for " + auth.KeyTypeSecret.Algorithms()
	case n == NeedKeyID && !m.namesKey():
		return "the good token does not name its key, so that no kid can be asked for; give the key an ID"
	case n == NeedIssuer && !m.claims("iss", m.Issuer.Iss != ""):
		return "the good token has no iss; configure an issuer"
	case n == NeedAudience && !m.claims("aud", len(m.Issuer.Aud) > 0):
		return "the good token has no aud; configure an audience"
	}
	return ""
}

// namesKey reports whether the good token names its key.
func (m Maker) namesKey() bool {
	kid, _ := m.Issuer.Header().String("kid")
	return kid != "" && kid == m.Issuer.Key.ID()
}

// claims reports whether the good token has the claim, which may be configured,
// with something in it.
func (m Maker) claims(name string, configured bool) bool {
	raw, given := m.Request.Claims.Get(name)
	if !given {
		return configured
	}
	if one, ok := jsontext.Unquote(raw); ok {
		return one != ""
	}
	several, _ := jsontext.Strings(raw)
	return len(several) > 0
}
