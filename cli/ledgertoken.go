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
		Short: "Sign a recorded token again and print it",
		Long: "Sign a recorded token again and print the very same one. The start of its jti is enough. The token must have time left, " +
			"its claims must have been kept, its algorithm must make the same signature each time (all but PS256, PS384 and " +
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
			in, err := openLedger(p, &from)
			if err != nil {
				return err
			}
			found, err := findToken(in, args[0])
			if err != nil {
				return err
			}
			d, entry, err := recall{p, &from, found.row}.token(cmd.Context())
			if err != nil {
				return err
			}
			p.noteOthers(found)
			return output.print(p, form, d, copyas.Of(entry.Token, p.Now(), copyas.Request{}))
		},
	}
	cmd.ValidArgsFunction = completeIDs(p, &from)
	from.flags(cmd)
	from.signFlags(cmd)
	output.flags(cmd)
	return cmd
}

// recall makes the token of a row again, with the settings and the key that the flags choose.
type recall struct {
	program Program
	from    *deskFlags
	row     ledger.Row
}

// token returns the token of the row. What fails whatever key there is comes before everything
// that is asked about keys.
func (r recall) token(ctx context.Context) (*desk.Desk, *desk.Entry, error) {
	if err := desk.Lost(&r.row, r.program.Now()); err != nil {
		return nil, nil, r.notAgain(ctx, err)
	}
	if err := r.elsewhere(ctx); err != nil {
		return nil, nil, err
	}
	d, err := r.from.openToSign(ctx, r.program)
	if err != nil {
		return nil, nil, err
	}
	entry, err := desk.Recall(ctx, d, r.row)
	if err != nil {
		return nil, nil, r.notAgain(ctx, err)
	}
	return d, entry, nil
}

// elsewhere says where the key of a row was if the settings that are chosen have no key.
func (r recall) elsewhere(ctx context.Context) error {
	from, err := r.from.source()
	if err != nil {
		return err
	}
	d := desk.Open(ctx, from)
	if d.Key() != nil || d.Problem() != nil {
		return nil //nolint:nilerr // opening it to sign says what is wrong
	}
	do := "give its file with --key-file"
	if other := r.otherSettings(); other != "" {
		do = "use " + other
	}
	return misconfigured(advise("no key is configured, and the token was signed with the key "+r.row.Fingerprint, do))
}

// notAgain adds the exit code to the reason why a token cannot be made again, and the command
// that issues one like it.
func (r recall) notAgain(ctx context.Context, err error) error {
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
		if other := r.otherSettings(); other != "" {
			line.Do = "use " + other
			return &exitError{code: code, err: line}
		}
	default:
	}
	if command := r.issueLike(ctx); command != "" && line.Do == desk.IssueAgain {
		line.Do = "for a fresh one, run " + command
	}
	return &exitError{code: code, err: line}
}

// otherSettings returns the flag for the settings with which a token was issued, if they are
// others than those that were read.
func (r recall) otherSettings() string {
	from, err := r.from.source()
	if err != nil || r.row.Settings == "" {
		return ""
	}
	path := func(file string) string {
		full, _ := filepath.Abs(file) // in no folder it is that of nobody
		return full
	}
	switch r.row.Settings {
	case path(cmp.Or(from.File, settings.DefaultFile)):
		return ""
	case path(settings.DefaultFile):
		return "the settings in " + settings.DefaultFile
	case path(settings.ProfileFile(r.row.Profile)):
		return "--profile " + shell.Word(r.row.Profile)
	default:
		return "--env-file " + shell.Word(r.row.Settings)
	}
}

// longestCommand is how long a command may be that an error names.
const longestCommand = 400

// issueLike returns the command that issues a token like that of a row, or nothing.
func (r recall) issueLike(ctx context.Context) string {
	source, err := r.from.source()
	if err != nil || r.row.Event != ledger.Issued {
		return ""
	}
	source.Now = r.program.Now
	d := desk.Open(ctx, source)
	draft := desk.Again(d, r.row)
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
