package ui

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// testSecret signs in tests only.
const testSecret = "qm8XvT2pLz5RkWd0yJcBf7HsNa3GuE9iOe6"

// moment is when tests begin.
var moment = time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)

// fakeClock is a clock that stands still until it is moved.
type fakeClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *fakeClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *fakeClock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// counter is randomness that is always the same. A probe reads it from many
// goroutines.
type counter struct {
	mu sync.Mutex
	n  byte
}

func (c *counter) Read(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range p {
		c.n++
		p[i] = c.n
	}
	return len(p), nil
}

// desktop is a console under test, with everything it was given. Tests drive it
// with messages and look at what it shows; what they read of its state is what
// the shell holds: the desk, the board and the key table.
type desktop struct {
	*Model
	t     *testing.T
	clock *fakeClock
	set   *settings.Settings
	clip  []string     // what was sent to the clipboard
	execs []frame.Exec // what asked for the terminal
	quit  bool
	sleep bool // the program asked to be suspended
}

func testKey(t testing.TB, alg auth.Algorithm, secret string, opts ...auth.KeyOption) *auth.Key {
	t.Helper()
	key, err := auth.NewHMACKey(alg, []byte(secret), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// testPair returns a private key for ES256 or EdDSA that is always the same.
func testPair(t testing.TB, alg auth.Algorithm, opts ...auth.KeyOption) *auth.Key {
	t.Helper()
	seed := []byte("a seed of thirty-two characters.")
	var material any = ed25519.NewKeyFromSeed(seed)
	if alg == auth.ES256 {
		private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), seed)
		if err != nil {
			t.Fatal(err)
		}
		material = private
	}
	key, err := auth.NewKey(alg, material, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// pairs gives the console a key pair for ES256 and one for EdDSA, which has an ID.
func pairs(t testing.TB) change {
	return func(_ *Config, s *settings.Settings) {
		s.Keys = []*auth.Key{testPair(t, auth.ES256), testPair(t, auth.EdDSA, auth.WithKeyID("2026-11"))}
		s.Key, s.KeySource = s.Keys[0], "keys/private.jwks"
	}
}

func testSettings(t testing.TB) *settings.Settings {
	t.Helper()
	return &settings.Settings{
		File: ".env", Found: true, KeySource: ".env", Key: testKey(t, auth.HS256, testSecret),
		ProjectName: "Job Board", ProjectVersion: "1.0.0", Lifetime: 30 * time.Minute, Mouse: true,
	}
}

// change is made to the configuration and the settings before a console opens.
type change = func(*Config, *settings.Settings)

// newDesktop returns a console of 120 by 40 cells.
func newDesktop(t *testing.T, changes ...change) *desktop {
	t.Helper()
	d := &desktop{t: t, clock: &fakeClock{at: moment}, set: testSettings(t)}
	cfg := Config{
		Environ: []string{"TERM=xterm-256color"},
		Source: desk.Source{
			Load:     func(settings.Options) (*settings.Settings, error) { return d.set, nil },
			Profiles: func(string) []settings.Profile { return nil },
			Nearby:   func(string) []settings.Near { return nil },
			Create:   func() (settings.Created, error) { return settings.Created{}, errors.New("not in this test") },
			Now:      d.clock.now,
			Rand:     &counter{},
		},
	}
	for _, change := range changes {
		change(&cfg, d.set)
	}
	d.Model = New(t.Context(), cfg)
	d.run(d.opening)
	d.resize(120, 40)
	return d
}

func (d *desktop) resize(width, height int) { d.send(tea.WindowSizeMsg{Width: width, Height: height}) }

// send hands messages to the console and does what it asks for, until it asks
// for nothing more. The chain of ticks is left to the test.
func (d *desktop) send(msgs ...tea.Msg) {
	d.t.Helper()
	for _, msg := range msgs {
		next, cmd := d.Update(msg)
		if next != tea.Model(d.Model) {
			d.t.Fatalf("Update returned another model for %T", msg)
		}
		if _, tick := msg.(tickMsg); !tick {
			d.run(cmd)
		}
	}
}

func (d *desktop) run(cmd tea.Cmd) {
	d.t.Helper()
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, each := range msg {
			d.run(each)
		}
	case tea.QuitMsg:
		d.quit = true
	case tea.SuspendMsg:
		d.sleep = true
	case frame.Exec:
		d.execs = append(d.execs, msg)
	default:
		if strings.HasSuffix(fmt.Sprintf("%T", msg), ".setClipboardMsg") {
			d.clip = append(d.clip, reflect.ValueOf(msg).String())
			return
		}
		d.send(msg)
	}
}

// press presses keys by their names, such as "enter", "ctrl+s" or "a".
func (d *desktop) press(names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.send(keyPress(d.t, name))
	}
}

// typed types a text, key by key, and draws the console after the last one: nobody
// looks at it before.
func (d *desktop) typed(text string) {
	d.t.Helper()
	keys := []rune(text)
	for i, r := range keys {
		msg := tea.KeyPressMsg{Code: r, Text: string(r)}
		if r == '\n' {
			msg = keyPress(d.t, "enter")
		}
		if i < len(keys)-1 {
			d.unseen(msg)
		} else {
			d.send(msg)
		}
	}
}

