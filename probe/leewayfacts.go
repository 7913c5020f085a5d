package probe

import "time"

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
