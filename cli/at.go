package cli

import (
	"time"

	"github.com/spf13/cobra"
)

// atFlag is the flag with the moment at which a command works, instead of now.
type atFlag struct{ text string }

func (a *atFlag) flag(cmd *cobra.Command, usage string) {
	cmd.Flags().StringVar(&a.text, "at", "", usage+": a moment, or a time from now such as -2h")
	completeFlag(cmd, "at") // no completion: there are too many moments
}

// given reports whether the command works at another moment.
func (a *atFlag) given() bool { return a.text != "" }

// stop returns the program with its clock stopped at the moment, or without one the program
// itself.
func (a *atFlag) stop(p Program) (Program, error) {
	at, err := a.moment(p)
	if err == nil && a.given() {
		p.Now = func() time.Time { return at }
	}
	return p, err
}

// start is stop with a clock that runs on from the moment.
func (a *atFlag) start(p Program) (Program, error) {
	at, err := a.moment(p)
	if err == nil && a.given() {
		began := p.wall().Round(0)
		p.Now = func() time.Time { return at.Add(p.wall().Round(0).Sub(began)) }
	}
	return p, err
}

func (a *atFlag) moment(p Program) (time.Time, error) {
	return parseInstant("--at", a.text, "-2h", p.wall().Round(0))
}
