// Package suite writes faulty tokens with the answer that an API should give, for
// people and for test suites: JSON Lines, CSV, and test tables in four languages.
package suite

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/explain"
)

// Suite is a good token and the faults derived from it.
type Suite struct {
	// Written is when the tokens were made. Expires is when the good one expires:
	// from then on an API refuses all of them for that reason alone.
	Written, Expires time.Time
	Good             string
	Faults           []fault.Made
}

// Form is how a suite is written.
type Form struct {
	name  string
	write func(io.Writer, Suite) error
}

// Name returns the name of the form in flags. It never changes.
func (f Form) Name() string { return f.name }

// Write writes the suite.
func (f Form) Write(w io.Writer, s Suite) error { return f.write(w, s) }

// Forms returns all forms.
func Forms() []Form {
	return append([]Form{{"jsonl", writeJSON}, {"csv", writeCSV}}, tables()...)
}

// Line is a token with the answer that an API should give, and its JSON shape.
type Line struct {
	explain.FaultFacts

	Expect string `json:"expect"` // "accept" or "refuse"
	Token  string `json:"token"`
}

// LineOf returns a fault as it is written.
func LineOf(made fault.Made) Line { return Line{explain.Fault(made.Fault), "refuse", made.Token} }

// lines returns the good token and the faults.
func (s Suite) lines() []Line {
	good := explain.FaultFacts{Name: "good", Members: []string{}, CVE: []string{}, Status: 200, Verdict: auth.VerdictValid.Code()}
	all := make([]Line, 0, len(s.Faults)+1)
	all = append(all, Line{good, "accept", s.Good})
	for _, made := range s.Faults {
		all = append(all, LineOf(made))
	}
	return all
}

func writeJSON(w io.Writer, s Suite) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, line := range s.lines() {
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func writeCSV(w io.Writer, s Suite) error {
	lines := s.lines()
	rows := make([][]string, 0, len(lines)+1)
	rows = append(rows, []string{
		"name", "group", "expect", "status", "verdict", "part", "members", "wrong", "why", "source", "policy", "token",
	})
	for _, l := range lines {
		policy := ""
		if l.Policy != nil {
			policy = *l.Policy
		}
		rows = append(rows, []string{
			l.Name, l.Group, l.Expect, strconv.Itoa(l.Status), l.Verdict, l.Part, strings.Join(l.Members, " "),
			l.Wrong, l.Why, l.Source, policy, l.Token,
		})
	}
	return csv.NewWriter(w).WriteAll(rows) //nolint:wrapcheck // it is the error of the writer
}
