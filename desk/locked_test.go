package desk

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/settings"
)

// locked returns the Locked that an error wraps.
func locked(t *testing.T, err error) *Locked {
	t.Helper()
	l, ok := errors.AsType[*Locked](err)
	if !ok {
		t.Fatalf("got %v, want a *Locked", err)
	}
	return l
}

// The clock of an unlocked Desk runs on, whatever asked for the name.
func TestUnlockedClockRuns(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{".env": "SECRET_KEY=" + testSecret + "\nPROTECTED=true"})
	from, now := source(dir), moment
	from.Now = func() time.Time { return now }
	d := Open(t.Context(), from)
	_, issued := d.Issue(t.Context(), Draft{Subject: "ada"})
	_, made := d.Faults(Draft{Subject: "ada"}).Make(t.Context(), chosen(t, "expired"))
	for _, err := range []error{issued, made, d.At(moment).Ready()} {
		unlocked := must[*Desk](t)(locked(t, err).Answer("default"))
		now = now.Add(time.Hour)
		equal(t, "the time", unlocked.Now(), now)
		entry := must[*Entry](t)(unlocked.Issue(t.Context(), Draft{Subject: "ada"}))
		iat, _ := entry.Token.Date("iat")
		equal(t, "when the token was issued", iat.Seconds, now.Unix())
	}
}

// A protected Desk with a weak secret does not sign, whoever accepts the secret and types the
// name, but it verifies. A persona whose key is weak does not sign either.
func TestProtectedAndWeak(t *testing.T) {
	t.Parallel()
	const refusal = "the profile default is protected and does not sign with a weak key: the secret is published (common in tutorials), " +
		"and HS256 needs at least 32 random bytes; make one with openssl rand -hex 32 (RFC 7518 section 3.2)"
	draft := Draft{Subject: "ada"}
	compact := must[*Entry](t)(openWith(t, "SECRET_KEY=changeme").Issue(t.Context(), draft)).Token.Compact
	for _, accepted := range []string{"", "ALLOW_WEAK_SECRET=true\n"} {
		d := openWith(t, "SECRET_KEY=changeme\nPROTECTED=true\n"+accepted)
		equal(t, "the problem", d.Problem(), nil)
		_, err := d.Issue(t.Context(), draft)
		fails(t, err, refusal)
		_, err = d.Faults(draft).Make(t.Context(), chosen(t, "expired"))
		fails(t, err, refusal)
		_, err = d.Recipe(draft)
		fails(t, err, refusal)
		equal(t, "the verdict", d.Keyring().Verify(compact, Checks{}, moment).Result.Verdict, auth.VerdictValid)
		must[*Entry](t)(must[*Desk](t)(d.WithThrowAway(t.Context())).Issue(t.Context(), draft))
	}
	keys := `{"keys":[{"kty":"oct","kid":"good","k":"` + testSecret + testSecret + `"},{"kty":"oct","kid":"bad","k":"c2VjcmV0"}]}`
	dir := write(t, map[string]string{"keys.jwks": keys, ".env": "KEY_FILE=keys.jwks\nPROTECTED=true"})
	d := must[*Desk](t)(locked(t, Open(t.Context(), source(dir)).Ready()).Answer("default"))
	must[*Entry](t)(d.Issue(t.Context(), draft))
	draft.Persona = persona(t, "p: {subject: ada, key: bad}")
	_, err := d.Issue(t.Context(), draft)
	fails(t, err, refusal)
}

// A weak secret signs and verifies, and its findings are quiet if it is accepted.
func TestWeakSecret(t *testing.T) {
	t.Parallel()
	for accepted, findings := range map[string]int{"": 1, "ALLOW_WEAK_SECRET=true\n": 0} {
		d := openWith(t, "SECRET_KEY=Kx9L2w\n"+accepted)
		equal(t, "the problem", d.Problem(), nil)
		equal(t, "warnings", len(d.Settings().Warnings), findings)
		e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada"}))
		equal(t, "the verdict", e.Result.Verdict, auth.VerdictValid)
		equal(t, "findings about the secret", len(explain.Token(e.Known(), moment).Warnings()), findings)
		other := must[*Desk](t)(d.WithThrowAway(t.Context()))
		equal(t, "warnings about another key", len(other.Settings().Warnings), 0)
		equal(t, "the warnings of before", len(d.Settings().Warnings), findings)
	}
}

