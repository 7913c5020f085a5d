package widget

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// TestContrast computes the contrast of every text with everything it is drawn on, as WCAG
// 2.2 defines it, also after a terminal with few colours has replaced them.
func TestContrast(t *testing.T) {
	t.Parallel()
	backgrounds := map[bool][]color.Color{true: {hex("#12131A"), hex("#000000"), hex("#1E1E1E")}, false: {hex("#FFFFFF"), hex("#FAFAFA")}}
	for name, pair := range looks() {
		if name == "mono" || name == FewColours {
			continue // these have the colours of the terminal
		}
		for i, r := range pair {
			dark := i == 1 && name != "light" || name == "dark"
			least := 4.5
			if name == "contrast" {
				least = 7
			}
			for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
				if profile == colorprofile.ANSI256 {
					least = 4.5 // among 256 colours there are not enough for more
				}
				for at, ground := range append(backgrounds[dark], r.selection, r.bar) {
					for role, text := range map[string]color.Color{
						"text": r.text, "quiet": r.quiet, "accent": r.accent, "good": r.good, "warn": r.warn, "bad": r.bad,
						"header": r.header, "signature": r.signature,
					} {
						atLeast(t, fmt.Sprint(name, " ", role, " on ", at, " in ", profile), contrast(profile.Convert(text), profile.Convert(ground)), least)
					}
				}
				atLeast(t, fmt.Sprint(name, " ink on accent in ", profile), contrast(profile.Convert(r.ink), profile.Convert(r.accent)), least)
			}
		}
	}
}

func atLeast(t *testing.T, what string, got, least float64) {
	t.Helper()
	if got < least {
		t.Errorf("%s: the contrast is %.2f, want at least %.1f", what, got, least)
	}
}

// contrast returns the contrast ratio of two colours (WCAG 2.2, "contrast ratio").
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

// TestRow: the background of the selection covers the whole row, whatever its styles are.
func TestRow(t *testing.T) {
	t.Parallel()
	for _, name := range append(Themes(), FewColours) {
		theme := NewTheme(name, true)
		line := theme.Good.Render("●") + " " + theme.Strong.Render("ada") + " plain"
		row := theme.Row(line, 20, true)
		equal(t, name+": the text", ansi.Strip(row), "▌ ● ada plain       ")
		equal(t, name+": a row that is not selected", ansi.Strip(theme.Row(line, 20, false)), "  ● ada plain       ")
		if got := strings.Count(row, theme.selected); theme.selected == "" || got != strings.Count(row, "\x1b[m") {
			t.Errorf("%s: the background begins %d times in %q", name, got, row)
		}
		equal(t, name+": the width when it is cut", Width(theme.Row(line, 5, true)), 5)
	}
}
