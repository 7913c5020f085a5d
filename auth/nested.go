package auth

// maxNested is how many tokens may be inside each other.
const maxNested = 4

// checkNested verifies the token inside the token (RFC 7519 section 7.2 step 8). Whoever
// accepts the outer token relies on the claims of the inner one, so its failures count.
func (v *Verifier) checkNested(r *Result) { v.checkInside(r, (*Verifier).Verify) }

// checkNestedSignature is checkNested for the signature alone.
func (v *Verifier) checkNestedSignature(r *Result) { v.checkInside(r, (*Verifier).VerifySignature) }

func (v *Verifier) checkInside(r *Result, verify func(*Verifier, string) Result) {
	if r.Token.Nested == "" {
		return
	}
	if v.depth == maxNested {
		r.failf(VerdictUnsupported, "RFC 7519 section 7.2", "", "more than %d tokens are nested", maxNested)
		return
	}
	inside := *v
	inside.depth++
	inner := verify(&inside, r.Token.Nested)
	r.Inner = &inner
	for _, f := range inner.Failures {
		f.Reason = "in the token inside: " + f.Reason
		r.Failures = append(r.Failures, f)
	}
}

// Innermost returns the result for the token that has the claims: the one inside all
// others.
func (r *Result) Innermost() *Result {
	for r.Inner != nil {
		r = r.Inner
	}
	return r
}
