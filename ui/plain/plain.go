// Package plain is the console line by line, for screen readers and for terminals
// without cursor control.
package plain

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"

	"github.com/charmbracelet/x/term"

	"tokendesk/auth/advice"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/terminal"
	"tokendesk/internal/trace"
	"tokendesk/internal/visible"
)

// Config says where the console reads and writes its lines, and where its settings
// are.
type Config struct {
	// Source says where the settings and the key are, and has the clock and the
	// randomness.
	Source desk.Source
	// Input and Output are where lines come from and go to.
	Input  *os.File
	Output *os.File
	// Passphrase asks for the passphrase of a private key without echoing it. It
	// returns [auth.ErrEncrypted] if there is nobody to ask; nil does the same.
	Passphrase func() ([]byte, error)
	// Warn prints a warning about the settings; nil prints it among the other lines.
	Warn func(explain.Line)
	// Local says that times are in the local zone at first, and ASCII that nothing else is
	// written.
	Local, ASCII bool
}

// Run obeys the lines of the input until it ends, or until the command /quit. The
// error is a *[terminal.Stopped] if a signal ended it, and [ErrNoKey] or
// [ErrProtected] if it could not sign. It says that a command failed if the input is no
// terminal.
func Run(ctx context.Context, cfg Config) error {
	var out io.Writer = cfg.Output
	if cfg.ASCII {
		out = visible.ASCIIWriter(out)
	}
	in := newLineReader(cfg.Input, cfg.Output, out)
	defer in.giveBack()
	err := terminal.RunLines(ctx, func(ctx context.Context) error {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		go in.run(ctx)
		c := newConsole(cfg, in, out)
		err := c.run(ctx)
		if flush := c.out.Flush(); errors.Is(err, errLeave) {
			err = flush
		}
		if err != nil && terminal.HasNoReader(cfg.Output) && term.IsTerminal(cfg.Output.Fd()) {
			return &terminal.Stopped{Signal: syscall.SIGHUP}
		}
		return err
	})
	if errors.Is(err, terminal.ErrPanicked) || errors.Is(err, errReading) {
		return advice.Add(err, trace.From(ctx).Advice())
	}
	return err
}
