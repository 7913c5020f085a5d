package batch

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"tokendesk/explain"
)

// Format is the format of the rows.
type Format string

// The formats of rows.
const (
	Text      Format = "text"  // one subject per line
	CSV       Format = "csv"   // a header with subject, expires_in, persona, shape and the names of claims
	JSONLines Format = "jsonl" // one object with subject, expires_in, claims, persona and shape per line
)

// Name returns the name of the format in flags. It never changes.
func (f Format) Name() string { return string(f) }

// Formats returns all formats.
func Formats() []Format { return []Format{Text, CSV, JSONLines} }

const (
	chunkSize = 16 << 10 // bytes of rows in a chunk
	chunkRows = 512      // rows of Count in a chunk
	maxRow    = 1 << 20  // bytes of the longest row
)

// Rows is the source of the rows.
type Rows struct {
	in     io.Reader
	format Format
	line   int    // the number of the next line
	rest   []byte // what was read after the last whole row
	ended  bool   // the input has ended
	skip   bool   // drop the rest of a row that is too long

	columns []column // of CSV
	header  []byte   // as in the file
	above   int      // how many lines the header takes

	subject []string // of Count: the text between the numbers
	last    int
}

// Count returns rows without a file: the subject with the numbers from 1 to n in
// place of {n}.
func Count(subject string, n int) *Rows {
	return &Rows{subject: strings.Split(subject, "{n}"), line: 1, last: n}
}

// Read returns the rows of a file. An empty format is told from the name and the
// start of the file.
func Read(in io.Reader, name string, format Format) (*Rows, error) {
	r := &Rows{in: in, format: format, line: 1}
	for !r.ended && bytes.IndexByte(r.rest, '\n') < 0 && len(r.rest) <= maxRow {
		if err := r.more(); err != nil {
			return nil, err
		}
	}
	if bytes.HasPrefix(r.rest, []byte("\xff\xfe")) || bytes.HasPrefix(r.rest, []byte("\xfe\xff")) {
		return nil, explain.Line{Text: "it is UTF-16", Do: "save it as UTF-8"}
	}
	r.rest = bytes.TrimPrefix(r.rest, []byte("\ufeff"))
	if r.format == "" {
		r.format = detect(name, r.rest)
	}
	if r.format != CSV {
		return r, nil
	}
	return r, r.readHeader()
}

// NamesPersonas reports whether the rows have a column for personas. It is false for
// JSON Lines, where any row may name one.
func (r *Rows) NamesPersonas() bool {
	return slices.Contains(r.columns, column{"persona", personaColumn})
}

// Header returns the line with the names of the columns, or nothing.
func (r *Rows) Header() string { return string(r.header) }

// detect returns the format by the name of the file, else by its first line: an object
// is JSON Lines, names with subject among them are CSV.
func detect(name string, text []byte) Format {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		return CSV
	case ".jsonl", ".ndjson":
		return JSONLines
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	if bytes.HasPrefix(bytes.TrimSpace(first), []byte("{")) {
		return JSONLines
	}
	if names, err := csv.NewReader(bytes.NewReader(first)).Read(); err == nil && slices.Contains(names, "subject") {
		return CSV
	}
	return Text
}

// fill puts the next rows into the chunk. After the last it returns [io.EOF].
func (r *Rows) fill(c *chunk) error {
	c.line = r.line
	if r.in == nil {
		c.count = min(chunkRows, r.last-r.line+1)
		r.line += c.count
		if c.count == 0 {
			return io.EOF
		}
		return nil
	}
	for {
		end, broken := r.wholeRows()
		if end > 0 {
			c.text = append(c.text, r.rest[:end]...)
			c.broken = broken
			r.rest = r.rest[:copy(r.rest, r.rest[end:])]
			r.line += bytes.Count(c.text, []byte("\n"))
			return nil
		}
		if r.ended {
			return io.EOF
		}
		if err := r.more(); err != nil {
			return err
		}
	}
}

// wholeRows returns the length of the whole rows that were read. If they are a single
// unreadable row it says why. When a quote is never closed, the line that opens it is
// the unreadable row and the next line starts a new one.
func (r *Rows) wholeRows() (end int, broken string) {
	if r.skip {
		end := bytes.IndexByte(r.rest, '\n') + 1
		if end == 0 {
			end = len(r.rest)
		} else {
			r.skip = false
			r.line++
		}
		r.rest = r.rest[:copy(r.rest, r.rest[end:])]
	}
	end, open := r.lastRow()
	switch {
	case end == 0 && open && (r.ended || len(r.rest) > maxRow):
		if end = bytes.IndexByte(r.rest, '\n') + 1; end == 0 {
			end = len(r.rest)
		}
		return end, unclosedQuote
	case r.ended && !open:
		return len(r.rest), ""
	case end == 0 && len(r.rest) > maxRow:
		r.skip = true
		return len(r.rest), tooLong
	}
	return end, ""
}

const (
	tooLong       = "the row is longer than 1 MiB and is not written to the rejects"
	unclosedQuote = "a quote is never closed"
)

// lastRow returns where the last whole row of what was read ends, and whether the text
// after it is inside the quotes of CSV (RFC 4180 section 2).
func (r *Rows) lastRow() (end int, open bool) {
	if r.format != CSV || bytes.IndexByte(r.rest, '"') < 0 {
		return bytes.LastIndexByte(r.rest, '\n') + 1, false
	}
	begins := true // at the start of a field, the only place where a quote opens one
	for i, c := range r.rest {
		switch {
		case open:
			open = c != '"' // a second one opens it again: it was an escaped quote
			begins = !open
		case c == '\n':
			end, begins = i+1, true
		default:
			open = begins && c == '"'
			begins = c == ','
		}
	}
	return end, open
}

// more reads from the input once.
func (r *Rows) more() error {
	if cap(r.rest)-len(r.rest) < chunkSize {
		r.rest = slices.Grow(r.rest, chunkSize)
	}
	room := r.rest[len(r.rest) : len(r.rest)+chunkSize]
	n, err := r.in.Read(room)
	r.rest = r.rest[:len(r.rest)+n]
	switch {
	case errors.Is(err, io.EOF):
		r.ended = true
	case err != nil:
		return &ReadError{err}
	}
	return nil
}

// ReadError is an error of reading the input.
type ReadError struct{ Err error }

// Error says that the input could not be read.
func (e *ReadError) Error() string { return "it cannot be read" }

// Unwrap returns the error of the read.
func (e *ReadError) Unwrap() error { return e.Err }
