package ui

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/settings"
)

// In a locale without UTF-8 every screen is drawn in ASCII, and nothing moves.
func TestASCII(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{200, 60}, {80, 24}, {40, 10}} {
		utf8Desktop := newDesktop(t)
		d := newDesktop(t, func(c *Config, _ *settings.Settings) {
			c.Environ = append(c.Environ, "LANG=en_US.UTF-8", "LC_ALL=de_DE@euro")
		})
		for _, each := range []*desktop{d, utf8Desktop} {
			each.resize(size[0], size[1])
			each.press("z", "o", "ë", "日", "enter")
		}
		for _, keys := range [][]string{nil, {"f3"}, {"f4"}, {"f5"}, {"f2", "esc", "e"}, {"esc", "f1"}} {
			d.press(keys...)
			utf8Desktop.press(keys...)
			lines, want := strings.Split(d.View().Content, "\n"), strings.Split(utf8Desktop.View().Content, "\n")
			if len(lines) != len(want) {
				t.Fatalf("%v after %q: %d lines, want %d", size, keys, len(lines), len(want))
			}
			for i, line := range lines {
				if strings.ContainsFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }) {
					t.Errorf("%v after %q: %s", size, keys, ansi.Strip(line))
				}
				if ansi.StringWidth(line) != ansi.StringWidth(want[i]) {
					t.Errorf("%v after %q, line %d\n%s\nis not as wide as\n%s", size, keys, i+1, ansi.Strip(line), ansi.Strip(want[i]))
				}
			}
		}
		if title := d.View().WindowTitle; strings.ContainsFunc(title, func(r rune) bool { return r >= utf8.RuneSelf }) {
			t.Errorf("the title is %s", title)
		}
	}
}
