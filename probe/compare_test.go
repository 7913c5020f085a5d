package probe

import (
	"slices"
	"strings"
	"testing"
)

// A report is compared with the JSON of an earlier one.
func TestCompare(t *testing.T) {
	t.Parallel()
	before := reportOf(t)
	earlier, err := ReadEarlier([]byte(written(t, before.WriteJSON)))
	if err != nil {
		t.Fatal(err)
	}
	now := reportOf(t)
	if now.Compare(earlier); len(now.Changes.Faults) != 0 || !now.Changes.Since.Equal(before.Started) {
		t.Errorf("the same report: %+v", now.Changes)
	}
	now.Results[0].Outcome, now.Results[4].Outcome = Accepted, Refused
	now.Results[1].Outcome = Refused
	now.Compare(earlier)
	want := []Change{{"expired", KindRefused, KindHole}, {"just-expired", KindPolicy, KindRefused}, {"alg-none", KindHole, KindRefused}}
	if !slices.Equal(now.Changes.Faults, want) {
		t.Errorf("%+v\nwant %+v", now.Changes.Faults, want)
	}
	if text := written(t, now.WriteJSON); !strings.Contains(text, `"before": "hole"`) {
		t.Errorf("the changes are not in %s", text)
	}
	old, err := ReadEarlier([]byte(`{"results":[{"name":"expired","outcome":"let in"}]}`)) // of an earlier version
	if err != nil {
		t.Fatal(err)
	}
	now = reportOf(t)
	now.Compare(old)
	want = []Change{
		{"expired", KindHole, KindRefused},
		{"bit-flipped", "", KindFellOver},
		{"alg-none", "", KindHole},
		{"jku", "", KindFellOver},
		{"wrong-issuer", "", KindUnknown},
	}
	if !slices.Equal(now.Changes.Faults, want) {
		t.Errorf("%+v\nwant %+v", now.Changes.Faults, want)
	}
	for _, text := range []string{"", "{}", "[]", `{"results":7}`} {
		if _, err := ReadEarlier([]byte(text)); err == nil {
			t.Errorf("%q is a report", text)
		}
	}
}
