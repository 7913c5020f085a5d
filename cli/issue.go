package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/input"
	"tokendesk/desk"
	"tokendesk/internal/copyas"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// issueCommand is the command that issues one token.
func issueCommand(p Program) *cobra.Command {
	from := issueFlags{deskFlags: deskFlags{face: ledger.FaceIssue}}
	output := newCopyFlags()
	output.json = "json"
	cmd := &cobra.Command{
		Use:        "issue [SUBJECT]",
		SuggestFor: []string{"create", "encode", "mint", "new", "sign"},
		Short:      "Issue a token",
		Long: "Issue a token for an email address or a user name and print only the token on standard output. " +
			"With --persona the subject may be left out if the persona has one. Put a subject that starts with - after --.",
		Example: `tokendesk issue ada@example.com
tokendesk issue --persona admin
tokendesk issue ada@example.com --expires-in 8h --claim role=admin --claim 'scopes:=["read"]'
tokendesk issue ada@example.com --at now-2h --expires-in 1h
TOKEN=$(tokendesk issue ada@example.com)`,
		Args: from.subjectArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			form, err := output.form()
			if err != nil {
				return err
			}
			p, err := from.at.stop(p)
			if err != nil {
				return err
			}
			d, draft, err := from.prepare(cmd.Context(), p, args)
			if err != nil {
				return err
			}
			token, err := d.Token(cmd.Context(), draft)
			if errors.Is(err, input.ErrNoSubject) {
				err = advice.Add(err, advice.Of(err)+", or leave it out with --without sub")
			}
			if err != nil {
				return issueError(err)
			}
			p.warnUnrecorded(d)
			return output.print(p, form, d, copyas.Of(token, p.Now(), copyas.Request{}))
		},
	}
	from.flags(cmd)
	cmd.Flags().StringVar(&from.id, "id", "", "the jti claim; random by default")
	cmd.Flags().StringVar(&from.payload, "payload", "", "a file whose bytes are the payload, signed exactly as they are; - is standard input")
	from.at.flag(cmd, "issue the token at this time instead of now")
	output.flags(cmd)
	return cmd
}

// issueError adds the exit code to an error of issuing. The command line is at fault,
// unless it is the settings or the key.
func issueError(err error) error {
	if _, ok := errors.AsType[*desk.KeyError](err); ok {
		return keyProblem(err)
	}
	if _, ok := errors.AsType[*settings.Problem](err); ok || errors.Is(err, auth.ErrCannotSign) || errors.Is(err, auth.ErrOnlyDecrypts) {
		return misconfigured(err)
	}
	return invalid(err)
}
