package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/auth"
	"tokendesk/settings"
)

// There is a Desk whatever the settings say.
func TestOpen(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		key        bool
		problem    string // a part of it
		ready      string
	}{
		{"good", "SECRET_KEY=" + testSecret, true, "", ""},
		{"no key", "PROJECT_NAME=Shop", false, "", "there is no key to sign with"},
		{"broken", "PROJECT_NAME=Shop\nSECRET_KEY=https://a.b", false, ".env:2: SECRET_KEY cannot be used", ".env:2: SECRET_KEY cannot be used"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := openWith(t, test.text)
			equal(t, "a key", d.Key() != nil, test.key)
			equal(t, "keys", len(d.Keyring().Keys()) > 0, test.key)
			for what, got := range map[string]struct {
				err  error
				want string
			}{"the problem": {d.Problem(), test.problem}, "ready": {d.Ready(), test.ready}} {
				if (got.err == nil) != (got.want == "") || got.err != nil && !strings.Contains(got.err.Error(), got.want) {
					t.Errorf("%s: got %v, want %q", what, got.err, got.want)
				}
			}
			if name := d.Settings().ProjectName; !test.key && name != "Shop" {
				t.Errorf("the project is %q, want the setting that is right", name)
			}
		})
	}
}

// On the first run there is no settings file.
func TestOpenMissing(t *testing.T) {
	t.Parallel()
	from := source(t.TempDir())
	d := Open(t.Context(), from)
	equal(t, "the problem", d.Problem(), nil)
	equal(t, "found", d.Settings().Found, false)
	from.Explicit = true
	if Open(t.Context(), from).Problem() == nil {
		t.Error("a file that the user named need not exist")
	}
}

func TestOpenDefaults(t *testing.T) {
	t.Parallel()
	from := source(write(t, map[string]string{".env": "SECRET_KEY=" + testSecret}))
	from.Now, from.Rand, from.Number = nil, nil, nil
	d := Open(t.Context(), from)
	if e, err := d.Issue(t.Context(), Draft{Subject: "ada"}); err != nil || e.Result.Verdict != auth.VerdictValid {
		t.Errorf("got %v, %v", e, err)
	}
	equal(t, "the number after one token", d.from.Number(), 2)
	if now := d.Now(); now.IsZero() || now != now.Round(0) {
		t.Errorf("the clock says %v", now)
	}
}

// Changing the settings does not change the Desk.
func TestSettingsAreACopy(t *testing.T) {
	t.Parallel()
	d := plain(t, "PROTECTED=true")
	set := d.Settings()
	set.Protected, set.Key = false, nil
	equal(t, "protected", d.Protected(), true)
	equal(t, "a key", d.Key() != nil, true)
}

// A key file replaces the key of the settings.
func TestKeyFile(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"private.jwks": keySet(t), "secret": testSecret + "!\n", "wrong.pem": encrypted(t, "x")})
	at := func(change func(*Source)) func(*Source) {
		return func(s *Source) {
			s.KeyFile = filepath.Join(dir, "private.jwks")
			change(s)
		}
	}
	for _, test := range []struct {
		name     string
		change   func(*Source)
		alg      auth.Algorithm
		kid, err string
	}{
		{"the first", func(*Source) {}, auth.ES256, "", ""},
		{"by algorithm", func(s *Source) { s.Algorithm = auth.EdDSA }, auth.EdDSA, "2026-11", ""},
		{"by ID", func(s *Source) { s.KeyID = "2026-11" }, auth.EdDSA, "2026-11", ""},
		{"no algorithm", func(s *Source) { s.Algorithm = auth.RS256 }, "", "", "there is no key for RS256"},
		{"no ID", func(s *Source) { s.KeyID = "none" }, "", "", `there is no key with the kid "none"`},
		{"neither", func(s *Source) { s.Algorithm, s.KeyID = auth.ES256, "2026-11" }, "", "", `there is no key for ES256 with the kid "2026-11"`},
		{"a secret", func(s *Source) { s.KeyFile = filepath.Join(dir, "secret") }, auth.HS256, "", ""},
		{"no file", func(s *Source) { s.KeyFile = filepath.Join(dir, "gone") }, "", "", "no such file; check the name"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := openWith(t, "SECRET_KEY=change me", at(test.change))
			if test.err != "" {
				if d.Problem() == nil || !strings.HasSuffix(d.Problem().Error(), ": "+test.err) {
					t.Errorf("got %v, want %q", d.Problem(), test.err)
				}
				return
			}
			if d.Problem() != nil {
				t.Fatal(d.Problem())
			}
			equal(t, "the algorithm", d.Key().Algorithm(), test.alg)
			if test.kid != "" {
				equal(t, "the ID", d.Key().ID(), test.kid)
			}
			equal(t, "warnings", len(d.Settings().Warnings), 0)
			equal(t, "the origin", d.Keyring().Origin(d.Key()).From, d.from.KeyFile)
		})
	}
}

// The source overrides the settings of the file and of the environment.
func TestSourceOverrides(t *testing.T) {
	t.Parallel()
	d := openWith(t, "SECRET_KEY="+testSecret+testSecret+"\nALGORITHM=HS256\nKEY_ID=old\n", func(s *Source) {
		s.Algorithm, s.KeyID, s.JWKSURL = auth.HS512, "new", "https://auth.example.com/jwks"
	})
	if d.Problem() != nil {
		t.Fatal(d.Problem())
	}
	equal(t, "the algorithm", d.Key().Algorithm(), auth.HS512)
	equal(t, "the ID", d.Key().ID(), "new")
	equal(t, "the URL", d.Settings().JWKSURL, "https://auth.example.com/jwks")
	o := (&Source{}).Options()
	t.Log(o.Lookup("PATH"))
	equal(t, "another key", (&Source{KeyFile: "x"}).Options().IgnoreKey, true)
	equal(t, "the settings' key", o.IgnoreKey, false)
}

