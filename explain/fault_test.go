package explain

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"tokendesk/auth/fault"
	"tokendesk/probe"
)

func names(faults []fault.Fault) string {
	all := make([]string, len(faults))
	for i, f := range faults {
		all[i] = f.Name
	}
	return strings.Join(all, " ")
}

func TestFault(t *testing.T) {
	t.Parallel()
	f := fault.Fault{
		Name: "x", Group: fault.GroupTime, Part: fault.PartPayload, Members: []string{"exp"}, Wrong: "it is wrong", Why: "it must be right",
		Source: "RFC 1", CWE: "CWE-1", CVE: []string{"CVE-1"}, Fix: "refuse it", Status: 401,
	}
	equal(t, "the faults that every API must refuse", joined(Fault(f).Lines()),
		"✗ it is wrong\n· why: it must be right (RFC 1, CWE-1, CVE-1)\n· expected: an API should answer 401\n· fix: refuse it")
	f.Policy, f.Status, f.StatusWhy = "some accept it", 403, "it is a good token"
	equal(t, "the faults that depend on the API", joined(Fault(f).Lines()), "✗ it is wrong\n· why: it must be right (RFC 1, CWE-1, CVE-1)\n"+
		"· expected: an API should answer 403: it is a good token\n· fix: refuse it\n· depends on the API: some accept it")
}

// The JSON of a fault has the members that docs/commands.md names.
func TestFaultJSON(t *testing.T) {
	t.Parallel()
	f, _ := fault.ByName("expired")
	got, err := json.Marshal(Fault(f))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "expired", string(got), `{"name":"expired","group":"time","part":"payload","members":["iat","exp"],"wrong":"`+
		f.Wrong+`","why":"`+f.Why+
		`","source":"RFC 7519 section 4.1.4","cwe":"CWE-613","cve":[],"fix":"`+f.Fix+
		`","policy":null,"needs":null,"status":401,"verdict":"expired"}`)
	if got, _ = json.Marshal(Fault(fault.Fault{})); !strings.Contains(string(got), `"members":[]`) {
		t.Errorf("without members: %s", got)
	}
}

// A search finds all words in any case, field and order.
func TestSearch(t *testing.T) {
	t.Parallel()
	all := fault.Catalogue()
	equal(t, "nothing", len(Search(all, "", nil)), len(all))
	equal(t, "blanks", len(Search(all, "  ", nil)), len(all))
	equal(t, "two words", names(Search(all, "alg none", nil)), names(Search(all, "  NONE\tAlg ", nil)))
	if found := Search(all, "alg none", nil); len(found) < 5 || len(found) == len(all) {
		t.Errorf("alg none finds %d: %s", len(found), names(found))
	}
	for _, f := range all {
		fields := []string{f.Name, string(f.Group), string(f.Part), f.Wrong, f.Why, f.Source, f.CWE, f.Fix, f.Policy, string(f.Needs)}
		fields = slices.Concat(fields, f.Members, f.CVE, []string{f.Verdict.String()})
		for _, field := range fields {
			if !strings.Contains(" "+names(Search(all, field, nil))+" ", " "+f.Name+" ") {
				t.Errorf("%q does not find %s", field, f.Name)
			}
		}
	}
	equal(t, "no such word", names(Search(all, "alg zebra", nil)), "")
	probed := func(f fault.Fault) string {
		if f.Name == "expired" {
			return "Zebra accepted"
		}
		return ""
	}
	equal(t, "an outcome", names(Search(all, "accepted zebra", probed)), "expired")
}

func TestOutcome(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]probe.Result{
		"✓ refused 401":      {Outcome: probe.Refused, Right: true, Status: 401},
		"✗ accepted 200":     {Outcome: probe.Accepted, Status: 200},
		"▲ server error 500": {Outcome: probe.ServerError, Status: 500},
		"▲ no answer":        {Outcome: probe.NoAnswer},
		"· not made":         {Outcome: probe.NotMade},
		"▲ other status 302": {Outcome: probe.OtherStatus, Status: 302},

		"▲ accepted 200 ~":   {Outcome: probe.Accepted, Status: 200, Case: fault.Made{Fault: fault.Fault{Policy: "it depends"}}},
		"▲ wrong status 500": {Outcome: probe.WrongStatus, Status: 500},

		"▲ limited 429; send fewer requests per second (--rate)": {Outcome: probe.Limited, Status: 429},
	} {
		line := Outcome(r)
		equal(t, string(r.Outcome), line.Tone.Sign()+" "+line.String(), want)
	}
}
