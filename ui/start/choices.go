package start

import (
	"errors"
	"net/url"
	"path/filepath"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
)

// choice is one thing that the user can do, with a note on what will happen and lines that show
// it by an example.
type choice struct {
	text, note string
	example    []string
	run        func(c *frame.Ctx) tea.Cmd
}

// choose returns the choices, the best first.
func (s *Screen) choose(c *frame.Ctx) []choice {
	set := c.Desk.Settings()
	all := s.questions(c)
	for _, near := range c.Desk.Nearby() {
		if len(all) < maxNear {
			all = append(all, s.nearby(near))
		}
	}
	file, again := s.settings(c, &set)
	all = append(all, file...)
	if c.Desk.Problem() != nil {
		all = append(all, again...)
		again = nil
	}
	run := choice{
		"Use a key for this run only", "Nothing is written. No API will accept tokens signed with it.",
		[]string{"a fresh secret for HS256, gone when you quit"},
		s.throwAway,
	}
	key := choice{
		"Sign with the key of a file", "A private key in PEM or JWK, a JWK set, or a bare secret. For this run; KEY_FILE makes it a setting.",
		[]string{"KEY_FILE=keys/private.pem"},
		s.keyFile,
	}
	if c.Desk.Key() != nil && c.Desk.Problem() == nil { // it is public, so the private one is somewhere
		run, key = key, run
	}
	all = append(all, run, key)
	for _, p := range set.Recognised.Published {
		if p.URL != set.JWKSURL {
			all = append(all, s.issuer(&set, p.Name, p.URL))
		}
	}
	all = append(all, again...)
	if n := len(c.Env.Profiles); n > 1 {
		others := phrase.Count(n-1, "other profile", "other profiles")
		pick := choice{"Choose another profile", "The same folder has " + others + ".", nil, dialog.Profiles}
		for _, p := range c.Env.Profiles[:min(n, mostProfiles)] {
			pick.example = append(pick.example, p.Name+"  "+p.File)
		}
		all = append(all, pick)
	}
	return append(all, choice{text: "Quit", run: func(*frame.Ctx) tea.Cmd { return tea.Quit }})
}

// The numbers of other env files, of names and of profiles that are listed.
const (
	maxNear      = 3
	maxNames     = 4
	mostProfiles = 8
)

// questions offers to answer the question that the desk has.
func (s *Screen) questions(c *frame.Ctx) []choice {
	locked, ok := errors.AsType[*desk.Locked](c.Desk.Problem())
	if !ok {
		return nil
	}
	answer := func(c *frame.Ctx) tea.Cmd { return s.unlock(c, locked) }
	switch locked.Asks {
	case desk.SecretName:
		return s.names(c, locked, answer)
	case desk.KeyCommand:
		return []choice{{
			"Run the program that prints the key", "You see it first, unless you have allowed it before.", []string{locked.Command.Text}, answer,
		}}
	default:
		return []choice{{"Type the passphrase of the key", "It is kept for this run only and written nowhere.", nil, answer}}
	}
}

// names offers each of several secrets, and to write the answer down.
func (s *Screen) names(c *frame.Ctx, locked *desk.Locked, keep func(*frame.Ctx) tea.Cmd) []choice {
	file := visible.Text(filepath.Base(c.Desk.Settings().File))
	var all []choice
	for _, each := range locked.Choices[:min(len(locked.Choices), maxNames)] {
		where := "environment"
		if each.Line > 0 {
			where = file + ", line " + strconv.Itoa(each.Line)
		}
		all = append(all, choice{
			"Sign with " + visible.Text(each.Name), "For this run. " + visible.Text(each.Name) + ": " + each.Reason + ".",
			[]string{where, each.Name + "=…"},
			func(c *frame.Ctx) tea.Cmd { return s.sign(c, locked, each.Name) },
		})
	}
	return append(all, choice{
		"Choose the name of the secret …", "For this run, or for everybody who has the file: s in the list writes SECRET_KEY_NAME into it.",
		[]string{"SECRET_KEY_NAME=" + locked.Choices[0].Name},
		keep,
	})
}

// settings offers to create the settings file or to write a secret into it, and to read it again.
func (s *Screen) settings(c *frame.Ctx, set *settings.Settings) (file, again []choice) {
	name := visible.Text(filepath.Base(set.File))
	const digits = "=…  64 hex digits, made now"
	if c.Desk.Problem() != nil || set.Found {
		again = []choice{{"Read " + name + " again", "After you have changed it.", nil, s.reload}}
	} else {
		file = append(file, choice{
			"Create " + name + " here with a fresh secret",
			"From the template, with mode 0600; nothing is overwritten, and in a git checkout it is added to .gitignore.",
			[]string{"SECRET_KEY" + digits, "ALGORITHM=HS256", "ACCESS_TOKEN_EXPIRE_MINUTES=30"},
			s.create,
		})
	}
	if empty := set.Recognised.Empty; empty != "" && c.Desk.Problem() == nil {
		file = append(file, choice{
			"Write a fresh secret into " + visible.Text(empty) + " of " + name, "An API that is running must read the file again.",
			[]string{empty + digits},
			s.create,
		})
	}
	return file, again
}

// nearby offers another env file.
func (s *Screen) nearby(near settings.Near) choice {
	file := visible.Text(near.File)
	offer := choice{
		"Use " + file + ", which has " + visible.Text(near.Name), "Nothing is written. In a command: " + explain.Near(near).Do + ".",
		[]string{"tokendesk --env-file " + near.File},
		func(c *frame.Ctx) tea.Cmd { return s.use(c, near) },
	}
	if near.Example {
		offer.note = "It is an example, so the API may have another secret. Nothing is written."
	}
	return offer
}

// host returns the host of a URL.
func host(text string) string {
	if u, err := url.Parse(text); err == nil && u.Host != "" {
		return u.Host
	}
	return text
}

// issuer offers to verify with the keys that an issuer publishes.
func (s *Screen) issuer(set *settings.Settings, name, at string) choice {
	return choice{
		"Verify with the keys of " + visible.Text(host(at)),
		visible.Text(name+" of "+filepath.Base(set.File)+" names "+at) + ". They verify until you quit; JWKS_URL makes it a setting.",
		[]string{"JWKS_URL=" + at},
		func(c *frame.Ctx) tea.Cmd { return s.verify(c, at) },
	}
}
