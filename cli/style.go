package cli

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// style colours what is printed on a terminal. The commands need a few colours
// and no layout, so they make do without Lip Gloss.
type style struct{ on bool }

// styleFor returns the style for a file: none in a pipe, none where NO_COLOR is
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
func (s style) bad(text string) string    { return s.paint("31", text) }
func (s style) good(text string) string   { return s.paint("32", text) }
func (s style) warn(text string) string   { return s.paint("33", text) }
