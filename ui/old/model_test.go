package old

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/auth/jsontext"
	"tokendesk/settings"
)

// state is the console in one of the states in which a user meets it.
type state struct {
	name string
	open func(*testing.T) *desktop
}

func noKey(_ *Config, s *settings.Settings) { s.Key, s.Found, s.KeySource = nil, false, "" }

// loadFails makes the settings unreadable.
func loadFails(err error) func(*Config, *settings.Settings) {
	return func(c *Config, s *settings.Settings) {
		s.Key = nil
		c.Load = func() (*settings.Settings, error) { return s, err }
	}
}

func testProblems() settings.Problems {
	return settings.Problems{
		{File: ".env", Line: 3, Name: "SECRET_KEY", Text: "has 6 bytes and HS256 wants 32", Do: "make one with openssl rand -hex 32"},
		{File: "environment", Name: "ALGORITHM", Text: "is not known", Do: "use HS256, HS384 or HS512"},
	}
}

func manyProblems() settings.Problems {
	problems := testProblems()
	for _, name := range []string{"ACCESS_TOKEN_EXPIRE_MINUTES", "MAX_TOKEN_MINUTES", "SECRET_KEY_ENCODING", "ALLOW_WEAK_SECRET", "PERSONAS_FILE", "KEY_FILE"} {
		problems = append(problems, &settings.Problem{File: ".env", Line: len(problems) + 4, Name: name, Text: name + " is not what it should be", Do: "write it as the template says"})
	}
	return problems
}

const findingsHeader = `{"alg":"HS256","typ":"JWT","kid":"../../dev/null","jku":"https://evil.example/keys"}`

