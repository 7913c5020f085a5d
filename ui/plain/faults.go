package plain

import (
	"context"
	"slices"

	"tokendesk/auth/fault"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/oneof"
)

// nobody is the subject of faulty tokens while no token was issued.
const nobody = "test-user"

// faultDraft returns the draft of faulty tokens: that of the newest token that has one.
func faultDraft(c *console) desk.Draft {
	for _, e := range slices.Backward(c.tokens) {
		if e.Fault == nil && e.Draft.Whole() {
			return e.Draft
		}
	}
	return desk.Draft{Subject: nobody, Lifetime: desk.LifetimeText(c.desk.Settings().Lifetime)}
}

// listFaults lists the faults, or those with these words.
func listFaults(c *console, words string) {
	found := explain.Search(fault.Catalogue(), words, nil)
	if len(found) == 0 {
		c.fail(explain.Line{Text: "no fault has these words", Do: "/faults lists all"})
		return
	}
	impossible := c.desk.Faults(faultDraft(c)).Impossible()
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

// makeFault makes the token of a fault and describes it.
func makeFault(ctx context.Context, c *console, name string) error {
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
	made, err := c.desk.Faults(faultDraft(c)).Make(ctx, chosen)
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
	all := fault.Catalogue()
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = f.Name
	}
	return names
}
