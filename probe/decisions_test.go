package probe

import (
	"strings"
	"testing"

	"tokendesk/auth/advice"
	"tokendesk/auth/fault"
)

// With decisions, what is accepted and not decided makes the report wrong.
func TestDecisions(t *testing.T) {
	t.Parallel()
	d, err := ReadDecisions([]byte("decisions:\n  - fault: no-exp\n    reason: the gateway ends sessions\n    date: 2026-11-27\n" +
		"  - {fault: no-subject, reason: services have none, date: 2026-11-26}\n"))
	if err != nil {
		t.Fatal(err)
	}
	f := faults(t, "no-exp", "oversized", "no-subject", "expired")
	result := func(n int, o Outcome) Result {
		return Result{Case: fault.Made{Fault: f[n], Token: "a.b.c"}, Outcome: o, Right: o == Refused}
	}
	r := &Report{
		Rules: Rules{Decisions: d}, Good: Result{Right: true}, NoToken: &Result{Right: true}, GoodAfter: &Result{Right: true},
		Results: []Result{result(0, Accepted), result(1, Refused), result(2, Refused), result(3, Refused)},
	}
	if !r.Right() || len(r.Needless()) != 1 || r.Needless()[0].Fault != "no-subject" || r.Explain(&r.Results[0]) != nil {
		t.Errorf("right %t, needless %v", r.Right(), r.Needless())
	}
	r.Results[1] = result(1, Accepted)
	if want := "4 faults tried: no holes, 2 policy (oversized), 2 refused."; r.Right() || r.Summary() != want {
		t.Errorf("%s\nwant %s", r.Summary(), want)
	}
	if e := r.Explain(&r.Results[1]); e == nil || e.Fix != f[1].Fix || e.Token != "a.b.c" || !strings.Contains(e.Source, f[1].CWE) {
		t.Errorf("%+v", e)
	}
	if empty, err := ReadDecisions(nil); err != nil || empty == nil || empty.About("no-exp") != nil {
		t.Errorf("an empty file: %v", err)
	}
}

func TestDecisionsRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"decisions: [{fault: alg-none, reason: x, date: 2026-11-27}]": "the fault alg-none cannot be accepted by decision: no correct ",
		"decisions: [{fault: nonsense, reason: x, date: 2026-11-27}]": "there is no fault nonsense; run tokendesk faults to list them",
		"decisions: [{fault: no-exp, date: 2026-11-27}]":              "the decision about no-exp has no reason; write why your API accepts it",
		"decisions: [{fault: no-exp, reason: x, date: yesterday}]":    "the decision about no-exp has no date; write the day as 2026-11-27",
		"decisions: [{fault: no-exp, reason: x}]":                     "the decision about no-exp has no date; write the day as 2026-11-27",
		"decisions: [{reason: x, date: 2026-11-27}]":                  "a decision names no fault; write the name of one as its fault",
		"decisions:\n  - fault: no-exp\n    because: x\n":             "the decisions cannot be read in line 3; write a list ",
		"decisions: [": "the decisions cannot be read",
		"decisions: [" + strings.Repeat("{fault: no-exp, reason: x, date: 2026-11-27},", 2) + "]": "the fault no-exp is decided twice; remove",
	} {
		_, err := ReadDecisions([]byte(text))
		if err == nil {
			t.Errorf("%s is no error", text)
			continue
		}
		got := err.Error()
		if do := advice.Of(err); do != "" {
			got += "; " + do
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}