// states returns every state of every screen.
func states() []state {
	reading := func(header, claims string, keys ...string) func(*testing.T) *desktop {
		return after(func(d *desktop) {
			d.read(handmade(d.t, header, claims))
			d.press(keys...)
		})
	}
	claimsAt := func(iat, exp int64) string {
		return fmt.Sprintf(`{"sub":"ada@example.com","iat":%d,"exp":%d}`, moment.Unix()+iat, moment.Unix()+exp)
	}
	ada := func(d *desktop) { d.issued("ada@example.com") }
	then := func(keys ...string) func(*testing.T) *desktop {
		return after(func(d *desktop) { ada(d); d.toast = toast{}; d.press(keys...) })
	}
	long := `{"sub":"ada@example.com","iat":1795442652,"exp":1795444452,"text":"` + strings.Repeat("a long text ", 60) + `","list":[1,2,{"a":null,"b":true}],"empty":{}}`
	return []state{
		{"start first run", after(func(d *desktop) {}, noKey)},
		{"start no key in file", after(func(d *desktop) {}, noKey, func(_ *Config, s *settings.Settings) { s.Found = true })},
		{"start problems", after(func(d *desktop) {}, loadFails(testProblems()))},
		{"start many problems", after(func(d *desktop) {}, loadFails(manyProblems()))},
		{"start unreadable", after(func(d *desktop) {}, loadFails(errors.New("open .env: permission denied")))},
		{"start busy", after(func(d *desktop) { d.start.busy = true }, noKey)},
		{"start error", after(func(d *desktop) { d.press("enter") }, noKey)},

		{"issue empty", after(func(d *desktop) {})},
		{"issue typing", after(func(d *desktop) { d.typed("ada@example.com") })},
		{"issue invalid", after(func(d *desktop) { d.typed(" a@b@c "); d.press("tab"); d.issue.lifetime.set("1.5h") })},
		{"issue nothing typed", after(func(d *desktop) { d.press("enter") })},
		{"issue lifetime", after(func(d *desktop) { d.typed("ada"); d.press("tab", "down") })},
		{"issue claims rows", after(func(d *desktop) { d.press("tab", "tab"); d.typed("role=admin\nscopes:=[\"read\",\"write\"]") })},
		{"issue claims JSON", after(func(d *desktop) {
			d.press("tab", "tab")
			d.typed("role=admin\nscopes:=[\"read\",\"write\"]")
			d.press("ctrl+t")
		})},
		{"issue claims error", after(func(d *desktop) { d.press("tab", "tab"); d.typed("role=admin\nscopes:=[\"read\",") })},
		{"issue button", after(func(d *desktop) { d.typed("ada"); d.press("shift+tab") })},
		{"issue active", after(func(d *desktop) { ada(d); d.after(19 * time.Second) })},
		{"issue form beside a token", after(func(d *desktop) { ada(d); d.after(19 * time.Second); d.press("esc") })},
		{"issue soon", after(func(d *desktop) { ada(d); d.after(29 * time.Minute) })},
		{"issue expired", after(func(d *desktop) { ada(d); d.after(30*time.Minute + 12*time.Second) })},
		{"issue with claims", after(func(d *desktop) {
			d.issue.claims.set("role=admin\nscopes:=[\"read\",\"write\"]\nname=Zoë Müller")
			d.issue.claims.check()
			ada(d)
		}, func(_ *Config, s *settings.Settings) {
			s.Issuer, s.Audience = "https://auth.example.com", []string{"jobs", "mail"}
		})},
		{"issue weak key", after(ada, func(_ *Config, s *settings.Settings) {
			s.Key, _ = auth.NewHMACKey(auth.HS256, []byte("secret"), auth.AllowWeak())
		})},
		{"issue throwaway", after(func(d *desktop) { d.press("down", "enter"); ada(d) }, noKey)},
		{"issue local time", after(func(d *desktop) {
			d.at(moment.In(time.FixedZone("CET", 3600)))
			ada(d)
			d.press("l")
		})},
		{"issue warning", after(func(d *desktop) {}, func(_ *Config, s *settings.Settings) {
			s.Warnings = []settings.Warning{{File: ".env", Text: "others can read this file", Do: "chmod 600 .env"}}
		})},
		{"issue refused", after(func(d *desktop) { ada(d); d.press("esc"); d.send(issuedMsg{now: moment, err: errTest}) })},

		{"board empty", after(func(d *desktop) { d.goTo(screenBoard) })},
		{"board some", after(fillBoard)},
		{"board selected last", after(func(d *desktop) { fillBoard(d); d.press("end") })},
		{"board filtering", after(func(d *desktop) { fillBoard(d); d.press("/"); d.typed("o") })},
		{"board filtered", after(func(d *desktop) { fillBoard(d); d.press("/"); d.typed("so"); d.press("enter") })},
		{"board nothing matches", after(func(d *desktop) { fillBoard(d); d.press("/"); d.typed("nobody") })},
		{"board nothing matches kept", after(func(d *desktop) { fillBoard(d); d.press("/"); d.typed("nobody"); d.press("enter") })},
		{"board sorted", after(func(d *desktop) { fillBoard(d); d.press("s") })},
		{"board opened", after(func(d *desktop) { fillBoard(d); d.press("home", "enter") })},
		{"board many", after(func(d *desktop) {
			for i := range 100 {
				d.put(fmt.Sprintf("user-%03d@example.com", i), time.Duration(i+1)*time.Minute)
			}
			d.goTo(screenBoard)
			d.send(nil)
		})},

		{"inspect empty", after(func(d *desktop) { d.goTo(screenInspect) })},
		{"inspect typing", after(func(d *desktop) { d.goTo(screenInspect); d.typed("Bearer ey") })},
		{"inspect busy", after(func(d *desktop) { d.goTo(screenInspect); d.Update(tea.PasteMsg{Content: "x"}) })},
		{"inspect valid", reading(plainHeader, goodClaims("ada@example.com"))},
		{"inspect expired", reading(plainHeader, claimsAt(-3600, -12))},
		{"inspect not yet valid", reading(plainHeader, fmt.Sprintf(`{"sub":"ada","nbf":%d,"exp":%d}`, moment.Unix()+300, moment.Unix()+1800))},
		{"inspect no expiry", reading(plainHeader, `{"sub":"ada@example.com"}`)},
		{"inspect bad signature", after(func(d *desktop) {
			d.read("Authorization: Bearer " + handmadeWith(d.t, strings.Repeat("x", 32), plainHeader, goodClaims("ada@example.com")))
		})},
		{"inspect wrong key", reading(`{"alg":"RS256","kid":"2026-01","typ":"JWT"}`, goodClaims("ada@example.com"))},
		{"inspect malformed", after(func(d *desktop) { d.read("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEi") })},
		{"inspect encrypted", after(func(d *desktop) {
			d.read("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIn0." + strings.Repeat("k", 54) + "." + strings.Repeat("i", 16) + "." + strings.Repeat("c", 400) + "." + strings.Repeat("t", 22))
		})},
		{"inspect broken payload", reading(plainHeader, `{"sub":"ada"`)},
		{"inspect no token", after(func(d *desktop) { d.read("there is nothing in here") })},
		{"inspect too large", after(func(d *desktop) { d.read(strings.Repeat("x", find.MaxPasted+1)) })},
		{"inspect findings", reading(findingsHeader, `{"sub":"ada","iat":1795442712000,"password":"hunter2","admin":true}`)},
		{"inspect several", after(func(d *desktop) {
			d.read(fmt.Sprintf(`{"access_token":%q,"id_token":%q}`, handmade(d.t, plainHeader, goodClaims("access")), handmade(d.t, plainHeader, goodClaims("id"))))
		})},
		{"inspect long", reading(plainHeader, long)},
		{"inspect scrolled", reading(plainHeader, long, "down", "down", "down")},
		{"inspect whole", reading(plainHeader, long, "s")},

		{"edit", then("e")},
		{"edit error", after(func(d *desktop) {
			ada(d)
			d.toast = toast{}
			d.press("e")
			d.rewrite(`"sub": "ada@example.com",`, `"sub": "ada@example.com"`)
		})},
		{"edit foreign", reading(`{"alg":"RS256","typ":"JWT"}`, goodClaims("ada"), "e")},
		{"edit discard", then("e", "x", "esc")},
		{"help form", after(func(d *desktop) { d.press("f1") })},
		{"help token", then("?")},
		{"help board", after(func(d *desktop) { fillBoard(d); d.press("?") })},
		{"copy", then("c", "down", "down")},
		{"write", then("w")},
		{"write error", after(func(d *desktop) {
			ada(d)
			d.toast = toast{}
			d.press("w")
			d.write.path.set("testing_test.go")
			d.press("enter")
		})},
		{"personas", after(func(d *desktop) { d.personas(manyPersonas) })},
		{"personas filtered", after(func(d *desktop) { d.personas(manyPersonas); d.typed("ADM") })},
		{"personas none left", after(func(d *desktop) { d.personas(manyPersonas); d.typed("zz") })},
		{"persona save", after(func(d *desktop) { d.set.PersonasFile = "personas.yaml"; d.typed("ada"); d.press("ctrl+r") })},
		{"label", after(func(d *desktop) { fillBoard(d); d.press("n") })},
		{"offer", after(func(d *desktop) { d.paste(handmade(d.t, plainHeader, goodClaims("ada"))) })},
		{"offer on board", after(func(d *desktop) { d.goTo(screenBoard); d.paste(handmade(d.t, plainHeader, goodClaims("ada"))) })},
		{"toast", then("y")},

		{"start profiles", after(func(d *desktop) { d.press("down", "down") }, in("default", "staging"), noKey)},
		{"profile", after(func(d *desktop) {}, in("default", "staging"))},
		{"profile protected", after(func(d *desktop) { d.typed("ada@example.com") }, in("production", "staging"))},
		{"protect", after(func(d *desktop) { d.typed("ada@example.com"); d.press("enter") }, in("production", "staging"))},
		{"protect refused", after(func(d *desktop) { d.typed("ada@example.com"); d.press("enter"); d.typed("staging"); d.press("enter") }, in("production", "staging"))},
		{"protect edit", after(func(d *desktop) {
			d.read(handmade(d.t, plainHeader, goodClaims("ada@example.com")))
			d.press("e")
		}, in("production", "staging"))},
		{"faults", after(func(d *desktop) { d.typed("ada@example.com"); d.press("f5") })},
		{"faults end", after(func(d *desktop) { d.press("f5", "end") })},
		{"faults filtering", after(func(d *desktop) { d.press("f5", "/"); d.typed("public") })},
		{"faults none", after(func(d *desktop) { d.press("f5", "/"); d.typed("nothing"); d.press("enter") })},
		{"faults probed", after(probed)},
		{"probe", after(func(d *desktop) { d.press("f5", "p"); d.typed("http://localhost:8000/me") })},
		{"probe elsewhere", after(func(d *desktop) { d.press("f5", "p"); d.probe.url.set("http://192.0.2.1/me"); d.press("enter") })},
		{"fault", after(func(d *desktop) { d.press("f5", "enter") })},
		{"fault duplicate", after(func(d *desktop) { d.press("f5", "/"); d.typed("duplicate-alg"); d.press("enter", "enter") })},
		{"fault impossible", after(func(d *desktop) { d.press("f5", "/"); d.typed("ecdsa-zero"); d.press("enter", "enter") })},
		{"inspect published", func(t *testing.T) *desktop {
			var asked []string
			var fails error
			return after(func(d *desktop) {
				token, err := (&auth.Issuer{Key: remote(t), Now: d.clock.now, Rand: &counter{}}).Issue(auth.Request{Subject: "ada"})
				if err != nil {
					t.Fatal(err)
				}
				d.read(token.Compact)
			}, publishing(t, &asked, somePublished(t), &fails))(t)
		}},
		{"unlock", after(func(d *desktop) { d.typed("secret") }, locked("correct horse"))},
		{"keys secret", after(func(d *desktop) { d.press("f8") })},
		{"keys", func(t *testing.T) *desktop {
			return after(func(d *desktop) { d.press("f8", "down") }, pairs(t))(t)
		}},
		{"profiles", after(func(d *desktop) { d.press("f9", "down") }, in("default", "broken", "production", "staging"))},
		{"profiles broken", after(func(d *desktop) { d.press("f9", "down", "enter") }, in("default", "broken", "production", "staging"))},
		{"profiles one", after(func(d *desktop) { d.press("f9") }, in("default"))},
		{"profiles token elsewhere", after(func(d *desktop) { ada(d); d.toast = toast{}; d.press("P", "down", "enter") }, in("default", "staging"))},
		{"profiles board elsewhere", after(func(d *desktop) { fillBoard(d); d.press("P", "down", "enter") }, in("default", "staging"))},
	}
}

