package oneof_test

import (
	"slices"
	"testing"

	"tokendesk/auth/advice"
	"tokendesk/internal/oneof"
)

type colour string

func (c colour) Name() string { return string(c) }

func TestOneOf(t *testing.T) {
	t.Parallel()
	all := []colour{"red", "green", "blue"}
	if got := oneof.Names(all); !slices.Equal(got, []string{"red", "green", "blue"}) {
		t.Errorf("the names are %q", got)
	}
	if got, err := oneof.ByName("colour", all, "green"); got != "green" || err != nil {
		t.Errorf("green is %q, %v", got, err)
	}
	const reason, do = `there is no colour "Green"`, "use one of red, green, blue"
	if got, err := oneof.ByName("colour", all, "Green"); got != "" || err == nil || err.Error() != reason || advice.Of(err) != do {
		t.Errorf("got %q, %v; %s", got, err, advice.Of(err))
	}
	for n, want := range []string{"", "red", "red or green", "red, green or blue"} {
		if got := oneof.Or(oneof.Names(all[:n])); got != want {
			t.Errorf("%d names are %q, want %q", n, got, want)
		}
	}
}
