package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"tokendesk/cli/batch"
	"tokendesk/desk"
	"tokendesk/internal/oneof"
	"tokendesk/internal/phrase"
	"tokendesk/internal/terminal"
	"tokendesk/settings"
)

// batchFlags is what the command line says besides the settings and the claims.
type batchFlags struct {
	input, output string
	count         string
	subject       string
	rejects       string
	strict        bool
	asJSON        bool
}

// batch is the command that makes many tokens.
func (p Program) batch() *cobra.Command {
	var from deskFlags
	var holds claimFlags
	var flags batchFlags
	cmd := &cobra.Command{
		Use:   "batch [FILE]",
		Short: "Issue a token for every row of a file",
		Long: "Issue a token for every row of a file or of standard input, in the order of the rows. Rows are subjects, one a line; " +
			"or CSV with a header, whose columns are claims, but for subject, expires_in and persona, and hold JSON when their name ends with :json; " +
			"or JSON Lines with subject, expires_in and claims. A row may name a persona, in the column or the member persona. With --count no file is needed.",
		Example: `tokendesk batch users.txt > tokens.txt
tokendesk batch users.csv --output csv --claim env=staging --rejects bad.csv > tokens.csv
tokendesk batch --count 10000 --subject 'user{n}@example.com' > tokens.txt`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return &usageError{errors.New("name one file, or pipe the rows in"), cmd.CommandPath()}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			form, err := flags.form()
			if err != nil {
				return err
			}
			d, err := p.openToSign(cmd.Context(), &from)
			if err != nil {
				return err
			}
			o := batch.Options{Form: form, Strict: flags.strict, Out: p.Stdout}
			persona, err := p.batchDraft(&o, &holds, d)
			if err != nil {
				return err
			}
			from, err := p.openRows(&flags, args, persona != nil && persona.Subject != "")
			if err != nil {
				return err
			}
			defer from.close()
			o.Rows = from.Rows
			if from.NamesPersonas() {
				if _, err := d.Personas(); err != nil {
					return misconfigured(err)
				}
			}
			if flags.rejects != "" {
				file, err := from.createRejects(flags.rejects)
				if err != nil {
					return err
				}
				defer file.Close()
				o.Rejects = file
			}
			return p.runBatch(cmd.Context(), o, from)
		},
	}
	from.flags(cmd)
	from.signFlags(cmd)
	holds.flags(cmd)
	f := cmd.Flags()
	formats := oneof.Names(batch.Formats())
	f.StringVar(&flags.input, "input", "", "the format of the rows: "+oneof.Or(formats)+"; told from the file without it")
	offer(cmd, "input", formats...)
	outputFlag(cmd, &flags.output, "token", batch.Forms())
	f.StringVar(&flags.count, "count", "", "make this many subjects out of --subject")
	f.StringVar(&flags.subject, "subject", "", "the subject for --count, with {n} where the number goes")
	f.StringVar(&flags.rejects, "rejects", "", "write the rows that are refused to this file")
	f.BoolVar(&flags.strict, "strict", false, "stop at the first row that is refused")
	f.BoolVar(&flags.asJSON, "json", false, "the same as --output jsonl")
	return cmd
}

func (b *batchFlags) form() (batch.Form, error) {
	if b.asJSON {
		b.output = "jsonl"
	}
	form, err := oneof.ByName("form", batch.Forms(), b.output)
	if err != nil {
		return form, wrong(fmt.Errorf("--output: %w", err))
	}
	return form, nil
}

// rows is the input of a batch and what is said about it.
type rows struct {
	*batch.Rows
	name  string
	file  *os.File // nil for rows that are made
	total int64    // what Counts.Read will be at the end, 0 when that is not known
}

// batchDraft has the batch hold what the flags say, and returns the persona of the
// rows that name none, or nil.
func (p Program) batchDraft(o *batch.Options, holds *claimFlags, d *desk.Desk) (*settings.Persona, error) {
	now := p.Now()
	d = d.At(now)
	draft, err := holds.draft(p, d)
	if err != nil {
		return nil, err
	}
	persona := draft.Persona
	draft.Persona = nil
	all, err := d.Recipe(draft)
	if err != nil {
		return nil, explainIssue(err)
	}
	all.Issuer.Now = p.Now // rows may take their time
	o.Issuer, o.Common = all.Issuer, all.Common
	if holds.expiresAt != "" {
		o.ExpiresAt = now.Truncate(time.Second).Add(o.Common.Lifetime)
	}
	o.Persona, o.Personas = holds.persona, p.batchPersonas(d, draft)
	if persona == nil {
		return nil, nil
	}
	if _, err := o.Personas(o.Persona); err != nil {
		return nil, misconfigured(err)
	}
	return persona, nil
}

