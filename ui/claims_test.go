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
	d.shows("Claims as JSON", `"role": "admin"`)
	d.press("ctrl+t")
	d.shows("Exact payload", `"role":"admin"`, "signed exactly as it stands here")
	d.press("ctrl+t")
	equal(t, "the claims", d.field("Claims"), "role=admin")
	d.press("end")
	d.typed("\nrole=user")
	d.formSays("✗ role=user ✗ role is already in row 1; keep one of them")
	d.press("ctrl+t")
	d.formSays("▲ fix the claims first, then switch")
	d.press("ctrl+s") // the reason is shown again
	d.hides("fix the claims first")
	d.formSays("✗ role is already in row 1; keep one of them")
}

// TestClaimsPaste pastes several lines, and text that is refused.
func TestClaimsPaste(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("tab", "tab")
	d.paste("role=admin\r\nteam=a")
	equal(t, "the claims", d.field("Claims"), "role=admin\nteam=a")
	for text, note := range map[string]string{
		"x=\x1b]52;c;AAAA\a":               "not inserted: the text has a control character (U+001B)",
		"x=\u202e":                         "not inserted: the text has an invisible character",
		"x=\xff":                           "not inserted: the text is not valid UTF-8",
		strings.Repeat("x=1\n", 9001):      "not inserted: the text has too many lines",
		"x=" + strings.Repeat("y", 64<<10): "not inserted: the text has 65538 characters, and there is room for 65519",
	} {
		d.paste(text)
		equal(t, "the claims", d.field("Claims"), "role=admin\nteam=a")
		d.shows("▲ " + note)
	}
}