// A protected Desk signs nothing until the user types its name, and then everything.
func TestProtected(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{".env.staging": "SECRET_KEY=" + testSecret + "\nPROTECTED=true"})
	from := source(dir)
	from.File = filepath.Join(dir, ".env.staging")
	d := Open(t.Context(), from)
	draft := Draft{Subject: "ada"}
	fault := chosen(t, "expired")

	_, issued := d.Issue(t.Context(), draft)
	_, made := d.Faults(draft).Make(t.Context(), fault)
	_, maker := d.Faults(draft).Maker(t.Context())
	claims := auth.Object{{Name: "sub", Value: jsontext.Quote("ada")}}
	header := auth.Object{{Name: "alg", Value: jsontext.Quote("HS256")}}
	_, signed := d.Sign(header, claims, moment)
	for _, err := range []error{issued, made, maker, signed, d.Ready()} {
		l := locked(t, err)
		equal(t, "the kind of question", l.Asks, ProfileName)
		equal(t, "the profile", l.Profile, "staging")
		equal(t, "the question", l.Text, "type staging to sign with its key; you will not be asked again until you change the profile")
		fails(t, l, "the profile is protected and its name was not typed")
	}
	equal(t, "the number", d.from.Number(), 1) // nothing was counted

	_, err := d.Sign(auth.Object{{Name: "alg", Value: jsontext.Quote("none")}}, claims, moment)
	fails(t, err, `the header's alg must be "HS256", the algorithm of the key`)
	equal(t, "a fault that can be made", d.Faults(draft).Impossible()(fault), "")

	l := locked(t, issued)
	_, err = l.Answer("default")
	fails(t, err, "the name is wrong, so nothing was signed; type staging")
	unlocked := must[*Desk](t)(l.Answer(" staging "))
	must[*Entry](t)(unlocked.Issue(t.Context(), draft))
	must[*Entry](t)(unlocked.Sign(header, claims, moment))
	equal(t, "still protected", unlocked.Protected(), true)
	for _, each := range []*Desk{d, unlocked.Reload(t.Context())} {
		equal(t, "asked again", locked(t, each.Ready()).Asks, ProfileName)
	}
}

// A passphrase is asked for and kept; another profile may have another.
func TestPassphrase(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		".env": "KEY_FILE=secret.pem", "secret.pem": encrypted(t, "correct horse"),
		".env.plain": "SECRET_KEY=" + testSecret, ".env.other": "KEY_FILE=other.pem", "other.pem": encrypted(t, "battery staple"),
	}
	from := source(write(t, files))
	d := Open(t.Context(), from)
	l := locked(t, d.Problem())
	equal(t, "the kind of question", l.Asks, Passphrase)
	equal(t, "the question", l.Text, "the private key is encrypted; your passphrase is kept for this run and never written to a file")
	_, err := d.Issue(t.Context(), Draft{Subject: "ada"})
	equal(t, "issuing asks the same", locked(t, err), l)
	if problems, ok := errors.AsType[settings.Problems](d.Problem()); !ok || problems.Error() != d.Problem().Error() {
		t.Errorf("got %v", d.Problem())
	}
	for text, want := range map[string]string{"": "type the passphrase", "wrong": "this passphrase does not decrypt the key; try another"} {
		_, err := l.Answer(text)
		fails(t, err, want)
		if problems, ok := errors.AsType[settings.Problems](err); !ok || len(problems) != 1 {
			t.Errorf("%q: the cause of the error is lost", text)
		}
	}
	for _, asked := range []struct {
		passphrase string
		err, want  error
	}{{"wrong", nil, auth.ErrWrongPassphrase}, {"", auth.ErrEncrypted, l}, {"", context.Canceled, context.Canceled}} {
		_, err := l.With(func() ([]byte, error) { return []byte(asked.passphrase), asked.err })
		if !errors.Is(err, asked.want) {
			t.Errorf("with %+v: %v", asked, err)
		}
	}
	with := must[*Desk](t)(l.With(func() ([]byte, error) { return []byte("correct horse"), nil }))
	must[*Entry](t)(with.Issue(t.Context(), Draft{Subject: "ada"}))
	unlocked := must[*Desk](t)(l.Answer("correct horse"))
	must[*Entry](t)(unlocked.Issue(t.Context(), Draft{Subject: "ada"}))
	equal(t, "read again", unlocked.Reload(t.Context()).Problem(), nil)

	// From a profile without a passphrase to one with a passphrase.
	profile := func(name string) settings.Profile {
		return settings.Profile{Name: name, File: filepath.Join(filepath.Dir(from.File), ".env."+name)}
	}
	here := must[*Desk](t)(unlocked.Switch(t.Context(), profile("plain")))
	_, err = here.Switch(t.Context(), profile("other"))
	l = locked(t, err)
	equal(t, "whose", l.Profile, "other")
	_, err = l.Answer("correct horse")
	fails(t, err, "this passphrase does not decrypt the key; try another")
	answered := must[*Desk](t)(l.Answer("battery staple"))
	equal(t, "the profile that asked", answered.Name(), "plain")
	other := must[*Desk](t)(answered.Switch(t.Context(), profile("other")))
	equal(t, "the name", other.Name(), "other")
}

// The passphrase of a key file that replaces the key of the settings is asked for.
func TestPassphraseOfAKeyFile(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{".env": "", "secret.pem": encrypted(t, "correct horse"), "passphrase": "wrong\n"})
	from := source(dir)
	from.KeyFile = filepath.Join(dir, "secret.pem")
	d := Open(t.Context(), from)
	fails(t, d.Problem(), from.KeyFile+": the private key is encrypted and there is no passphrase for it; "+
		"set KEY_PASSPHRASE_FILE, or --passphrase-file, to a file with its passphrase")
	l := locked(t, d.Problem())
	_, err := l.Answer("wrong")
	fails(t, errors.Unwrap(err), from.KeyFile+": the passphrase does not decrypt the private key; check the passphrase")
	equal(t, "the problem", must[*Desk](t)(l.Answer("correct horse")).Problem(), nil)

	from.PassphraseFile = filepath.Join(dir, "passphrase") // nobody is asked then
	d = Open(t.Context(), from)
	if _, asks := errors.AsType[*Locked](d.Problem()); asks || !errors.Is(d.Problem(), auth.ErrWrongPassphrase) {
		t.Errorf("got %v", d.Problem())
	}
}
