package cli

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/desk"
	"tokendesk/internal/copyas"
	"tokendesk/internal/shell"
	"tokendesk/ledger"
	"tokendesk/settings"
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
			in, err := from.ledger(p)
			if err != nil {
				return err
			}
			found, err := findToken(in, args[0])
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
	if err := f.elsewhere(ctx, &row); err != nil {
		return nil, nil, err
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

// elsewhere says where the key of a row was if the settings that are chosen have no key.
func (f *deskFlags) elsewhere(ctx context.Context, row *ledger.Row) error {
	from, err := f.source()
	if err != nil {
		return err
	}
	if d := desk.Open(ctx, from); d.Key() != nil || d.Problem() != nil {
		return nil
	}
	do := "give its file with --key-file"
	if other := f.otherSettings(row); other != "" {
		do = "use " + other
	}
	return misconfigured(advise("there is no key here, and the token was signed with the key "+row.Fingerprint, do))
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
		if other := f.otherSettings(&row); other != "" {
			line.Do = "use " + other
			return &exitError{code: code, err: line}
		}
	default:
	}
	if command := f.issueLike(ctx, p, row); command != "" && line.Do == desk.IssueAgain {
		line.Do = "for a fresh one, run " + command
	}
	return &exitError{code: code, err: line}
}

// otherSettings returns the flag for the settings with which a token was issued, if they are
// others than those that were read.
func (f *deskFlags) otherSettings(row *ledger.Row) string {
	from, err := f.source()
	if err != nil || row.Settings == "" {
		return ""
	}
	path := func(file string) string {
		full, _ := filepath.Abs(file) // in no folder it is that of nobody
		return full
	}
	switch row.Settings {
	case path(cmp.Or(from.File, settings.DefaultFile)):
		return ""
	case path(settings.DefaultFile):
		return "the settings in " + settings.DefaultFile
	case path(settings.ProfileFile(row.Profile)):
		return "--profile " + shell.Word(row.Profile)
	default:
		return "--env-file " + shell.Word(row.Settings)
	}
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
