package explain

import (
	"errors"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/settings"
)

// Lines says what is wrong and what to do about it, for any error: a line for each of
// several [settings.Problems], else one. It is nil for nil. A [Line] that the error
// wraps, or returns from its As method, explains the error.
func Lines(err error) []Line {
	if err == nil {
		return nil
	}
	if placed, ok := errors.AsType[*placedError](err); ok {
		lines := Lines(placed.err)
		for i := range lines {
			lines[i].Label = join(placed.place, lines[i].Label)
		}
		return lines
	}
	if lines, ok := errors.AsType[Several](err); ok {
		return lines
	}
	problems, several := errors.AsType[settings.Problems](err)
	if _, explained := errors.AsType[Line](err); explained || !several {
		return []Line{line(err)}
	}
	lines := make([]Line, len(problems))
	for i, p := range problems {
		lines[i] = Problem(p)
	}
	return lines
}

// line returns the line of one error.
func line(err error) Line {
	if line, ok := errors.AsType[Line](err); ok {
		line.Tone = Bad
		return line
	}
	if p, ok := errors.AsType[*settings.Problem](err); ok {
		return Problem(p)
	}
	if refused, ok := errors.AsType[*auth.DecodeError](err); ok {
		return Line{Tone: Bad, Code: refused.Verdict.Code(), Text: err.Error(), Do: refused.Advice, Source: refused.Source}
	}
	if limit, ok := errors.AsType[*auth.LimitError](err); ok {
		return Line{
			Tone: Bad, Text: "the lifetime " + auth.FormatDuration(limit.Lifetime) + " is above the limit of " + auth.FormatDuration(limit.Limit),
			Do: "choose a shorter one, or raise MAX_TOKEN_MINUTES",
		}
	}
	if errors.Is(err, auth.ErrNoKey) {
		return Line{Tone: Bad, Text: "there is no key to sign with", Do: "set SECRET_KEY or KEY_FILE"}
	}
	return Line{Tone: Bad, Text: err.Error(), Do: advice.Of(err)}
}

// placedError is an error with its place.
type placedError struct {
	place string
	err   error
}

func (e *placedError) Error() string { return join(e.place, e.err.Error()) }

func (e *placedError) Unwrap() error { return e.err }

// At returns the error with its place, such as "--lifetime" or the name of a file, which
// becomes the label of its lines. It is nil for nil.
func At(place string, err error) error {
	if err == nil {
		return nil
	}
	return &placedError{place, err}
}

func join(place, text string) string {
	switch {
	case place == "":
		return text
	case text == "":
		return place
	default:
		return place + ": " + text
	}
}

// Problem explains what is wrong with the settings.
func Problem(p *settings.Problem) Line {
	return Line{Tone: Bad, Label: p.Place(), Text: p.Text, Do: p.Do}
}

// Warning explains a setting that works but should not stay as it is.
func Warning(w settings.Warning) Line {
	line := Line{Tone: Warn, Label: w.Place(), Text: w.Text, Do: w.Do, Source: w.Source}
	if w.Severe {
		line.Tone = Bad
	}
	return line
}
