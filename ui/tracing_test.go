package ui

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/trace"
	"tokendesk/settings"
	"tokendesk/ui/frame"
)

// traceOf gives a console a debug file and returns what reads it.
func traceOf(d *desktop) func() string {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), "debug.txt")
	log, err := trace.Open(path, "tokendesk")
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(log.Close)
	d.ctx.Env.Trace = log
	return func() string {
		text, err := os.ReadFile(path)
		if err != nil {
			d.t.Fatal(err)
		}
		return string(text)
	}
}

// TestTraceHasNoValue: nothing typed, pasted, read or configured is in the file, not
// even letter for letter.
func TestTraceHasNoValue(t *testing.T) {
	t.Parallel()
	const passphrase, subject, claim = "Correct-Horse 42", "canary-subject", "canary-claim"
	d := newDesktop(t, locked(passphrase))
	text := traceOf(d)
	d.typed(passphrase)
	d.send(
		tea.KeyPressMsg{Code: tea.KeyKp1}, tea.KeyPressMsg{Code: 'x', Mod: tea.ModAlt}, tea.KeyPressMsg{Code: tea.KeyExtended, Text: "xyz"},
	)
	d.press("backspace", "backspace", "backspace", "enter")
	d.form("Claims")
	d.typed("role=" + claim)
	d.issued(subject)
	token := d.entry().Token.Compact
	d.press("y", "ctrl+y", "e", "ctrl+s", "w")
	d.write(filepath.Join(t.TempDir(), "canary-file"))
	d.press("enter")
	pasted := handmade(t, plainHeader, goodClaims("canary-pasted"))
	d.read("Authorization: Bearer " + pasted)
	d.press("b", "f3", "/")
	d.typed(subject)
	d.press("enter", "n")
	d.typed("canary-label")
	d.press("enter", "f1", "esc", "f8", "esc", "f9", "esc")
	d.resize(80, 24)
	d.after(messageTime)
	d.send(tea.MouseClickMsg{X: 3, Y: 3, Button: tea.MouseLeft}, tea.MouseWheelMsg{Button: tea.MouseWheelDown})

	got := text()
	for _, canary := range []string{
		passphrase, subject, claim, token, token[len(token)-43:], pasted, testSecret, "canary", d.ctx.Desk.Key().Fingerprint(),
	} {
		if strings.Contains(strings.ToLower(got), strings.ToLower(canary)) {
			t.Errorf("%q is in the file:\n%s", canary, got)
		}
	}
	kinds := regexp.MustCompile(`^ +\d+\.\d{3}  (key (character|(ctrl|shift)\+[a-z]+|[a-z]{2,}|f\d)|(tea|frame|ui)\.[A-Za-z]+)  [\d.]+[µm]?s$`)
	for _, line := range strings.Split(strings.TrimSpace(got), "\n")[3:] {
		if !kinds.MatchString(line) {
			t.Errorf("the line %q is of no kind", line)
		}
	}
	for _, line := range []string{
		"  key character  ", "  key ctrl+y  ", "  key enter  ", "  tea.PasteMsg  ", "  frame.Done  ", "  ui.tickMsg  ",
	} {
		if !strings.Contains(got, line) {
			t.Errorf("%q is not in the file:\n%s", line, got)
		}
	}
}

// TestKeyName: a key that types something has no name.
func TestKeyName(t *testing.T) {
	t.Parallel()
	for want, keys := range map[string][]tea.KeyPressMsg{
		"character": {
			{Code: 'a', Text: "a"},
			{Code: 'a', Text: "A", Mod: tea.ModShift},
			{Code: ' ', Text: " "},
			{Code: ' '},
			{Code: 'x', Mod: tea.ModAlt},
			{Code: 'q', Mod: tea.ModCtrl | tea.ModAlt},
			{Code: 'ф', Mod: tea.ModCtrl},
			{Code: 'é', BaseCode: 'e', Text: "é"},
			{Code: tea.KeyKp7},
			{Code: tea.KeyKpPlus},
			{Code: tea.KeyKpSep},
			{Code: tea.KeyExtended, Text: "xyz"},
			{Code: tea.KeyF1, BaseCode: 'x'},
		},
		"ctrl+a":     {{Code: 'a', Mod: tea.ModCtrl}},
		"ctrl+space": {{Code: ' ', Mod: tea.ModCtrl}},
		"enter":      {{Code: tea.KeyEnter}, {Code: tea.KeyKpEnter}},
		"shift+tab":  {{Code: tea.KeyTab, Mod: tea.ModShift}},
		"alt+esc":    {{Code: tea.KeyEscape, Mod: tea.ModAlt}},
		"f12":        {{Code: tea.KeyF12}},
	} {
		for _, k := range keys {
			equal(t, "the name of "+k.String(), keyName(k), want)
		}
	}
}

// TestTraceHasFrames: wherever the console recovers, the file says where it
// panicked.
func TestTraceHasFrames(t *testing.T) {
	t.Parallel()
	fails := func() tea.Msg { panic(panicValue) }
	for name, test := range map[string]struct {
		do    func(d *desktop)
		frame string
	}{
		"Update": {func(d *desktop) {
			d.send(frame.Done{Now: moment, Apply: func(*frame.Ctx) tea.Cmd { panic(panicValue) }})
		}, `ui\.\(\*Model\)\.handle model\.go:\d+`},
		"View":    {func(d *desktop) { d.Push(broken{}); d.send(nil) }, `ui\.broken\.View shell_test\.go:\d+`},
		"command": {func(d *desktop) { d.run(calm(d.ctx.Env.Trace, fails)) }, `ui\.TestTraceHasFrames\.func1 tracing_test\.go:\d+`},
		"one of several": {func(d *desktop) {
			d.run(calm(d.ctx.Env.Trace, func() tea.Msg { return tea.BatchMsg{nil, fails} }))
		}, `ui\.TestTraceHasFrames\.func1 tracing_test\.go:\d+`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesktop(t)
			text := traceOf(d)
			test.do(d)
			equal(t, "failed", d.failed.Load(), true)
			got := text()
			if !regexp.MustCompile(`panic with a value of type string\n(.*\n)* +tokendesk/` + test.frame + `\n`).MatchString(got) {
				t.Errorf("the file is\n%s", got)
			}
			if strings.Contains(got, "secret") {
				t.Errorf("the value is in\n%s", got)
			}
		})
	}
}

// TestTraceOfWork: a console has the debug file of its context, and so has its work.
func TestTraceOfWork(t *testing.T) {
	t.Parallel()
	log, err := trace.Open(filepath.Join(t.TempDir(), "debug.txt"), "tokendesk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(log.Close)
	m := New(trace.Into(t.Context(), log), Config{Source: desk.Source{
		Load: func(settings.Options) (*settings.Settings, error) { return testSettings(t), nil },
	}})
	work := func(ctx context.Context, _ *desk.Desk) (*trace.Log, error) { return trace.From(ctx), nil }
	var got *trace.Log
	m.Update(frame.Do(m.c(), nil, work, func(_ *frame.Ctx, l *trace.Log, _ error) tea.Cmd {
		got = l
		return nil
	})())
	equal(t, "the debug file", got, log)
}
