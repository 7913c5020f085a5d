package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/cli/batch"
	"tokendesk/desk"
	"tokendesk/internal/oneof"
	"tokendesk/internal/phrase"
	"tokendesk/internal/terminal"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// batchFlags is the flags of batch that are not about settings or claims.
type batchFlags struct {
	input   string
	output  outputFlag[batch.Form]
	count   string
	subject string
	rejects string
	strict  bool
}

// batchCommand is the command that issues many tokens.
func batchCommand(p Program) *cobra.Command {
	from := issueFlags{deskFlags: deskFlags{face: ledger.FaceBatch}}
	flags := batchFlags{output: outputFlag[batch.Form]{name: "token", forms: batch.Forms(), json: "jsonl"}}
	cmd := &cobra.Command{
		Use:   "batch [FILE]",
		Short: "Issue a token for every row of a file",
		Long: "Issue a token for every row of a file or of standard input, in the order of the rows. Rows are subjects, one per line; " +
			"or CSV with a header, in which every column but subject, expires_in, persona and shape is a claim, and holds JSON if its name " +
			"ends with :json; or JSON Lines with subject, expires_in and claims. A row may name a persona and a shape in columns or members " +
			"of these names. " +
			"With --count no file is needed.",
		Example: `tokendesk batch users.txt > tokens.txt
tokendesk batch users.csv --output csv --claim env=staging --rejects bad.csv > tokens.csv
tokendesk batch --count 10000 --subject 'user{n}@example.com' > tokens.txt`,
		Args: arguments(0, 1, "only one file can be an argument", "name one, or pipe the rows in"),
		RunE: func(cmd *cobra.Command, args []string) error { return flags.issue(cmd.Context(), p, &from, args) },
	}
	from.flags(cmd)
	from.at.flag(cmd, "issue all tokens at this time instead of now")
	flags.flags(cmd)
	return cmd
}

// issue issues a token for every row.
func (b *batchFlags) issue(ctx context.Context, p Program, from *issueFlags, args []string) error {
	form, err := b.output.form()
	if err != nil {
		return err
	}
	then, err := from.at.stop(p)
	if err != nil {
		return err
	}
	d, err := from.openToSign(ctx, then)
	if err != nil {
		return err
	}
	o := batch.Options{Form: form, Strict: b.strict, Out: p.Stdout}
	draft, err := from.batchDraft(then, &o, d)
	if err != nil {
		return err
	}
	rows, err := b.openRows(p, args, needsNoSubject(draft))
	if err != nil {
		return err
	}
	defer rows.close()
	o.Rows = rows.Rows
	if rows.NamesPersonas() {
		if _, err := d.Personas(); err != nil {
			return misconfigured(err)
		}
	}
	if b.rejects != "" {
		file, err := rows.createRejects(b.rejects)
		if err != nil {
			return err
		}
		defer file.Close()
		o.Rejects = file
	}
	issued, err := rows.issue(ctx, p, o)
	desk.RecordBatch(d, draft.Persona, issued, b.pattern(args))
	p.warnUnrecorded(d)
	return err
}

func (b *batchFlags) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	formats := oneof.Names(batch.Formats())
	f.StringVar(&b.input, "input", "", "the format of the rows: "+oneof.Or(formats)+"; by default it follows from the file")
	completeFlag(cmd, "input", formats...)
	b.output.flags(cmd)
	f.StringVar(&b.count, "count", "", "issue this many tokens, with subjects from --subject")
	f.StringVar(&b.subject, "subject", "", "the subject for --count, with {n} in place of the number")
	f.StringVar(&b.rejects, "rejects", "", "write the refused rows to this file")
	f.BoolVar(&b.strict, "strict", false, "stop at the first refused row")
}

// needsNoSubject reports whether a row needs no subject, because the persona or the shape has one.
func needsNoSubject(from desk.Draft) bool {
	return (from.Persona != nil || from.Shape != nil) && from.Whole()
}

