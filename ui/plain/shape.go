package plain

import (
	"strings"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
)

// setShape gives the next tokens the shape of a vendor's. Without a name it lists the shapes.
func setShape(c *console, name string) {
	if name == "" {
		listShapes(c)
		return
	}
	if name == settings.NoShape {
		c.form.Shape, c.missed.wrong["shape"] = nil, false
		c.sayf("The next tokens have no shape.")
		return
	}
	shape, err := desk.FindShape(c.desk, name)
	if c.missed.wrong["shape"] = c.refused(err); err != nil {
		return
	}
	c.form.Shape = shape
	c.sayf("The next tokens are like those of %s.", explain.Shape(shape).Maker())
	if !shape.NeedsSubject(nil) {
		c.sayf("They have no subject: /issue alone issues one.")
	}
	if draft, err := c.draft(nil, ""); err == nil {
		for _, line := range desk.ShapeNotes(c.desk, draft) {
			c.sayf("Note: %s.", line)
		}
	}
}

// shapeNow says which shape the next tokens have.
func shapeNow(c *console) string {
	if c.form.Shape == nil {
		return settings.NoShape
	}
	return c.form.Shape.Name
}

func listShapes(c *console) {
	for _, shape := range desk.Shapes(c.desk) {
		facts := explain.Shape(shape)
		c.sayf("%s: %s%s", facts.Name, strings.TrimSuffix(facts.Maker(), "."), inParentheses(facts.IssuedBy()))
	}
}
