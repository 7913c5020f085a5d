// Package suite writes faulty tokens with what an API is to do with them, for
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
)

// Suite is a good token and the faults that were derived from it.
type Suite struct {
	// Written is when the tokens were made, and Expires when the good one ends:
	// from then on an API refuses all of them for that alone.
	Written, Expires time.Time
	Good             string
	Faults           []Case
}

// Case is one fault and its token.
type Case struct {
	fault.Fault

	Token string
}

// Form is how a suite is written.
type Form struct {
	name  string
	write func(io.Writer, Suite) error
}

// Name returns the word for the form in flags. It never changes.
func (f Form) Name() string { return f.name }

// Write writes the suite.
func (f Form) Write(w io.Writer, s Suite) error { return f.write(w, s) }

// Forms returns the forms there are.
func Forms() []Form {
	return append([]Form{{"jsonl", writeJSON}, {"csv", writeCSV}}, tables()...)
}

// Facts is what there is to say about a fault, and its JSON shape.
type Facts struct {
	Name    string   `json:"name"`
	Group   string   `json:"group"`
	Part    string   `json:"part"`
	Members []string `json:"members"`
	Wrong   string   `json:"wrong"`
	Why     string   `json:"why"`
	Source  string   `json:"source"`
	Policy  *string  `json:"policy"`
	Needs   *string  `json:"needs"`
	Status  int      `json:"status"`
	Verdict string   `json:"verdict"`
}

// Describe returns the facts of a fault.
func Describe(f fault.Fault) Facts {
	given := func(text string) *string {
		if text == "" {
			return nil
		}
		return &text
	}
	return Facts{
		Name: f.Name, Group: string(f.Group), Part: string(f.Part), Members: append([]string{}, f.Members...),
		Wrong: f.Wrong, Why: f.Why, Source: f.Source, Policy: given(f.Policy), Needs: given(string(f.Needs)),
		Status: f.Status, Verdict: f.Verdict.Code(),
	}
}

// Line is a token with what is expected of an API: the JSON shape of one.
type Line struct {
	Facts

	Expect string `json:"expect"` // "accept" or "refuse"
	Token  string `json:"token"`
}

// Line returns the case as it is written.
func (c Case) Line() Line { return Line{Describe(c.Fault), "refuse", c.Token} }

// lines are the good token and the cases.
func (s Suite) lines() []Line {
	good := Facts{Name: "good", Members: []string{}, Status: 200, Verdict: auth.VerdictValid.Code()}
	all := make([]Line, 0, len(s.Faults)+1)
	all = append(all, Line{good, "accept", s.Good})
	for _, c := range s.Faults {
		all = append(all, c.Line())
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
	rows = append(rows, []string{"name", "group", "expect", "status", "verdict", "part", "members", "wrong", "why", "source", "policy", "token"})
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
	return csv.NewWriter(w).WriteAll(rows) //nolint:wrapcheck // it is the writer's
}
