package fault

import (
	"crypto/ecdsa"
	"crypto/rsa"
)

// Need is what the key or the good token must be for a fault to be made.
type Need string

// What a fault may need.
const (
	Nothing        Need = ""
	NeedsPublicKey Need = "an RSA, EC or Ed25519 key"
	NeedsECKey     Need = "an EC key"
	NeedsRSAKey    Need = "an RSA key"
	NeedsSecret    Need = "a secret"
	NeedsKeyID     Need = "a kid"
	NeedsIssuer    Need = "an iss"
	NeedsAudience  Need = "an aud"
)

// missing returns why a fault with that need cannot be made, or nothing.
func (n Need) missing(d *draft) string {
	alg := string(d.key().Algorithm())
	public := d.key().Public()
	_, isEC := public.(*ecdsa.PublicKey)
	_, isRSA := public.(*rsa.PublicKey)
	switch {
	case n == NeedsPublicKey && public == nil:
		return "a secret has no public key: it needs an RSA, EC or Ed25519 key"
	case n == NeedsECKey && !isEC:
		return "it is about ECDSA and the key is for " + alg + ": it needs an EC key"
	case n == NeedsRSAKey && !isRSA:
		return "it is about RSA and the key is for " + alg + ": it needs an RSA key"
	case n == NeedsSecret && public != nil:
		return "it is about secrets and the key is for " + alg + ": it needs a secret for HS256, HS384 or HS512"
	case n == NeedsKeyID && !d.namesKey():
		return "the good token does not name its key, so that no kid can be asked for: set KEY_ID"
	case n == NeedsIssuer && d.issuerClaim() == "":
		return "the good token has no iss: set ISSUER"
	case n == NeedsAudience && len(d.audience()) == 0:
		return "the good token has no aud: set AUDIENCE"
	}
	return ""
}
