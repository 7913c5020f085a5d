package jsontext

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"
)

// SyntaxError says what is wrong with a JSON text and where.
type SyntaxError struct {
	Offset int // in bytes, from 0
	Line   int // from 1
	Column int // in characters, from 1
	Reason string
}

// Error returns the reason, the line and the column.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s at line %d, column %d", e.Reason, e.Line, e.Column)
}

// LineOf returns the line of the *[SyntaxError] that an error wraps, or 0 if there is none.
func LineOf(err error) int {
	if syntax, ok := errors.AsType[*SyntaxError](err); ok {
		return syntax.Line
	}
	return 0
}

// InOneLine returns the *[SyntaxError] that an error wraps as an error about a text of one
// line, with only the column. It returns any other error unchanged.
func InOneLine(err error) error {
	if syntax, ok := errors.AsType[*SyntaxError](err); ok {
		return fmt.Errorf("%s at column %d", syntax.Reason, syntax.Column)
	}
	return err
}

func syntaxError(text []byte, offset int, format string, args ...any) *SyntaxError {
	line, column := Position(text, offset)
	return &SyntaxError{Offset: offset, Line: line, Column: column, Reason: fmt.Sprintf(format, args...)}
}

// Position returns the line of an offset in a text, from 1, and its column in characters,
// from 1.
func Position(text []byte, offset int) (line, column int) {
	before := text[:offset]
	line = bytes.Count(before, []byte("\n")) + 1
	return line, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}