// batchDraft fills the options from the flags, and returns what they say of all tokens.
func (f *issueFlags) batchDraft(p Program, o *batch.Options, d *desk.Desk) (desk.Draft, error) {
	now := p.Now()
	d = d.At(now)
	draft, err := f.draft(p, d)
	if err != nil {
		return draft, err
	}
	p.noteShape(d, draft)
	first := draft
	draft.Persona, draft.Shape = nil, nil
	all, err := d.Recipe(draft)
	if err != nil {
		return first, issueError(err)
	}
	all.Issuer.Now = p.Now // rows may come in slowly
	o.Issuer, o.Common = all.Issuer, all.Common
	if f.expiresAt != "" {
		o.ExpiresAt = now.Truncate(time.Second).Add(o.Common.Lifetime)
	}
	o.Persona, o.Shape, o.Personas = f.persona, f.shape, batchPersonas(p, d, draft)
	if first.Persona == nil && first.Shape == nil {
		o.Shape = ""
		return first, nil
	}
	if _, err := o.Personas(o.Persona, o.Shape); err != nil {
		return first, misconfigured(err)
	}
	return first, nil
}

// batchPersonas returns the function that finds the persona and the shape of a row, with the
// draft of all tokens on top.
func batchPersonas(p Program, d *desk.Desk, draft desk.Draft) func(persona, shape string) (*batch.Persona, error) {
	load := sync.OnceValues(d.Personas)
	return func(persona, shape string) (*batch.Persona, error) {
		own := draft
		own.Persona = &settings.Persona{}
		if persona != "" {
			personas, err := load()
			if err != nil {
				return nil, err
			}
			if own.Persona, err = findPersona(d, personas, persona); err != nil {
				return nil, err
			}
		}
		if shape == settings.NoShape {
			own.Persona = settings.InShape(own.Persona, nil)
		} else if shape != "" {
			var err error
			if own.Shape, err = desk.FindShape(d, shape); err != nil {
				return nil, err
			}
		}
		each, err := d.Recipe(own)
		if err != nil {
			return nil, keyProblem(err)
		}
		each.Issuer.Now = p.Now
		out := &batch.Persona{Holds: each.Holds, Issuer: each.Issuer, Lifetime: each.Common.Lifetime, Without: each.Common.Without}
		if each.Shape != nil {
			out.InShape = each.InShape
		}
		return out, nil
	}
}

// pattern says what the batch makes tokens from.
func (b *batchFlags) pattern(args []string) string {
	switch {
	case b.count != "":
		return b.subject
	case len(args) == 0 || args[0] == "-":
		return "the rows of standard input"
	}
	return "the rows of " + args[0]
}

// issue issues the tokens, reports the result, and returns how many they were.
func (r *rows) issue(ctx context.Context, p Program, o batch.Options) (int, error) {
	ctx, stop := terminal.Signals(ctx, os.Interrupt)
	defer stop()
	bar := newBatchProgress(p, r.total)
	o.Progress = bar.draw
	o.Refused = func(refused batch.Refusal) {
		bar.line.Clear()
		place := fmt.Sprintf("row %d", refused.Line)
		if r.file != nil {
			place = fmt.Sprintf("%s:%d", r.name, refused.Line)
		}
		p.note(place + ": " + refused.Reason)
	}
	counts, err := batch.Run(ctx, o)
	stop()
	issued := int(counts.Tokens)
	bar.line.Clear()
	if stopped, ok := errors.AsType[*terminal.Stopped](context.Cause(ctx)); ok {
		p.note("stopped after " + phrase.Count(int(counts.Tokens), "token", "tokens"))
		return issued, stopped
	}
	if failed, ok := errors.AsType[*batch.WriteError](err); ok {
		return issued, outputError(failed)
	}
	switch {
	case errors.Is(err, batch.ErrStrict):
		return issued, fmt.Errorf("%w, after %s", err, phrase.Count(int(counts.Tokens), "token", "tokens"))
	case errors.Is(err, batch.ErrCommon):
		return issued, issueError(errors.Unwrap(err))
	case err != nil:
		return issued, r.inputError(err)
	case counts.Refused > 0:
		return issued, fmt.Errorf("%d of %s refused", counts.Refused, phrase.Count(int(counts.Refused+counts.Tokens), "row", "rows"))
	}
	bar.finish(counts)
	return issued, nil
}
