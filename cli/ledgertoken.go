package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/desk"
	"tokendesk/internal/copyas"
	"tokendesk/internal/shell"
	"tokendesk/ledger"
)

// ledgerToken is the command that makes a token of the ledger again.
func ledgerToken(p Program) *cobra.Command {
	var from deskFlags
	output := newCopyFlags()
	cmd := &cobra.Command{
		Use:   "token JTI",
		Short: "Print a token of the ledger, signed again",
		Long: "Sign a token of the ledger again and print the very same token. The start of its jti is enough. It has to have time left, " +
			"its claims must have been kept, its algorithm must be one that makes the same signature each time (all but PS256, PS384 and " +
			"PS512), and its key must be one of the configured keys.",
		Example: `tokendesk ledger token 3fa2c81d
tokendesk ledger token 3fa2c81d --output curl
tokendesk ledger token 3fa2c81d --profile staging`,
		Args: oneRow,
		RunE: func(cmd *cobra.Command, args []string) error {
			form, err := output.form()
			if err != nil {
				return err
			}
			book, err := from.ledger(p)
			if err != nil {
				return err
			}
			found, err := findToken(book, args[0])
			if err != nil {
				return err
			}
			d, entry, err := from.recall(cmd.Context(), p, found.row)
			if err != nil {
				return err
			}
			p.noteOthers(found)
			return output.print(p, form, d, copyas.Of(entry.Token, p.Now(), copyas.Request{}))
		},
	}
	cmd.ValidArgsFunction = from.ids(p)
	from.flags(cmd)
	from.signFlags(cmd)
	output.flags(cmd)
	return cmd
}

// recall returns the token of a row. What fails whatever key there is comes before everything
// that is asked about keys.
func (f *deskFlags) recall(ctx context.Context, p Program, row ledger.Row) (*desk.Desk, *desk.Entry, error) {
	if err := desk.Lost(&row, p.Now()); err != nil {
		return nil, nil, f.notAgain(ctx, p, row, err)
	}
	d, err := f.openToSign(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	entry, err := desk.Recall(ctx, d, row)
	if err != nil {
		return nil, nil, f.notAgain(ctx, p, row, err)
	}
	return d, entry, nil
}

// notAgain adds the exit code to the reason why a token cannot be made again, and the command
// that issues one like it.
func (f *deskFlags) notAgain(ctx context.Context, p Program, row ledger.Row, err error) error {
	not, ok := errors.AsType[*desk.NotAgain](err)
	if !ok {
		return misconfigured(err)
	}
	code := exitFailed
	line := not.Line
	switch not.Fails {
	case desk.NotExpired:
		code = verdictExit(auth.VerdictExpired)
	case desk.KeyThere:
		code = exitSettings
		if flag := f.profileOf(&row); flag != "" {
			line.Do = "add " + flag
			return &exitError{code: code, err: line}
		}
	default:
	}
	if command := f.issueLike(ctx, p, row); command != "" {
		line.Do = "for a fresh one, run " + command
	}
	return &exitError{code: code, err: line}
}

// profileOf returns the flag that reads the settings of a row, if they are others.
func (f *deskFlags) profileOf(row *ledger.Row) string {
	if f.profile != "" || f.envFile != "" || row.Settings == "" {
		return ""
	}
	return "--env-file " + shell.Word(row.Settings)
}

// longestCommand is how long a command may be that an error names.
const longestCommand = 400

// issueLike returns the command that issues a token like that of a row, or nothing.
func (f *deskFlags) issueLike(ctx context.Context, p Program, row ledger.Row) string {
	source, err := f.source()
	if err != nil || row.Event != ledger.Issued {
		return ""
	}
	source.Now = p.Now
	d := desk.Open(ctx, source)
	draft := desk.Again(d, row)
	if draft.Bytes != nil || len(draft.Header) > 0 {
		return ""
	}
	words, last := []string{"tokendesk issue"}, ""
	switch {
	case strings.HasPrefix(draft.Subject, "-"):
		last = " -- " + shell.Word(draft.Subject)
	case draft.Subject != "":
		words = append(words, shell.URL(draft.Subject))
	}
	flag := func(name, value string) { words = append(words, name, shell.Word(value)) }
	if draft.Persona != nil {
		flag("--persona", draft.Persona.Name)
	}
	if draft.Lifetime != "" && draft.Lifetime != desk.LifetimeText(d.Settings().Lifetime) {
		flag("--expires-in", draft.Lifetime)
	}
	for _, m := range draft.Claims {
		flag("--claim", input.FormatClaim(m))
	}
	for _, name := range draft.Without {
		flag("--without", name)
	}
	command := strings.Join(words, " ") + last
	if len(command) > longestCommand {
		return ""
	}
	return command
}
