// Package ui is the console: the shell around its screens and dialogs, and the
// only Bubble Tea model.
package ui

import (
	"cmp"
	"os"

	"tokendesk/desk"
	"tokendesk/probe"
	"tokendesk/settings"
)

// Config holds the terminal of the console and says where its settings are.
type Config struct {
	// Source says where the settings and the key are, and has the clock and the
	// randomness.
	Source desk.Source
	// Preferences are how the user wants the console.
	Preferences settings.Preferences
	// Probe says how to probe an API. Every run has its own URL, maker and faults.
	Probe probe.Probe
	// Input and Output are the terminal; nil is standard input and output.
	Input  *os.File
	Output *os.File
	// Environ is the environment, for the abilities of the terminal and for $EDITOR.
	Environ []string
	// Note says a sentence when the console has ended and the terminal is as before. It may
	// be nil.
	Note func(string)
}

func (c Config) withDefaults() Config {
	c.Input = cmp.Or(c.Input, os.Stdin)
	c.Output = cmp.Or(c.Output, os.Stdout)
	if c.Environ == nil {
		c.Environ = os.Environ()
	}
	return c
}