// batchPersonas returns what finds a persona for rows, with what all tokens have
// above it.
func (p Program) batchPersonas(d *desk.Desk, draft desk.Draft) func(string) (*batch.Persona, error) {
	load := sync.OnceValues(d.Personas)
	return func(name string) (*batch.Persona, error) {
		personas, err := load()
		if problems, ok := errors.AsType[settings.Problems](err); ok {
			err = problems[0]
		}
		if err != nil {
			return nil, err
		}
		own := draft
		if own.Persona, err = findPersona(d, personas, name); err != nil {
			return nil, err
		}
		each, err := d.Recipe(own)
		if err != nil {
			return nil, explainKey(err)
		}
		each.Issuer.Now = p.Now
		return &batch.Persona{Holds: each.Holds, Issuer: each.Issuer, Lifetime: each.Common.Lifetime}, nil
	}
}

// openRows opens the file, or makes the rows.
func (p Program) openRows(flags *batchFlags, args []string, hasSubject bool) (*rows, error) {
	if flags.count != "" {
		return makeRows(flags, args, hasSubject)
	}
	if flags.subject != "" {
		return nil, wrong(errors.New("--subject needs a --count: how many to make of it"))
	}
	var format batch.Format
	if flags.input != "" {
		var err error
		if format, err = oneof.ByName("format", batch.Formats(), flags.input); err != nil {
			return nil, wrong(fmt.Errorf("--input: %w", err))
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
		return nil, wrong(errors.New("there are no rows: name a file, pipe them in, or make them with --count"))
	}
	if info, err := r.file.Stat(); err == nil && info.Mode().IsRegular() {
		r.total = info.Size()
	}
	if r.Rows, err = batch.Read(r.file, r.name, format); err != nil {
		r.close()
		return nil, r.explain(err)
	}
	return r, nil
}

// makeRows makes the rows of --count.
func makeRows(flags *batchFlags, args []string, hasSubject bool) (*rows, error) {
	count, err := strconv.Atoi(flags.count)
	switch {
	case len(args) > 0:
		return nil, wrong(errors.New("--count makes its own rows: leave out the file or --count"))
	case err != nil || count <= 0:
		return nil, wrong(errors.New("--count: write how many, such as 1000"))
	case flags.subject == "" && !hasSubject:
		return nil, wrong(errors.New("--count needs a --subject, such as 'user{n}@example.com'"))
	}
	return &rows{Rows: batch.Count(flags.subject, count), total: int64(count)}, nil
}

// explain says of which file an error of the input is.
func (r *rows) explain(err error) error {
	if unreadable, ok := errors.AsType[*batch.ReadError](err); ok {
		return settings.ExplainRead(r.name, unreadable.Err)
	}
	return fmt.Errorf("%s: %w", r.name, err)
}

func (r *rows) close() {
	if r.file != nil {
		_ = r.file.Close() // it was only read
	}
}

// createRejects creates the file for the rows that are refused.
func (r *rows) createRejects(path string) (io.WriteCloser, error) {
	if r.file == nil {
		return nil, wrong(errors.New("--rejects is for rows of a file: --count has none"))
	}
	if there, err := os.Stat(path); err == nil {
		if info, err := r.file.Stat(); err == nil && os.SameFile(info, there) {
			return nil, wrong(errors.New("--rejects names the file that the rows are read from: give it another name"))
		}
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%s: it cannot be written; check the name and the permissions of its folder", path)
	}
	if header := r.Header(); header != "" {
		if _, err := io.WriteString(file, header+"\n"); err != nil {
			return nil, errors.Join(outputError(err), file.Close())
		}
	}
	return file, nil
}

// runBatch makes the tokens and says how it went.
func (p Program) runBatch(ctx context.Context, o batch.Options, from *rows) error {
	ctx, stop := terminal.Signals(ctx, os.Interrupt)
	defer stop()
	bar := p.newBatchProgress(from.total)
	o.Progress = bar.draw
	o.Refused = func(r batch.Refusal) {
		bar.line.Clear()
		place := fmt.Sprintf("row %d", r.Line)
		if from.file != nil {
			place = fmt.Sprintf("%s:%d", from.name, r.Line)
		}
		p.complain(place + ": " + r.Reason)
	}
	counts, err := batch.Run(ctx, o)
	stop()
	bar.line.Clear()
	if stopped, ok := errors.AsType[*terminal.Stopped](context.Cause(ctx)); ok {
		p.complain("stopped after " + phrase.Count(int(counts.Tokens), "token", "tokens"))
		return stopped
	}
	if failed, ok := errors.AsType[*batch.WriteError](err); ok {
		return outputError(failed)
	}
	switch {
	case errors.Is(err, batch.ErrStrict):
		return fmt.Errorf("%w, after %s", err, phrase.Count(int(counts.Tokens), "token", "tokens"))
	case errors.Is(err, batch.ErrCommon):
		return explainIssue(errors.Unwrap(err))
	case err != nil:
		return from.explain(err)
	case counts.Refused > 0:
		return fmt.Errorf("%d of %s refused", counts.Refused, phrase.Count(int(counts.Refused+counts.Tokens), "row", "rows"))
	}
	bar.finish(counts)
	return nil
}
