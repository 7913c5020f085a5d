// Package old is the console: one Bubble Tea model, its screens, its styles and
// its keys. It reads settings, and issues and reads tokens with package auth.
package old

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/terminal"
	"tokendesk/settings"
)

// Config is what the console is given: its terminal, its clock, its randomness,
// and how it gets its settings.
type Config struct {
	// Load reads the settings; it is called at the start and on request.
	Load func() (*settings.Settings, error)
	// Create writes the .env with a fresh secret, for the first run.
	Create func() (settings.Created, error)
	// Profiles lists the profiles that can be changed to, and LoadProfile reads the
	// settings of one. Without Profiles there is only the one of Load.
	Profiles    func() []settings.Profile
	LoadProfile func(settings.Profile) (*settings.Settings, error)
	// Published fetches the keys that an issuer publishes at a URL, anew for a kid
	// that is not among those that were kept. Without it there are none.
	Published func(url, kid string) (*Published, error)
	// Unlock keeps a passphrase for Load and LoadProfile, for a key that is encrypted.
	Unlock func(passphrase []byte)
	// Input and Output are the terminal; nil is standard input and output.
	Input  *os.File
	Output *os.File
	// Environ is the environment, for the terminal's abilities and $EDITOR.
	Environ []string
	// Now is the clock; nil is the system's.
	Now func() time.Time
	// Rand is the source of randomness; nil is [crypto/rand.Reader].
	Rand io.Reader
}

func (c Config) withDefaults() Config {
	if c.Input == nil {
		c.Input = os.Stdin
	}
	if c.Output == nil {
		c.Output = os.Stdout
	}
	if c.Environ == nil {
		c.Environ = os.Environ()
	}
	if c.Now == nil {
		// Without its monotonic reading, which stands still in a suspend.
		c.Now = func() time.Time { return time.Now().Round(0) }
	}
	if c.Rand == nil {
		c.Rand = rand.Reader
	}
	return c
}

// framesPerSecond is how often the screen is drawn at most. docs/benchmarks.md
// has the measurements behind it.
const framesPerSecond = 60

// errFailed is all that is said about a panic: its value may hold a token.
var errFailed = errors.New("the console failed and gave the terminal back; nothing was written: please report what you did")

// Run shows the console until the user leaves it. The terminal is given back
// however it ends. It returns a *[terminal.Stopped] when a signal ended it, or
// the terminal went away.
func Run(ctx context.Context, cfg Config) error {
	cfg = cfg.withDefaults()
	terminal.Hush()
	model, input := New(cfg), terminal.Guard(cfg.Input)
	err := terminal.Run(ctx, input, cfg.Output, func(ctx context.Context) error {
		_, err := tea.NewProgram(model,
			tea.WithContext(ctx),
			tea.WithInput(input),
			tea.WithOutput(cfg.Output),
			tea.WithEnvironment(cfg.Environ),
			tea.WithColorProfile(terminal.Colours(cfg.Output, cfg.Environ)),
			tea.WithFPS(framesPerSecond),
		).Run()
		return err //nolint:wrapcheck // put into words below
	})
	return verdict(err, model.failed.Load())
}

// verdict says how the console ended.
func verdict(err error, failed bool) error {
	stopped, isStopped := errors.AsType[*terminal.Stopped](err)
	switch {
	case isStopped:
		return stopped
	case failed, errors.Is(err, tea.ErrProgramPanic):
		return errFailed
	case errors.Is(err, tea.ErrInterrupted):
		return &terminal.Stopped{Signal: os.Interrupt}
	case err != nil:
		return fmt.Errorf("the console ended: %w", err)
	}
	return nil
}
