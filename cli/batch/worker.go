package batch

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
)

// worker issues the tokens of chunks.
type worker struct {
	batch     *auth.Batch
	rows      *Rows
	form      Form
	clock     func() time.Time
	expiresAt time.Time

	now  time.Time // of the chunk
	left time.Duration
	// The last lifetime of a row: the next row mostly has the same.
	lifetimeText string
	lifetime     time.Duration

	usual    presetName // of the rows that name none
	personas func(persona, shape string) (*Persona, error)
	presets  map[presetName]*preset
	random   io.Reader
	chunks   int // how many chunks, including the current one

	claims  auth.Object // reused for every row
	subject []byte
}

func newWorker(o *Options) (*worker, error) {
	w := &worker{
		rows: o.Rows, form: o.Form, clock: o.Issuer.Now, expiresAt: o.ExpiresAt,
		usual: presetName{o.Persona, o.Shape}, personas: o.Personas, presets: map[presetName]*preset{}, random: randomness(o.Issuer),
	}
	if w.clock == nil {
		w.clock = time.Now
	}
	w.now = w.clock()
	if w.usual != (presetName{}) {
		_, err := w.preset(presetName{})
		return w, err
	}
	issuer := *o.Issuer
	issuer.Now = func() time.Time { return w.now }
	var err error
	w.batch, err = auth.NewBatch(&issuer, o.Common)
	return w, err
}

// issue issues the tokens of the chunk.
func (w *worker) issue(c *chunk) {
	w.now = w.clock()
	w.chunks++
	w.lifetimeText = ""
	if !w.expiresAt.IsZero() {
		w.left = w.expiresAt.Sub(w.now.Truncate(time.Second))
	}
	switch {
	case c.broken != "":
		row := string(c.text)
		if c.broken == tooLong {
			row = ""
		}
		c.refuse(c.line, row, errors.New(c.broken))
	case w.rows.in == nil:
		for n := c.line; n < c.line+c.count; n++ {
			w.subject = append(w.subject[:0], w.rows.subject[0]...)
			for _, part := range w.rows.subject[1:] {
				w.subject = append(strconv.AppendInt(w.subject, int64(n), 10), part...)
			}
			w.add(c, n, "", request{Request: auth.Request{Subject: string(w.subject)}})
		}
	case w.rows.format == CSV:
		w.issueRecords(c)
	default:
		w.issueLines(c)
	}
}

// issueLines issues the tokens of lines that hold a subject or an object.
func (w *worker) issueLines(c *chunk) {
	line := c.line - 1
	for row := range strings.Lines(string(c.text)) {
		line++
		text := strings.TrimSuffix(strings.TrimSuffix(row, "\n"), "\r")
		if strings.TrimSpace(text) == "" {
			continue
		}
		if len(row) > maxRow {
			c.refuse(line, "", errors.New(tooLong))
			continue
		}
		if w.rows.format == Text {
			w.add(c, line, row, request{Request: auth.Request{Subject: text}})
			continue
		}
		request, err := w.parseRequest([]byte(text))
		if err != nil {
			c.refuse(line, row, err)
			continue
		}
		w.add(c, line, row, request)
	}
}

// issueRecords issues the tokens of CSV records.
func (w *worker) issueRecords(c *chunk) {
	text := string(c.text)
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	in.ReuseRecord = true
	for {
		before := in.InputOffset()
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		row := strings.TrimLeft(text[before:in.InputOffset()], "\r\n")
		if syntax, ok := errors.AsType[*csv.ParseError](err); ok {
			c.refuse(c.line+syntax.StartLine-1, row, fmt.Errorf("%s at column %d", csvReason(syntax.Err), syntax.Column))
			continue
		}
		line, _ := in.FieldPos(0)
		line += c.line - 1
		request, err := w.parseRecord(record)
		if err != nil {
			c.refuse(line, row, err)
			continue
		}
		w.add(c, line, row, request)
	}
}

// csvReason says what is wrong with a record.
func csvReason(err error) string {
	if errors.Is(err, csv.ErrBareQuote) {
		return "there is a quote inside an unquoted field"
	}
	return "a quote is not closed, or text follows it,"
}

// add issues one token.
func (w *worker) add(c *chunk, line int, row string, r request) {
	start, number, issue := len(c.out), line-w.rows.above, w.append
	if r.Lifetime == 0 {
		r.Lifetime = w.left
	}
	preset, err := w.preset(r.presetName)
	if err == nil && preset != nil {
		issue = preset.append
		err = preset.fill(w, &r.Request, number)
	}
	if err == nil && !r.Whole {
		err = input.CheckSubject(r.Subject)
	}
	if err != nil {
		c.refuse(line, row, err)
		return
	}
	c.out = w.form.before(c.out, number, r.Subject)
	out, expires, err := issue(c.out, r.Request)
	if err != nil {
		c.out = c.out[:start]
		c.refuse(line, row, err)
		return
	}
	c.out = w.form.after(out, expires)
}

// append appends the token of a row that has neither a persona nor a shape.
func (w *worker) append(dst []byte, r auth.Request) ([]byte, time.Time, error) {
	return w.batch.Append(dst, r)
}

func (c *chunk) refuse(line int, row string, err error) {
	c.refused = append(c.refused, Refusal{Line: line, Reason: explain.Lines(err)[0].String(), row: row, at: len(c.out)})
}

// atColumn says where a line is not JSON.
func atColumn(err error) error {
	if syntax, ok := errors.AsType[*jsontext.SyntaxError](err); ok {
		return fmt.Errorf("the line is not a JSON object: %s at column %d", syntax.Reason, syntax.Column)
	}
	return err
}

// withoutPlace returns a syntax error without its line and column.
func withoutPlace(err error) error {
	if syntax, ok := errors.AsType[*jsontext.SyntaxError](err); ok {
		return errors.New(syntax.Reason)
	}
	return err
}
