package cli

import (
	"cmp"
	"context"
	"errors"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
)

// watch is the command that counts down to the expiry of tokens. It needs no
// key and no settings.
func (p Program) watch() *cobra.Command {
	var every, warnBefore string
	w := watch{program: p}
	cmd := &cobra.Command{
		Use:   "watch [TOKEN]",
		Short: "Count down until a token expires",
		Long: "Count down to the expiry of a token, or of several on standard input, one a line: on a terminal a line with a bar for each, " +
			"in a pipe a line now and then. It ends when the last of them has expired, with exit code 0, or 1 if one had expired " +
			"before or never will. No signature is checked.",
		Example: `tokendesk watch "$TOKEN"
tokendesk watch --warn-before 5m < tokens.txt
tokendesk watch --every 30s "$TOKEN" >> watch.log`,
		Args: tokenArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if w.every, err = parseSpan(every, p.Now()); err != nil {
				return wrong(errors.New("--every: write a time of a second or more, such as 30s or 1m"))
			}
			if cmd.Flags().Changed("warn-before") {
				if w.warnBefore, err = parseSpan(warnBefore, p.Now()); err != nil {
					return wrong(errors.New("--warn-before: write a time such as 30s or 5m"))
				}
			}
			in, err := p.read(args)
			if err != nil {
				return err
			}
			code, err := w.admit(p.meant(in))
			if err != nil {
				return err
			}
			if err := terminal.Follow(cmd.Context(), w.run); err != nil {
				return err
			}
			return exit(code)
		},
	}
	f := cmd.Flags()
	f.StringVar(&every, "every", "1m", "in a pipe, print a line whenever what is left passes a multiple of this")
	f.StringVar(&warnBefore, "warn-before", "", "warn this long before the expiry, with a bell on a terminal")
	f.BoolVar(&w.asJSON, "json", false, "print JSON, one object a line")
	return cmd
}

// watch is tokens that run out.
type watch struct {
	program           Program
	every, warnBefore time.Duration
	asJSON            bool
	tokens            []*watched // the soonest to expire first
}

// admit takes in the tokens that can be watched and says of the others why they
// cannot. The exit code is that of the first token that is not running.
func (w *watch) admit(found []find.Match) (code int, err error) {
	now := w.now()
	for i, f := range found {
		token, unreadable := decode(f.Compact)
		t := &watched{token: token, position: i + 1}
		exp, hasExpiry := token.Date("exp")
		var why *problem
		failure := exitDone
		switch {
		case unreadable != nil:
			failure = verdictCode(unreadable.Verdict)
			why = &problem{unreadable.Verdict.Code(), unreadable.Reason, unreadable.Advice, unreadable.Source}
		case !hasExpiry:
			failure = exitFailed
			why = &problem{"no_expiry", "the token has no exp that is a number, so it never expires", "there is nothing to wait for", "RFC 7519 section 4.1.4"}
		default:
			t.ends = exp
			t.begins, _ = token.Date("nbf")
			if token.Status(now).State == auth.StateExpired {
				failure = exitFailed
			}
			w.tokens = append(w.tokens, t)
		}
		code = cmp.Or(code, failure)
		if why != nil {
			if err := w.refuse(t, why, now, len(found)); err != nil {
				return code, err
			}
		}
	}
	nameAll(w.tokens, len(found))
	slices.SortStableFunc(w.tokens, func(a, b *watched) int {
		return cmp.Or(cmp.Compare(a.ends.Seconds, b.ends.Seconds), cmp.Compare(a.ends.Nanoseconds, b.ends.Nanoseconds))
	})
	return code, nil
}

// refuse says why a token cannot be watched.
func (w *watch) refuse(t *watched, why *problem, now time.Time, of int) error {
	if w.asJSON {
		return w.program.printJSON(w.report(t, refused, why, now))
	}
	text := advise(why.Reason, why.Advice) + " (" + why.Source + ")"
	if of > 1 {
		text = "token " + strconv.Itoa(t.position) + ": " + text
	}
	w.program.complain(text)
	return nil
}