// after returns a console after some steps.
func after(steps func(*desktop), changes ...func(*Config, *settings.Settings)) func(*testing.T) *desktop {
	return func(t *testing.T) *desktop {
		t.Helper()
		d := newDesktop(t, changes...)
		steps(d)
		return d
	}
}

func fillBoard(d *desktop) {
	d.put("late@example.com", 20*time.Minute)
	d.put("ever@example.com", 0)
	d.put("gone@example.com", -time.Minute).label = "old"
	d.put("soon@example.com", time.Minute/2).label = "VIP customer"
	d.put("a.very.long.name+with.a.tag@an.even.longer.domain.example.co.uk", 10*24*time.Hour)
	d.read(handmadeWith(d.t, strings.Repeat("x", 32), plainHeader, goodClaims("eve@example.com")))
	d.press("b")
	d.inspect.pane = pane{}
	d.toast = toast{}
	d.goTo(screenBoard)
	d.send(nil)
}

// eachState runs a test on every state.
func eachState(t *testing.T, test func(*testing.T, *desktop)) {
	t.Helper()
	for _, s := range states() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			test(t, s.open(t))
		})
	}
}

func TestEscNeverQuits(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for range 6 {
			d.press("esc")
		}
		equal(t, "quit", d.quit, false)
		equal(t, "the overlay", d.overlay, overlayNone)
	})
}

