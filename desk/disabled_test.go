package desk

import (
	"testing"
	"time"

	"tokendesk/settings"
)

// No face gets a token for a disabled persona: not a form or a command, not a batch, not a fault,
// and not what is kept alive. A preview shows what it would have, with the reason.
func TestDisabledPersona(t *testing.T) {
	t.Parallel()
	const off = "the persona p is disabled; enable it with tokendesk personas edit p --enable"
	dir := write(t, map[string]string{
		".env": "SECRET_KEY=" + testSecret, "personas.yaml": "p: {subject: ada, disabled: true}\nq: {extends: p}\n",
	})
	d := Open(t.Context(), source(dir))
	personas := must[[]*settings.Persona](t)(d.Personas())
	p, q := personas[0], personas[1]
	draft := Draft{Persona: p}

	_, err := d.Issue(t.Context(), draft)
	saysNo(t, err, off)
	_, err = d.Token(t.Context(), draft)
	saysNo(t, err, off)
	_, err = d.Token(t.Context(), Draft{Persona: p, Subject: "eve", Payload: &Payload{Whole: true, Claims: object(t, `{"a":1}`)}})
	saysNo(t, err, off)
	_, err = d.Recipe(draft)
	saysNo(t, err, off)
	_, err = d.At(moment).Faults(draft).Make(t.Context(), chosen(t, "alg-none"))
	saysNo(t, err, off)
	saysNo(t, must[Preview](t)(d.Preview(draft)).Refused, off)

	// One that extends it is another persona.
	made := must[*Entry](t)(d.Issue(t.Context(), Draft{Persona: q}))
	equal(t, "the subject", made.Token.Subject(), "ada")

	// What is kept alive is not issued again once the persona is disabled.
	q.Disabled = true
	_, err = d.At(moment.Add(time.Hour)).Issue(t.Context(), made.Draft)
	saysNo(t, err, "the persona q is disabled; enable it with tokendesk personas edit q --enable")
}

// saysNo checks why something was refused.
func saysNo(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