// longestName is how many cells of a subject are shown. No email address needs
// more.
const longestName = 254

// nameAll gives every token a name: its subject, with its position where another
// token has the same, or its position alone.
func nameAll(tokens []*watched, of int) {
	count := map[string]int{}
	for _, t := range tokens {
		t.name = ansi.Truncate(visible.Text(t.token.Subject()), longestName, "…")
		count[t.name]++
	}
	for _, t := range tokens {
		switch position := strconv.Itoa(t.position); {
		case t.name == "" && of == 1:
			t.name = "token"
		case t.name == "":
			t.name = "token " + position
		case count[t.name] > 1: // in front, where it is not cut off
			t.name = "#" + position + " " + t.name
		}
	}
}

// run counts down until all tokens have expired.
func (w *watch) run(ctx context.Context) error {
	if len(w.tokens) == 0 {
		return nil
	}
	if !w.asJSON {
		w.program.complain(unchecked)
	}
	screen := w.screen()
	defer screen.leave()
	upsets := make(chan os.Signal, 1)
	if screen != nil {
		terminal.NotifyUpsets(upsets)
		defer signal.Stop(upsets)
	}
	for {
		now := w.now()
		if err := w.look(now, screen); err != nil {
			return err
		}
		if w.over() {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case sig := <-upsets:
			if terminal.IsSuspend(sig) {
				screen.leave()
				terminal.Suspend(ctx)
			}
		case <-w.program.After(w.wait(now)):
		}
		if terminal.Gone(w.program.Stdout) {
			return errClosed
		}
	}
}

// now returns the time by the clock on the wall, which goes on while the machine
// sleeps.
func (w *watch) now() time.Time { return w.program.Now().Round(0) }

// look brings every token up to the present and shows what happened.
func (w *watch) look(now time.Time, screen *watchScreen) error {
	ring := false
	for _, t := range w.tokens {
		was := t.warned
		happened := t.look(now, w.every, w.warnBefore)
		ring = ring || t.warned && !was
		if happened == nothing || screen != nil {
			continue
		}
		var err error
		if w.asJSON {
			err = w.program.printJSON(w.report(t, happened, nil, now))
		} else {
			err = w.program.print(w.sentence(t, happened, now))
		}
		if err != nil {
			return err
		}
	}
	if screen != nil {
		if err := screen.draw(w.tokens, w.warnBefore); err != nil {
			return err
		}
	}
	if ring {
		w.ring()
	}
	return nil
}

// over reports whether all tokens have expired.
func (w *watch) over() bool {
	return !slices.ContainsFunc(w.tokens, func(t *watched) bool { return t.status.State != auth.StateExpired })
}

// shortest keeps a thousand tokens with a thousand fractions of a second from
// taking all of the processor.
const shortest = 10 * time.Millisecond

// wait returns how long it takes until a token shows another second. It is a
// second at most, so that a countdown is right again soon after a sleep of the
// machine or a step of its clock.
func (w *watch) wait(now time.Time) time.Duration {
	wait := time.Second
	for _, t := range w.tokens {
		if t.status.State == auth.StateExpired {
			continue
		}
		for _, turn := range []auth.NumericDate{t.begins, t.ends} {
			fraction := time.Duration(turn.Nanoseconds) - time.Duration(now.Nanosecond())
			if fraction <= 0 {
				fraction += time.Second
			}
			wait = min(wait, fraction)
		}
	}
	return max(wait, shortest)
}

// ring rings the bell of the user's terminal, if there is one. A byte that rings
// has no place in a pipe.
func (w *watch) ring() {
	switch p := w.program; {
	case term.IsTerminal(p.Stderr.Fd()):
		_, _ = p.Stderr.WriteString("\a")
	case !w.asJSON && term.IsTerminal(p.Stdout.Fd()):
		_, _ = p.Stdout.WriteString("\a")
	}
}