// unseen hands keys to the console that nobody looks at in between, so that it is
// not drawn.
func (d *desktop) unseen(msgs ...tea.KeyPressMsg) {
	d.t.Helper()
	for _, msg := range msgs {
		end := traced(d.ctx.Env.Trace, msg)
		cmd := d.handle(msg)
		end()
		d.stack.layout(d.c(), d.size)
		d.run(cmd)
	}
}

func (d *desktop) paste(text string) { d.send(pasteOf(text)) }

func pasteOf(text string) tea.Msg { return tea.PasteMsg{Content: text} }

// at moves the clock and delivers the tick that comes then.
func (d *desktop) at(now time.Time) {
	d.clock.set(now)
	d.send(tickMsg{d.watch.ticks, now})
}

// after moves the clock to so long after the beginning.
func (d *desktop) after(passed time.Duration) { d.at(moment.Add(passed)) }

// screenText is the screen without its styles, as a person reads it.
func (d *desktop) screenText() string { return ansi.Strip(d.View().Content) }

// shows fails the test unless the screen has every text, wherever its lines
// are broken.
func (d *desktop) shows(texts ...string) {
	d.t.Helper()
	screen := d.screenText()
	for _, text := range texts {
		if !strings.Contains(flat(screen), flat(text)) && !strings.Contains(columns(screen), flat(text)) {
			d.t.Errorf("the screen does not show %q:\n%s", text, screen)
		}
	}
}

func (d *desktop) hides(texts ...string) {
	d.t.Helper()
	screen := d.screenText()
	for _, text := range texts {
		if strings.Contains(flat(screen), flat(text)) || strings.Contains(columns(screen), flat(text)) {
			d.t.Errorf("the screen shows %q:\n%s", text, screen)
		}
	}
}

// columns is flat for each of the parts that stand side by side, one after the other.
func columns(screen string) string {
	var parts [3]string
	for line := range strings.SplitSeq(screen, "\n") {
		line = strings.NewReplacer("╮╭", "│\x00│", "││", "│\x00│", "╯╰", "│\x00│").Replace(line)
		for i, part := range strings.SplitN(line, "\x00", len(parts)) {
			parts[i] += part + "\n"
		}
	}
	return flat(strings.Join(parts[:], "\n"))
}

// flat drops borders and folds white space, so that a wrapped sentence is found.
func flat(text string) string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune("│╭╮╰╯", r) {
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// front returns the name of the screen in front; Start is the one in place of Issue while
// nothing can be signed.
func (d *desktop) front() string {
	if row := d.stack.rows[d.stack.front]; row.start == nil || row.start != d.stack.screen() {
		return row.name
	}
	return "Start"
}

// over returns the types of the dialogs over the screen, the last one on top.
func (d *desktop) over() string {
	names := make([]string, 0, len(d.stack.dialogs))
	for _, dialog := range d.stack.dialogs {
		names = append(names, strings.TrimPrefix(fmt.Sprintf("%T", dialog), "*dialog."))
	}
	return strings.Join(names, " ")
}

// typing reports whether a text field has the cursor.
func (d *desktop) typing() bool { return types(d.Model) }

// hush ends the message that is shown, as if its time had passed.
func (d *desktop) hush() {
	d.messages.of = nil
	d.send(nil)
}

// click clicks on a text.
func (d *desktop) click(text string) {
	d.t.Helper()
	for y, line := range strings.Split(d.screenText(), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			d.send(tea.MouseClickMsg{X: ansi.StringWidth(before) + 1, Y: y, Button: tea.MouseLeft})
			return
		}
	}
	d.t.Fatalf("there is no %q to click on:\n%s", text, d.screenText())
}

// longestText is the most lines of a text that a test replaces.
const longestText = 40

// write puts a text in the place of that in the field that has the cursor.
func (d *desktop) write(text string) {
	d.t.Helper()
	d.unseen(keyPress(d.t, "ctrl+end"), keyPress(d.t, "ctrl+e"))
	for range longestText { // line by line, in an area
		d.handle(keyPress(d.t, "ctrl+u"))
		d.handle(keyPress(d.t, "backspace"))
	}
	d.typed(text)
	if text == "" {
		d.settle()
	}
}

// form brings the form to the front and gives a field the cursor: Subject,
// Lifetime or Claims.
func (d *desktop) form(field string) {
	d.t.Helper()
	d.press("f2")
	if !d.typing() {
		d.press("esc") // from the token to the subject
	}
	for range 5 {
		if d.typing() && d.inField() == field {
			return
		}
		d.press("shift+tab") // tab leaves the button for the token
	}
	d.t.Fatalf("there is no field %q:\n%s", field, d.screenText())
}

// focus names what has the keys on the Issue screen: a field, Button or Token.
func (d *desktop) focus() string {
	if d.typing() {
		return d.inField()
	}
	if d.groups()[0].Title == "New token" {
		return "Button"
	}
	return "Token"
}

