package ledger

import "fmt"

// Damaged is a line that is not a row. Rows before and after it are not affected.
type Damaged struct {
	Path   string
	Line   int // from 1
	Reason error
}

// Error names the line.
func (d *Damaged) Error() string {
	return fmt.Sprintf("line %d of %s is damaged: %v", d.Line, d.Path, d.Reason)
}

// Advice says what to do.
func (d *Damaged) Advice() string {
	return "the other lines are fine; remove this one if you like"
}

// Unwrap returns the reason.
func (d *Damaged) Unwrap() error { return d.Reason }

// Torn says that the last line of the file was incomplete, because the program that wrote it was
// stopped. It stays in the file as one damaged line, and the new rows are written after it.
type Torn struct {
	Path string
	Line int // from 1
}

// Error names the line.
func (t *Torn) Error() string {
	return fmt.Sprintf("line %d of %s was not written completely, because the program that wrote it was stopped", t.Line, t.Path)
}

// Advice says what to do.
func (t *Torn) Advice() string { return "run tokendesk ledger verify to see such lines" }
