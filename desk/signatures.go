package desk

import (
	"crypto/sha256"
	"sync"

	"tokendesk/auth"
)

// shortestSignature is the length of the shortest signature, that of HS256, in bytes.
const shortestSignature = 32

// signatures knows the signatures that were made or read in this run, so that none is kept
// where a user has put one. It can be used from any goroutine.
type signatures struct {
	mu   sync.Mutex
	sums map[[sha256.Size]byte]bool
}

// add adds the signature of a token.
func (s *signatures) add(token *auth.Token) {
	if token == nil || len(token.Signature) < shortestSignature {
		return
	}
	sum := sha256.Sum256(token.Signature)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sums == nil {
		s.sums = map[[sha256.Size]byte]bool{}
	}
	s.sums[sum] = true
}

// has reports whether the bytes are such a signature.
func (s *signatures) has(data []byte) bool {
	if len(data) < shortestSignature {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sums) > 0 && s.sums[sha256.Sum256(data)]
}
