package old

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/auth/jsontext"
	"tokendesk/settings"
)

// plainDialogue runs the plain console on lines and returns what it wrote.
func plainDialogue(t *testing.T, lines []string, changes ...func(*Config, *settings.Settings)) (string, error) {
	t.Helper()
	set := testSettings(t)
	clock := &fakeClock{at: moment}
	cfg := Config{
		Load:   func() (*settings.Settings, error) { return set, nil },
		Create: func() (settings.Created, error) { return settings.Created{}, errTest },
		Input:  tempFile(t, strings.Join(lines, "\n")+"\n"),
		Output: tempFile(t, ""),
		Now:    clock.now, Rand: &counter{},
	}
	for _, change := range changes {
		change(&cfg, set)
	}
	err := RunPlain(t.Context(), cfg)
	text, readErr := os.ReadFile(cfg.Output.Name())
	if readErr != nil {
		t.Fatal(readErr)
	}
	return string(text), err
}

const plainTitle = "Tokendesk. Job Board 1.0.0. HS256 · key abc5cd36, from .env.\n" +
	"Type who the token is for, or paste a token to read it. /help lists the commands.\n"

// plainToken is what the first token for ada is.
const plainToken = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJpYXQiOjE3OTU0NDI3MTIsImV4cCI6MTc5NTQ0NDUxMiwianRpIjoiMDEwMjAzMDQwNTA2MDcwODA5MGEwYjBjMGQwZTBmMTAifQ."

func TestPlain(t *testing.T) {
	t.Parallel()
	signed := plainSigned(t)
	issued := "Verdict: valid.\n" +
		"  Signature verified with key abc5cd36.\n" +
		"Status: 30m left.\n" +
		"Header alg: HS256 (HMAC with SHA-256)\n" +
		"Header typ: JWT (type of the token)\n" +
		"Claim sub: ada (subject)\n" +
		"Claim iat: 1795442712 (issued 14:05:12 UTC, 0s ago)\n" +
		"Claim exp: 1795444512 (expires 14:35:12 UTC, in 30m)\n" +
		"Claim jti: 0102030405060708090a0b0c0d0e0f10 (token ID)\n" +
		"Token: " + signed + "\n"
	bad := handmadeWith(t, strings.Repeat("x", 32), plainHeader, `{"sub":"eve"}`)
	file := filepath.Join(t.TempDir(), "token.txt")
	for _, test := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"the end of the input", []string{""}, "> > \n"},
		{"quit", []string{"/quit"}, "> "},
		{"issue", []string{"ada", "/q"}, "> " + issued + "> "},
		{"status and copy", []string{"ada", "/status", "/copy header", "/copy", "/q"}, "> " + issued +
			"> ada: active, 30m left.\n> Authorization: Bearer " + signed +
			"\n> Error: there is no form \"\": use one of token, header, curl, httpie, http, env, json\n> "},
		{"write", []string{"ada", "/write " + file, "/write " + file, "/write", "/q"}, "> " + issued +
			"> Written to " + file + ", readable by you alone.\n" +
			"> Error: a file of that name exists and is not replaced: choose another name\n" +
			"> Error: type a file name behind /write\n> "},
		{"errors", []string{"a@b@c", "/lifetime soon", "/lifetime 0s", "/claims {", "/claims {\"exp\":1}", "/status", "/what", "/q"}, "> Error: an address can have only one @\n" +
			"> Error: a lifetime is written 45s, 30m, 1h30m, 7d or until 18:00\n" +
			"> Error: a lifetime of zero makes a token that has already expired\n" +
			"> Error: expected a name in double quotes, found the end at line 1, column 2\n" +
			"> Error: " + claimError("exp") + "\n" +
			"> There is no token yet.\n" +
			"> There is no command /what. /help lists them.\n> "},
		{"board", []string{"/board", "ada", "/board", "/q"}, "> The board is empty.\n> " + issued +
			"> ada, HS256: active, 30m left.\n> "},
		{"read", []string{"Bearer " + bad, "/q"}, "> Taken off: Bearer.\n" +
			"Verdict: bad signature.\n" +
			"  bad signature: the signature was not made with the configured key, or the token was changed after it was signed.\n" +
			"Status: no expiry.\n" +
			"Header alg: HS256 (HMAC with SHA-256)\nHeader typ: JWT (type of the token)\nClaim sub: eve (subject)\n" +
			"Finding, warning: there is no exp: whoever gets hold of the token can use it for ever.\n" +
			"Token: " + bad + "\n> "},
		{"read nonsense", []string{"/read hello", "/q"}, "> Verdict: malformed.\n" +
			"  malformed: there is no dot in it, so it is not a token; a token is three segments joined by dots.\n" +
			"  The signature was not checked: anybody can have written this.\nToken: hello\n> "},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := plainDialogue(t, test.lines)
			if err != nil {
				t.Error(err)
			}
			equal(t, "the dialogue", got, plainTitle+test.want)
		})
	}
}

