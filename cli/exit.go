package cli

import (
	"cmp"
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

// The exit codes. A signal is 128 plus its number.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitSettings = 3
)

// exitError is an error with its exit code. Without an error inside it prints
// nothing: everything has been said.
type exitError struct {
	code  int
	err   error
	usage string // the command whose help to read, after a command line of the wrong form
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// invalid is the error of a command line whose form is right and whose values
// cannot be used.
func invalid(err error) error { return &exitError{code: exitUsage, err: err} }

// misconfigured is an error of the settings or of the environment.
func misconfigured(err error) error { return &exitError{code: exitSettings, err: err} }

// advise returns an error that says what is wrong and one thing to do about it.
func advise(text, do string) error { return explain.Line{Text: text, Do: do} }

// exitWith ends with a code when everything has been said.
func exitWith(code int) error {
	if code == exitDone {
		return nil
	}
	return &exitError{code: code}
}

// misused says what is wrong with the form of a command line, and what to do.
func misused(cmd *cobra.Command, text, do string) error {
	return &exitError{exitUsage, advise(text, do), cmd.CommandPath()}
}

// exclusive refuses a flag together with any of those that contradict it.
func exclusive(cmd *cobra.Command, one string, others ...string) error {
	for _, other := range others {
		if cmd.Flags().Changed(one) && cmd.Flags().Changed(other) {
			return misused(cmd, fmt.Sprintf("--%s and --%s cannot be used together", one, other), "")
		}
	}
	return nil
}

// verdictExit returns the exit code of a verdict.
func verdictExit(v auth.Verdict) int {
	if v == auth.VerdictValid {
		return exitDone
	}
	return cmp.Or(map[auth.Verdict]int{
		auth.VerdictMalformed: 10, auth.VerdictUnsupported: 11, auth.VerdictBadSignature: 12, auth.VerdictWrongKey: 13,
		auth.VerdictExpired: 14, auth.VerdictNotYetValid: 15, auth.VerdictWrongClaim: 16,
	}[v], exitFailed)
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
	return exitFailed
}

// errClosed ends a program whose reader has gone. Like every other tool in a pipe
// it says nothing then.
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

// printError prints what went wrong and what to do about it, one line for each
// problem. A signal needs none.
func (p Program) printError(err error) {
	if _, ok := errors.AsType[*terminal.Stopped](err); ok {
		return
	}
	for _, line := range explain.Lines(err) {
		if text := line.String(); text != "" {
			p.note(text)
		}
	}
	if misused, ok := errors.AsType[*exitError](err); ok && misused.usage != "" {
		p.note("run " + misused.usage + " --help for the usage")
	}
}

// note writes a line on standard error.
func (p Program) note(text string) {
	fmt.Fprintln(p.Stderr, "tokendesk: "+p.forPeople(visible.Text(strings.TrimSpace(text))))
}

// warn writes a warning on standard error.
func (p Program) warn(line explain.Line) { p.note("warning: " + line.String()) }

// print writes lines of a result for people. Text from outside in them must have gone through
// package visible before.
func (p Program) print(text string) error { return p.write(p.forPeople(text)) }

// write writes a result for programs, such as JSON, to the byte.
func (p Program) write(text string) error {
	_, err := p.Stdout.WriteString(text + "\n")
	return outputError(err)
}

// forPeople returns a text in the characters of the locale.
func (p Program) forPeople(text string) string {
	if p.ascii {
		return visible.ASCII(text)
	}
	return text
}
