package plain

import (
	"bufio"
	"context"
	"errors"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/trace"
)

// console is the state that lasts from line to line.
type console struct {
	dialogue

	opener   opener
	warn     func(explain.Line)
	desk     *desk.Desk
	board    desk.Board
	current  *desk.Entry // the last token, or nil
	lifetime string      // of the next tokens, as the user typed it
	claims   auth.Object // of the next tokens
	told     time.Time   // until when expiries have been reported
	// wrong are the commands whose last text was refused, so that nothing is issued until
	// they are right. withheld says that a token was asked for meanwhile.
	wrong    map[string]bool
	withheld bool
}

func newConsole(cfg Config, in *lineReader) *console {
	with := dialogue{in, bufio.NewWriter(cfg.Output)}
	c := &console{dialogue: with, wrong: map[string]bool{}, opener: opener{with, cfg.Source, cfg.Passphrase}, warn: cfg.Warn}
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
	c.lifetime = usualLifetime(opened)
	c.told = c.desk.Now()
	c.greet()
	c.sayf("Type an email address or a user name, or paste a token. /help lists the commands.")
	for {
		c.tellExpired()
		line, err := c.ask(ctx, "> ")
		if err == nil {
			err = c.obey(ctx, line)
		}
		if errors.Is(err, errLeave) && c.withheld && !c.in.isTerminal() {
			return errWithheld
		}
		if err != nil {
			return err
		}
	}
}

// obey runs a command, reads a token, or issues one.
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
	return c.issue(ctx, desk.Draft{Subject: line, Lifetime: c.lifetime, Claims: c.claims})
}
