package ledger

import (
	"crypto/sha256"
	"encoding/hex"

	"tokendesk/auth"
)

// Check returns eight bytes of a hash of the signature of a token that the key has signed, as
// hexadecimal digits. It tells whether a token that is signed again is the same.
//
// It is empty where it would be of no use, because the algorithm signs differently each time,
// and where it would help to guess the secret of a weak key.
func Check(token *auth.Token, key *auth.Key) string {
	if key == nil || key.Weakness() != nil || !key.Algorithm().Deterministic() || len(token.Signature) == 0 {
		return ""
	}
	sum := sha256.Sum256(append([]byte("tokendesk ledger\x00"), token.Signature...))
	return hex.EncodeToString(sum[:8])
}