func TestCtrlCQuits(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for _, size := range [][2]int{{120, 40}, {40, 10}, {20, 5}, {1, 1}} {
			d.quit = false
			d.resize(size[0], size[1])
			d.press("ctrl+c")
			equal(t, fmt.Sprintf("quit at %v", size), d.quit, true)
		}
	})
}

// TestQuitBeforeTheFirstSize: ctrl+c works before the terminal has said how
// large it is.
func TestQuitBeforeTheFirstSize(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(0, 0)
	d.press("ctrl+c")
	equal(t, "quit", d.quit, true)
}

// TestKeyTable: what the help lists is what the keys do.
func TestKeyTable(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		groups := d.groups()
		line := ansi.Strip(d.helpLine(groups, 1000))
		help := *d
		help.Model = &Model{desk: d.desk, styles: d.styles, helpGroups: groups}
		screen := ansi.Strip(strings.Join(help.viewHelp(newLayout(120, 200)), "\n"))

		first := map[string]string{} // the action that a key runs
		listed := map[string]bool{}
		for _, g := range groups {
			for _, a := range g.actions {
				if !a.Enabled() {
					continue
				}
				item := a.Help().Key + " " + a.Help().Desc
				listed[item] = true
				for _, k := range a.Keys() {
					if other, taken := first[k]; taken {
						t.Errorf("%q is %q and also %q, which it never does", k, other, item)
					}
					first[k] = item
				}
				if !strings.Contains(flat(screen), item) {
					t.Errorf("the help screen does not list %q", item)
				}
			}
		}
		for _, g := range groups {
			for _, a := range g.actions {
				item := a.Help().Key + " " + a.Help().Desc
				if a.Enabled() || listed[item] {
					continue
				}
				for _, shown := range append(strings.Split(line, " · "), strings.Split(screen, "\n")...) {
					if flat(shown) == item {
						t.Errorf("%q does nothing and is listed", item)
					}
				}
			}
		}
		if !strings.Contains(line, "ctrl+c quit") {
			t.Errorf("the help line does not say how to quit: %s", line)
		}
	})
}

// TestDisabledKeys do nothing at all.
func TestDisabledKeys(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		if d.typing() {
			t.Skip("they are typed")
		}
		enabled := map[string]bool{}
		var disabled []string
		for _, g := range d.groups() {
			for _, a := range g.actions {
				for _, k := range a.Keys() {
					if a.Enabled() {
						enabled[k] = true
					} else {
						disabled = append(disabled, k)
					}
				}
			}
		}
		before := d.View().Content
		for _, k := range disabled {
			if enabled[k] {
				continue
			}
			if _, cmd := d.Update(keyPress(t, k)); cmd != nil || d.View().Content != before {
				t.Errorf("%q is disabled and did something", k)
			}
		}
	})
}

