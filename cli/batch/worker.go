package batch

import (
	"encoding/csv"
	"encoding/json"
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

// parseRequest reads a request of JSON Lines.
func (w *worker) parseRequest(text []byte) (request, error) {
	var r request
	members, err := jsontext.ParseObject(text)
	if err != nil {
		return r, atColumn(err)
	}
	for _, m := range members {
		switch m.Name {
		case "subject":
			subject, ok := members.String("subject")
			if !ok {
				return r, errors.New("the subject must be a string")
			}
			r.Subject = subject
		case personaMember, shapeMember:
			name, ok := members.String(m.Name)
			if !ok || name == "" {
				return r, fmt.Errorf("the %s must be a name, as a string", m.Name)
			}
			if m.Name == personaMember {
				r.persona = name
			} else {
				r.shape = name
			}
		case "expires_in":
			r.Lifetime, err = w.parseExpiresIn(members, m.Value)
		case "claims":
			r.Claims, err = parseClaims(m.Value)
		default:
			err = explain.Line{
				Text: fmt.Sprintf("a request has no member %s", jsontext.Quote(m.Name)), Do: "use subject, expires_in, claims, persona and shape",
			}
		}
		if err != nil {
			return r, err
		}
	}
	return r, nil
}

// parseClaims reads the claims of JSON Lines. The subject and the lifetime are not among
// them.
func parseClaims(value json.RawMessage) (auth.Object, error) {
	claims, err := jsontext.ParseObject(value)
	if err != nil {
		return nil, errors.New("the claims must be an object")
	}
	for _, m := range claims {
		if err := auth.CheckExtraClaim(m); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

// parseExpiresIn reads a lifetime: text or, as in an OAuth response (RFC 6749 section
// 5.1), a number of seconds.
func (w *worker) parseExpiresIn(members auth.Object, value json.RawMessage) (time.Duration, error) {
	if text, ok := members.String("expires_in"); ok {
		return w.parseLifetime(text)
	}
	seconds, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil || seconds <= 0 || seconds > int64(1<<63-1)/int64(time.Second) {
		return 0, errors.New(`expires_in must be text such as "30m", or a number of seconds above zero`)
	}
	return time.Duration(seconds) * time.Second, nil
}

func (w *worker) parseLifetime(text string) (time.Duration, error) {
	if text == w.lifetimeText {
		return w.lifetime, nil
	}
	lifetime, err := input.ParseLifetime(text, w.now)
	if err != nil {
		return 0, explain.At("expires_in", err)
	}
	w.lifetimeText, w.lifetime = text, lifetime
	return lifetime, nil
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

// parseRecord reads the fields of a CSV record. An empty field adds no claim.
func (w *worker) parseRecord(fields []string) (request, error) {
	r := request{Request: auth.Request{Claims: w.claims[:0]}}
	if len(fields) != len(w.rows.columns) {
		return r, fmt.Errorf("the row has %d fields, but there are %d columns", len(fields), len(w.rows.columns))
	}
	for n, column := range w.rows.columns {
		var err error
		switch field := fields[n]; {
		case column.kind == subjectColumn:
			r.Subject = field
		case field == "":
		case column.kind == personaColumn:
			r.persona = field
		case column.kind == shapeColumn:
			r.shape = field
		case column.kind == lifetimeColumn:
			r.Lifetime, err = w.parseLifetime(field)
		default:
			var m auth.Member
			if m, err = column.member(field); err == nil {
				r.Claims = append(r.Claims, m)
			}
		}
		if err != nil {
			return r, err
		}
	}
	w.claims = r.Claims
	return r, nil
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
