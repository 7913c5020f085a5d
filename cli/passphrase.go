package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/charmbracelet/x/term"

	"tokendesk/auth"
	"tokendesk/internal/terminal"
)

// askPassphrase asks for the passphrase of a key on the terminal, which may be
// another than the standard streams. Without one it returns [auth.ErrEncrypted].
func (p Program) askPassphrase() ([]byte, error) {
	tty, err := p.TTY()
	if err != nil {
		return nil, auth.ErrEncrypted
	}
	defer tty.Close()
	before, err := term.GetState(tty.Fd())
	if err == nil { // before the question: the answer may be there already
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
		return err //nolint:wrapcheck // looked at below
	})
	_ = term.SetState(tty.Fd(), before) // a signal leaves it without echo
	if _, stopped := errors.AsType[*terminal.Stopped](err); stopped {
		return nil, err
	}
	if err != nil {
		return nil, auth.ErrEncrypted
	}
	return passphrase, nil
}
