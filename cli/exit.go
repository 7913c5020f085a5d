package cli

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
)

// The exit codes. A signal is 128 and its number.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitSettings = 3
)

// exitError is an error with its exit code. Without an error inside it is
// silent: everything has been said.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// wrong is a value on the command line that cannot be used.
func wrong(err error) error { return &exitError{exitUsage, err} }

// misconfigured is a fault of the settings or of the environment.
func misconfigured(err error) error { return &exitError{exitSettings, err} }

// exit ends with a code when everything has been said.
func exit(code int) error {
	if code == exitDone {
		return nil
	}
	return &exitError{code: code}
}

// usageError is a command line that cannot be meant.
type usageError struct {
	error
	command string // whose help to read
}

func (e *usageError) Unwrap() error { return e.error }

// exclusive refuses two flags that cannot both be meant.
func exclusive(cmd *cobra.Command, one, other string) error {
	if cmd.Flags().Changed(one) && cmd.Flags().Changed(other) {
		return &usageError{fmt.Errorf("--%s and --%s exclude each other: keep one", one, other), cmd.CommandPath()}
	}
	return nil
}

// verdictCode is the exit code of a verdict's class.
func verdictCode(v auth.Verdict) int {
	switch v {
	case auth.VerdictValid:
		return exitDone
	case auth.VerdictMalformed:
		return 10
	case auth.VerdictUnsupported:
		return 11
	case auth.VerdictBadSignature:
		return 12
	case auth.VerdictWrongKey:
		return 13
	case auth.VerdictExpired:
		return 14
	case auth.VerdictNotYetValid:
		return 15
	case auth.VerdictWrongClaim:
		return 16
	default:
		return exitFailed
	}
}

func exitCode(err error) int {
	if err == nil {
		return exitDone
	}
	if stopped, ok := errors.AsType[*terminal.Stopped](err); ok {
		return terminal.ExitCode(stopped.Signal)
	}
	if coded, ok := errors.AsType[*exitError](err); ok {
		return coded.code
	}
	if _, ok := errors.AsType[*usageError](err); ok {
		return exitUsage
	}
	return exitFailed
}

// errClosed is the end of a program whose reader has gone. It is silent, as it
// is in every other tool of a pipe.
var errClosed = &exitError{code: 128 + 13} // SIGPIPE

// outputError explains why a result could not be written.
func outputError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EPIPE):
		return errClosed
	case errors.Is(err, syscall.ENOSPC):
		return errors.New("the output could not be written: the disk is full")
	}
	if errno := syscall.Errno(0); errors.As(err, &errno) {
		err = errno
	}
	return fmt.Errorf("the output could not be written: %w", err)
}

// printError says what went wrong, a sentence a line. A signal needs none.
func (p Program) printError(err error) {
	if err == nil {
		return
	}
	if _, ok := errors.AsType[*terminal.Stopped](err); ok {
		return
	}
	for _, line := range explain.Lines(err) {
		if text := line.String(); text != "" {
			p.complain(text)
		}
	}
	if misused, ok := errors.AsType[*usageError](err); ok {
		p.complain(misused.command + " --help shows what there is")
	}
}

// complain writes a line on standard error.
func (p Program) complain(text string) {
	fmt.Fprintln(p.Stderr, "tokendesk: "+visible.Text(strings.TrimSpace(text)))
}

// warn writes a warning on standard error.
func (p Program) warn(text string) { p.complain("warning: " + text) }

// print writes lines of a result. Everything in them that others wrote has been
// made visible before.
func (p Program) print(text string) error {
	_, err := p.Stdout.WriteString(text + "\n")
	return outputError(err)
}
