package fault

import "tokendesk/auth"

// Need is what the key or the good token must be for a fault to be made.
type Need string

// What a fault may need.
const (
	Nothing        Need = ""
	NeedsPublicKey Need = "an RSA, EC or Ed25519 key"
	NeedsECKey     Need = "an EC key"
	NeedsSecret    Need = "an HMAC secret"
	NeedsKeyID     Need = "a kid"
	NeedsIssuer    Need = "an iss"
	NeedsAudience  Need = "an aud"
)

// missing returns why a fault with that need cannot be made, or nothing.
func (n Need) missing(d *draft) string {
	alg := string(d.key().Algorithm())
	isSecret := d.key().Public() == nil
	switch n {
	case NeedsPublicKey:
		if isSecret {
			return "a secret has no public key: it needs an RSA, EC or Ed25519 key"
		}
	case NeedsECKey:
		if alg != string(auth.ES256) && alg != string(auth.ES384) && alg != string(auth.ES512) {
			return "it is about ECDSA and the key is for " + alg + ": it needs an EC key"
		}
	case NeedsSecret:
		if !isSecret {
			return "it is about secrets and the key is for " + alg + ": it needs HS256, HS384 or HS512"
		}
	case NeedsKeyID:
		if !d.namesKey() {
			return "the good token does not name its key, so that no kid is asked for: set KEY_ID"
		}
	case NeedsIssuer:
		if iss, _ := d.good.Claims.String("iss"); iss == "" {
			return "the good token has no iss: set ISSUER"
		}
	case NeedsAudience:
		if len(d.audience()) == 0 {
			return "the good token has no aud: set AUDIENCE"
		}
	}
	return ""
}
