package explain

import (
	"encoding/json"
	"time"

	"tokendesk/auth"
)

// Inspection is the JSON of a report about a token that was only read.
type Inspection struct {
	Token            string       `json:"token"`
	TakenOff         []string     `json:"taken_off"`
	Problem          *Failed      `json:"problem"`
	Header           *auth.Object `json:"header"`
	Claims           *auth.Object `json:"claims"`
	SignatureBytes   int          `json:"signature_bytes"`
	SignatureChecked bool         `json:"signature_checked"`
	Times            []Moment     `json:"times"`
	Expired          bool         `json:"expired"`
	AsOf             *string      `json:"as_of"`
	Findings         []Oddity     `json:"findings"`
	Extras
	Inside *Inspection `json:"inside"`
}

// Extras are the members of the JSON of a token that are about more than a signed token in
// the compact serialization.
type Extras struct {
	// Form is the serialization, or what the text is instead. Type is the type of the token,
	// such as "dpop_proof".
	Form string `json:"form"`
	Type string `json:"type"`
	// Unprotected is the header that nothing signs.
	Unprotected *auth.Object `json:"unprotected"`
	// Disclosures are the claims that came with the token.
	Disclosures []Disclosed `json:"disclosures"`
	// HeaderText and PayloadText are those that could not be read as JSON, for people.
	HeaderText  string `json:"header_text"`
	PayloadText string `json:"payload_text"`
}

// Disclosed is a claim that came with an SD-JWT. Its name is nil for an array element.
type Disclosed struct {
	Name  *string         `json:"name"`
	Value json.RawMessage `json:"value"`
}

// Verification is the JSON of a report about a token that was verified.
type Verification struct {
	Verdict          string       `json:"verdict"`
	Valid            bool         `json:"valid"`
	ExitCode         int          `json:"exit_code"` // set by the command
	Failures         []Failed     `json:"failures"`
	SignatureChecked bool         `json:"signature_checked"`
	Key              *SigningKey  `json:"key"`
	LeewaySeconds    int64        `json:"leeway_seconds"`
	AsOf             *string      `json:"as_of"`
	Header           *auth.Object `json:"header"`
	Claims           *auth.Object `json:"claims"`
	Times            []Moment     `json:"times"`
	Findings         []Oddity     `json:"findings"`
	TakenOff         []string     `json:"taken_off"`
	Extras
	// DecryptedBy is the fingerprint of the key that decrypted the token, or nil.
	DecryptedBy *string       `json:"decrypted_by"`
	Inside      *Verification `json:"inside"`
}

// Failed says why a token could not be read, or which check it failed.
type Failed struct {
	Class  string `json:"class"`
	Reason string `json:"reason"`
	Advice string `json:"advice"`
	Source string `json:"source"`
}

// Moment is a claim that holds a date.
type Moment struct {
	Claim string `json:"claim"`
	// Time is in UTC, and nil outside the years 1 to 9999.
	Time *string `json:"time"`
	// FromNow counts from the current whole second, and is negative in the past.
	FromNow int64 `json:"seconds_from_now"`
}

// Oddity is a finding.
type Oddity struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Text     string `json:"text"`
	Source   string `json:"source"`
}

// SigningKey is the key that made the signature.
type SigningKey struct {
	Fingerprint string `json:"fingerprint"`
	Algorithm   string `json:"algorithm"`
	ID          string `json:"id"`
	Weak        bool   `json:"weak"`
	From        string `json:"from"`
	// AgeSeconds is nil unless the key was fetched.
	AgeSeconds *int64 `json:"age_seconds"`
}

// Failed returns the line as JSON.
func (l Line) Failed() Failed { return Failed{l.Code, l.Text, l.Do, l.Source} }

