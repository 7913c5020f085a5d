package cli

import (
	"errors"
	"io"
	"os"
	"strconv"

	"github.com/charmbracelet/x/term"

	"tokendesk/cli/batch"
	"tokendesk/explain"
	"tokendesk/internal/oneof"
	"tokendesk/settings"
)

// rows is the input of a batch and what is known about it.
type rows struct {
	*batch.Rows
	name  string
	file  *os.File // nil for rows of --count
	total int64    // Counts.Read at the end, 0 when it is unknown
}

// openRows opens the file, or makes the rows.
func (b *batchFlags) openRows(p Program, args []string, hasSubject bool) (*rows, error) {
	if b.count != "" {
		return b.makeRows(args, hasSubject)
	}
	if b.subject != "" {
		return nil, invalid(advise("--subject needs --count", "say how many tokens to issue"))
	}
	var format batch.Format
	if b.input != "" {
		var err error
		if format, err = oneof.ByName("format", batch.Formats(), b.input); err != nil {
			return nil, invalid(explain.At("--input", err))
		}
	}
	r := &rows{name: "standard input", file: p.Stdin}
	var err error
	switch {
	case len(args) == 1 && args[0] != "-":
		r.name = args[0]
		if r.file, err = os.Open(r.name); err != nil {
			return nil, settings.ExplainRead(r.name, err)
		}
	case term.IsTerminal(p.Stdin.Fd()):
		return nil, invalid(advise("there are no rows", "name a file, pipe them in, or make them with --count"))
	}
	if info, err := r.file.Stat(); err == nil && info.Mode().IsRegular() {
		r.total = info.Size()
	}
	if r.Rows, err = batch.Read(r.file, r.name, format); err != nil {
		r.close()
		return nil, r.inputError(err)
	}
	return r, nil
}

// makeRows makes the rows of --count.
func (b *batchFlags) makeRows(args []string, hasSubject bool) (*rows, error) {
	count, err := strconv.Atoi(b.count)
	switch {
	case len(args) > 0:
		return nil, invalid(errors.New("--count and a file cannot be used together"))
	case err != nil || count <= 0:
		return nil, invalid(errors.New("--count: write a number above 0, such as 1000"))
	case b.subject == "" && !hasSubject:
		return nil, invalid(advise("--count needs a subject", "add --subject, such as 'user{n}@example.com'"))
	}
	return &rows{Rows: batch.Count(b.subject, count), total: int64(count)}, nil
}

// inputError names the file of an error of the input.
func (r *rows) inputError(err error) error {
	if unreadable, ok := errors.AsType[*batch.ReadError](err); ok {
		return settings.ExplainRead(r.name, unreadable.Err)
	}
	return explain.At(r.name, err)
}

func (r *rows) close() {
	if r.file != nil {
		_ = r.file.Close() // it was only read
	}
}

// createRejects creates the file for the refused rows.
func (r *rows) createRejects(path string) (io.WriteCloser, error) {
	if r.file == nil {
		return nil, invalid(errors.New("--rejects and --count cannot be used together"))
	}
	if there, err := os.Stat(path); err == nil {
		if info, err := r.file.Stat(); err == nil && os.SameFile(info, there) {
			return nil, invalid(advise("--rejects names the file that the rows are read from", "choose another name"))
		}
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, explain.Line{Label: path, Text: "it cannot be written", Do: "check the name and the permissions of its folder"}
	}
	if header := r.Header(); header != "" {
		if _, err := io.WriteString(file, header+"\n"); err != nil {
			return nil, errors.Join(outputError(err), file.Close())
		}
	}
	return file, nil
}
