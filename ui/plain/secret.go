package plain

import (
	"context"
	"slices"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings/project"
)

// changeSecret signs with another secret of the settings file, or lists them when none is named.
func changeSecret(_ context.Context, c *console, name string) error {
	c.missed.wrong["secret"] = name != "" // until it is changed
	question := desk.OtherSecrets(c.desk)
	if question == nil {
		c.sayf("The settings file has no other secret.")
		return nil
	}
	if name == "" {
		c.sayf("%s.", question.Text)
		for _, each := range question.Choices {
			c.sayf("%s: %s", each.Name, each.Reason)
		}
		return nil
	}
	i := slices.IndexFunc(question.Choices, func(each project.Candidate) bool { return visible.Text(each.Name) == name })
	if i < 0 {
		c.fail(explain.Line{Text: "there is no other secret with that name", Do: "/secret lists them"})
		return nil
	}
	d, err := question.Answer(question.Choices[i].Name)
	if c.refused(err) {
		return nil
	}
	c.missed.wrong["secret"] = false
	c.use(d)
	c.greet()
	return nil
}
