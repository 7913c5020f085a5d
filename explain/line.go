package explain

// Line says one thing: a fact or what is wrong, and one thing to do about it.
type Line struct {
	Tone Tone
	// Code is a stable name for programs, such as "bad_signature" or "alg-none". It may be
	// empty.
	Code string
	// Label precedes the text: the verdict, the severity, or the place, such as ".env:3"
	// or "--lifetime". It may be empty.
	Label string
	// Text is one sentence.
	Text string
	// Do is one thing to do, or empty.
	Do string
	// Source is a section of a standard, or empty.
	Source string
}

// String returns the line as one sentence: "label: text; do (source)".
func (l Line) String() string {
	text := l.Said()
	if l.Label != "" {
		text = l.Label + ": " + text
	}
	return text
}

// Said is String without the label, for a face that prints the label separately.
func (l Line) Said() string {
	text := l.Text
	if l.Do != "" {
		text += "; " + l.Do
	}
	if l.Source != "" {
		text += " (" + l.Source + ")"
	}
	return text
}

// Advice returns what to do and the source, "do (source)", for a face that prints them
// below the text. It is empty if there is neither.
func (l Line) Advice() string {
	switch {
	case l.Source == "":
		return l.Do
	case l.Do == "":
		return "(" + l.Source + ")"
	default:
		return l.Do + " (" + l.Source + ")"
	}
}

// Error returns String, so that a Line can be an error.
func (l Line) Error() string { return l.String() }