func TestThrowAway(t *testing.T) {
	t.Parallel()
	broken := openWith(t, "SECRET_KEY=https://a.b\nPROTECTED=true")
	d := must[*Desk](t)(broken.WithThrowAway(t.Context()))
	equal(t, "the problem", d.Problem(), nil)
	equal(t, "the name", d.Name(), ThisRun)
	equal(t, "throw-away", d.ThrowAway(), true)
	equal(t, "protected", d.Protected(), false)
	equal(t, "the origin", d.Keyring().Origin(d.Key()).From, ThisRun)
	e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada"}))
	equal(t, "the verdict", e.Result.Verdict, auth.VerdictValid)
	equal(t, "the profile", e.Profile, ThisRun)
	_, err := d.SigningKey(persona(t, "p: {algorithm: HS256}"))
	equal(t, "a persona's key", err, nil)
	equal(t, "the Desk before", broken.Key() == nil && broken.Problem() != nil && !broken.ThrowAway(), true)

	without := openWith(t, "", func(s *Source) { s.Rand = failing{} })
	if _, err := without.WithThrowAway(t.Context()); err == nil {
		t.Error("there is a key without randomness")
	}
}

func TestReload(t *testing.T) {
	t.Parallel()
	calls := 0
	d := openWith(t, "", func(s *Source) {
		s.Load = func(o settings.Options) (*settings.Settings, error) {
			calls++
			set := &settings.Settings{File: o.File, ProjectName: strings.Repeat("x", calls)}
			return set, errors.New("broken")
		}
	})
	again := d.Reload(t.Context())
	equal(t, "before", d.Settings().ProjectName, "x")
	equal(t, "again", again.Settings().ProjectName, "xx")
	fails(t, again.Problem(), "broken")
}

func TestCreate(t *testing.T) {
	t.Parallel()
	from := source(t.TempDir())
	from.Template = "PROJECT_NAME=\"Mine\"\nSECRET_KEY=\n"
	d, created, err := Open(t.Context(), from).Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the path", created.Path, from.File)
	equal(t, "a key", d.Key() != nil, true)
	equal(t, "the project", d.Settings().ProjectName, "Mine")
	if _, _, err := d.Create(t.Context()); err == nil {
		t.Error("an existing file was overwritten")
	}
	long := source(t.TempDir())
	long.Template, long.Algorithm, long.Explicit, long.Rand = from.Template, auth.HS512, true, rand.Reader
	d, _, err = Open(t.Context(), long).Create(t.Context())
	if err != nil || d.Problem() != nil || d.Key().Weakness() != nil {
		t.Errorf("for HS512: %v, %v", err, d.Problem())
	}

	from.Create = func() (settings.Created, error) { return settings.Created{}, errors.New("no") }
	_, _, err = Open(t.Context(), from).Create(t.Context())
	fails(t, err, "no")
}

// Switch returns another Desk and does not change the first.
func TestSwitch(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		".env": "SECRET_KEY=" + testSecret, ".env.staging": "SECRET_KEY=" + testSecret + "!\nPROTECTED=true",
		".env.empty": "PROJECT_NAME=x", ".env.broken": "SECRET_KEY=https://a.b",
	})
	d := Open(t.Context(), source(dir))
	profiles := map[string]settings.Profile{}
	for _, p := range d.Profiles() {
		profiles[p.Name] = p
	}
	equal(t, "profiles", len(profiles), 4)
	other := must[*Desk](t)(d.Switch(t.Context(), profiles["staging"]))
	equal(t, "the name", other.Name(), "staging")
	equal(t, "the other's key", other.Key().Fingerprint() != d.Key().Fingerprint(), true)
	equal(t, "the name before", d.Name(), settings.DefaultProfile)
	equal(t, "profiles from there", len(other.Profiles()), 4)
	back := must[*Desk](t)(other.Switch(t.Context(), profiles[settings.DefaultProfile]))
	equal(t, "the key of before", back.Key().Fingerprint(), d.Key().Fingerprint())

	_, err := d.Switch(t.Context(), profiles["empty"])
	fails(t, err, profiles["empty"].File+
		": there is no key: neither SECRET_KEY nor KEY_FILE is set; set SECRET_KEY to the output of openssl rand -hex 32, or set KEY_FILE")
	_, err = d.Switch(t.Context(), profiles["broken"])
	if _, ok := errors.AsType[settings.Problems](err); !ok {
		t.Errorf("got %v", err)
	}
	if _, err = d.Switch(t.Context(), settings.Profile{Name: "gone", File: filepath.Join(dir, ".env.gone")}); err == nil {
		t.Error("a profile that does not exist was opened")
	}
}

// A cancelled job does nothing.
func TestCancelled(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, issued := d.Issue(ctx, Draft{Subject: "ada"})
	_, made := d.Faults(Draft{Subject: "ada"}).Maker(ctx)
	_, thrown := d.WithThrowAway(ctx)
	_, switched := d.Switch(ctx, settings.Profile{File: d.file})
	for what, err := range map[string]error{
		"issue": issued, "make": made, "throw away": thrown, "switch": switched, "open": d.Reload(ctx).Problem(),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", what, err)
		}
	}
}
