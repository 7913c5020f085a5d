package frame

import (
	"errors"

	"tokendesk/settings"
	"tokendesk/ui/widget"
)

// ProblemNotes returns what is wrong with some settings, a sentence for each.
func ProblemNotes(err error) []widget.Note {
	var problems settings.Problems
	switch {
	case errors.As(err, &problems):
		notes := make([]widget.Note, len(problems))
		for i, problem := range problems {
			notes[i] = widget.Note{Tone: widget.Bad, Text: problem.Error()}
		}
		return notes
	case err != nil:
		return []widget.Note{{Tone: widget.Bad, Text: err.Error()}}
	default:
		return nil
	}
}

// Problems draws what is wrong with some settings.
func Problems(t *widget.Theme, err error, width int) []string {
	notes := ProblemNotes(err)
	lines := make([]string, 0, len(notes))
	for _, n := range notes {
		lines = append(lines, t.Sentence(n, width, 0)...)
	}
	return lines
}

// Warnings draws what works and should not stay as it is.
func Warnings(t *widget.Theme, warnings []settings.Warning, width int) []string {
	lines := make([]string, 0, len(warnings))
	for _, w := range warnings {
		lines = append(lines, t.Sentence(widget.Note{Tone: WarningTone(w), Text: w.String()}, width, 0)...)
	}
	return lines
}

// WarningTone is red when the key may be in other hands or be the wrong one.
func WarningTone(warnings ...settings.Warning) widget.Tone {
	for _, w := range warnings {
		if w.Severe {
			return widget.Bad
		}
	}
	return widget.Warn
}
