package ui

import (
	"cmp"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/issue"
)

func isPalette(p frame.Part) bool {
	_, is := p.(*dialog.Palette)
	return is
}

// openPalette opens the palette. From the form it lists the personas first.
func (p place) openPalette(c *frame.Ctx) tea.Cmd {
	prefers := ""
	if _, isForm := p.top().(*issue.Screen); isForm && p.top().Typing() {
		prefers = dialog.PersonaGroup
	}
	_, cmd := dialog.OpenPalette(c, func(c *frame.Ctx) []dialog.Command { return p.commands(c, prefers != "") }, prefers)
	return cmd
}

// commands returns everything that can be done, and what cannot be done now.
func (p place) commands(c *frame.Ctx, fromForm bool) []dialog.Command {
	typing, covered, screens := p.top().Typing(), p.covered(), p.screens()
	personas := personaCommands(c, covered)
	var all []dialog.Command
	if fromForm {
		all, personas = personas, nil
	}
	everywhere := p.everywhere()
	everywhere.Actions = everywhere.Actions[len(screens):]
	taken := map[string]bool{}
	for _, g := range p.top().Actions(c) {
		all = withGroup(all, g, taken, typing)
	}
	for _, g := range []frame.Group{{Title: "Screens", Actions: screens}, everywhere} {
		all = withGroup(all, g, taken, typing)
	}
	all = append(append(all, personas...), shapeCommands(c, covered)...)
	all = append(all, profileCommands(c, covered)...)
	all = append(all, p.settingCommands(c, taken["l"])...)
	return append(all, p.elsewhere(covered)...)
}

// elsewhere returns what can be done on the other screens, which come to the front first.
func (p place) elsewhere(covered string) []dialog.Command {
	var all []dialog.Command
	for n, row := range p.m.stack.rows {
		if !row.tab || n == p.m.stack.front {
			continue
		}
		c := *p.m.c()
		c.Screen = p.m.stack.at(n)
		c.Screen.Layout(&c, newLayout(p.m.size).body) // it may never have been in front
		listed := map[string]bool{}
		for _, g := range c.Screen.Actions(&c) {
			for _, a := range g.Actions {
				command, ok := dialog.ActionCommand(row.name, a, "")
				if !ok || listed[command.Title] {
					continue
				}
				listed[command.Title] = true
				command.Far, command.Not = true, cmp.Or(covered, command.Not)
				command.Run = func(*frame.Ctx) tea.Cmd { return tea.Batch(p.m.goTo(n), a.Run(p.m.c())) }
				all = append(all, command)
			}
		}
	}
	return all
}

// withGroup returns the commands with the actions of a group. If others have taken all keys of
// an action, it has none, and is the same as one of them with that title.
func withGroup(all []dialog.Command, g frame.Group, taken map[string]bool, typing bool) []dialog.Command {
	for _, a := range g.Actions {
		command, ok := dialog.ActionCommand(g.Title, a, a.Way(typing))
		if !ok {
			continue
		}
		if shadowed(taken, a) {
			if slices.ContainsFunc(all, func(other dialog.Command) bool { return other.Title == command.Title }) {
				continue
			}
			command.Key = ""
		}
		all = append(all, command)
	}
	return all
}

// shadowed reports whether an enabled action never runs, since others have all its keys. It
// takes the keys of the action.
func shadowed(taken map[string]bool, a frame.Action) bool {
	if !a.Enabled() || len(a.Keys()) == 0 {
		return false
	}
	isShadowed := !slices.ContainsFunc(a.Keys(), func(key string) bool { return !taken[key] })
	for _, key := range a.Keys() {
		taken[key] = true
	}
	return isShadowed
}

// personaCommands returns the personas, which fill the form.
func personaCommands(c *frame.Ctx, covered string) []dialog.Command {
	all := make([]dialog.Command, len(c.Env.Personas))
	for i, persona := range c.Env.Personas {
		all[i] = dialog.PersonaCommand(persona, func(c *frame.Ctx, p *settings.Persona) tea.Cmd {
			return c.Hand(frame.Fill{Persona: p})
		})
		all[i].Not = cmp.Or(covered, all[i].Not)
	}
	return all
}

// shapeCommands returns the shapes, of which the form makes tokens.
func shapeCommands(c *frame.Ctx, covered string) []dialog.Command {
	all := make([]dialog.Command, len(c.Env.Shapes))
	for i, shape := range c.Env.Shapes {
		all[i] = dialog.ShapeCommand(shape, func(c *frame.Ctx, s *settings.Shape) tea.Cmd { return c.Hand(frame.Fill{Shape: s}) })
		all[i].Not = covered
	}
	return all
}

// profileCommands returns the profiles, to which the desk changes.
func profileCommands(c *frame.Ctx, covered string) []dialog.Command {
	all := make([]dialog.Command, len(c.Env.Profiles))
	for i, profile := range c.Env.Profiles {
		all[i] = dialog.Command{
			Group: "Profiles", Title: visible.Text(profile.Name), About: visible.Text(filepath.Base(profile.File)), Not: covered,
			More: "Changes to the profile of " + visible.Text(profile.File) + ".",
			Run:  func(c *frame.Ctx) tea.Cmd { return dialog.ChangeProfile(c, profile) },
		}
	}
	return all
}

// settingCommands returns what changes how the console looks and what it has read.
func (p place) settingCommands(c *frame.Ctx, hasZone bool) []dialog.Command {
	const group = "Settings"
	var all []dialog.Command
	if !hasZone {
		title := "Show times in the local zone"
		if c.Env.Local {
			title = "Show times in UTC"
		}
		all = append(all, dialog.Command{Group: group, Title: title, Run: func(c *frame.Ctx) tea.Cmd {
			c.Env.Local = !c.Env.Local
			return nil
		}})
	}
	for _, row := range settings.PreferenceTable() {
		if row.Name != "zone" {
			all = append(all, p.m.wishes.commands(group, row)...)
		}
	}
	return all
}