// TestHelpOpens wherever the help line says so.
func TestHelpOpens(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for _, g := range d.groups() {
			for _, a := range g.actions {
				if a.Help().Desc != "help" || !a.Enabled() {
					continue
				}
				was := d.overlay
				d.press(a.Keys()[0])
				equal(t, "the overlay", d.overlay, overlayHelp)
				d.press("esc")
				equal(t, "the overlay after esc", d.overlay, was)
				return
			}
		}
	})
}

func TestHelpKey(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f1")
	d.shows("Help", "New token", "ctrl+t", "rows or JSON", "Everywhere", "ctrl+z", "suspend")
	for _, k := range []string{"esc", "f1", "?", "q", "enter"} {
		d.press(k)
		equal(t, "the overlay after "+k, d.overlay, overlayNone)
		d.press("f1")
	}
	d.resize(40, 10)
	d.shows("↑/↓")
	before := d.screenText()
	d.press("down")
	if d.screenText() == before {
		t.Error("the help does not scroll")
	}
	d.press("ctrl+c")
	equal(t, "quit", d.quit, true)
}

func TestSuspend(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	if !canSuspend {
		t.Skip("there is no suspending here")
	}
	d.press("ctrl+z")
	equal(t, "suspended", d.sleep, true)
}

// TestScreensByKey goes from each screen to each other.
func TestScreensByKey(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{"1", "2", "3"}, {"f2", "f3", "f4"}, {"alt+1", "alt+2", "alt+3"}} {
		d := newDesktop(t)
		d.issued("ada")
		for _, to := range []int{1, 2, 1, 0, 2, 0} {
			if d.typing() && len(keys[to]) == 1 {
				d.press([]string{"f2", "f3", "f4"}[to]) // digits are typed
			} else {
				d.press(keys[to])
			}
			equal(t, "the screen", d.screen, screenIssue+screen(to))
		}
	}
}

func TestTooSmall(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		before := d.View().Content
		for _, size := range [][2]int{{39, 10}, {40, 9}, {20, 3}, {1, 1}, {200, 1}, {1, 100}} {
			d.resize(size[0], size[1])
			checkSize(t, d, size[0], size[1], false)
			if size[0] >= 20 && size[1] >= 5 {
				d.shows("Tokendesk needs 40 columns and 10 rows: make the window larger, or ctrl+c to quit.")
			}
			if d.View().Cursor != nil {
				t.Errorf("there is a cursor at %v", size)
			}
			d.press("enter", "x", "e")
		}
		d.resize(120, 40)
		equal(t, "the screen after the window grew", d.View().Content, before)
	})
}

// checkSize looks whether a screen fits the terminal exactly.
func checkSize(t *testing.T, d *desktop, width, height int, whole bool) {
	t.Helper()
	v := d.View()
	lines := strings.Split(v.Content, "\n")
	if len(lines) > height || whole && len(lines) != height {
		t.Errorf("%d lines at %d by %d:\n%s", len(lines), width, height, ansi.Strip(v.Content))
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w > width {
			t.Errorf("line %d has %d cells at %d by %d: %s", i, w, width, height, ansi.Strip(line))
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.X >= width || c.Y < 0 || c.Y >= height) {
		t.Errorf("the cursor is at %d, %d of %d by %d", c.X, c.Y, width, height)
	}
	if d.failed.Load() {
		t.Errorf("a panic at %d by %d", width, height)
	}
}

// TestEverySize draws every state in many sizes.
func TestEverySize(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for _, width := range []int{40, 60, 95, 96, 200} {
			for _, height := range []int{10, 15, 16, 24} {
				d.resize(width, height)
				checkSize(t, d, width, height, true)
			}
		}
	})
}

// TestViewIsPure: the same model is the same screen.
func TestViewIsPure(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		first := d.View()
		equal(t, "the second view", d.View().Content, first.Content)
	})
}

// TestNoSize draws before the terminal has said how large it is.
func TestNoSize(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for _, size := range [][2]int{{0, 0}, {0, 10}, {10, 0}} {
			d.resize(size[0], size[1])
			equal(t, "the content", d.View().Content, "")
			equal(t, "failed", d.failed.Load(), false)
		}
	})
}

