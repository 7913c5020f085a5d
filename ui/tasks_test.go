package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
)

// task is something that users do all day, as the steps that do it. A step is a key, a text
// that is typed ("type:") or pasted ("paste:"), or a change of a document ("change:"). Only keys
// count.
type task struct {
	name    string
	before  string // how many keys it took in the first edition; – if it could not be done
	changes []change
	given   func(t *testing.T, d *desktop) // what is there already
	steps   func(t *testing.T, d *desktop) []string
	done    func(t *testing.T, d *desktop)
}

// TestTasks does twelve things that users do all day, and compares the number of keys with the
// table in docs/console.md.
func TestTasks(t *testing.T) {
	t.Parallel()
	var rows []string
	for _, task := range tasks(t) {
		d := newDesktop(t, task.changes...)
		if task.given != nil {
			task.given(t, d)
		}
		keys := 0
		for _, step := range task.steps(t, d) {
			kind, text, isText := strings.Cut(step, ":")
			switch {
			case isText && kind == "type":
				d.typed(text)
			case isText && kind == "paste":
				d.paste(text)
			case isText && kind == "change":
				from, to, _ := strings.Cut(text, ">")
				d.rewrite(from, to)
			default:
				keys++
				d.press(step)
			}
		}
		task.done(t, d)
		rows = append(rows, fmt.Sprintf("| %s | %s | %d |", task.name, task.before, keys))
		if n := 0; task.before != "–" {
			if _, err := fmt.Sscan(task.before, &n); err != nil || keys > n {
				t.Errorf("%s: %d keys, and %s before", task.name, keys, task.before)
			}
		}
	}
	docs, err := os.ReadFile("../docs/console.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Join(rows, "\n"); !strings.Contains(string(docs), want) {
		t.Errorf("docs/console.md does not have these rows:\n%s", want)
	}
}

func steps(all ...string) func(*testing.T, *desktop) []string {
	return func(*testing.T, *desktop) []string { return all }
}

func issuedFor(names ...string) func(*testing.T, *desktop) {
	return func(_ *testing.T, d *desktop) {
		for _, name := range names {
			d.typed(name)
			d.press("enter")
		}
	}
}

func tasks(t *testing.T) []task {
	t.Helper()
	return []task{
		{
			name: "the next user's token", before: "4", given: issuedFor("ada"), steps: steps("type:bob", "enter"),
			done: func(t *testing.T, d *desktop) { t.Helper(); equal(t, "sub", d.entry().Token.Subject(), "bob") },
		},
		{
			name: "a token in the clipboard", before: "2", steps: steps("type:ada", "enter", "ctrl+y"),
			done: func(t *testing.T, d *desktop) {
				t.Helper()
				equal(t, "the clipboard", strings.Join(d.clip, " "), d.entry().Token.Compact)
			},
		},
		{
			name: "a curl command with it, again", before: "4", steps: steps("type:bob", "enter", "esc", "c", "enter"),
			given: func(_ *testing.T, d *desktop) {
				issuedFor("ada")(nil, d)
				d.ctx.Env.Copying.Form = "curl"
			},
			done: func(t *testing.T, d *desktop) {
				t.Helper()
				if len(d.clip) != 1 || !strings.HasPrefix(d.clip[0], "curl ") || !strings.Contains(d.clip[0], d.entry().Token.Compact) {
					t.Errorf("the clipboard has %q", d.clip)
				}
			},
		},
		{
			name: "a token of a persona", before: "3", changes: []change{personasOf(t, somePersonas)},
			steps: steps("ctrl+p", "type:adm", "enter", "enter"),
			done:  func(t *testing.T, d *desktop) { t.Helper(); equal(t, "the persona", d.entry().Persona(), "admin") },
		},
		{
			name: "read a pasted token", before: "1", done: showsSubject("eve"),
			steps: func(t *testing.T, _ *desktop) []string {
				t.Helper()
				return []string{"paste:" + handmade(t, plainHeader, goodClaims("eve")), "enter"}
			},
		},
		{
			name: "verify it with another key", before: "–",
			given: func(t *testing.T, d *desktop) {
				t.Helper()
				d.read(handmadeWith(t, strangeSecret, plainHeader, goodClaims("eve")))
				d.shows("✗ bad signature")
			},
			steps: steps("a", "paste:"+strangeSecret),
			done:  func(t *testing.T, d *desktop) { t.Helper(); d.shows("✓ verified with key") },
		},
		{
			name: "sign it again with one claim changed", before: "2",
			given: func(t *testing.T, d *desktop) {
				t.Helper()
				d.read(handmade(t, plainHeader, goodClaims("eve")))
			},
			steps: steps("e", "change:eve>mallory", "ctrl+s"),
			done:  func(t *testing.T, d *desktop) { t.Helper(); equal(t, "sub", d.entry().Token.Subject(), "mallory") },
		},
		{
			name: "find the next of sixty tokens to expire, and copy it", before: "3", steps: steps("f3", "home", "y"),
			given: func(_ *testing.T, d *desktop) {
				for i := range 60 {
					d.put(fmt.Sprintf("user-%d", i), time.Duration(90-i)*time.Minute)
				}
				d.send(nil)
			},
			done: func(t *testing.T, d *desktop) {
				t.Helper()
				equal(t, "the subject", d.selected(), "user-59")
				equal(t, "the clipboard", strings.Join(d.clip, " "), d.entry().Token.Compact)
			},
		},
		{
			name: "compare two tokens", before: "–", given: issuedFor("ada", "bob"), steps: steps("f3", "a", "="),
			done: func(t *testing.T, d *desktop) { t.Helper(); d.shows("ada", "bob", "iat") },
		},
		{
			name: "see why a token was refused", before: "1",
			steps: func(t *testing.T, _ *desktop) []string {
				t.Helper()
				return []string{"paste:" + handmade(t, plainHeader, `{"sub":"eve","exp":1000000000}`), "enter"}
			},
			done: func(t *testing.T, d *desktop) {
				t.Helper()
				d.shows("✗ expired", "the token expired at 2001-09-09 01:46:40 UTC")
			},
		},
		{
			name: "probe an API, and see only the holes", before: "5",
			steps: func(t *testing.T, d *desktop) []string {
				t.Helper()
				url := api(t, d.ctx.Desk.Key(), func(token *auth.Token) bool { return token.Algorithm() == "none" && len(token.Signature) == 0 })
				return []string{"type:ada", "f5", "p", "type:" + url, "enter", "h"}
			},
			done: func(t *testing.T, d *desktop) { t.Helper(); d.shows("1 of 144 faults"); d.hides("wrong-type") },
		},
		{
			name: "change the profile, and issue", before: "4", changes: []change{in("default", "staging")},
			steps: steps("f9", "down", "enter", "type:ada", "enter"),
			done:  func(t *testing.T, d *desktop) { t.Helper(); equal(t, "the profile", d.entry().Profile, "staging") },
		},
	}
}

func showsSubject(name string) func(*testing.T, *desktop) {
	return func(t *testing.T, d *desktop) { t.Helper(); d.shows("● active", "sub "+name) }
}
