package ui

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/settings"
)

// live moves the clock to so long after the beginning, and does what the tick asks for.
func (d *desktop) live(passed time.Duration) {
	d.t.Helper()
	now := moment.Add(passed + 999*time.Millisecond) // the next tick is not waited for
	d.clock.set(now)
	_, cmd := d.Update(tickMsg{d.watch.ticks, now})
	batch, ok := cmd().(tea.BatchMsg)
	if !ok {
		return // only the next tick
	}
	for _, each := range batch[1:] {
		d.run(each)
	}
}

func TestBoardMarks(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("home", "space", "space")
	d.shows("4 tokens · 1 expired · 2 marked", "* ▲ 5m soon", "* ● 20m late")
	equal(t, "the selection", d.selected(), "ever")
	d.press("x")
	equal(t, "the board", d.onBoard(), "ever gone")
	d.shows("✓ 2 tokens removed from the board · u puts them back")
	d.press("u")
	equal(t, "the board", d.onBoard(), "soon late ever gone")
	d.shows("2 marked", "✓ 2 tokens are on the board again")
	d.press("a")
	d.shows("4 marked")
	d.press("a")
	d.hides("marked")
	d.press("a", "esc")
	d.hides("marked")

	d.press("d")
	d.shows("✓ 1 token expired and removed from the board · u puts it back")
	equal(t, "the board", d.onBoard(), "soon late ever")
	d.press("d")
	equal(t, "none has expired", d.ctx.Board.Len(), 3)
	d.press("home", "n")
	d.typed("mine")
	d.press("enter", "u")
	d.shows("the token has no label again")
	d.press("u", "u", "u")
	equal(t, "the board", d.onBoard(), "soon late ever gone")
}

// TestBoardMoves: k and j do not move on the board.
func TestBoardMoves(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("home", "j")
	equal(t, "the selection", d.selected(), "soon")
	d.shows("↓ goes down and ↑ up; k keeps the token alive")
	d.press("down", "k")
	equal(t, "the selection", d.selected(), "late")
}

// TestBoardBadge: the tab says how many have expired, on every screen.
func TestBoardBadge(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("f2")
	d.shows("2 Board 4 ·1 expired")
	d.after(5 * time.Minute)
	d.shows("2 Board 4 ·2 expired")
}

// TestBoardPaste adds all tokens of a paste and says what became of them.
func TestBoardPaste(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	ada, bob := handmade(t, plainHeader, goodClaims("ada")), handmade(t, plainHeader, goodClaims("bob"))
	soon := d.ctx.Board.Window(0, 1, d.ctx.Now)[0].Token.Compact
	d.paste(strings.Join([]string{"# tokens", ada, bob, soon, ada, "eyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.c2ln"}, "\n"))
	d.shows("✓ 2 tokens of the pasted text added · 2 were there already · 1 could not be read · 1 line has none · u takes them away")
	equal(t, "tokens", d.ctx.Board.Len(), 6)
	d.press("u")
	d.shows("2 tokens were taken away again")
	equal(t, "the board", d.onBoard(), "soon late ever gone")
	d.paste(ada + "\n" + bob)
	d.paste(ada)
	d.shows("▲ 0 tokens of the pasted text added · 1 was there already")
	d.paste("hello")
	d.shows("✗ no token was found in the pasted text")
}

// listOf is a file of that many tokens, one a line.
func listOf(t testing.TB, tokens int) string {
	t.Helper()
	var b strings.Builder
	for i := range tokens {
		b.WriteString(handmade(t, plainHeader, fmt.Sprintf(`{"sub":"user%05d","exp":%d}`, i, moment.Unix()+int64(i)+60)) + "\n")
	}
	return b.String()
}

