package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/jwks"
	"tokendesk/settings"
)

// strangeSecret signs tokens of another API in tests.
const strangeSecret = "vN4kR8yTq2LwZ6sXb9PdC3hJf7MgE5uA"

// strange returns a token that the keys of the console did not sign, with an issuer.
func strange(t *testing.T) string {
	t.Helper()
	claims := fmt.Sprintf(`{"sub":"ada","iss":"https://kc.example/realms/shop","exp":%d}`, moment.Unix()+1740)
	return handmadeWith(t, strangeSecret, plainHeader, claims)
}

// TestAnotherKeyPasted: a pasted secret is not shown, changes the verdict in place, and verifies
// the next token too.
func TestAnotherKeyPasted(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(80, 24)
	d.read(strange(t))
	d.shows("✗ bad signature", "a another key: paste it, choose a file, or https://kc.example/realms/shop")
	d.press("a")
	d.shows("Another key for this run", "paste a key here; it is not shown")
	d.paste("another secret of the same length")
	d.shows("✗ this key did not make the signature, or the token was changed after it was signed")
	d.hides("another secret of")
	d.paste(strangeSecret)
	equal(t, "the dialogs", d.over(), "")
	d.shows("● active", "pasted for this run", "✓ verified with key")
	d.hides("bad signature", "another key: paste it", strangeSecret)
	d.press("a") // there is nothing to do any more
	equal(t, "the dialogs", d.over(), "")

	d.paste(handmadeWith(t, strangeSecret, plainHeader, goodClaims("bob")))
	d.shows("sub bob", "● active")
	d.issued("carol")
	equal(t, "the key that signs", d.entry().Fingerprint(), d.ctx.Desk.Key().Fingerprint())
}

// TestAnotherKeyTyped: a typed secret is hidden, and a typed URL is not.
func TestAnotherKeyTyped(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(strange(t))
	d.press("a")
	d.typed(strangeSecret)
	d.hides(strangeSecret[:4])
	d.shows("••••")
	d.press("enter")
	d.shows("● active")

	d.read(handmadeWith(t, strangeSecret+"x", plainHeader, `{"sub":"eve"}`))
	d.press("a")
	d.typed("https://x.example")
	d.shows("https://x.example")
	d.press("enter")
	d.shows("✗ nothing is fetched here")
}