// plainSigned is plainToken with its signature.
func plainSigned(t *testing.T) string {
	t.Helper()
	header, claims, _ := strings.Cut(strings.TrimSuffix(plainToken, "."), ".")
	decode := func(segment string) string {
		text, err := base64.RawURLEncoding.DecodeString(segment)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	return handmade(t, decode(header), decode(claims))
}

func claimError(name string) string {
	return auth.CheckExtraClaim(auth.Member{Name: name, Value: []byte("1")}).Error()
}

// TestPlainSettings uses a lifetime and claims for the next tokens.
func TestPlainSettings(t *testing.T) {
	t.Parallel()
	got, err := plainDialogue(t, []string{"/lifetime 1h30m", `/claims {"role":"admin"}`, "ada", "/claims", "/again", "bob", "/board"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"The next tokens are good for 1h30m.\n", "The next tokens have 1 claim of yours.\n", "Status: 1h 30m left.\n",
		"Claim role: admin (roles)\n", "The next tokens have 0 claims of yours.\n",
		"ada, HS256: active, 1h 30m left.\nada, HS256: active, 1h 30m left.\nbob, HS256: active, 1h 30m left.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	equal(t, "tokens with the role", strings.Count(got, "Claim role"), 2)
}

// TestPlainExpiry tells of a token that expired since the last line.
func TestPlainExpiry(t *testing.T) {
	t.Parallel()
	calls := 0
	got, err := plainDialogue(t, []string{"/lifetime 45s", "ada", "", "/status"}, func(c *Config, _ *settings.Settings) {
		c.Now = func() time.Time { // two seconds pass at every look
			calls++
			return moment.Add(time.Duration(calls) * 2 * time.Second)
		}
	})
	if err != nil || strings.Contains(got, "Expired:") {
		t.Fatalf("%v\n%s", err, got)
	}
	got, err = plainDialogue(t, []string{"/lifetime 45s", "ada", "", "/status"}, func(c *Config, _ *settings.Settings) {
		calls = 0
		c.Now = func() time.Time {
			calls++
			return moment.Add(time.Duration(calls) * 20 * time.Second)
		}
	})
	if err != nil || strings.Count(got, "Expired: the token for ada.\n") != 1 || !strings.Contains(got, "ada: expired ") {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestPlainFirstRun asks for a key first.
func TestPlainFirstRun(t *testing.T) {
	t.Parallel()
	got, err := plainDialogue(t, []string{"9", "1", "2", "/q"}, noKey)
	if err != nil {
		t.Fatal(err)
	}
	question := "There is no key yet: tokens are signed with the SECRET_KEY of .env, which is not here.\n" +
		"1: create .env here with a fresh secret. 2: use a key for this run only. 3: quit.\n1, 2 or 3> "
	equal(t, "the dialogue", got, question+"Type 1, 2 or 3.\n"+question+"Error: no luck today\n"+question+
		strings.Replace(plainTitle, "HS256 · key abc5cd36, from .env.", "HS256 · key 117d1856, from this run only.", 1)+"> ")

	got, err = plainDialogue(t, []string{"", "ada"}, creating(settings.Created{Path: ".env"}))
	if err != nil || !strings.Contains(got, "Wrote .env with a fresh secret.\nTokendesk. Job Board 1.0.0.") || !strings.Contains(got, "Verdict: valid.") {
		t.Errorf("%v\n%s", err, got)
	}

	got, err = plainDialogue(t, []string{"3"}, loadFails(testProblems()))
	if err != nil || !strings.HasPrefix(got, "Problem: .env:3: has 6 bytes and HS256 wants 32; make one with openssl rand -hex 32\nProblem: environment: ") {
		t.Errorf("%v\n%s", err, got)
	}

	_, err = plainDialogue(t, []string{"ada"}, noKey) // the input ends
	if want := "the input ended before there was a key, so nothing was done: run tokendesk init first, or set SECRET_KEY"; !errors.Is(err, ErrNoKey) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	got, err = plainDialogue(t, nil, loadFails(errTest))
	if !errors.Is(err, ErrNoKey) || !strings.HasSuffix(err.Error(), ": put right what is wrong with the settings first") || !strings.HasPrefix(got, "Problem: no luck today\n1: read the settings again.") {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestPlainWeak(t *testing.T) {
	t.Parallel()
	got, err := plainDialogue(t, []string{"/q"}, func(_ *Config, s *settings.Settings) {
		s.Key = testKey(t, auth.HS256, "secret", auth.AllowWeak())
		s.Warnings = []settings.Warning{{File: ".env", Text: "others can read this file", Do: "chmod 600 .env"}}
	})
	if err != nil || !strings.Contains(got, "This key is weak: anybody can guess it.\n") || !strings.HasPrefix(got, "Warning: .env: others can read this file; chmod 600 .env\n") {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestPlainHostile writes nothing that a terminal obeys.
func TestPlainHostile(t *testing.T) {
	t.Parallel()
	for _, text := range hostile() {
		quoted := string(jsontext.Quote(strings.ToValidUTF8(text, "")))
		token := handmade(t, `{"alg":"HS256","kid":`+quoted+`}`, `{"sub":`+quoted+`,`+quoted+`:[`+quoted+`]}`)
		line := strings.NewReplacer("\n", "", "\r", "").Replace(text)
		got, err := plainDialogue(t, []string{token, "/copy http", "/watch", "/board", "/status", line, "/read " + line, "/" + line, "/write /no/" + line, "/q"},
			func(_ *Config, s *settings.Settings) { s.ProjectName, s.KeySource = text, text })
		if err != nil {
			t.Error(err)
		}
		for _, r := range got {
			if r < ' ' && r != '\n' || r >= 0x7f && r <= 0x9f || strings.ContainsRune("\u200b\u202e\u2066\u200f\u2028\ufeff", r) {
				t.Errorf("%U is written raw:\n%q", r, got)
				break
			}
		}
	}
}

// TestPlainLongLine: a line that is too long is refused, and the next one is read.
func TestPlainLongLine(t *testing.T) {
	t.Parallel()
	got, err := plainDialogue(t, []string{
		strings.Repeat("x", 2*find.MaxPasted), "/board", strings.Repeat("x", find.MaxPasted+1), "/board", strings.Repeat("x", find.MaxPasted),
	})
	refused, board := "> Error: a line may have 65536 bytes: give only the token\n", "> The board is empty.\n"
	if want := plainTitle + refused + board + refused + board + "> Error: the subject has 65536 bytes and may have 254\n> \n"; err != nil || got != want {
		t.Errorf("%v, got\n%s\nwant\n%s", err, got, want)
	}
}

// TestPlainLastLine: a last line without an end counts.
func TestPlainLastLine(t *testing.T) {
	t.Parallel()
	got, err := plainDialogue(t, nil, func(c *Config, _ *settings.Settings) { c.Input = tempFile(t, "/board\r\n/board") })
	if want := plainTitle + "> The board is empty.\n> The board is empty.\n> \n"; err != nil || got != want {
		t.Errorf("%v, got\n%s\nwant\n%s", err, got, want)
	}
}

// TestPlainOutputGone: an output that takes nothing ends the console.
func TestPlainOutputGone(t *testing.T) {
	t.Parallel()
	_, err := plainDialogue(t, []string{"ada"}, func(c *Config, _ *settings.Settings) {
		closed := tempFile(t, "")
		_ = closed.Close()
		c.Output = closed
	})
	if !errors.Is(err, os.ErrClosed) {
		t.Errorf("the error is %v", err)
	}
}

// TestPlainHelp lists every command that there is.
func TestPlainHelp(t *testing.T) {
	t.Parallel()
	got, err := plainDialogue(t, []string{"/help", "/q"})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"lifetime", "claims", "again", "status", "copy", "write", "watch", "board", "quit", "read"} {
		if !strings.Contains(got, "\n/"+name) {
			t.Errorf("/%s is not in the help:\n%s", name, got)
		}
	}
}

// TestPlainProfiles changes the profile, and asks in a protected one.
func TestPlainProfiles(t *testing.T) {
	t.Parallel()
	const start = "Tokendesk. Job Board 1.0.0. Profile default. HS256 · key abc5cd36, from .env.\n" +
		"Type who the token is for, or paste a token to read it. /help lists the commands.\n"
	production := keyName(testKey(t, auth.HS256, productionSecret))
	question := "> The profile production is protected. Type its name to sign with its key.\nname> "
	for _, test := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"list", []string{"/profile", "/q"}, "> broken: .env.broken.\ndefault: .env, in use.\n"},
		{"unknown", []string{"/profile nowhere", "/q"}, "> Error: there is no profile of that name. /profile lists them.\n"},
		{"broken", []string{"/profile broken", "/q"}, "> Problem: .env.broken:3: has 6 bytes and HS256 wants 32; make one with openssl rand -hex 32\n" +
			"Problem: .env.broken:5: MAX_TOKEN_MINUTES is not a number; write whole minutes, such as 30\n" +
			"Nothing was changed: the profile is default.\n> "},
		{"the usual lifetime", []string{"/profile staging", "/help", "/q"}, "Profile staging. "},
		{"the usual lifetime is its own", []string{"/profile staging", "/help", "/q"}, "Now 45m."},
		{"a lifetime that was typed", []string{"/lifetime 2h", "/profile staging", "/help", "/q"}, "Now 2h."},
		{"protected", []string{"/profile production", "/q"}, "Profile production, which is PROTECTED. " + production + ", from .env.production.\n> "},
		{"another name", []string{"/profile production", "ada", "prod", "/board", "/q"}, question + "Error: that is not its name, and nothing was signed.\n> The board is empty.\n> "},
		{"the name", []string{"/profile production", "ada", "production", "/q"}, question + "Verdict: valid.\n"},
		{"once", []string{"/profile production", "ada", "production", "/again", "/q"}, "> Verdict: valid.\n"},
		{"again after a change", []string{"/profile production", "ada", "production", "/profile production", "/again", "production", "/board", "/q"}, "> ada, HS256: active, 30m left.\nada, HS256: active, 30m left.\n> "},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := plainDialogue(t, test.lines, in("default", "production", "staging", "broken"), func(c *Config, _ *settings.Settings) {
				list := c.Profiles()
				c.Profiles = func() []settings.Profile { return []settings.Profile{list[3], list[0], list[1], list[2]} }
			})
			if err != nil {
				t.Error(err)
			}
			if !strings.HasPrefix(got, start) || !strings.Contains(got, test.want) {
				t.Errorf("got\n%s\nwant in it\n%s", got, test.want)
			}
		})
	}
	if _, err := plainDialogue(t, []string{"/profile production", "ada"}, in("default", "production")); !errors.Is(err, ErrProtected) {
		t.Errorf("the end of the input is %v", err)
	}
	got, err := plainDialogue(t, []string{"/profile", "/q"})
	if err != nil {
		t.Error(err)
	}
	equal(t, "without others", got, plainTitle+"> There is one profile only.\n> ")
}

// TestPlainPersonas issues tokens for personas.
func TestPlainPersonas(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "personas.yaml")
	if err := os.WriteFile(file, []byte("admin: {subject: \"ada-{{n}}\", lifetime: 8h, claims: {at: \"{{now}}\"}}\nguest: {}\nsigner: {subject: ada, algorithm: RS256}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"list", []string{"/persona"}, "> admin: ada-{{n}}.\nguest: no subject.\nsigner: ada.\n> "},
		{"unknown", []string{"/persona nobody"}, "> Error: there is no persona of that name. /persona lists them.\n> "},
		{"fresh", []string{"/persona admin", "/again", "/board"}, "> ada-1, HS256: active, 8h left.\nada-2, HS256: active, 8h left.\n> "},
		{"a claim", []string{"/persona admin"}, "\nClaim at: 1795442712\n"},
		{"another subject", []string{"/persona admin eve@example.com", "/board"}, "> eve@example.com, HS256: active, 8h left.\n> "},
		{"a bad subject", []string{"/persona admin {{uid}}"}, "> Error: there is no such placeholder: write {{uuid}}, "},
		{"no subject", []string{"/persona guest"}, "> Error: the persona guest has no subject: type /persona guest and one behind it.\n> "},
		{"another key", []string{"/persona signer"}, ":3:1: the persona signer signs with RS256, and the key is for HS256; "},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := plainDialogue(t, append(test.lines, "/q"), func(_ *Config, s *settings.Settings) { s.PersonasFile = file })
			if err != nil || !strings.Contains(got, test.want) {
				t.Errorf("error %v, got\n%s\nwant in it\n%s", err, got, test.want)
			}
		})
	}
	got, err := plainDialogue(t, []string{"/persona", "/q"})
	if want := "> There are no personas: write them into personas.yaml.\n> "; err != nil || !strings.Contains(got, want) {
		t.Errorf("error %v, got\n%s", err, got)
	}
}

// TestPlainPublished verifies with the published keys what no configured key signed.
func TestPlainPublished(t *testing.T) {
	t.Parallel()
	var asked []string
	var fails error
	published := somePublished(t)
	token := issuedBy(t, remote(t))
	got, err := plainDialogue(t, []string{token, "/q"}, publishing(t, &asked, published, &fails))
	want := "Verdict: valid.\n  Signature verified with key " + published.Keys[0].Fingerprint() + ".\n  It is kid 2026-11 of https://auth.example.com/jwks, fetched 14:02:12 UTC.\n"
	if err != nil || !strings.Contains(got, want) {
		t.Errorf("error %v, got\n%s\nwant in it\n%s", err, got, want)
	}
	fails = errors.New("it has not answered within 5s")
	got, err = plainDialogue(t, []string{token, "/q"}, publishing(t, &asked, published, &fails))
	if err != nil || !strings.Contains(got, "The published keys were not looked at: it has not answered within 5s.\nVerdict: wrong key.\n") {
		t.Errorf("error %v, got\n%s", err, got)
	}
}