func TestBoardOpenFile(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	token := handmade(t, plainHeader, goodClaims("ada"))
	curl := "curl -H 'Authorization: Bearer " + token + "' \\\n  http://localhost/"
	quoted, err := json.Marshal(curl)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"tokens.txt": listOf(t, 5000), "two.har": `{"log":{"entries":[{"request":{"text":` + string(quoted) + `}}]}}`,
		"none.txt": "hello", ".hidden": "",
	} {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(home, "more"), 0o700); err != nil {
		t.Fatal(err)
	}
	d := newDesktop(t, func(c *Config, _ *settings.Settings) { c.Environ = append(c.Environ, "HOME="+home) })
	d.press("f3", "o")
	d.shows("Open a file of tokens", "a token a line, JSON, HAR")
	d.typed("~/")
	d.shows("more/", "none.txt", "tokens.txt", "two.har")
	d.hides(".hidden")
	d.press("enter")
	d.shows("~/more/")
	d.press("ctrl+u")
	d.typed("~/t")
	d.hides("none.txt")
	d.press("tab")
	d.shows("~/tokens.txt")
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "")
	d.shows("5000 tokens", "✓ 5000 tokens of tokens.txt added · u takes them away", "user00000")
	d.press("o")
	d.typed("~/two")
	d.press("enter")
	d.shows("✓ 1 token of two.har added")
	d.press("o")
	d.typed("~/none.txt")
	d.press("enter")
	d.shows("✗ no token was found in none.txt")
	d.press("o")
	d.typed("~/missing")
	d.press("enter")
	d.shows("✗ there is no file", filepath.Join(home, "missing"))
	d.press("esc")
	equal(t, "tokens", d.ctx.Board.Len(), 5001)
	d.press("u", "u")
	equal(t, "tokens", d.ctx.Board.Len(), 0)
}

// TestBoardVerifiesUnseen: a token becomes valid while another screen is in front.
func TestBoardVerifiesUnseen(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	claims := fmt.Sprintf(`{"sub":"later","iat":%d,"nbf":%d,"exp":%d}`, moment.Unix(), moment.Unix()+12, moment.Unix()+3600)
	d.paste(handmade(t, plainHeader, claims))
	d.shows("○ in 12s later")
	d.press("/")
	d.typed("later")
	d.press("enter", "home", "f2")
	d.after(12 * time.Second)
	equal(t, "the verdict", d.entry().Result.Verdict, auth.VerdictValid)
	d.press("f3")
	d.shows("● 59m 48s later")
}

// TestBoardKeepAlive: a token is issued again before it expires, whichever screen is in
// front.
func TestBoardKeepAlive(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	old := d.entry()
	d.press("f3", "k")
	d.shows("✓ the token for ada is kept alive: issued again before expiry", "◉ 30m ada", "kept alive: k lets it expire")
	d.press("n")
	d.typed("mine")
	d.press("enter", "f2")
	d.live(28 * time.Minute)
	equal(t, "the entry", d.entry(), old)
	d.live(29 * time.Minute)
	d.shows("✓ the token for ada was issued again, before the old one expired")
	equal(t, "it is another one", d.entry() != old, true)
	equal(t, "its label", d.entry().Label, "mine")
	equal(t, "tokens", d.ctx.Board.Len(), 1)
	equal(t, "the screen", d.front(), "Issue")
	d.press("f3")
	d.shows("◉ 30m ada")
	d.live(58 * time.Minute)
	d.shows("was issued again")
	d.press("k")
	d.shows("✓ the token for ada is not kept alive any more")
	d.live(90 * time.Minute)
	d.shows("✗ 2m ago ada")
}

// TestBoardKeepAliveProtected: nothing is issued for a protected profile before its name was
// typed, and after that for that profile alone.
func TestBoardKeepAliveProtected(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) { s.Protected, s.Profile = true, "prod" })
	e := d.put("ada", 30*time.Minute)
	d.press("f3", "home", "k")
	d.shows("type prod")
	d.press("esc")
	equal(t, "kept alive", d.ctx.Board.SelectedRow().Kept, false)
	d.press("k")
	d.typed("prod")
	d.press("enter")
	equal(t, "kept alive", d.ctx.Board.SelectedRow().Kept, true)
	d.live(29*time.Minute + 30*time.Second)
	d.shows("the token for ada was issued again")
	equal(t, "it is another one", d.entry() != e, true)
}