func TestFirstView(t *testing.T) {
	t.Parallel()
	m := New(Config{
		Load: func() (*settings.Settings, error) { return testSettings(t), nil },
		Now:  func() time.Time { return moment }, Rand: &counter{},
	})
	v := m.View()
	equal(t, "the content", v.Content, "")
	equal(t, "the title", v.WindowTitle, "tokendesk")
	equal(t, "the alternate screen", v.AltScreen, true)
	equal(t, "the mouse", v.MouseMode, tea.MouseModeCellMotion)
	m.desk.settings.Mouse = false
	equal(t, "the mouse", m.View().MouseMode, tea.MouseModeNone)
	if m.Init() == nil {
		t.Error("nothing starts the ticks")
	}
}

// TestBackground draws light and dark with the same text.
func TestBackground(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		dark, text := d.View().Content, d.screenText()
		d.send(tea.BackgroundColorMsg{Color: ansi.BrightWhite})
		equal(t, "the text", d.screenText(), text)
		if d.View().Content == dark {
			t.Error("the light screen is the dark one")
		}
	})
}

const panicValue = "the secret value of a panic"

// TestPanics end the console without a word about the value.
func TestPanics(t *testing.T) {
	t.Parallel()
	t.Run("Update", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.board.byText = nil // writing to it panics
		d.send(issuedMsg{now: moment, entry: &entry{token: &auth.Token{Compact: panicValue}}})
		equal(t, "quit", d.quit, true)
		equal(t, "failed", d.failed.Load(), true)
	})
	t.Run("View", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.issued("ada").token = nil
		d.hides("ada")
		d.shows("This screen could not be drawn. ctrl+c quits.")
		equal(t, "failed", d.failed.Load(), true)
	})
	t.Run("command", func(t *testing.T) {
		t.Parallel()
		for _, broken := range []tea.Cmd{
			func() tea.Msg { panic(panicValue) },
			func() tea.Msg {
				return tea.BatchMsg{func() tea.Msg { return nil }, func() tea.Msg { panic(panicValue) }}
			},
		} {
			d := newDesktop(t)
			d.run(calm(broken))
			equal(t, "quit", d.quit, true)
			equal(t, "failed", d.failed.Load(), true)
		}
	})
	t.Run("the first command", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.cfg.Now = func() time.Time { panic(panicValue) }
		d.now = moment.Add(time.Second - 1) // the tick is due at once
		d.run(d.Init())
		equal(t, "failed", d.failed.Load(), true)
	})
	t.Run("what is said", func(t *testing.T) {
		t.Parallel()
		for _, err := range []error{nil, tea.ErrProgramPanic, fmt.Errorf("%w: %s", tea.ErrProgramPanic, panicValue)} {
			got := verdict(err, true)
			if !errors.Is(got, errFailed) || strings.Contains(got.Error(), panicValue) {
				t.Errorf("%v became %v", err, got)
			}
		}
	})
}

// hostile is what strangers write to make a terminal do things.
func hostile() []string {
	return []string{
		"\x1b]52;c;aGVsbG8=\a",
		"\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\",
		"\x1b[" + strings.Repeat("1;", 40) + "m",
		"\x1b[31mred",
		"\x9b31m\u009b31m",
		"\u009d52;c;aGVsbG8=\u009c",
		"\x1bP" + strings.Repeat("1;", 40) + "q\x1b\\",
		"a\rb\nc\td\be\af",
		"abc\u202edef\u2066ghi\u200fjkl",
		"zero\u200bwidth\u2060joined\ufeff",
		"\u115f\u3164\u2800\u034f\U000e0100",
		"e" + strings.Repeat("\u0301", 40),
		"\x7f\x80\xff",
		"👨\u200d👩\u200d👧\u2028\u2029",
	}
}

var sgr = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

// checkInert looks for anything on the screen that is not text.
func checkInert(t *testing.T, d *desktop) {
	t.Helper()
	v := d.View()
	for _, style := range sgr.FindAllString(v.Content, -1) {
		if strings.Count(style, ";") > 20 {
			t.Errorf("a style has too many parameters: %q", style)
		}
	}
	for _, r := range sgr.ReplaceAllString(v.Content, "") {
		if r < ' ' && r != '\n' || r >= 0x7f && r <= 0x9f ||
			slices.Contains([]rune("\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u115f\u3164\u2800\u034f\U000e0100"), r) {
			t.Errorf("%U is on the screen raw:\n%q", r, ansi.Strip(v.Content))
			return
		}
	}
	equal(t, "the window's title", v.WindowTitle, "tokendesk")
}

