package probe

import (
	"encoding/json"
	"io"
	"time"
)

type jsonReport struct {
	URL       string        `json:"url"`
	Started   time.Time     `json:"started"`
	Seconds   float64       `json:"seconds"`
	Right     bool          `json:"right"`
	Stopped   bool          `json:"stopped"`
	Summary   string        `json:"summary"`
	Counts    jsonCounts    `json:"counts"`
	Good      *jsonResult   `json:"good"`
	NoToken   *jsonResult   `json:"no_token"`
	GoodAfter *jsonResult   `json:"good_after"`
	Changes   *Changes      `json:"changes,omitempty"`
	Results   []faultResult `json:"results"`
}

type jsonCounts struct {
	Planned     int `json:"planned"`
	Refused     int `json:"refused"`
	Accepted    int `json:"let_in"`
	ServerError int `json:"fell_over"`
	Limited     int `json:"limited"`
	OtherStatus int `json:"other_status"`
	NoAnswer    int `json:"no_answer"`
	NotMade     int `json:"not_made"`
	WrongStatus int `json:"wrong_status"`
	Holes       int `json:"holes"`
	Policy      int `json:"policy"`
}

type jsonResult struct {
	Outcome Outcome `json:"outcome"`
	Right   bool    `json:"right"`
	Status  *int    `json:"status"`
	Detail  string  `json:"detail,omitempty"`
	Seconds float64 `json:"seconds"`
}

type faultResult struct {
	Name   string `json:"name"`
	Group  string `json:"group"`
	Wrong  string `json:"wrong"`
	Why    string `json:"why"`
	Source string `json:"source"`
	Policy string `json:"policy,omitempty"`
	CWE    string `json:"cwe,omitempty"`

	Kind     Kind      `json:"kind"`
	Fails    bool      `json:"fails"`
	Decision *Decision `json:"decision,omitempty"`
	jsonResult
	GoodAfter   *jsonResult  `json:"good_after,omitempty"`
	Explanation *Explanation `json:"explanation,omitempty"`
}

// WriteJSON writes the report as one JSON object:
//
//   - "url" without its query, "started" (RFC 3339), "seconds", "right", "stopped",
//     "summary";
//   - "counts" with "planned", and how many faults were "refused", "let_in",
//     "fell_over", "limited", "other_status", "no_answer", "not_made" and "wrong_status", and
//     how many are "holes" and "policy";
//   - the controls "good", "no_token" and "good_after", null if the run did not get
//     that far, each with "outcome", "right", "status" (null without an
//     answer), "detail" if there is one, "seconds";
//   - "changes" since an earlier report, if it was compared with one: "since", and "faults",
//     each with "fault", "before" and "now";
//   - "results", one for each fault, with the same members and "name", "group",
//     "wrong", "why", "source", "cwe", and "policy" if its refusal depends on the API;
//     "kind" and "fails" say what the outcome means, "decision" has the "reason" and "date"
//     of the team's, "good_after" is a good token right after what was accepted,
//     and "explanation" explains what was accepted and makes the report wrong. It is the only member that has a token.
//
// The outcomes are the values of the constants of [Outcome].
func (r *Report) WriteJSON(w io.Writer) error {
	counts, kinds := r.Counts(), r.CountKinds()
	controls := r.controls()
	out := jsonReport{
		URL: r.Target, Started: r.Started.UTC(), Seconds: seconds(r.Took),
		Right: r.Right(), Stopped: r.Stopped, Summary: r.Summary(),
		Counts: jsonCounts{
			Planned: r.Planned, Refused: counts[Refused], Accepted: counts[Accepted], ServerError: counts[ServerError], Limited: counts[Limited],
			OtherStatus: counts[OtherStatus], NoAnswer: counts[NoAnswer], NotMade: counts[NotMade],
			WrongStatus: counts[WrongStatus], Holes: kinds[KindHole], Policy: kinds[KindPolicy],
		},
		Good: controls[0].result.json(), NoToken: controls[1].result.json(), GoodAfter: controls[2].result.json(),
		Changes: r.Changes, Results: []faultResult{},
	}
	for i := range r.Results {
		result := &r.Results[i]
		f := result.Case.Fault
		out.Results = append(out.Results, faultResult{
			Name: f.Name, Group: string(f.Group), Wrong: f.Wrong, Why: f.Why, Source: f.Source, Policy: f.Policy, CWE: f.CWE,
			Kind: result.Kind(), Fails: r.Fails(result), Decision: r.Decisions.About(f.Name),
			jsonResult: *result.json(), GoodAfter: result.GoodAfter.json(), Explanation: r.Explain(result),
		})
	}
	return writeJSON(w, out)
}

// json returns the result as written in JSON. It is nil for nil.
func (r *Result) json() *jsonResult {
	if r == nil {
		return nil
	}
	out := &jsonResult{Outcome: r.Outcome, Right: r.Right, Detail: r.Detail, Seconds: seconds(r.Took)}
	if r.Status != 0 {
		out.Status = &r.Status
	}
	return out
}

// seconds returns the duration in seconds, to the millisecond.
func seconds(d time.Duration) float64 { return d.Round(time.Millisecond).Seconds() }

func writeJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
