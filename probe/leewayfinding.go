package probe

import "time"

// LeewayFinding says how strictly an API checks one claim.
type LeewayFinding struct {
	Claim string // "exp", "nbf" or "iat"
	// Leeway is how long after its "exp", or before its "nbf" or "iat", a token is
	// accepted, in whole seconds by the clock of the probe. It is 0 if the API follows RFC
	// 7519 exactly: it refuses a token from the second of its "exp", and accepts it
	// from the second of its "nbf" and "iat". It is negative if the API refuses a token
	// that much too early or too long.
	Leeway time.Duration
	// Within is how far Leeway may be off because of the time the API takes to answer.
	Within time.Duration
	// Skew is how far the API's clock is ahead of the probe's according to its Date
	// headers, in whole seconds, and 0 if it sends none.
	Skew time.Duration
	// Checked says that the API has a boundary, which is Leeway. Unbounded says that it
	// accepts a token that is more than a year off, so that it does not check the claim.
	// If both are false the boundary could not be determined, and Sentence says why.
	Checked, Unbounded bool
	// Contradicts says that the answers are inconsistent: a token was accepted that is
	// further off than one that was refused.
	Contradicts bool
	// Right says that the API checks the claim with a tolerance of at most five minutes,
	// including the difference between the clocks. It need not check "iat".
	Right    bool
	Requests int
	// Sentence is the finding in one sentence.
	Sentence string
}

// LeewayFacts is the JSON shape of a finding.
type LeewayFacts struct {
	Claim string `json:"claim"`
	Right bool   `json:"right"`
	// LeewaySeconds is null where no boundary was found.
	LeewaySeconds *int64 `json:"leeway_seconds"`
	WithinSeconds int64  `json:"within_seconds"`
	SkewSeconds   int64  `json:"skew_seconds"`
	Unbounded     bool   `json:"unbounded"`
	Contradicts   bool   `json:"contradicts"`
	Requests      int    `json:"requests"`
	Sentence      string `json:"sentence"`
}

// Facts returns the finding as it is written in JSON.
func (f *LeewayFinding) Facts() LeewayFacts {
	facts := LeewayFacts{
		Claim: f.Claim, Right: f.Right, WithinSeconds: int64(f.Within / time.Second), SkewSeconds: int64(f.Skew / time.Second),
		Unbounded: f.Unbounded, Contradicts: f.Contradicts, Requests: f.Requests, Sentence: f.Sentence,
	}
	if f.Checked {
		facts.LeewaySeconds = new(int64(f.Leeway / time.Second))
	}
	return facts
}
