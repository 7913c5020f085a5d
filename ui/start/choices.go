package start

import (
	"errors"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
)

// choice is one thing that the user can do, with a note on what will happen.
type choice struct {
	text, note string
	run        func(c *frame.Ctx) tea.Cmd
}

// choose returns the choices, the best first.
func (s *Screen) choose(c *frame.Ctx) []choice {
	set, profiles := c.Desk.Settings(), len(c.Env.Profiles)
	file := visible.Text(filepath.Base(set.File))
	var all []choice
	if locked, ok := errors.AsType[*desk.Locked](c.Desk.Problem()); ok {
		answer := choice{
			"Type the passphrase of the key", "It is kept for this run only and written nowhere.",
			func(c *frame.Ctx) tea.Cmd { return s.unlock(c, locked) },
		}
		if locked.Asks == desk.SecretName {
			answer.text, answer.note = "Choose the name of the secret", "For this run, or for everybody who has the file."
		}
		if locked.Asks == desk.KeyCommand {
			answer.text, answer.note = "Run the program that prints the key", "You see it first, unless you have allowed it before."
		}
		all = append(all, answer)
	}
	for _, near := range c.Desk.Nearby() {
		if len(all) < maxNear {
			all = append(all, s.nearby(near))
		}
	}
	if c.Desk.Problem() != nil || set.Found {
		all = append(all, choice{"Read " + file + " again", "After you have fixed it.", s.reload})
	} else {
		all = append(all, choice{
			"Create " + file + " here with a fresh secret",
			"From the template, with mode 0600; nothing is overwritten, and in a git checkout it is added to .gitignore.",
			s.create,
		})
	}
	if empty := set.Recognised.Empty; empty != "" && c.Desk.Problem() == nil {
		all = append(all, choice{
			"Write a fresh secret into " + visible.Text(empty) + " of " + file, "An API that is running must read the file again.", s.create,
		})
	}
	all = append(all, choice{
		"Use a key for this run only", "Nothing is written. No API will accept tokens signed with it.", s.throwAway,
	})
	if profiles > 1 {
		others := phrase.Count(profiles-1, "other profile", "other profiles")
		all = append(all, choice{"Choose another profile", "The same folder has " + others + ".", dialog.Profiles})
	}
	return append(all, choice{text: "Quit", run: func(*frame.Ctx) tea.Cmd { return tea.Quit }})
}

// maxNear is how many other env files are offered.
const maxNear = 3

// nearby offers another env file.
func (s *Screen) nearby(near settings.Near) choice {
	file := visible.Text(near.File)
	offer := choice{
		"Use " + file + ", which has " + visible.Text(near.Name), "Nothing is written. In a command: " + explain.Near(near).Do + ".",
		func(c *frame.Ctx) tea.Cmd { return s.use(c, near) },
	}
	if near.Example {
		offer.note = "It is an example, so the API may have another secret. Nothing is written."
	}
	return offer
}
