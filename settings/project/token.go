package project

import (
	"strings"

	"tokendesk/auth"
)

// compacts returns the tokens in the file with their names.
func (f *file) compacts() []Verified {
	var all []Verified
	for _, e := range f.entries {
		compact := strings.TrimSpace(e.value)
		if auth.StartsToken(compact) && strings.Count(compact, ".") == 2 {
			all = append(all, Verified{e.name, e.line, hide([]byte(compact))})
		}
	}
	return all
}

// prove looks for tokens in the file that a candidate verifies.
func (f *file) prove(all []Candidate) {
	for _, token := range f.compacts() {
		for i := range all {
			if all[i].Proof == "" && all[i].verifies(token) {
				all[i].Proof = token.Name
				all[i].Reason = "it verifies the token in " + token.Name
			}
		}
	}
}

// tokens returns the tokens in the file that the candidate verifies.
func (f *file) tokens(c *Candidate) []Verified {
	var found []Verified
	for _, token := range f.compacts() {
		if c.verifies(token) {
			found = append(found, token)
		}
	}
	return found
}

// verifies reports whether a candidate made the signature of a token.
func (c *Candidate) verifies(t Verified) bool {
	compact := string(t.Compact.Reveal())
	token, err := auth.Decode(compact)
	if err != nil || len(c.Value.Data.Reveal()) == 0 {
		return false
	}
	keys, err := auth.ParseKeys(c.Value.Data.Reveal(), token.Algorithm())
	if err != nil {
		return false
	}
	verifier := auth.Verifier{Keys: keys}
	return verifier.VerifySignature(compact).Verdict == auth.VerdictValid
}