// Inspection returns the report as JSON, without a verdict.
func (r *Report) Inspection() Inspection {
	out := Inspection{
		Token: r.Token.Compact, TakenOff: takenOff(r),
		Header: orNull(r.Token.Header), Claims: orNull(r.Token.Claims),
		SignatureBytes: len(r.Token.Signature), SignatureChecked: r.result.SignatureChecked,
		Times: r.moments(), Findings: oddities(r.Findings), Extras: extrasOf(r),
		Expired: r.Token.Status(r.at).State == auth.StateExpired, AsOf: asOf(r),
	}
	if r.Inner != nil {
		out.Inside = new(r.Inner.Inspection())
	}
	if len(r.Failures) > 0 {
		out.Problem = new(r.Failures[0].Failed())
	}
	return out
}

// oddities returns the findings.
func oddities(findings []Line) []Oddity {
	out := make([]Oddity, 0, len(findings))
	for _, f := range findings {
		out = append(out, Oddity{f.Code, f.Label, f.Text, f.Source})
	}
	return out
}

// takenOff says what was around the token.
func takenOff(r *Report) []string {
	all := append([]string{}, r.known.Around...)
	if r.known.Folded {
		all = append(all, "line breaks inside the token")
	}
	return all
}

func extrasOf(r *Report) Extras {
	out := Extras{
		Form: string(r.known.Form), Type: r.Token.Type().Code(), Unprotected: orNull(r.Token.Unprotected), Disclosures: []Disclosed{},
		HeaderText: excerpt(r.Token.HeaderText()), PayloadText: excerpt(r.Token.PayloadText()),
	}
	for _, d := range r.Token.Disclosures {
		disclosed := Disclosed{Value: d.Value}
		if d.Name != "" {
			disclosed.Name = new(d.Name)
		}
		out.Disclosures = append(out.Disclosures, disclosed)
	}
	return out
}

// Verification returns the report as JSON, without the exit code.
func (r *Report) Verification() Verification {
	out := Verification{
		Verdict: r.result.Verdict.Code(), Valid: r.result.Verdict == auth.VerdictValid,
		Failures: make([]Failed, 0, len(r.Failures)), SignatureChecked: r.result.SignatureChecked,
		LeewaySeconds: int64(r.known.Leeway / time.Second), AsOf: asOf(r),
		Header: orNull(r.Token.Header), Claims: orNull(r.Token.Claims), Times: r.moments(), Findings: oddities(r.Findings),
		TakenOff: takenOff(r), Extras: extrasOf(r),
	}
	if key := r.result.Decryption; key != nil {
		out.DecryptedBy = new(key.Fingerprint())
	}
	if r.Inner != nil {
		out.Inside = new(r.Inner.Verification())
	}
	for _, f := range r.Failures {
		out.Failures = append(out.Failures, f.Failed())
	}
	if k := r.Key; k != nil {
		out.Key = &SigningKey{k.Fingerprint, k.Algorithm, k.ID, k.Weak, k.From, nil}
		if fetched := k.origin.Fetched; !fetched.IsZero() {
			out.Key.AgeSeconds = new(int64(max(0, r.at.Sub(fetched)) / time.Second))
		}
	}
	return out
}

// asOf returns the moment of the report in UTC, or nil if that is now.
func asOf(r *Report) *string {
	if !r.known.Moved {
		return nil
	}
	return new(r.at.UTC().Format(time.RFC3339))
}

// moments returns the claims that are dates, in their order.
func (r *Report) moments() []Moment {
	moments := []Moment{}
	for _, m := range r.Claims {
		if m.Date == nil {
			continue
		}
		at := Moment{Claim: m.Name, FromNow: max(m.Date.Seconds, -1<<62) - r.at.Unix()}
		if t, ok := m.Date.Time(); ok {
			at.Time = new(t.Format(time.RFC3339))
		}
		moments = append(moments, at)
	}
	return moments
}

// orNull returns the object, or null for one that could not be read.
func orNull(o auth.Object) *auth.Object {
	if o == nil {
		return nil
	}
	return &o
}
