package plain

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"tokendesk/auth/find"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/trace"
	"tokendesk/ledger"
)

// console is the state that lasts from line to line.
type console struct {
	dialogue

	opener  opener
	warn    func(explain.Line)
	desk    *desk.Desk
	files   files
	board   watched
	tokens  []*desk.Entry  // all of this run; the first has the number 1
	numbers map[string]int // of the tokens, by their compact serialization
	current *desk.Entry    // one of them, or nil before there is one
	form    desk.Form      // of the next tokens
	zone    *time.Location
	missed  missed
}

// watched is the board.
type watched struct {
	desk.Board

	told  time.Time // until when expiries have been reported
	keeps bool      // a token is or was kept alive

	listed []ledger.Row // of the ledger, those that were listed last
}

// missed is what the user wanted and did not get.
type missed struct {
	// wrong are the commands whose last text was refused, so that nothing is issued until
	// they are right. withheld says that a token was asked for meanwhile.
	wrong    map[string]bool
	withheld bool
}

func newConsole(cfg Config, in *lineReader, out io.Writer) *console {
	with := newDialogue(in, out)
	c := &console{
		dialogue: with, missed: missed{wrong: map[string]bool{}}, numbers: map[string]int{},
		opener: opener{dialogue: with, source: cfg.Source, passphrase: cfg.Passphrase},
		warn:   cfg.Warn, zone: time.UTC,
	}
	if cfg.Local {
		c.zone = time.Local
	}
	if c.warn == nil {
		c.warn = func(line explain.Line) { c.tell("Warning", line) }
	}
	return c
}

func (c *console) run(ctx context.Context) error {
	opened, err := c.opener.open(ctx)
	if err != nil {
		return err
	}
	c.use(opened)
	c.form.Lifetime = usualLifetime(opened)
	c.board.told = c.desk.Now()
	c.greet()
	c.sayf("Type an email address or a user name, or paste a token. /help lists the commands.")
	if c.opener.first != "" {
		if err := c.obey(ctx, c.opener.first); err != nil {
			return endOf(c, err)
		}
	}
	for {
		c.tellNews(ctx)
		line, err := c.askLine(ctx)
		if err == nil {
			err = c.obey(ctx, line)
		}
		if err != nil {
			return endOf(c, err)
		}
	}
}

// askLine asks for the next line, and announces meanwhile what expires.
func (c *console) askLine(ctx context.Context) (string, error) {
	return c.askWith(ctx, question{
		prompt: "> ", earlier: true,
		wake: func() time.Duration { return untilNews(c) },
		tell: func() string { return announcement(ctx, c) },
	})
}

// errFailed is the error of a console whose input, a file or a pipe, had a command that could
// not be done.
var errFailed = errors.New("a command could not be done; see the lines that begin with Error")

// endOf returns the error of the console. A person has read what went wrong, and a script has not.
func endOf(c *console, err error) error {
	switch {
	case !errors.Is(err, errLeave) || c.in.isTerminal():
		return err
	case c.missed.withheld:
		return errWithheld
	case *c.failed:
		return errFailed
	}
	return err
}

// obey runs a command, reads tokens, or issues one.
func (c *console) obey(ctx context.Context, line string) error {
	defer trace.From(ctx).Event("line")()
	if strings.TrimSpace(line) == "" {
		return nil
	}
	if command, ok := strings.CutPrefix(line, "/"); ok {
		return c.command(ctx, command)
	}
	if reading := desk.Read(line, find.MaxPasted); holdsToken(reading) {
		return c.show(ctx, reading)
	}
	if name := looksLikeCommand(line); name != "" {
		return askName(ctx, c, line, name)
	}
	return c.issueFor(ctx, line)
}
