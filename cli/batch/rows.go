package batch

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// Format is how rows are written.
type Format string

// The formats of rows.
const (
	Text      Format = "text"  // a subject a line
	CSV       Format = "csv"   // a header, of which subject, expires_in and persona are special, and claims below it
	JSONLines Format = "jsonl" // an object with subject, expires_in, claims and persona a line
)

// Name returns the word for the format in flags. It never changes.
func (f Format) Name() string { return string(f) }

// Formats returns the formats there are.
func Formats() []Format { return []Format{Text, CSV, JSONLines} }

const (
	chunkSize = 16 << 10 // bytes of rows that are worked on at once
	chunkRows = 512      // the same for subjects that are made
	maxRow    = 1 << 20  // the longest row in bytes
)

// Rows is where the rows come from.
type Rows struct {
	in     io.Reader
	format Format
	line   int    // the number of the next line
	rest   []byte // what was read behind the last whole row
	ended  bool   // nothing is left to read
	skip   bool   // the rest of a row that is too long is still to be dropped

	columns []column // of CSV
	header  []byte   // as it stands in the file
	above   int      // the lines that it takes

	subject []string // of rows that are made: what stands between the numbers
	last    int
}

// column is a column of CSV.
type column struct {
	name string // of the claim
	kind kind
}

type kind int

const (
	textClaim kind = iota
	jsonClaim
	subjectColumn
	lifetimeColumn
	personaColumn
)

// Count returns rows that need no file: the subjects with the numbers from 1 to n
// in place of {n}.
func Count(subject string, n int) *Rows {
	return &Rows{subject: strings.Split(subject, "{n}"), line: 1, last: n}
}

// Read returns the rows of a file. Without a format the name and the beginning
// of the file tell it.
func Read(in io.Reader, name string, format Format) (*Rows, error) {
	r := &Rows{in: in, format: format, line: 1}
	for !r.ended && bytes.IndexByte(r.rest, '\n') < 0 && len(r.rest) <= maxRow {
		if err := r.more(); err != nil {
			return nil, err
		}
	}
	if bytes.HasPrefix(r.rest, []byte("\xff\xfe")) || bytes.HasPrefix(r.rest, []byte("\xfe\xff")) {
		return nil, errors.New("it is UTF-16: save it as UTF-8")
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

// Format returns the format of the rows.
func (r *Rows) Format() Format { return r.format }

// NamesPersonas reports whether the rows have a column for personas. Of JSON
// Lines nobody knows.
func (r *Rows) NamesPersonas() bool {
	return slices.Contains(r.columns, column{"persona", personaColumn})
}

// Header returns the line with the names of the columns, for files that have one.
func (r *Rows) Header() string { return string(r.header) }

// detect returns the format that a file has by its name, else by its first line:
// an object is JSON Lines, names with subject among them are CSV.
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

// readHeader reads the names of the columns.
func (r *Rows) readHeader() error {
	end, _ := lastRow(r.rest)
	if end == 0 || r.ended {
		end = len(r.rest)
	}
	in := csv.NewReader(bytes.NewReader(r.rest[:end]))
	names, err := in.Read()
	if err != nil {
		return errors.New("line 1: the names of the columns cannot be read; begin with a line such as subject,expires_in,role")
	}
	end = int(in.InputOffset())
	r.header = bytes.TrimSpace(r.rest[:end])
	r.above = bytes.Count(r.rest[:end], []byte("\n"))
	r.line += r.above
	r.rest = r.rest[end:]
	for _, name := range names {
		c, err := parseColumn(name)
		if err != nil {
			return fmt.Errorf("line 1: %w", err)
		}
		if slices.ContainsFunc(r.columns, func(have column) bool { return have.name == c.name }) {
			return fmt.Errorf("line 1: the column %s is there twice; keep one", c.name)
		}
		r.columns = append(r.columns, c)
	}
	if !slices.Contains(r.columns, column{"subject", subjectColumn}) && !r.NamesPersonas() {
		return errors.New("line 1: no column is named subject; name the one with the email addresses or user names so")
	}
	return nil
}

func parseColumn(name string) (column, error) {
	name, isJSON := strings.CutSuffix(name, ":json")
	switch {
	case name == "":
		return column{}, errors.New("a column has no name; give it the name of a claim")
	case name == "subject" && !isJSON:
		return column{name, subjectColumn}, nil
	case name == "expires_in" && !isJSON:
		return column{name, lifetimeColumn}, nil
	case name == "persona" && !isJSON:
		return column{name, personaColumn}, nil
	case name == "sub":
		return column{}, errors.New("the column sub has to be named subject")
	case name == "exp":
		return column{}, errors.New("the column exp has to be named expires_in and hold lifetimes such as 30m")
	case isJSON:
		return column{name, jsonClaim}, nil
	}
	if err := auth.CheckExtraClaim(auth.Member{Name: name, Value: jsontext.Quote("")}); err != nil {
		return column{}, fmt.Errorf("the column %s cannot hold text: %w; name it %s:json where JSON would do", name, err, name)
	}
	return column{name, textClaim}, nil
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

// wholeRows returns how much of what was read is whole rows, and when that is
// one row which cannot be read, why.
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
	if r.format == CSV {
		return r.wholeRecords()
	}
	end = bytes.LastIndexByte(r.rest, '\n') + 1
	switch {
	case r.ended:
		return len(r.rest), ""
	case end == 0 && len(r.rest) > maxRow:
		r.skip = true
		return len(r.rest), tooLong
	}
	return end, ""
}

const (
	tooLong  = "the row is longer than 1 MiB and is not among the rejects"
	openedAt = "a quote is opened and never closed"
)

// wholeRecords is wholeRows for CSV. When a quote is never closed, the line that
// opens it is the broken row and the next line begins a new one.
func (r *Rows) wholeRecords() (end int, broken string) {
	end, open := lastRow(r.rest)
	switch {
	case end == 0 && open && (r.ended || len(r.rest) > maxRow):
		if end = bytes.IndexByte(r.rest, '\n') + 1; end == 0 {
			end = len(r.rest)
		}
		return end, openedAt
	case r.ended && !open:
		return len(r.rest), ""
	case end == 0 && len(r.rest) > maxRow:
		r.skip = true
		return len(r.rest), tooLong
	}
	return end, ""
}

// lastRow returns where the last whole record of a CSV text ends, and whether
// the text ends inside quotes (RFC 4180 section 2).
func lastRow(text []byte) (end int, open bool) {
	if bytes.IndexByte(text, '"') < 0 {
		return bytes.LastIndexByte(text, '\n') + 1, false
	}
	begins := true // at the beginning of a field, where alone a quote opens one
	for i, c := range text {
		switch {
		case open:
			open = c != '"' // one behind it opens it again: it was an escaped quote
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

// more reads once.
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

// ReadError is an error of the input.
type ReadError struct{ Err error }

// Error says that the input could not be read.
func (e *ReadError) Error() string { return "it cannot be read" }

// Unwrap returns the error of the read.
func (e *ReadError) Unwrap() error { return e.Err }
