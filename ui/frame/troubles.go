package frame

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/explain"
	"tokendesk/settings"
	"tokendesk/ui/widget"
)

// Note returns an explanation as a sentence.
func Note(l explain.Line) widget.Note { return widget.Note{Tone: l.Tone, Text: l.String()} }

// Notes returns the explanation of an error, a sentence for each thing that is
// wrong.
func Notes(err error) []widget.Note {
	lines := explain.Lines(err)
	notes := make([]widget.Note, len(lines))
	for i, line := range lines {
		notes[i] = Note(line)
	}
	return notes
}

// Fault returns the first sentence of [Notes], where there is room for only one.
// There must be an error.
func Fault(err error) widget.Note { return Note(explain.Lines(err)[0]) }

// Fail says for a while why something failed.
func Fail(c *Ctx, err error) tea.Cmd { return Tell(c, explain.Lines(err)[0]) }

// FailIn is [Fail] for a part that shows the error itself: nothing more is said while
// the part has the keys.
func FailIn(c *Ctx, p Part, err error) tea.Cmd {
	if c.Top() == p {
		return nil
	}
	return Fail(c, err)
}

// Tell shows an explanation for a while.
func Tell(c *Ctx, line explain.Line) tea.Cmd { return c.Say(line.Tone, line.String()) }

// Problems draws the explanation of an error.
func Problems(t *widget.Theme, err error, width int) []string {
	return t.Sentences(Notes(err), width)
}

// Warnings draws the warnings about the settings.
func Warnings(t *widget.Theme, warnings []settings.Warning, width int) []string {
	notes := make([]widget.Note, len(warnings))
	for i, w := range warnings {
		notes[i] = Note(explain.Warning(w))
	}
	return t.Sentences(notes, width)
}

// Notices draws what was recognised in the settings.
func Notices(t *widget.Theme, notices []settings.Notice, width int) []string {
	lines := make([]string, 0, len(notices))
	for _, n := range notices {
		lines = append(lines, t.Sentence(Note(explain.Notice(n)), width, 0)...)
	}
	return lines
}

// WarningTone returns the loudest tone of some warnings.
func WarningTone(warnings ...settings.Warning) widget.Tone {
	tone := widget.Warn
	for _, w := range warnings {
		tone = max(tone, explain.Warning(w).Tone)
	}
	return tone
}
