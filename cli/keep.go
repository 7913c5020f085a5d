package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/internal/file"
	"tokendesk/internal/phrase"
	"tokendesk/internal/terminal"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// keepCommand is the command that keeps a valid token in a file.
func keepCommand(p Program) *cobra.Command {
	k := keep{program: p, flags: issueFlags{deskFlags: deskFlags{face: ledger.FaceKeep}}}
	var before string
	cmd := &cobra.Command{
		Use:   "keep FILE [SUBJECT]",
		Short: "Keep a fresh token in a file",
		Long: "Write a token to a file and replace it by a fresh one before it expires, until ctrl+c. The file always holds one whole token, " +
			"and only you can read it. It must be new, or hold a single token and nothing else. Each renewal is a line on standard error.",
		Example: `tokendesk keep token.txt ada@example.com
tokendesk keep token.txt --persona admin --expires-in 5m --renew-before 1m
curl -H "Authorization: Bearer $(cat token.txt)" http://localhost:8000/`,
		Args: k.flags.andSubject("a file and a subject are needed", "give them, such as token.txt ada@example.com"),
		RunE: func(cmd *cobra.Command, args []string) error {
			k.path, k.subject = args[0], args[1:]
			if k.flags.claimsFile == "-" {
				return misused(cmd, "--claims - can be read only once, and keep reads the claims for every token", "give a file")
			}
			var err error
			if cmd.Flags().Changed("renew-before") {
				if k.before, err = parseSpan(before, p.Now()); err != nil {
					return invalid(errors.New("--renew-before: write a time such as 30s or 5m"))
				}
			}
			if _, err := k.check(); err != nil {
				return err
			}
			if k.desk, err = openFor(cmd.Context(), p, &k.flags, k.subject); err != nil {
				return err
			}
			return terminal.RunLines(cmd.Context(), k.run)
		},
	}
	k.flags.flags(cmd)
	cmd.Flags().StringVar(&before, "renew-before", "", "how long before its expiry the token is replaced; by default a tenth of its lifetime")
	return cmd
}

// keep is one run that keeps a token fresh.
type keep struct {
	program Program
	flags   issueFlags
	path    string
	subject []string
	before  time.Duration // zero is a tenth of the lifetime
	desk    *desk.Desk
}

// fresh is a token with its expiry and the moment at which it is replaced.
type fresh struct {
	*auth.Token
	draft            desk.Draft
	expires, renewal time.Time
}

// run writes tokens until the context ends.
func (k *keep) run(ctx context.Context) error {
	token, err := k.issue(ctx, k.now())
	if err != nil {
		return err
	}
	// What cannot be renewed is refused before anything is written.
	if next, err := k.issue(ctx, token.renewal); err != nil {
		return err
	} else if err := k.outlives(next, token); err != nil {
		return err
	}
	for {
		if err := k.write(token); err != nil {
			return err
		}
		desk.Record(k.desk, token.Token, token.draft)
		k.report(token)
		k.program.warnUnrecorded(k.desk)
		if err := k.wait(ctx, token.renewal); err != nil {
			return err
		}
		next, err := k.issue(ctx, k.now())
		if err == nil {
			err = k.outlives(next, token)
		}
		if err != nil {
			return err
		}
		token = next
	}
}

// now returns the time by the wall clock, which goes on while the machine sleeps.
func (k *keep) now() time.Time { return k.program.Now().Round(0) }

// issue returns the token of an instant. It is recorded when it is written: not every one is.
func (k *keep) issue(ctx context.Context, now time.Time) (fresh, error) {
	d := desk.Trial(k.desk).At(now)
	draft, err := oneToken(k.program, &k.flags, d, k.subject)
	if err != nil {
		return fresh{}, err
	}
	token, err := d.Token(ctx, draft)
	if err != nil {
		return fresh{}, issueError(err)
	}
	next, err := k.plan(token, now)
	next.draft = draft
	return next, err
}

// plan says when a token that was issued at an instant is to be replaced.
func (k *keep) plan(token *auth.Token, now time.Time) (fresh, error) {
	exp, found := token.Date("exp")
	expires, ok := exp.Time()
	if !found || !ok {
		return fresh{}, invalid(advise("the token would never expire, so there is nothing to keep fresh", "write it once with tokendesk issue"))
	}
	left := expires.Sub(now)
	if left <= 0 {
		return fresh{}, invalid(advise("the token would have expired already", "leave out its exp, or give --expires-in"))
	}
	before := k.before
	if before == 0 {
		before = left / 10
	}
	if before >= left {
		return fresh{}, invalid(advise("--renew-before is not shorter than the lifetime of the token", "give a shorter time"))
	}
	return fresh{Token: token, expires: expires, renewal: expires.Add(-before)}, nil
}

// outlives returns why a token does not renew the one before it, or nil.
func (k *keep) outlives(next, last fresh) error {
	if next.expires.After(last.expires) {
		return nil
	}
	return invalid(advise("every token would expire at "+k.moment(last.expires)+", so none can be renewed", "use --expires-in"))
}

// moment writes a moment in the local zone.
func (k *keep) moment(t time.Time) string { return phrase.Moment(t, k.program.Now().Location()) }

// write writes the token to the file, completely or not at all.
func (k *keep) write(token fresh) error {
	exists, err := k.check()
	switch text := []byte(token.Compact + "\n"); {
	case err != nil:
		return err
	case exists:
		return file.Replace(k.path, text)
	default:
		return file.New(k.path, text)
	}
}

// check reports whether there is a file that holds a single token. The error says that
// the file must not be replaced.
func (k *keep) check() (exists bool, err error) {
	info, err := os.Lstat(k.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, settings.ExplainRead(k.path, err)
	case !info.Mode().IsRegular():
		return false, advise(k.path+" is not a regular file, so it was not changed", "choose another name")
	}
	text, err := settings.ReadFile(k.path, auth.MaxBytes)
	if err != nil {
		return false, err
	}
	if _, err := auth.Decode(strings.TrimSpace(string(text))); err != nil {
		return false, advise(k.path+" does not hold a single token and nothing else, so it was not changed", "choose another name")
	}
	return true, nil
}

// report says that a token was written.
func (k *keep) report(token fresh) {
	whose := ""
	if subject := token.Subject(); subject != "" {
		whose = " for " + subject
	}
	k.program.note("wrote a token" + whose + " to " + k.path + ": expires " + k.moment(token.expires) +
		", renewed at " + k.moment(token.renewal))
}

// longestWait makes a renewal that fell into a sleep of the machine happen soon after.
const longestWait = time.Second

// wait returns at the moment, or with the cause when the context ends.
func (k *keep) wait(ctx context.Context, until time.Time) error {
	for {
		left := until.Sub(k.now())
		if left <= 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-k.program.After(min(left, longestWait)):
		}
	}
}
