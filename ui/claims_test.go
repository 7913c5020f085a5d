package ui

import (
	"strings"
	"testing"
)

// TestClaimsToggleKey switches with the key, and shows where the error is.
func TestClaimsToggleKey(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("tab", "tab")
	d.typed("role=admin")
	d.press("ctrl+t")
	d.shows("Claims JSON", `"role": "admin"`, "✓ 1 claim")
	d.press("ctrl+t")
	d.shows("Claims rows", "> role=admin")
	d.press("end")
	d.typed("\nrole=user")
	d.shows("✗ role=user", "✗ role is in row 1 already: keep one of them")
	d.press("ctrl+t")
	d.shows("▲ mend the claims first, then switch", "Claims rows")
	d.press("backspace")
	d.hides("mend the claims first")
}

// TestClaimsPaste pastes several lines, and what is refused.
func TestClaimsPaste(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("tab", "tab")
	d.paste("role=admin\r\nteam=a")
	equal(t, "the claims", d.field("Claims"), "role=admin\nteam=a")
	for text, note := range map[string]string{
		"x=\x1b]52;c;AAAA\a":               "that has a control character (U+001B) in it: nothing was put in",
		"x=\u202e":                         "that has a character in it that cannot be seen: nothing was put in",
		"x=\xff":                           "that is not valid UTF-8: nothing was put in",
		strings.Repeat("x=1\n", 9001):      "that has too many lines: nothing was put in",
		"x=" + strings.Repeat("y", 64<<10): "that is 65538 characters and there is room for 65519: nothing was put in",
	} {
		d.paste(text)
		equal(t, "the claims", d.field("Claims"), "role=admin\nteam=a")
		d.shows("▲ " + note)
	}
}
