package old

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"

	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// ErrProtected is the error of a plain console whose input, a file or a pipe, ended
// where it was to have the name of a protected profile.
var ErrProtected = errors.New("the profile is protected and the input ended before its name, so nothing was signed: put the name on the line after the first subject")

// profile changes to another profile, or lists them when none is named.
func (p *plainConsole) profile(name string) {
	if p.cfg.Profiles == nil {
		p.sayf("There is one profile only.")
		return
	}
	profiles := p.cfg.Profiles()
	if name == "" {
		for _, each := range profiles {
			state := ""
			if each.File == p.desk.settings.File && !p.desk.throwaway {
				state = ", in use"
			}
			p.sayf("%s: %s%s.", each.Name, each.File, state)
		}
		return
	}
	i := slices.IndexFunc(profiles, func(each settings.Profile) bool { return visible.Text(each.Name) == name })
	if i < 0 {
		p.sayf("Error: there is no profile of that name. /profile lists them.")
		return
	}
	set, err := readProfile(p.cfg, profiles[i])
	if err != nil {
		p.problems(err)
		p.sayf("Nothing was changed: the profile is %s.", p.desk.name())
		return
	}
	usual := lifetimeText(p.desk.settings.Lifetime)
	p.use(set, p.lifetime == usual)
	p.sayf("%s", p.title())
}

// use makes the settings the desk's.
func (p *plainConsole) use(set *settings.Settings, lifetime bool) {
	p.desk = newDesk(set, p.cfg.Now, p.cfg.Rand)
	if lifetime {
		p.lifetime = lifetimeText(set.Lifetime)
	}
	for _, w := range set.Warnings {
		p.sayf("Warning: %s", w.String())
	}
}

// problems says what is wrong with some settings.
func (p *plainConsole) problems(err error) {
	if problems, ok := errors.AsType[settings.Problems](err); ok {
		for _, problem := range problems {
			p.sayf("Problem: %s", problem.Error())
		}
		return
	}
	p.sayf("Problem: %s", err.Error())
}

// allowed asks for the name of a protected profile, once until it is changed, and
// reports whether it was typed. The end of the input is an error.
func (p *plainConsole) allowed(ctx context.Context) (bool, error) {
	if !p.desk.guarded() {
		return true, nil
	}
	name := visible.Text(p.desk.settings.Profile)
	p.sayf("The profile %s is protected. Type its name to sign with its key.", p.desk.settings.Profile)
	answer, err := p.ask(ctx, "name> ")
	if errors.Is(err, errLeave) && !term.IsTerminal(p.cfg.Input.Fd()) {
		return false, ErrProtected
	}
	if err != nil {
		return false, err
	}
	if strings.TrimSpace(answer) != name {
		p.sayf("Error: that is not its name, and nothing was signed.")
		return false, nil
	}
	p.desk.allowed = true
	return true, nil
}
