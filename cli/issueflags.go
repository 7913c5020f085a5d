package cli

import (
	"context"

	"github.com/spf13/cobra"

	"tokendesk/desk"
)

// issueFlags is the flags of a command that makes tokens.
type issueFlags struct {
	deskFlags
	claimFlags
}

func (f *issueFlags) flags(cmd *cobra.Command) {
	f.flagsButHeader(cmd)
	cmd.Flags().StringArrayVar(&f.parameters, "header", nil, "a header parameter, name=text or name:=json; may be repeated")
}

// flagsButHeader is flags for a command that uses --header for its requests.
func (f *issueFlags) flagsButHeader(cmd *cobra.Command) {
	f.deskFlags.flags(cmd)
	f.signFlags(cmd)
	f.claimFlags.flags(cmd)
}

// subjectArgs requires one subject, or allows none with --persona.
func (f *issueFlags) subjectArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 1 || len(args) == 0 && f.persona == "" {
		return misused(cmd, "one subject is needed", "give an email address or a user name")
	}
	return nil
}

// andSubject requires an argument in front of those of subjectArgs. The texts say that
// both are missing, and what to do.
func (f *issueFlags) andSubject(text, do string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return misused(cmd, text, do)
		}
		return f.subjectArgs(cmd, args[1:])
	}
}

// prepare returns a desk that may sign, with its clock stopped, and the draft that the
// flags and the subject, if there is one, describe.
func (f *issueFlags) prepare(ctx context.Context, p Program, subject []string) (*desk.Desk, desk.Draft, error) {
	d, err := f.openToSign(ctx, p)
	if err != nil {
		return nil, desk.Draft{}, err
	}
	d = d.At(p.Now())
	draft, err := f.draft(p, d, subject...)
	return d, draft, err
}
