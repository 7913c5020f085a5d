package desk

import (
	"fmt"
	"testing"
	"time"

	"tokendesk/settings"
)

// A board knows how many tokens of a persona have not expired, which of them lasts longest,
// and when the newest was issued, also after it was removed.
func TestStanding(t *testing.T) {
	t.Parallel()
	b, now := &Board{}, moment
	add := func(persona string, expires time.Duration) *Entry {
		e := put(t, &Board{}, persona+expires.String(), expires)
		e.Token.Claims = e.Token.Claims.Set("iat", fmt.Append(nil, moment.Unix()))
		e.Draft.Persona = &settings.Persona{Name: persona}
		b.Add(e)
		return e
	}
	equal(t, "of nobody", StandingOf(b, "admin", now), Standing{})
	add("admin", time.Minute)
	long := add("admin", time.Hour)
	add("guest", 2*time.Hour)
	s := StandingOf(b, "admin", now)
	equal(t, "live", s.Live, 2)
	equal(t, "the one that lasts longest", s.Lasts, long)
	equal(t, "issued", s.Issued.Equal(moment), true)
	equal(t, "live a minute later", StandingOf(b, "admin", now.Add(time.Minute)).Live, 1)
	b.Label("kept") // of the last one, which has another persona
	equal(t, "live after a label", StandingOf(b, "admin", now).Live, 2)
	b.Mark()
	b.Sort(BySubject)
	b.MarkShown()
	b.Remove(now)
	gone := StandingOf(b, "admin", now)
	equal(t, "live after removing all", gone.Live, 0)
	equal(t, "issued after removing all", gone.Issued, s.Issued)
	b.Undo(now)
	equal(t, "live after undo", StandingOf(b, "admin", now).Live, 2)
	equal(t, "expired", StandingOf(b, "admin", now.Add(2*time.Hour)), Standing{Issued: s.Issued})
}