// TestAnotherKeyOfTheIssuer: the URL that only the token names is fetched after a question.
func TestAnotherKeyOfTheIssuer(t *testing.T) {
	t.Parallel()
	remote := testPair(t, auth.EdDSA, auth.WithKeyID("one"))
	public, err := remote.EncodePublic(auth.FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := auth.ParseKeys(public, "")
	if err != nil {
		t.Fatal(err)
	}
	var asked []string
	d := newDesktop(t, func(c *Config, _ *settings.Settings) {
		c.Source.Fetch = func(_ context.Context, url string, _ ...string) (*jwks.Set, error) {
			asked = append(asked, url)
			if len(asked) == 1 {
				return nil, errors.New("kc.example answers 503")
			}
			return &jwks.Set{Keys: keys, From: url + "/keys", Fetched: moment}, nil
		}
	})
	issuer := auth.Issuer{Key: remote, Now: func() time.Time { return moment }, Rand: &counter{}, Iss: "https://kc.example"}
	token, err := issuer.Issue(auth.Request{Subject: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	d.read(token.Compact)
	d.press("a")
	d.shows("▌ The keys of https://kc.example", "Only the token names it")
	d.press("enter")
	d.shows("▲ Connect to https://kc.example?")
	equal(t, "requests", len(asked), 0)
	d.press("down", "up")
	d.hides("Connect to")
	d.press("enter", "enter")
	equal(t, "requests", len(asked), 1)
	d.shows("✗ kc.example answers 503")
	d.press("enter", "enter")
	d.shows("● active", "kid one of https://kc.example/keys, fetched just now, for this run")

	d.press("d")
	equal(t, "requests", len(asked), 3)
	d.shows("✓ published keys: 1 key of https://kc.example/keys, fetched just now")
}

// TestAnotherKeyFromFile: the files that may hold a key are listed, and one is chosen.
func TestAnotherKeyFromFile(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"public.pem": "x", "secret.key": strangeSecret, "notes.txt": "x"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	d := newDesktop(t)
	d.read(strange(t))
	d.press("a", "down", "enter")
	d.shows("A file with the key")
	if screen := d.screenText(); !inOrder(screen, "public.pem", "secret.key", "notes.txt") {
		t.Errorf("the files that may hold a key do not come first:\n%s", screen)
	}
	d.typed("pub")
	d.press("enter")
	d.shows("✗ public.pem: this key did not make the signature")
	d.press("up", "down", "enter")
	d.typed("secret")
	d.press("enter")
	d.shows("● active", "from secret.key, for this run")
}

// TestCheckClaims: i checks iss and aud as the settings have them, says the state, and why not.
func TestCheckClaims(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) {
		s.Issuer, s.Audience = "https://auth.example.com", []string{"jobs-api"}
	})
	d.read(handmade(t, plainHeader, `{"sub":"ada","iss":"me"}`))
	d.shows("i check iss and aud as .env has them (off)")
	d.hides("wrong claim")
	d.press("i")
	d.shows("✗ wrong claim", `iss is "me", expected "https://auth.example.com"`, "aud is missing", "(on)",
		"▲ checked: not what .env expects of iss and aud")
	d.paste(handmade(t, plainHeader, `{"sub":"bob","iss":"https://auth.example.com","aud":["x","jobs-api"]}`))
	d.shows("iss and aud as the settings have them", "(on)")
	d.press("i", "tab")
	d.shows("sub ada", "(off)")
	d.hides("wrong claim")

	none := newDesktop(t)
	none.read(handmade(t, plainHeader, goodClaims("ada")))
	none.hides("check iss and aud")
	none.find("check iss")
	none.shows(".env sets neither ISSUER nor AUDIENCE")
}

// TestCompare compares the token with the one that was read before, with differences first.
func TestCompare(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(handmade(t, plainHeader, `{"sub":"ada","role":"admin","exp":1795444512}`))
	d.find("compare")
	d.shows("no other token was read, and none is on the board")
	d.press("esc")
	d.paste(handmade(t, plainHeader, `{"sub":"bob","exp":1795444512,"scopes":["a"]}`))
	for _, size := range [][2]int{{200, 60}, {80, 24}, {40, 10}} {
		d.resize(size[0], size[1])
		d.press("=")
		screen := d.screenText()
		if !inOrder(screen, "ada", "bob", "≠ sub", "− role", "+ scopes") {
			t.Errorf("the comparison at %v is wrong:\n%s", size, screen)
		}
		if size[1] > 20 {
			d.shows("3 differences", "3 equal", "= exp", "first ada · subject", "second bob · subject")
			d.press("d")
			d.hides("= exp")
			d.press("d")
		}
		d.press("down", "x")
		d.shows("+ role")
		d.press("esc")
		equal(t, "the dialogs", d.over(), "")
	}
	d.resize(120, 40)
	d.issued("carol")
	d.press("f4", "=", "=")
	d.shows("Compare with", "carol")
	d.typed("car")
	d.press("enter")
	d.shows("● carol")
}

// TestReadHere: what was read stays in the list, and what is no token is named.
func TestReadHere(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f4")
	d.shows("for example", "What you will see here")
	d.paste(handmade(t, plainHeader, goodClaims("ada")))
	d.paste("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----")
	d.shows("not a token", "✗ malformed")
	d.paste(handmade(t, plainHeader, goodClaims("bob")))
	d.shows("─ 3 ─╮", "sub bob") // the border has the count
	d.press("esc", "down", "down")
	d.shows("sub ada")
	d.typed("x")
	d.shows("> x")
	d.press("backspace", "enter", "y")
	equal(t, "copied", len(d.clip), 1)
	d.paste(handmade(t, plainHeader, goodClaims("ada"))) // once more
	d.shows("─ 3 ─╮")
	d.resize(80, 24)
	d.shows("Token · 1/3 read", "sub ada")
	d.press("tab")
	d.shows("Token · 2/3 read", "sub bob")
	d.press("esc")
	d.shows("Paste anything that holds a token", "▌ ● bob", "ada")
	d.press("esc", "f3", "f4")
	d.shows("sub bob")
}

// TestReadHereOpensAFile reads the tokens of a file.
func TestReadHereOpensAFile(t *testing.T) {
	dir := t.TempDir()
	answer := `{"access_token":"` + handmade(t, plainHeader, goodClaims("ada")) + `"}`
	if err := os.WriteFile(filepath.Join(dir, "answer.json"), []byte(answer), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	d := newDesktop(t)
	d.press("f4", "esc", "o")
	d.shows("A file with a token", "answer.json")
	d.press("enter")
	d.shows("sub ada", "● active")
}

// TestReplacedPublishedKey: a bad signature under a published key names the set and its age, and
// the set is fetched again by itself once it is old enough.
func TestReplacedPublishedKey(t *testing.T) {
	t.Parallel()
	p := &published{set: someSet(t)}
	p.set.Cached = true
	d := newDesktop(t, publishing(t, p))
	token := issuedBy(t, remote(t))
	d.read(token[:len(token)-6] + "AAAAAA")
	d.shows("✗ bad signature", "the set of https://auth.example.com/jwks, fetched",
		"if the issuer has replaced the key, fetch the published keys again", "d fetch the published keys again")
	if n := len(p.asked); n != 2 {
		t.Errorf("%d requests: %v", n, p.asked)
	}
	d.press("a")
	d.shows("▌ Fetch the published keys again")
	d.press("enter")
	equal(t, "requests", len(p.asked), 3)
	d.shows("of them verifies the token")
	if !strings.Contains(p.asked[2], "https://auth.example.com/jwks") {
		t.Errorf("asked %v", p.asked)
	}
}

// TestBoardVerifies: on the board another key changes the verdict in place, i checks the claims,
// and = compares the two that are marked.
func TestBoardVerifies(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) { s.Issuer = "https://auth.example.com" })
	d.read(strange(t))
	d.press("b")
	d.issued("bob")
	d.press("f3")
	d.find("compare two")
	d.shows("two tokens must be marked")
	d.press("esc", "home", "space", "end", "=")
	d.shows("Compare", "≠ sub", "ada", "bob")
	d.press("esc")
	for d.entry().Token.Subject() != "ada" {
		d.press("up")
	}
	d.press("i")
	d.shows("checked: not what .env expects of iss")
	d.press("i", "enter", "a")
	d.paste(strangeSecret)
	d.shows("● active", "pasted for this run")
	equal(t, "the verdict on the board", d.entry().Result.Verdict, auth.VerdictValid)
}