// TestHostile puts what strangers write wherever they can.
func TestHostile(t *testing.T) {
	t.Parallel()
	for i, text := range hostile() {
		quoted := string(jsontext.Quote(strings.ToValidUTF8(text, "")))
		name := strings.ToValidUTF8(text, "")
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			header := `{"alg":"HS256","typ":` + quoted + `,"kid":` + quoted + `,` + quoted + `:1}`
			claims := fmt.Sprintf(`{"sub":%s,%s:%s,"deep":{%s:[%s]},"aud":%s,"exp":%d}`, quoted, quoted, quoted, quoted, quoted, quoted, moment.Unix()+900)
			token := handmade(t, header, claims)
			d := newDesktop(t, func(_ *Config, s *settings.Settings) {
				s.ProjectName, s.ProjectVersion, s.File = text, text, text
				s.Warnings = []settings.Warning{{File: text, Name: text, Text: text, Do: text}}
			})
			check := func(what string) {
				t.Helper()
				for _, size := range [][2]int{{120, 40}, {40, 12}} {
					d.resize(size[0], size[1])
					checkSize(t, d, size[0], size[1], true)
					checkInert(t, d)
				}
				if t.Failed() {
					t.Fatalf("above: %s", what)
				}
			}
			check("the title and the warning")
			d.read(token)
			check("the token")
			d.press("s", "end")
			check("the token, whole")
			d.press("b", "2")
			check("the board")
			d.board.selected.label = text
			check("the label on the board")
			d.press("enter")
			check("the opened token")
			d.press("c")
			for range 7 {
				check("the copy menu")
				d.press("down")
			}
			d.press("esc", "e")
			equal(t, "the overlay", d.overlay, overlayEdit)
			check("the editor")
			d.press("ctrl+s")
			check("the edited token")
			d.press("w")
			d.write.what = text
			d.send(wroteMsg{text, errors.New(text)})
			check("the file that could not be written")
			d.send(wroteMsg{text, nil})
			check("the toast")
			d.send(tickMsg{d.ticks, moment.Add(900 * time.Second)})
			check("the notice")
			d.read(text + "." + name + ".x")
			check("what is no token")
			d.press("esc")
			d.paste("x" + text)
			check("what is no token, again")
			d.goTo(screenIssue)
			d.issue.moveTo(claimsField)
			d.issue.claims.asJSON = true
			d.issue.claims.set("{" + quoted + ":" + quoted + "}")
			d.issue.claims.set(escapeJSON(d.issue.claims.Value()))
			d.issue.claims.check()
			check("the claims")
			d.press("ctrl+t")
			check("the claims as rows")
			d.send(issuedMsg{now: moment, err: errors.New(text)})
			check("the error")
			d.issue.moveTo(subjectField)
			d.paste(text)
			check("what is pasted")
			d.send(tea.KeyPressMsg{Code: tea.KeyExtended, Text: text})
			check("what is typed")

			d = newDesktop(t, loadFails(settings.Problems{{File: text, Line: 1, Name: text, Text: text, Do: text}}))
			check("the problems")
			d = newDesktop(t, loadFails(errors.New(text)))
			check("the settings that could not be read")
			d.set.File = text
			d.press("enter")
			check("the file")
			d = newDesktop(t, noKey, func(_ *Config, s *settings.Settings) { s.File, s.Found = text, true })
			check("the file without a key")
		})
	}
}

// TestNumbersBeyondDates are shown as they were written.
func TestNumbersBeyondDates(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"1e400", "-1e400", "99999999999999999999", "-5", "0", "1795444512.75", fmt.Sprint(int64(math.MaxInt64)), `"tomorrow"`, "null"} {
		d := newDesktop(t)
		d.read(handmade(t, plainHeader, `{"sub":"ada","iat":`+number+`,"exp":`+number+`}`))
		d.shows("exp  " + strings.Trim(number, `"`))
		d.press("b", "2")
		d.shows("ada")
		d.after(time.Hour)
		d.press("s", "s", "s", "enter", "e")
		equal(t, "failed", d.failed.Load(), false)
	}
}

