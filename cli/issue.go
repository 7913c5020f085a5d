package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/internal/copyas"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// issueCommand is the command that issues one token.
func issueCommand(p Program) *cobra.Command {
	var from issueFlags
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
TOKEN=$(tokendesk issue ada@example.com)`,
		Args: from.subjectArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			form, err := output.form()
			if err != nil {
				return err
			}
			d, draft, err := from.prepare(cmd.Context(), p, args)
			if err != nil {
				return err
			}
			token, err := d.Token(cmd.Context(), draft)
			if err != nil {
				return issueError(err)
			}
			return printForm(p, form, copyas.Of(token, p.Now(), output.url))
		},
	}
	from.flags(cmd)
	cmd.Flags().StringVar(&from.id, "id", "", "the jti claim; random by default")
	cmd.Flags().StringVar(&from.payload, "payload", "", "a file whose bytes are the payload, signed exactly as they are; - is standard input")
	output.flags(cmd)
	return cmd
}

// copyFlags is the flags for the form in which a single token is printed.
type copyFlags struct {
	outputFlag[copyas.Form]
	url string
}

func newCopyFlags() copyFlags {
	return copyFlags{outputFlag: outputFlag[copyas.Form]{name: "token", forms: copyas.Forms()}}
}

func (c *copyFlags) flags(cmd *cobra.Command) {
	c.outputFlag.flags(cmd)
	cmd.Flags().StringVar(&c.url, "url", "", "the URL for the forms that are requests")
}

// printForm prints a token in a form.
func printForm(p Program, form copyas.Form, token copyas.Token) error {
	text, err := form.Render(token)
	if err != nil {
		return invalid(err)
	}
	return p.print(visible.Block(text))
}

// issueError adds the exit code to an error of issuing. The command line is at fault,
// unless it is the settings or the key.
func issueError(err error) error {
	if _, ok := errors.AsType[*desk.KeyError](err); ok {
		return keyProblem(err)
	}
	if _, ok := errors.AsType[*settings.Problem](err); ok || errors.Is(err, auth.ErrCannotSign) {
		return misconfigured(err)
	}
	return invalid(err)
}