// labels are those of the fields of the form.
func labels() map[string]string {
	return map[string]string{"Subject": "For ", "Lifetime": "Good for ", "Claims": "Claims", "Header": "Header"}
}

// inField names the field of the form that has the cursor.
func (d *desktop) inField() string {
	c := d.View().Cursor
	if c == nil {
		return ""
	}
	lines := d.formLines()
	for y := c.Y; y >= 0; y-- {
		for name, label := range labels() {
			if strings.HasPrefix(lines[y]+" ", label) {
				return name
			}
		}
	}
	return ""
}

// formLines are the lines of the screen as far as the form is wide, without its
// border.
func (d *desktop) formLines() []string {
	lines := strings.Split(d.screenText(), "\n")
	for i, line := range lines {
		if d.size.W >= 100 {
			line = ansi.Truncate(line, min(56, d.size.W*2/5), "")
		}
		lines[i] = strings.TrimLeft(strings.Trim(line, "│╭─ "), " ")
	}
	return lines
}

// field returns the text in a field of the form, as it is seen in a window that
// is wide and high.
func (d *desktop) field(name string) string {
	d.t.Helper()
	lines := d.formLines()
	at := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line+" ", labels()[name]) })
	if at < 0 {
		d.t.Fatalf("there is no field %q:\n%s", name, d.screenText())
	}
	value := strings.TrimSpace(strings.TrimPrefix(lines[at]+" ", labels()[name]))
	if name == "Lifetime" {
		value = strings.TrimRight(value, "↑↓ ")
	}
	for _, line := range lines[at+1:] {
		isHint := strings.HasPrefix(line, "name=text") || strings.HasPrefix(line, "such as {")
		if line = strings.TrimSpace(line); name != "Claims" || line == "" || isHint || strings.HasPrefix(line, "✗ ") {
			break
		}
		value += "\n" + line
	}
	if strings.HasPrefix(value, "such as ") {
		return ""
	}
	if rest, asJSON := strings.CutPrefix(value, "as JSON"); asJSON && name == "Claims" {
		_, value, _ = strings.Cut(rest, "\n")
	}
	return strings.TrimPrefix(value, "✗ ")
}

// formSays fails the test unless the form has every text, wherever its lines are broken.
func (d *desktop) formSays(texts ...string) {
	d.t.Helper()
	form := flat(strings.Join(d.formLines(), " "))
	for _, text := range texts {
		if !strings.Contains(form, text) {
			d.t.Errorf("the form does not say %q:\n%s", text, d.screenText())
		}
	}
}

// entry returns the entry that is selected on the board: the newest one after a
// token was issued.
func (d *desktop) entry() *desk.Entry { return d.ctx.Board.Selected() }

// issued issues a token through the form, goes to it and returns its entry.
func (d *desktop) issued(subject string) *desk.Entry {
	d.t.Helper()
	before := d.ctx.Board.Len()
	d.form("Subject")
	d.write(subject)
	d.press("enter")
	if d.ctx.Board.Len() == before {
		d.t.Fatalf("no token was issued:\n%s", d.screenText())
	}
	d.press("esc")
	return d.entry()
}

// keyPress returns the message of a key by its name.
func keyPress(t testing.TB, name string) tea.KeyPressMsg {
	t.Helper()
	var msg tea.KeyPressMsg
	rest := name
	for _, mod := range []struct {
		name string
		mod  tea.KeyMod
	}{{"ctrl+", tea.ModCtrl}, {"alt+", tea.ModAlt}, {"shift+", tea.ModShift}} {
		if after, ok := strings.CutPrefix(rest, mod.name); ok {
			msg.Mod |= mod.mod
			rest = after
		}
	}
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
		"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5,
		"f6": tea.KeyF6, "f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f12": tea.KeyF12,
		"space": tea.KeySpace,
	}
	if code, ok := special[rest]; ok {
		msg.Code = code
		if rest == "space" && msg.Mod == 0 {
			msg.Text = " "
		}
	} else {
		msg.Code = []rune(rest)[0]
		if msg.Mod == 0 {
			msg.Text = rest
		}
	}
	if msg.String() != name {
		t.Fatalf("the key %q came out as %q", name, msg.String())
	}
	return msg
}

// handmade returns a token that the console would never make, signed with the
// test key.
func handmade(t testing.TB, header, claims string) string {
	t.Helper()
	return handmadeWith(t, testSecret, header, claims)
}

func handmadeWith(t testing.TB, secret, header, claims string) string {
	t.Helper()
	segment := base64.RawURLEncoding.EncodeToString
	input := segment([]byte(header)) + "." + segment([]byte(claims))
	return input + "." + segment(hmacSHA256(secret, input))
}

func hmacSHA256(secret, input string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(input))
	return mac.Sum(nil)
}

const plainHeader = `{"alg":"HS256","typ":"JWT"}`

// equal fails the test when two values differ.
func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

var errTest = errors.New("no luck today")

// said returns the message that is shown.
func (d *desktop) said() widget.Note {
	if m := d.messages.shown(d.stack.screen()); m != nil {
		return m.note
	}
	return widget.Note{}
}
