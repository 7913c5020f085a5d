package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/settings"
)

// two is an env file with two secrets, which must not be guessed between.
const two = "SECRET_KEY=" + testSecret + "\nJWT_SECRET=k7Qm2xV9tLw4ZpR8sNc5HbJ3dGf6YaEu\n"

// Several names of the secret are a question, and every answer opens another Desk.
func TestSecretName(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{".env": two})
	d := Open(t.Context(), source(dir))
	l := locked(t, d.Problem())
	equal(t, "what it asks", l.Asks, SecretName)
	equal(t, "the best", l.Choices[0].Name, "JWT_SECRET")
	equal(t, "the other", l.Choices[1].Name, "SECRET_KEY")
	equal(t, "the choice", settings.Undecided(l), true)
	_, err := l.Answer("PORT")
	fails(t, err, "that is not one of the names; choose one of them")
	fingerprints := map[string]bool{}
	for _, choice := range l.Choices {
		chosen := must[*Desk](t)(l.Answer(choice.Name))
		equal(t, "the problem", chosen.Problem(), nil)
		equal(t, "the name", chosen.Settings().KeyName, choice.Name)
		equal(t, "the name after a reload", chosen.Reload(t.Context()).Settings().KeyName, choice.Name)
		must[*Entry](t)(chosen.Issue(t.Context(), Draft{Subject: "ada"}))
		fingerprints[chosen.Key().Fingerprint()] = true
	}
	equal(t, "the keys", len(fingerprints), 2)
	equal(t, "the Desk that asked", d.Key(), nil)
}

// Keep writes the answer into the file, for every later Desk.
func TestKeepSecretName(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{".env": two})
	l := locked(t, Open(t.Context(), source(dir)).Problem())
	kept := must[*Desk](t)(l.Keep("JWT_SECRET"))
	equal(t, "the name", kept.Settings().KeyName, "JWT_SECRET")
	text, err := os.ReadFile(filepath.Join(dir, ".env"))
	if err != nil || string(text) != two+"SECRET_KEY_NAME=JWT_SECRET\n" {
		t.Errorf("%v, %s", err, text)
	}
	again := Open(t.Context(), source(dir))
	equal(t, "the problem", again.Problem(), nil)
	equal(t, "the key", again.Key().Fingerprint(), kept.Key().Fingerprint())
	if err := os.Remove(filepath.Join(dir, ".env")); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Keep("JWT_SECRET"); err == nil {
		t.Error("a file that is gone was written")
	}
}

// The secrets that were not chosen can be taken later, for the run or for good, and back again.
func TestOtherSecrets(t *testing.T) {
	t.Parallel()
	const text = "JWT_SECRET=" + testSecret + "\nJWT_REFRESH_SECRET=k7Qm2xV9tLw4ZpR8sNc5HbJ3dGf6YaEu\nADMIN_JWT_SECRET=./missing.pem\n"
	dir := write(t, map[string]string{".env": text})
	d := Open(t.Context(), source(dir))
	equal(t, "the name", d.Settings().KeyName, "JWT_SECRET")
	l := OtherSecrets(d)
	equal(t, "the first", l.Choices[0].Name, "JWT_REFRESH_SECRET")
	equal(t, "the second", l.Choices[1].Name, "ADMIN_JWT_SECRET")
	equal(t, "the text", l.Text, "JWT_SECRET signs now")
	if _, err := l.Answer("ADMIN_JWT_SECRET"); err == nil {
		t.Error("a key that does not exist was taken")
	}
	other := must[*Desk](t)(l.Answer("JWT_REFRESH_SECRET"))
	equal(t, "the other name", other.Settings().KeyName, "JWT_REFRESH_SECRET")
	back := must[*Desk](t)(OtherSecrets(other).Answer("JWT_SECRET"))
	equal(t, "the key after the way back", back.Key().Fingerprint(), d.Key().Fingerprint())
	must[*Desk](t)(l.Keep("JWT_REFRESH_SECRET"))
	again := Open(t.Context(), source(dir))
	equal(t, "the kept name", again.Settings().KeyName, "JWT_REFRESH_SECRET")

	alone := Open(t.Context(), source(write(t, map[string]string{".env": "JWT_SECRET=" + testSecret + "\n"})))
	equal(t, "the question of a file with one secret", OtherSecrets(alone), nil)
	run := must[*Desk](t)(d.WithThrowAway(t.Context()))
	equal(t, "the question of a key for this run", OtherSecrets(run), nil)
}

// A name without a value gets a fresh secret.
func TestFill(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{".env": "PORT=80\nJWT_SECRET=\n"})
	d := Open(t.Context(), source(dir))
	equal(t, "the empty name", d.Settings().Recognised.Empty, "JWT_SECRET")
	filled, created, err := d.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "what was written", created, settings.Created{Path: filepath.Join(dir, ".env"), Name: "JWT_SECRET"})
	equal(t, "the name", filled.Settings().KeyName, "JWT_SECRET")
	equal(t, "the weakness", filled.Key().Weakness() == nil, true)
	if _, _, err := d.Create(t.Context()); err == nil {
		t.Error("a secret was replaced")
	}
}

// A profile with several names asks when it is chosen, and the answer is kept for it alone.
func TestSwitchAsksForTheName(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{".env": "SECRET_KEY=" + testSecret, ".env.staging": two})
	d := Open(t.Context(), source(dir))
	staging := settings.Profile{Name: "staging", File: filepath.Join(dir, ".env.staging")}
	_, err := d.Switch(t.Context(), staging)
	l := locked(t, err)
	equal(t, "what it asks", l.Asks, SecretName)
	for _, ask := range []func(string) (*Desk, error){l.Answer, l.Keep} {
		answered := must[*Desk](t)(ask("JWT_SECRET"))
		equal(t, "the profile stays", answered.Name(), "default")
		other := must[*Desk](t)(answered.Switch(t.Context(), staging))
		equal(t, "the name", other.Settings().KeyName, "JWT_SECRET")
		equal(t, "the first", answered.Reload(t.Context()).Settings().KeyName, "SECRET_KEY")
	}
}

// Without a key, other env files are named; a throw-away key says nothing about names.
func TestNearby(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{".env": "PORT=80", ".env.local": "JWT_SECRET=" + testSecret})
	d := Open(t.Context(), source(dir))
	equal(t, "files", len(d.Nearby()), 1)
	near := d.Nearby()[0]
	if !strings.HasSuffix(near.File, ".env.local") || near.Name != "JWT_SECRET" {
		t.Errorf("%+v", near)
	}
	other := must[*Desk](t)(d.Switch(t.Context(), settings.Profile{Name: "local", File: near.File}))
	equal(t, "the name", other.Settings().KeyName, "JWT_SECRET")
	equal(t, "notices", len(other.Settings().Notices), 1)
	equal(t, "files", len(other.Nearby()), 0)
	alone := must[*Desk](t)(other.WithThrowAway(t.Context())).Settings()
	equal(t, "the name of a throw-away key", alone.KeyName, "")
	equal(t, "its notices", len(alone.Notices), 0)
}
