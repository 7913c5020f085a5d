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
	var from issueFlags
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
		RunE: func(cmd *cobra.Command, args []string) error {
			form, err := flags.output.form()
			if err != nil {
				return err
			}
			d, err := from.openToSign(cmd.Context(), p)
			if err != nil {
				return err
			}
			o := batch.Options{Form: form, Strict: flags.strict, Out: p.Stdout}
			hasSubject, err := from.batchDraft(p, &o, d)
			if err != nil {
				return err
			}
			rows, err := flags.openRows(p, args, hasSubject)
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
			if flags.rejects != "" {
				file, err := rows.createRejects(flags.rejects)
				if err != nil {
					return err
				}
				defer file.Close()
				o.Rejects = file
			}
			return rows.issue(cmd.Context(), p, o)
		},
	}
	from.flags(cmd)
	flags.flags(cmd)
	return cmd
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

// batchDraft fills the options from the flags, and reports whether a row needs no subject.
func (f *issueFlags) batchDraft(p Program, o *batch.Options, d *desk.Desk) (hasSubject bool, err error) {
	now := p.Now()
	d = d.At(now)
	draft, err := f.draft(p, d)
	if err != nil {
		return false, err
	}
	p.noteShape(d, draft)
	first := draft
	draft.Persona, draft.Shape = nil, nil
	all, err := d.Recipe(draft)
	if err != nil {
		return false, issueError(err)
	}
	all.Issuer.Now = p.Now // rows may come in slowly
	o.Issuer, o.Common = all.Issuer, all.Common
	if f.expiresAt != "" {
		o.ExpiresAt = now.Truncate(time.Second).Add(o.Common.Lifetime)
	}
	o.Persona, o.Shape, o.Personas = f.persona, f.shape, batchPersonas(p, d, draft)
	if first.Persona == nil && first.Shape == nil {
		o.Shape = ""
		return false, nil
	}
	if _, err := o.Personas(o.Persona, o.Shape); err != nil {
		return false, misconfigured(err)
	}
	return first.Whole(), nil
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
		if shape == noShape {
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

// issue issues the tokens and reports the result.
func (r *rows) issue(ctx context.Context, p Program, o batch.Options) error {
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
	bar.line.Clear()
	if stopped, ok := errors.AsType[*terminal.Stopped](context.Cause(ctx)); ok {
		p.note("stopped after " + phrase.Count(int(counts.Tokens), "token", "tokens"))
		return stopped
	}
	if failed, ok := errors.AsType[*batch.WriteError](err); ok {
		return outputError(failed)
	}
	switch {
	case errors.Is(err, batch.ErrStrict):
		return fmt.Errorf("%w, after %s", err, phrase.Count(int(counts.Tokens), "token", "tokens"))
	case errors.Is(err, batch.ErrCommon):
		return issueError(errors.Unwrap(err))
	case err != nil:
		return r.inputError(err)
	case counts.Refused > 0:
		return fmt.Errorf("%d of %s refused", counts.Refused, phrase.Count(int(counts.Refused+counts.Tokens), "row", "rows"))
	}
	bar.finish(counts)
	return nil
}
