package fault

import (
	"fmt"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// Need is what a fault needs: a type of key, or something in the good token.
type Need string

// The needs of faults.
const (
	NeedNothing   Need = ""
	NeedPublicKey Need = "a key pair"
	NeedECKey     Need = "an EC key"
	NeedRSAKey    Need = "an RSA key"
	NeedEdKey     Need = "an Ed25519 key"
	NeedX509Key   Need = "an RSA, EC or Ed25519 key" // for which there are certificates and SSH keys
	NeedEncrypts  Need = "an RSA or EC key"          // with which tokens can be encrypted
	NeedSecret    Need = "a secret"
	NeedKeyID     Need = "a kid"
	NeedIssuer    Need = "an iss"
	NeedAudience  Need = "an aud"
)

// Impossible returns why the fault cannot be made with the maker's key and request, or the
// empty string. It does not sign.
func (m Maker) Impossible(f Fault) string {
	if m.Issuer == nil || m.Issuer.Key == nil {
		return auth.ErrNoKey.Error()
	}
	key := m.Issuer.Key
	switch {
	case key.OnlyDecrypts():
		return auth.ErrOnlyDecrypts.Error()
	case !key.CanSign():
		return auth.ErrCannotSign.Error()
	}
	alg := key.Algorithm()
	if !f.Needs.fits(alg.KeyType()) {
		return fmt.Sprintf("it needs %s, but the key is for %s", f.Needs, alg)
	}
	if f.Needs == NeedKeyID && !m.namesKey() ||
		f.Needs == NeedIssuer && !m.claims("iss", m.Issuer.Iss != "") ||
		f.Needs == NeedAudience && !m.claims("aud", len(m.Issuer.Aud) > 0) {
		return fmt.Sprintf("it needs %s, but the good token has none", f.Needs)
	}
	if f.alters != "" && !m.has(f.Part, f.alters) {
		return fmt.Sprintf("the good token has no %s", f.alters)
	}
	if f.impossible != nil {
		return f.impossible(m)
	}
	return ""
}

// fits reports whether a key of this type is what the fault needs.
func (n Need) fits(kty auth.KeyType) bool {
	types, ofKey := map[Need][]auth.KeyType{
		NeedPublicKey: {auth.KeyTypeRSA, auth.KeyTypeEC, auth.KeyTypeOKP, auth.KeyTypeAKP},
		NeedECKey:     {auth.KeyTypeEC},
		NeedRSAKey:    {auth.KeyTypeRSA},
		NeedEdKey:     {auth.KeyTypeOKP},
		NeedX509Key:   {auth.KeyTypeRSA, auth.KeyTypeEC, auth.KeyTypeOKP},
		NeedEncrypts:  {auth.KeyTypeRSA, auth.KeyTypeEC},
		NeedSecret:    {auth.KeyTypeSecret},
	}[n]
	return !ofKey || slices.Contains(types, kty)
}

// namesKey reports whether the good token has the ID of its key.
func (m Maker) namesKey() bool {
	kid, _ := m.Issuer.Header().String("kid")
	return kid != "" && kid == m.Issuer.Key.ID()
}

// has reports whether the good token has the header parameter or the claim.
func (m Maker) has(part Part, name string) bool {
	if part == PartHeader {
		return m.Issuer.Header().Index(name) >= 0
	}
	return m.claims(name, true)
}

// claims reports whether the good token has the claim, from the issuer or from the
// request, and it is not empty.
func (m Maker) claims(name string, issuerSets bool) bool {
	raw, given := m.Request.Claims.Get(name)
	switch {
	case slices.Contains(m.Request.Without, name):
		return false
	case !given:
		return issuerSets && !m.Request.Whole
	case jsontext.IsNumber(raw):
		return true
	}
	if one, ok := jsontext.Unquote(raw); ok {
		return one != ""
	}
	several, _ := jsontext.Strings(raw)
	return len(several) > 0
}
