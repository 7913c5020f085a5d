package plain

import (
	"context"

	"tokendesk/auth/fault"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/oneof"
)

// nobody is the subject of faulty tokens while no token was issued.
const nobody = "test-user"

// faultDraft returns the draft of faulty tokens: that of the last token that was issued.
func (c *console) faultDraft() desk.Draft {
	if c.issued.Whole() {
		return c.issued
	}
	return desk.Draft{Subject: nobody, Lifetime: desk.LifetimeText(c.desk.Settings().Lifetime)}
}

// faults lists the faults, or those with these words.
func (c *console) faults(words string) {
	found := explain.Search(fault.Catalogue(), words, nil)
	if len(found) == 0 {
		c.fail(explain.Line{Text: "no fault has these words", Do: "/faults lists all"})
		return
	}
	impossible := c.desk.Faults(c.faultDraft()).Impossible()
	group := fault.Group("")
	for _, f := range found {
		if f.Group != group {
			group = f.Group
			c.sayf("Faults of the %s:", group)
		}
		text := f.Name + ": " + f.Wrong
		if f.Policy != "" {
			text += " (depends on the API)"
		}
		if reason := impossible(f); reason != "" {
			text += " (cannot be made: " + reason + ")"
		}
		c.sayf("%s", text)
	}
}

// fault makes the token of a fault and describes it.
func (c *console) fault(ctx context.Context, name string) error {
	chosen, ok := fault.ByName(name)
	if !ok {
		line := explain.Line{Text: "there is no fault with that name", Do: "/faults lists them"}
		if near := oneof.Near(name, faultNames()); len(near) > 0 {
			line.Do = "did you mean " + oneof.Or(near) + "?"
		}
		c.fail(line)
		return nil
	}
	if opened, err := c.ready(ctx); !opened {
		return err
	}
	made, err := c.desk.Faults(c.faultDraft()).Make(ctx, chosen)
	if c.refused(err) {
		return nil
	}
	c.keep(made)
	for _, line := range explain.Fault(chosen).Lines() {
		c.tell("Fault", line)
	}
	c.describe(made)
	return nil
}

func faultNames() []string {
	var names []string
	for _, f := range fault.Catalogue() {
		names = append(names, f.Name)
	}
	return names
}
