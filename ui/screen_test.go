package ui

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/golang-jwt/jwt/v5"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/desk"
	"tokendesk/settings"
)

// The tests of this file run the program as a whole: keys go in as a terminal
// sends them, and what it writes is read from the screen of an emulator.

// From nothing to a token that another library accepts with the secret that was
// written.
func TestScreenFirstRun(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), ".env")
	template, err := os.ReadFile("../.env.template")
	if err != nil {
		t.Fatal(err)
	}
	s := emulate(t, 100, 30, func(c *Config) {
		c.Source = desk.Source{
			File: path, Template: string(template), Lookup: func(string) (string, bool) { return "", false },
			Now: c.Source.Now, Rand: c.Source.Rand,
		}
	})
	s.shows("You need a key to sign tokens", "Create .env here with a fresh secret")
	s.press(enter)
	s.shows("with a fresh secret", "such as ada@example.com")
	s.press("zoë@example.com", enter)
	s.shows("● active", "30m left", "✓ valid: signed with HS256 by key")
	s.press("\x19") // ctrl+y
	compact := s.clipboard()

	loaded, err := settings.Load(settings.Options{File: path})
	if err != nil || loaded.Key == nil {
		t.Fatalf("the file cannot be read back: %v", err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, secret, _ := strings.Cut(string(text), "\nSECRET_KEY=")
	secret, _, _ = strings.Cut(secret, "\n")
	parsed, err := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithTimeFunc(s.clock.now)).
		Parse(compact, func(*jwt.Token) (any, error) { return []byte(secret), nil })
	if err != nil {
		t.Fatalf("golang-jwt refuses the token: %v", err)
	}
	if sub, _ := parsed.Claims.GetSubject(); sub != "zoë@example.com" {
		t.Errorf("the subject is %q", sub)
	}
}

func TestScreenExpiry(t *testing.T) {
	t.Parallel()
	s := emulate(t, 100, 30)
	s.shows("such as ada@example.com")
	s.press("ada@example.com", next, ctrlU, "2m", enter)
	s.shows("● active", "2m left")
	s.tick(moment.Add(61 * time.Second))
	s.shows("▲ expires soon", "59s left", "expires in 59s")
	s.tick(moment.Add(2*time.Minute - 1))
	s.shows("▲ expires soon", "1s left")
	s.tick(moment.Add(2 * time.Minute))
	s.shows("✗ expired", "expired just now", "the token for ada@example.com expired")
	s.tick(moment.Add(2*time.Minute + 12*time.Second))
	s.shows("expired 12s ago")
	s.tick(moment.Add(time.Minute)) // the clock was put back
	s.shows("1m left")
}

func TestScreenPasteToVerdict(t *testing.T) {
	t.Parallel()
	s := emulate(t, 100, 40)
	s.shows("such as ada@example.com")
	none := `curl -H "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9." https://api.example.com`
	s.paste(none)
	s.shows("The pasted text holds 1 token")
	s.press(enter)
	s.shows(" 3 Inspect ", "✗ unsupported", `alg is "none"`, "the signature was not checked",
		"extracted from: the Authorization header", "danger: alg is none")
	s.paste(`{"access_token":"` + signed(t, `{"sub":"\u001b]52;c;aGk=\u0007\u202e","exp":1795444512}`) + `"}`)
	s.shows("● active", `\x1b]52;c;aGk=`, "<U+202E>", "✓ valid", "the value of access_token")
	s.paste("hello world")
	s.shows("there is no token in this text")
}

func signed(t *testing.T, claims string) string {
	t.Helper()
	object, err := jsontext.ParseObject([]byte(claims))
	if err != nil {
		t.Fatal(err)
	}
	issuer := auth.Issuer{Key: testKey(t, auth.HS256, testSecret)}
	token, err := issuer.Sign(issuer.Header(), object)
	if err != nil {
		t.Fatal(err)
	}
	return token.Compact
}

func TestScreenBoard(t *testing.T) {
	t.Parallel()
	s := emulate(t, 100, 30)
	s.shows("such as ada@example.com")
	for _, each := range [][2]string{{"carol", "7d"}, {"ada", "30m"}, {"bob", "45s"}} {
		s.press(ctrlU, each[0], next, ctrlU, each[1], enter)
		s.shows("issued for " + each[0])
		s.escape("c copy as")
		s.escape("enter issue")
	}
	s.press("\x1bOR") // f3
	s.shows(" 2 Board 3 ", "3 tokens", "soonest first")
	if screen := s.screen(); !inOrder(screen, "bob", "ada", "carol") {
		t.Errorf("the order is wrong:\n%s", screen)
	}
	s.press("/", "AD")
	s.shows("1 of 3 tokens")
	s.press(enter, enter)
	s.shows("sub       ada", "30m left")
	s.clock.set(moment.Add(10 * time.Second))
	s.press("r")
	s.shows(" 1 Issue ", "2 Board 4", "issued for ada", "30m left")
	s.press("2")
	s.shows("esc back") // the token that was open
	s.escape("2 of 4 tokens")
	s.press("x")
	s.shows("1 of 3 tokens")
	s.escape("3 tokens")
}

