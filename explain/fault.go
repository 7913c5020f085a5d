package explain

import (
	"slices"
	"strconv"
	"strings"

	"tokendesk/auth/fault"
)

// FaultFacts describes a fault. It is also the JSON of one.
type FaultFacts struct {
	Name    string   `json:"name"`
	Group   string   `json:"group"`
	Part    string   `json:"part"`
	Members []string `json:"members"`
	Wrong   string   `json:"wrong"`
	Why     string   `json:"why"`
	Source  string   `json:"source"`
	CWE     string   `json:"cwe"`
	CVE     []string `json:"cve"`
	Fix     string   `json:"fix"`
	// Policy is nil for a token that no correct verifier accepts. Otherwise it says on
	// what the decision depends.
	Policy  *string `json:"policy"`
	Needs   *string `json:"needs"`
	Status  int     `json:"status"`
	Verdict string  `json:"verdict"`

	statusWhy string
}

// Fault explains a fault of the catalogue.
func Fault(f fault.Fault) FaultFacts {
	return FaultFacts{
		Name: f.Name, Group: string(f.Group), Part: string(f.Part), Members: append([]string{}, f.Members...),
		Wrong: f.Wrong, Why: f.Why, Source: f.Source, CWE: f.CWE, CVE: append([]string{}, f.CVE...), Fix: f.Fix,
		Policy: given(f.Policy), Needs: given(string(f.Needs)),
		Status: f.Status, Verdict: f.Verdict.Code(), statusWhy: f.StatusWhy,
	}
}

// given returns nil for an empty text.
func given(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Lines says what is wrong with the token, why it must be refused, how an API should
// answer, what to change in one that does not, and on what that depends.
func (f FaultFacts) Lines() []Line {
	expected := "an API should answer " + strconv.Itoa(f.Status)
	if f.statusWhy != "" {
		expected += ": " + f.statusWhy
	}
	lines := []Line{
		{Tone: Bad, Code: f.Name, Text: f.Wrong},
		{Label: "why", Text: f.Why, Source: f.sources()},
		{Label: "expected", Text: expected},
		{Label: "fix", Text: f.Fix},
	}
	if f.Policy != nil {
		lines = append(lines, Line{Label: "depends on the API", Text: *f.Policy})
	}
	return lines
}

// sources returns what says that the token must be refused, the kind of weakness and where
// it was found.
func (f FaultFacts) sources() string {
	all := []string{f.Source}
	if f.CWE != f.Source {
		all = append(all, f.CWE)
	}
	return strings.Join(append(all, f.CVE...), ", ")
}

// Search returns the faults whose description contains every word of the query,
// ignoring case, in their order. If also is not nil, its result, such as the outcome of
// a probe, counts as part of the description.
func Search(faults []fault.Fault, query string, also func(fault.Fault) string) []fault.Fault {
	words := strings.Fields(strings.ToLower(query))
	var found []fault.Fault
	for _, f := range faults {
		fields := []string{
			f.Name, string(f.Group), string(f.Part), strings.Join(f.Members, " "),
			f.Wrong, f.Why, f.Source, f.CWE, strings.Join(f.CVE, " "), f.Fix, f.Policy, string(f.Needs), f.Verdict.String(),
		}
		if also != nil {
			fields = append(fields, also(f))
		}
		text := strings.ToLower(strings.Join(fields, "\n"))
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) }) {
			found = append(found, f)
		}
	}
	return found
}
