package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/charmbracelet/x/term"

	"tokendesk/auth"
	"tokendesk/internal/terminal"
)

// askPassphrase asks for the passphrase of a key on the terminal, even when the
// standard streams are redirected. Without a terminal it returns [auth.ErrEncrypted].
func (p Program) askPassphrase() ([]byte, error) {
	tty, err := p.TTY()
	if err != nil {
		return nil, auth.ErrEncrypted
	}
	defer tty.Close()
	before, err := term.GetState(tty.Fd())
	if err == nil { // before the question: the user may type ahead
		err = term.SetState(tty.Fd(), terminal.WithoutEcho(before))
	}
	if err != nil {
		return nil, auth.ErrEncrypted
	}
	var passphrase []byte
	err = terminal.RunLines(context.Background(), func(context.Context) error {
		fmt.Fprint(tty, "Passphrase of the private key: ")
		var err error
		passphrase, err = term.ReadPassword(tty.Fd())
		fmt.Fprintln(tty)
		return err //nolint:wrapcheck // only its type matters below
	})
	_ = term.SetState(tty.Fd(), before) // after a signal the echo would be off
	if _, stopped := errors.AsType[*terminal.Stopped](err); stopped {
		return nil, err
	}
	if err != nil {
		return nil, auth.ErrEncrypted
	}
	return passphrase, nil
}
