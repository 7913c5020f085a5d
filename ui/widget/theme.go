package widget

import (
	"image/color"
	"slices"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// roles are the colours of a theme, each named for what it is for. A nil colour is that of
// the terminal.
type roles struct {
	text, quiet, accent, good, warn, bad color.Color
	header, signature                    color.Color // parts of a token; the payload has the accent
	selection, bar, line                 color.Color // backgrounds and frames
	ink                                  color.Color // text on the accent
}

// looks are the themes by name, each for a dark and for a light background.
func looks() map[string][2]roles {
	dark := roles{
		text: hex("#E4E6F1"), quiet: hex("#9C9DB0"), accent: hex("#A48BFA"), good: hex("#5BD899"), warn: hex("#F5B94E"), bad: hex("#FF7A85"),
		header: hex("#F38BC0"), signature: hex("#59C2FF"),
		selection: hex("#2F2B55"), bar: hex("#1B1D2A"), line: hex("#3B3F54"), ink: hex("#12131A"),
	}
	light := roles{
		text: hex("#1F2328"), quiet: hex("#50545E"), accent: hex("#5A20CC"), good: hex("#0B5F30"), warn: hex("#6B4A00"), bad: hex("#AF0F2A"),
		header: hex("#A31B6B"), signature: hex("#0A5AB0"),
		selection: hex("#DDDAFF"), bar: hex("#EEEEF2"), line: hex("#C4C8D0"), ink: hex("#FFFFFF"),
	}
	bright := roles{
		text: hex("#FFFFFF"), quiet: hex("#D0D3E0"), accent: hex("#C9B8FF"), good: hex("#7CF5B5"), warn: hex("#FFD479"), bad: hex("#FFA8B0"),
		header: hex("#FFB0DA"), signature: hex("#9ADBFF"),
		selection: hex("#262255"), bar: hex("#000000"), line: hex("#9A9FB8"), ink: hex("#000000"),
	}
	deep := roles{
		text: hex("#000000"), quiet: hex("#33373F"), accent: hex("#3A1D9A"), good: hex("#04441F"), warn: hex("#553800"), bad: hex("#7A0A16"),
		header: hex("#6B0C44"), signature: hex("#063A75"),
		selection: hex("#E6E6FF"), bar: hex("#F4F4F8"), line: hex("#6A6F7C"), ink: hex("#FFFFFF"),
	}
	return map[string][2]roles{
		"dark": {dark, dark}, "light": {light, light}, "auto": {light, dark}, "contrast": {deep, bright}, "mono": {}, FewColours: {
			{
				accent: ansi.Magenta, good: ansi.Green, warn: ansi.Red, bad: ansi.Red,
				header: ansi.Magenta, signature: ansi.Blue, ink: ansi.BrightWhite,
			},
			{
				accent: ansi.BrightMagenta, good: ansi.BrightGreen, warn: ansi.BrightYellow, bad: ansi.BrightRed,
				header: ansi.BrightMagenta, signature: ansi.BrightCyan, line: ansi.BrightBlack, ink: ansi.Black,
			},
		},
	}
}

// FewColours is the theme of a terminal with 16 colours. Text has the colour of the terminal,
// and what is selected is in reverse, since no pair of these colours is sure to be legible.
const FewColours = "16 colours"

func hex(text string) color.Color { return lipgloss.Color(text) }

// Themes returns the names of the themes. "auto", "contrast" and "mono" fit the background
// of the terminal.
func Themes() []string { return []string{"auto", "dark", "light", "contrast", "mono"} }

// Theme holds all styles of the console. Nothing else holds a style.
type Theme struct {
	Plain, Strong, Faint       lipgloss.Style
	Accent, Good, Warn, Bad    lipgloss.Style
	Brand, Tab, TabActive      lipgloss.Style
	Border, BorderFocus        lipgloss.Style
	Button, ButtonFocus        lipgloss.Style
	Banner, Alarm              lipgloss.Style
	Marked                     lipgloss.Style // the selection in a text
	Header, Payload, Signature lipgloss.Style // the three parts of a token
	Name, Str, Number, Literal lipgloss.Style // JSON
	HelpKey, HelpText          lipgloss.Style

	selected, bar string // the sequences that begin their backgrounds
}

// NewTheme returns the styles of the theme with that name for a dark or a light background.
// A name that is neither one of [Themes] nor [FewColours] is "auto".
func NewTheme(name string, isDark bool) *Theme {
	if !slices.Contains(Themes(), name) && name != FewColours {
		name = "auto"
	}
	r := looks()[name][0]
	if isDark {
		r = looks()[name][1]
	}
	fg := func(c color.Color) lipgloss.Style {
		if c == nil {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(c)
	}
	block := fg(r.ink).Background(r.accent).Bold(true)
	t := &Theme{
		Plain: fg(r.text), Strong: fg(r.text).Bold(true), Faint: fg(r.quiet),
		Accent: fg(r.accent), Good: fg(r.good), Warn: fg(r.warn), Bad: fg(r.bad),
		Brand: fg(r.accent).Bold(true),
		Tab:   fg(r.text), TabActive: block,
		Border: fg(r.line), BorderFocus: fg(r.accent),
		Button: block, ButtonFocus: block.Underline(true),
		Banner: fg(r.bad).Bold(true),
		Alarm:  fg(r.bad).Bold(true).Reverse(true),
		Marked: fg(r.text).Background(r.selection).Bold(true),
		Header: fg(r.header), Payload: fg(r.accent), Signature: fg(r.signature),
		Name: fg(r.accent), Str: fg(r.good), Number: fg(r.warn), Literal: fg(r.signature),
		HelpKey: fg(r.accent).Bold(true), HelpText: fg(r.quiet),
		selected: ansi.NewStyle().BackgroundColor(r.selection).String(),
		bar:      ansi.NewStyle().BackgroundColor(r.bar).String(),
	}
	if r.selection == nil {
		t.selected, t.bar = ansi.NewStyle().Reverse(true).String(), ""
		t.Marked = t.Marked.Reverse(true)
	}
	if name == "mono" {
		t.Border = lipgloss.NewStyle().Faint(true)
		for _, style := range []*lipgloss.Style{&t.TabActive, &t.Button, &t.ButtonFocus} {
			*style = style.Reverse(true)
		}
		t.Faint, t.HelpText = t.Border, t.Border
	}
	return t
}

// Faded returns the styles for a token that is out of date.
func (t *Theme) Faded() *Theme {
	f := *t
	for _, style := range []*lipgloss.Style{
		&f.Plain, &f.Strong, &f.Header, &f.Payload, &f.Signature, &f.Name, &f.Str, &f.Number, &f.Literal,
	} {
		*style = f.Faint
	}
	return &f
}