// TestBoardKeepAliveFails says once why a token is not kept alive any more.
func TestBoardKeepAliveFails(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	e := d.put("ada", 30*time.Minute)
	e.Draft = desk.Draft{Subject: "ada", Lifetime: "until 14:35"}
	d.press("f3", "home", "k")
	d.live(29*time.Minute + 30*time.Second)
	d.shows("✗ the token for ada is not kept alive any more: its lifetime ends at a fixed time")
	equal(t, "kept alive", d.ctx.Board.SelectedRow().Kept, false)

	e.Draft = desk.Draft{Subject: "ada", Lifetime: "nonsense"}
	d.press("k")
	d.live(29*time.Minute + 31*time.Second)
	d.shows("✗ the token for ada is not kept alive any more:")
	d.press("down")
	d.hush()
	d.live(29*time.Minute + 33*time.Second)
	d.hides("not kept alive")
	ever := d.put("ever", 0)
	d.press("k")
	equal(t, "one that never expires", d.ctx.Board.SelectedRow().Kept, false)
	equal(t, "it is selected", d.entry(), ever)
}

// TestBoardClicks: a click on a heading sorts, one on a row selects, and the next one opens.
func TestBoardClicks(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.click("FOR ")
	d.shows("by subject")
	d.click("LEFT")
	d.shows("soonest first")
	d.click("KEY ")
	d.shows("by key")
	d.click("late ")
	equal(t, "the selection", d.selected(), "late")
}

// TestBoardSizes shows as many columns as fit, and the token beside or below the list.
func TestBoardSizes(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("home")
	for _, test := range []struct {
		width, height int
		shows, hides  []string
	}{
		{200, 60, []string{"LEFT FOR ISSUED EXPIRES KEY ALG FROM", "pasted"}, nil},
		{120, 33, []string{"LEFT FOR ISSUED EXPIRES KEY ALG", "soon", "alive k issues it again"}, []string{"FROM"}},
		{80, 24, []string{"LEFT FOR", "#4, issued 13:05:12 UTC, pasted", "exp 14:10:12"}, nil},
		{40, 10, []string{"4 tokens", "LEFT FOR", "soon"}, []string{"issued", "KEY"}},
	} {
		d.resize(test.width, test.height)
		checkSize(t, d, test.width, test.height, true)
		d.shows(test.shows...)
		d.hides(test.hides...)
		cursor := d.View().Cursor
		if line := strings.Split(d.screenText(), "\n")[cursor.Y]; !strings.Contains(line, "soon") {
			t.Errorf("at %dx%d the cursor stands on %q", test.width, test.height, line)
		}
	}
}

// TestBoardSixtyOfOne: sixty tokens of one subject are told apart at every width.
func TestBoardSixtyOfOne(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	for i := range 60 {
		d.put("ada", 30*time.Minute+time.Duration(i)*time.Second)
	}
	d.press("f3", "home")
	for _, width := range []int{40, 60, 80, 120, 200} {
		d.resize(width, 30)
		lines := map[string]bool{}
		rows := 0
		for line := range strings.SplitSeq(d.screenText(), "\n") {
			if strings.Contains(line, "ada · #") {
				_, at, _ := strings.Cut(line, "#")
				lines[strings.Fields(at)[0]] = true
				rows++
			}
		}
		if rows < 10 || rows != len(lines) {
			t.Errorf("at a width of %d, %d rows have %d numbers:\n%s", width, rows, len(lines), d.screenText())
		}
	}
}

// TestBoardLost says what is gone after the console, if it took work to put it there.
func TestBoardLost(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	equal(t, "four tokens", lost(d.ctx.Board, ""), "")
	d.press("home", "n")
	d.typed("mine")
	d.press("enter")
	equal(t, "with a label", lost(d.ctx.Board, ""), "4 tokens were on the board, 1 with a label; the board is not saved")
	d.press("u")
	d.paste(listOf(t, 6))
	equal(t, "ten tokens", lost(d.ctx.Board, ""), "10 tokens were on the board; the board is not saved")
}