func inOrder(screen string, names ...string) bool {
	for _, name := range names {
		_, rest, found := strings.Cut(screen, name)
		if !found {
			return false
		}
		screen = rest
	}
	return true
}

func TestScreenResizeWhileTyping(t *testing.T) {
	t.Parallel()
	s := emulate(t, 120, 40)
	s.shows("such as ada@example.com")
	s.press("ada@exam")
	s.shows("For        ada@exam")
	for _, size := range [][2]int{{80, 24}, {40, 10}, {30, 5}, {120, 40}} {
		s.mu.Lock()
		s.emulator.Resize(size[0], size[1])
		s.mu.Unlock()
		s.program.Send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		if size[0] < minWidth {
			s.shows("Tokendesk needs")
			continue
		}
		s.shows("For        ada@exam")
	}
	s.press("ple.com", enter)
	s.shows("issued for ada@example.com")
}

func TestScreenEdit(t *testing.T) {
	t.Parallel()
	s := emulate(t, 120, 40)
	s.shows("such as ada@example.com")
	s.press("ada", enter)
	s.shows("issued for ada")
	s.escape("c copy as")
	s.press("e")
	s.shows("Edit as new", "Re-signed", `"sub": "ada"`)
	s.press("x")
	s.shows("✗ expected a JSON object, found 'x' at line 1, column 1")
	s.press("\x7f")
	s.shows("re-signed with key")
	s.press(ctrlS)
	s.shows("nothing was changed")
	s.press("e")
	s.shows("Edit as new")
	s.press("\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B", "\"role\": \"admin\",") // before "sub"
	s.shows(`"role": "admin",`, "re-signed with key")
	s.press(ctrlS)
	s.shows("signed a new token and kept the original", "role")
}

func TestScreenMouse(t *testing.T) {
	t.Parallel()
	s := emulate(t, 120, 40)
	s.shows("such as ada@example.com")
	click := func(x, y int) {
		s.press("\x1b[<0;" + strconv.Itoa(x+1) + ";" + strconv.Itoa(y+1) + "M") // at once, as a terminal does
	}
	click(12, 1) // the second tab
	s.shows(" 2 Board ")
	click(2, 1)
	s.shows(" 1 Issue ", "such as ada@example.com")
	click(s.at("such as role=admin"))
	s.press("role=admin")
	s.shows("role      admin")
	click(s.at("such as ada@example.com"))
	s.press("ada")
	s.shows("For        ada")
	click(s.at("Issue ⏎"))
	s.shows("issued for ada", "role")
}

func TestScreenHelp(t *testing.T) {
	t.Parallel()
	s := emulate(t, 80, 24)
	s.shows("such as ada@example.com")
	s.press("?") // is a character here
	s.shows("For        ?")
	s.press("\x1bOP") // f1
	s.shows("Help", "Everywhere")
	s.press(esc)
	s.hides("Everywhere")
	s.shows("For        ?")
}

// Real profiles in a folder: from one to a broken one, to a protected one, to a token.
func TestScreenProfiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		".env": "SECRET_KEY=" + testSecret, ".env.broken": "SECRET_KEY=https://a.b",
		".env.production": "SECRET_KEY=" + productionSecret + "\nPROTECTED=true", ".env.template": "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	env := filepath.Join(dir, ".env")
	s := emulate(t, 80, 24, func(c *Config) {
		c.Source = desk.Source{
			File: env, Lookup: func(string) (string, bool) { return "", false },
			Now: c.Source.Now, Rand: c.Source.Rand,
		}
	})
	s.shows("profile default")
	s.press("ada", "\x1b[20~") // f9
	s.shows("▌ default", "in use", "production")
	s.hides("template")
	s.press("\x1b[B", enter)
	s.shows("✗ broken", "cannot be used with HS256", "Nothing was changed.")
	s.press("\x1b[B", enter)
	s.shows("production · ▲ PROTECTED", "For        ada")
	s.press(enter)
	s.shows("▲ production is protected")
	s.press("production", enter)
	s.shows("issued for ada", "● active")
}

// Two esc that a terminal sends at once are read as alt+esc.
func TestScreenEscTwice(t *testing.T) {
	t.Parallel()
	s := emulate(t, 100, 30)
	s.shows("such as ada@example.com")
	s.press("ada", enter)
	s.shows("esc to the token")
	s.press(esc + esc)
	s.shows("c copy as")
}

func TestScreenWithoutColour(t *testing.T) {
	t.Parallel()
	s := emulate(t, 100, 30, func(c *Config) { c.Environ = append(c.Environ, "NO_COLOR=1") })
	s.shows("such as ada@example.com")
	s.press("ada", enter)
	s.shows("● active", "✓ valid")
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, colour := range []string{"\x1b[38;", "\x1b[48;", ";38;", ";48;"} {
		if strings.Contains(s.raw.String(), colour) {
			t.Errorf("colour was written: %q", colour)
		}
	}
}
