package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/internal/copyas"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// issue is the command that makes one token.
func (p Program) issue() *cobra.Command {
	var from deskFlags
	var holds claimFlags
	var output, url string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "issue [SUBJECT]",
		Short: "Issue a token",
		Long: "Issue a token for an email address or a user name and print it, and nothing but it, on standard output. " +
			"With --persona the subject may be left out when the persona has one. A subject that begins with - goes behind --.",
		Example: `tokendesk issue ada@example.com
tokendesk issue --persona admin
tokendesk issue ada@example.com --expires-in 8h --claim role=admin --claim 'scopes:=["read"]'
TOKEN=$(tokendesk issue ada@example.com)`,
		Args: holds.subjectArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := exclusive(cmd, "expires-in", "expires-at"); err != nil {
				return err
			}
			if asJSON {
				output = "json"
			}
			form, err := copyas.ByName(output)
			if err != nil {
				return wrong(fmt.Errorf("--output: %w", err))
			}
			d, draft, err := p.prepare(cmd.Context(), &from, &holds, args)
			if err != nil {
				return err
			}
			issued, err := d.Issue(cmd.Context(), draft)
			if err != nil {
				return explainIssue(err)
			}
			return p.printToken(form, issued.Token, url)
		},
	}
	from.flags(cmd)
	from.signFlags(cmd)
	holds.flags(cmd)
	cmd.Flags().StringVar(&holds.id, "id", "", "the jti claim, which is random without it")
	outputFlag(cmd, &output, "token", copyas.Forms())
	cmd.Flags().StringVar(&url, "url", "", "where the request goes in the forms that are one")
	cmd.Flags().BoolVar(&asJSON, "json", false, "the same as --output json")
	return cmd
}

// subjectArgs lets a command have one subject, or none when there is a persona.
func (c *claimFlags) subjectArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 1 || len(args) == 0 && c.persona == "" {
		return &usageError{errors.New("name one subject: an email address or a user name"), cmd.CommandPath()}
	}
	return nil
}

// prepare returns a desk that may sign, with its clock standing, and what the flags
// and the subject, if there is one, say.
func (p Program) prepare(ctx context.Context, from *deskFlags, holds *claimFlags, subject []string) (*desk.Desk, desk.Draft, error) {
	d, err := p.openToSign(ctx, from)
	if err != nil {
		return nil, desk.Draft{}, err
	}
	d = d.At(p.Now())
	draft, err := holds.draft(p, d, subject...)
	return d, draft, err
}

// printToken prints the token in a form.
func (p Program) printToken(form copyas.Form, token *auth.Token, url string) error {
	out := copyas.Token{Compact: token.Compact, Subject: token.Subject(), Now: p.Now(), URL: url}
	if exp, ok := token.Date("exp"); ok {
		out.ExpiresAt, _ = exp.Time()
	}
	text, err := form.Render(out)
	if err != nil {
		return wrong(err)
	}
	return p.print(visible.Block(text))
}

// explainIssue says which setting a refusal comes from. What is refused was on
// the command line, but for failures of the machine.
func explainIssue(err error) error {
	if limit, ok := errors.AsType[*auth.LimitError](err); ok {
		return wrong(errors.New(limit.Error() + " that MAX_TOKEN_MINUTES sets"))
	}
	if _, ok := errors.AsType[*desk.KeyError](err); ok {
		return explainKey(err)
	}
	if _, ok := errors.AsType[*settings.Problem](err); ok || errors.Is(err, auth.ErrCannotSign) {
		return misconfigured(err)
	}
	return wrong(err)
}