// TestMouse clicks and scrolls.
func TestMouse(t *testing.T) {
	t.Parallel()
	click := func(d *desktop, text string) {
		d.t.Helper()
		for y, line := range strings.Split(d.screenText(), "\n") {
			if before, _, ok := strings.Cut(line, text); ok {
				d.send(tea.MouseClickMsg{X: ansi.StringWidth(before) + 1, Y: y, Button: tea.MouseLeft})
				return
			}
		}
		d.t.Fatalf("there is no %q to click on:\n%s", text, d.screenText())
	}
	for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 12}} {
		d := newDesktop(t)
		d.resize(size[0], size[1])
		click(d, "Lifetime")
		equal(t, "the focus", d.issue.focus, lifetimeField)
		click(d, "Claims")
		equal(t, "the focus", d.issue.focus, claimsField)
		click(d, ">")
		equal(t, "the focus", d.issue.focus, subjectField)
		d.typed("ada")
		click(d, "Issue token")
		equal(t, "tokens on the board", len(d.board.items), 1)
		d.toast = toast{} // where the window is small it covers the tabs
		click(d, "2 Board")
		equal(t, "the screen", d.screen, screenBoard)
		d.put("bob", time.Minute)
		d.toast = toast{}
		d.send(nil)
		click(d, "ada")
		equal(t, "the selection", d.selected(), "ada")
		equal(t, "opened", d.board.opened, false)
		click(d, "ada")
		equal(t, "opened", d.board.opened, true)
		top := d.screenText()
		d.resize(size[0], 12)
		d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		if d.screenText() == top {
			t.Error("the wheel does not scroll")
		}
		d.toast = toast{}
		click(d, "3 Inspect")
		equal(t, "the screen", d.screen, screenInspect)
		d.send(tea.MouseClickMsg{X: 1000, Y: 1000, Button: tea.MouseLeft}, tea.MouseClickMsg{Button: tea.MouseRight})
	}
	d := newDesktop(t, noKey)
	click(d, "Use a key for this run only")
	equal(t, "the screen", d.screen, screenIssue)
}

// TestMatchesNothing: no key of the table is written in a way that no terminal
// sends.
func TestMatchesNothing(t *testing.T) {
	t.Parallel()
	eachState(t, func(t *testing.T, d *desktop) {
		for _, g := range d.groups() {
			for _, a := range g.actions {
				for _, k := range a.Keys() {
					if b := a.Binding; a.Enabled() && !key.Matches(keyPress(t, k), b) {
						t.Errorf("%q does not match", k)
					}
				}
			}
		}
	})
}

// TestWeakEverywhere: every screen says that the key is weak, in every size.
func TestWeakEverywhere(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) {
		s.Key = testKey(t, auth.HS256, "secret", auth.AllowWeak())
		s.Warnings = []settings.Warning{{File: ".env", Text: "others can read this file", Do: "chmod 600 .env"}}
		s.ProjectName = strings.Repeat("A long name ", 10)
	})
	d.issued("ada")
	for _, width := range []int{40, 50, 60, 80, 96, 120, 200} {
		for _, at := range []screen{screenIssue, screenBoard, screenInspect} {
			d.goTo(at)
			d.resize(width, 24)
			d.shows("▲ WEAK KEY", "▲ 1 warning")
		}
	}
}

// TestTitleRow: a long name is shortened, the key stays, and no separator is
// left without something behind it.
func TestTitleRow(t *testing.T) {
	t.Parallel()
	weak := func(s *settings.Settings) { s.Key = testKey(t, auth.HS256, "secret", auth.AllowWeak()) }
	warned := func(s *settings.Settings) { s.Warnings = make([]settings.Warning, 2) }
	named := func(s *settings.Settings) {
		s.ProjectName, s.ProjectVersion = "Acme Internal Customer Billing Service", "10.12.3-rc1"
	}
	long := func(s *settings.Settings) { s.ProjectName = strings.Repeat("漢字", 100) }
	for _, changes := range [][]func(*settings.Settings){
		{},
		{named},
		{long},
		{weak},
		{warned},
		{named, weak},
		{long, warned},
		{named, warned, weak},
		{func(s *settings.Settings) { s.File = strings.Repeat("long", 30) }},
	} {
		d := newDesktop(t, func(_ *Config, s *settings.Settings) {
			for _, change := range changes {
				change(s)
			}
		})
		for width := minWidth; width <= 200; width++ {
			row := ansi.Strip(d.titleRow(width))
			if textWidth(row) != width {
				t.Errorf("%d cells, want %d: %s", textWidth(row), width, row)
			}
			if !strings.Contains(row, "key "+d.desk.key().Fingerprint()) {
				t.Errorf("the key is not in %q", row)
			}
			if width >= 60 && !strings.Contains(row, "14:05:12 UTC") {
				t.Errorf("the clock is not in %q", row)
			}
			if width >= 100 && !regexp.MustCompile(`· HS256(, HMAC with SHA-256)? ·`).MatchString(row) {
				t.Errorf("the file or the algorithm is not in %q", row)
			}
			if regexp.MustCompile(`· *(·|$|[0-9]{2}:)|^ *·`).MatchString(row) {
				t.Errorf("a separator stands alone in %q", row)
			}
		}
	}
	d := newDesktop(t, func(_ *Config, s *settings.Settings) { named(s); weak(s) })
	d.resize(100, 24)
	d.shows("tokendesk Acme Internal Customer Billin… .env · ▲ WEAK KEY · HS256 · key")
	d = newDesktop(t, noKey)
	d.resize(40, 10)
	d.shows("tokendesk no key 14:05:12 UTC")
}
