package cli

import (
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"tokendesk/explain"
)

// style colours text for a terminal. The commands need a few colours and no
// layout, so they do without Lip Gloss.
type style struct{ on bool }

// styleFor returns the style for a file: no colour in a pipe, or where NO_COLOR is
// set.
func styleFor(f *os.File) style {
	return style{os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(f.Fd())}
}

func (s style) paint(code, text string) string {
	if !s.on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s style) strong(text string) string { return s.paint("1", text) }
func (s style) faint(text string) string  { return s.paint("2", text) }

// tone colours text by how much it matters.
func (s style) tone(tone explain.Tone, text string) string {
	colours := map[explain.Tone]string{explain.Quiet: "2", explain.Good: "32", explain.Warn: "33", explain.Bad: "31"}
	return s.paint(colours[tone], text)
}

// pad fills text with spaces to that many cells of the terminal.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-ansi.StringWidth(text)))
}

// fit returns text in exactly that many cells. Text that is cut ends with the tail.
func fit(text string, width int, tail string) string {
	return pad(ansi.Truncate(text, width, tail), width)
}
