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
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
)

// watchCommand is the command that counts down to the expiry of tokens. It needs no key
// and no settings.
func watchCommand(p Program) *cobra.Command {
	var every, warnBefore string
	var w watch
	var at atFlag
	cmd := &cobra.Command{
		Use:   "watch [TOKEN]",
		Short: "Count down until a token expires",
		Long: "Count down to the expiry of a token, or of several on standard input, one per line. A terminal shows a line with a bar for " +
			"each; a pipe gets plain lines at intervals. It ends when the last of them has expired, with exit code 0, or with 1 if one had " +
			"already expired or never expires. No signature is checked.",
		Example: `tokendesk watch "$TOKEN"
tokendesk watch --warn-before 5m < tokens.txt
tokendesk watch --every 30s "$TOKEN" >> watch.log`,
		Args: tokenArgs(),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := at.start(p)
			if err != nil {
				return err
			}
			w.program, w.moved = p, at.given()
			if w.every, err = parseSpan(every, p.Now()); err != nil {
				return invalid(errors.New("--every: write a time of a second or more, such as 30s or 1m"))
			}
			if cmd.Flags().Changed("warn-before") {
				if w.warnBefore, err = parseSpan(warnBefore, p.Now()); err != nil {
					return invalid(errors.New("--warn-before: write a time such as 30s or 5m"))
				}
			}
			in, err := p.readTokens(args)
			if err != nil {
				return err
			}
			code, err := w.admit(p.chooseTokens(in))
			if err != nil {
				return err
			}
			if err := terminal.RunLines(cmd.Context(), w.run); err != nil {
				return err
			}
			return exitWith(code)
		},
	}
	f := cmd.Flags()
	f.StringVar(&every, "every", "1m", "in a pipe, print a line whenever the time left passes a multiple of this")
	f.StringVar(&warnBefore, "warn-before", "", "warn this long before the expiry, with a bell on a terminal")
	at.flag(cmd, "start the clock at this time instead of now")
	f.BoolVar(&w.asJSON, "json", false, "print JSON, one object per line")
	return cmd
}

// watch is the tokens of one run and how they are shown.
type watch struct {
	program           Program
	every, warnBefore time.Duration
	moved, asJSON     bool       // moved: its clock has started at another moment
	tokens            []*watched // the soonest to expire first
}

// admit takes the tokens that can be watched, and says why the others cannot. The
// exit code is that of the first token that is not running.
func (w *watch) admit(found []find.Match) (code int, err error) {
	now := w.now()
	for i, f := range found {
		known := explain.Read(f)
		result := known.Result
		token := result.Token
		t := &watched{token: token, position: i + 1}
		exp, hasExpiry := token.Date("exp")
		failure := exitDone
		switch {
		case result.Verdict != 0:
			failure = verdictExit(result.Verdict)
			err = w.refuse(t, explain.Token(known, now).Failures[0], now, len(found))
		case !hasExpiry:
			failure = exitFailed
			err = w.refuse(t, noExpiry(), now, len(found))
		default:
			t.ends = exp
			t.begins, _ = token.Date("nbf")
			if token.Status(now).State == auth.StateExpired {
				failure = exitFailed
			}
			w.tokens = append(w.tokens, t)
		}
		code = cmp.Or(code, failure)
		if err != nil {
			return code, err
		}
	}
	nameAll(w.tokens, len(found))
	slices.SortStableFunc(w.tokens, func(a, b *watched) int {
		return cmp.Or(cmp.Compare(a.ends.Seconds, b.ends.Seconds), cmp.Compare(a.ends.Nanoseconds, b.ends.Nanoseconds))
	})
	return code, nil
}

// noExpiry says why a token without an expiry is not watched.
func noExpiry() explain.Line {
	return explain.Line{
		Code: auth.StateNoExpiry.Code(), Text: "the token has no numeric exp, so it never expires",
		Do: "there is nothing to wait for", Source: "RFC 7519 section 4.1.4",
	}
}

// refuse says why a token cannot be watched.
func (w *watch) refuse(t *watched, problem explain.Line, now time.Time, of int) error {
	if w.asJSON {
		return w.program.printJSON(w.refusal(t, problem, now))
	}
	problem.Label = ""
	if of > 1 {
		problem.Label = "token " + strconv.Itoa(t.position)
	}
	w.program.note(problem.String())
	return nil
}

// maxName is how many cells of a subject are shown. No email address is longer.
const maxName = 254

// nameAll gives every token a name: its subject, or its position when it has none.
// Tokens with the same subject have both.
func nameAll(tokens []*watched, of int) {
	count := map[string]int{}
	for _, t := range tokens {
		t.name = ansi.Truncate(visible.Text(t.token.Subject()), maxName, "…")
		count[t.name]++
	}
	for _, t := range tokens {
		switch position := strconv.Itoa(t.position); {
		case t.name == "" && of == 1:
			t.name = "token"
		case t.name == "":
			t.name = "token " + position
		case count[t.name] > 1: // in front, where it is never cut off
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
		w.program.note(explain.Unchecked(len(w.tokens)).Text)
		if now := w.now(); w.moved {
			w.program.note("the clock starts at " + phrase.Moment(now, now.Location()))
		}
	}
	screen := w.screen()
	defer screen.leave()
	redraws := make(chan os.Signal, 1)
	if screen != nil {
		terminal.NotifyRedraws(redraws)
		defer signal.Stop(redraws)
	}
	for {
		now := w.now()
		if err := w.update(now, screen); err != nil {
			return err
		}
		if w.allExpired() {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case sig := <-redraws:
			if terminal.IsSuspend(sig) {
				screen.leave()
				terminal.Suspend(ctx)
			}
		case <-w.program.After(w.wait(now)):
		}
		if terminal.HasNoReader(w.program.Stdout) {
			return errClosed
		}
	}
}

// now returns the time by the wall clock, which goes on while the machine sleeps.
func (w *watch) now() time.Time { return w.program.Now().Round(0) }

// update brings every token up to date and shows what happened.
func (w *watch) update(now time.Time, screen *watchScreen) error {
	ring := false
	for _, t := range w.tokens {
		was := t.warned
		happened := t.update(now, w.every, w.warnBefore)
		ring = ring || t.warned && !was
		if happened == nothing || screen != nil {
			continue
		}
		if err := w.program.show(w.asJSON, w.report(t, happened, now), w.sentence(t, happened, now)); err != nil {
			return err
		}
	}
	if screen != nil {
		if err := screen.draw(w.tokens, w.warnBefore); err != nil {
			return err
		}
	}
	if ring {
		w.ringBell()
	}
	return nil
}

// allExpired reports whether all tokens have expired.
func (w *watch) allExpired() bool {
	return !slices.ContainsFunc(w.tokens, func(t *watched) bool { return t.status.State != auth.StateExpired })
}

// minWait keeps a thousand tokens, each with its own fraction of a second, from
// using a whole processor.
const minWait = 10 * time.Millisecond

// wait returns how long it takes until the next token shows another second. It is
// at most a second, so that a countdown is right again soon after the machine slept
// or its clock was set.
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
	return max(wait, minWait)
}

// ringBell rings the bell of the user's terminal, if there is one. A pipe never
// gets the byte.
func (w *watch) ringBell() {
	switch p := w.program; {
	case term.IsTerminal(p.Stderr.Fd()):
		_, _ = p.Stderr.WriteString("\a")
	case !w.asJSON && term.IsTerminal(p.Stdout.Fd()):
		_, _ = p.Stdout.WriteString("\a")
	}
}
