package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/desk"
)

// issueFlags is the flags of a command that makes tokens.
type issueFlags struct {
	deskFlags
	claimFlags
}

func (f *issueFlags) flags(cmd *cobra.Command) {
	f.flagsFor(cmd, "header", "a header parameter, name=text or name:=json; may be repeated")
}

// flagsFor is flags for a command that has another name for the flag of header parameters.
func (f *issueFlags) flagsFor(cmd *cobra.Command, header, usage string) {
	f.deskFlags.flags(cmd)
	f.signFlags(cmd)
	f.claimFlags.flags(cmd)
	f.headerFlag = "--" + header
	cmd.Flags().StringArrayVar(&f.parameters, header, nil, usage)
}

// subjectArgs requires one subject, or allows none if flags decide about it.
func (f *issueFlags) subjectArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 1 || len(args) == 0 && !giveSubject(f) {
		return misused(cmd, "one subject is needed", "give an email address or a user name")
	}
	return nil
}

// giveSubject reports whether the flags can say who the token is about, or that it is about
// nobody. A key file can be that of a service account.
func giveSubject(f *issueFlags) bool {
	return f.persona != "" || f.shape != "" || f.keyFile != "" || f.claimsFile != "" || f.payload != "" || f.leavesOut("claims", "sub") ||
		slices.ContainsFunc(f.claims, func(row string) bool {
			name, _, _ := strings.Cut(row, "=")
			return strings.TrimSuffix(name, ":") == "sub"
		})
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
	d, err := openFor(ctx, p, f, subject)
	if err != nil {
		return nil, desk.Draft{}, err
	}
	d = d.At(p.Now())
	draft, err := oneToken(p, f, d, subject)
	if err == nil {
		p.noteShape(d, draft)
	}
	return d, draft, err
}

// openFor returns a desk that may sign a token for the subject, if there is one.
func openFor(ctx context.Context, p Program, f *issueFlags, subject []string) (*desk.Desk, error) {
	if len(subject) > 0 && isToken(subject[0]) {
		return nil, invalid(advise("the subject is itself a token",
			"to read it, run tokendesk inspect; to check it, tokendesk verify; if it is meant, use --claim sub="))
	}
	return f.openToSign(ctx, p)
}

// oneToken returns the draft of a single token: claims from a file are all of it if there
// is neither a subject nor a persona.
func oneToken(p Program, f *issueFlags, d *desk.Desk, subject []string) (desk.Draft, error) {
	draft, err := f.draft(p, d, subject...)
	if draft.Payload != nil {
		draft.Payload.Whole = draft.Subject == "" && draft.Persona == nil && draft.Shape == nil
		if draft.Payload.Whole && f.at.given() && draft.Lifetime == "" {
			return draft, invalid(advise("--at changes nothing, because the claims of the file stay as they are",
				"renew iat and exp with --expires-in"))
		}
	}
	return draft, err
}
