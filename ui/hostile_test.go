package ui

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth/jsontext"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/issue"
	"tokendesk/ui/widget"
)

// hostile are texts of strangers that try to control a terminal.
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

// unseen are characters that cannot be seen, or turn the direction of writing.
const unseen = "\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069" +
	"\ufeff\u115f\u3164\u2800\u034f\U000e0100"

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
			strings.ContainsRune(unseen, r) {
			t.Errorf("%U is on the screen raw:\n%q", r, ansi.Strip(v.Content))
			return
		}
	}
	if !plainTitle.MatchString(v.WindowTitle) {
		t.Errorf("the window's title is %q", v.WindowTitle)
	}
}

// plainTitle is a title that says nothing of what is in a token.
var plainTitle = regexp.MustCompile(`^tokendesk( · \d+ (active|expired))?( · next in (under 1m|\d+[mhd]))?$`)

// TestHostile puts hostile texts everywhere a stranger can.
func TestHostile(t *testing.T) {
	t.Parallel()
	for i, text := range hostile() {
		quoted := string(jsontext.Quote(strings.ToValidUTF8(text, "")))
		name := strings.ToValidUTF8(text, "")
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			header := `{"alg":"HS256","typ":` + quoted + `,"kid":` + quoted + `,` + quoted + `:1}`
			claims := fmt.Sprintf(`{"sub":%[1]s,%[1]s:%[1]s,"deep":{%[1]s:[%[1]s]},"aud":%[1]s,"exp":%[2]d}`, quoted, moment.Unix()+900)
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
			d.press("end", "f", "end")
			check("the token, whole")
			d.press("b", "2")
			check("the board")
			d.entry().Label = text
			d.send(nil)
			check("the label on the board")
			d.press("enter")
			check("the opened token")
			d.press("c")
			for range 7 {
				check("the copy menu")
				d.press("down")
			}
			d.press("esc", "e")
			equal(t, "the screen", d.front(), "Edit")
			check("the editor")
			d.press("ctrl+s")
			check("the edited token")
			dialog.Write(d.c(), "", text, "token.txt")
			prompt, _ := d.Top().(*dialog.Prompt)
			prompt.Fail(d.c(), errors.New(text))
			check("the file that could not be written")
			d.Close(prompt)
			d.tell(widget.Good, text+" was written to "+text)
			check("the message")
			d.after(900 * time.Second)
			check("the notice")
			d.read(text + "." + name + ".x")
			check("not a token")
			d.press("esc")
			d.paste("x" + text)
			check("not a token, again")
			d.form("Claims")
			d.press("ctrl+t")
			d.paste(visible.JSON("{" + quoted + ":" + quoted + "}"))
			check("the claims")
			d.press("ctrl+t")
			check("the claims as rows")
			form, _ := d.stack.screen().(*issue.Screen)
			d.send(frame.Done{Now: moment, Apply: func(c *frame.Ctx) tea.Cmd { return form.Fail(c, errors.New(text)) }})
			check("the error")
			d.form("Subject")
			d.paste(text)
			check("pasted")
			d.send(tea.KeyPressMsg{Code: tea.KeyExtended, Text: text})
			check("typed")

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
	for _, number := range []string{
		"1e400", "-1e400", "99999999999999999999", "-5", "0", "1795444512.75", fmt.Sprint(int64(math.MaxInt64)), `"tomorrow"`, "null",
	} {
		d := newDesktop(t)
		d.read(handmade(t, plainHeader, `{"sub":"ada","iat":`+number+`,"exp":`+number+`}`))
		d.shows(strings.Trim(number, `"`))
		d.press("b", "2")
		d.shows("ada")
		d.after(time.Hour)
		d.press("s", "s", "s", "enter", "e")
		equal(t, "failed", d.failed.Load(), false)
	}
}
