package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
)

// shapeNames has the shell complete the names of the shapes.
func shapeNames(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	from := filesOf(cmd)
	var names []string
	if o, err := from.options(); err == nil {
		names = append(settings.ShapeNames(settings.FindShapeFolder(o)), settings.NoShape)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// chosenShape returns the shape of --shape, or nil without the flag.
func chosenShape(d *desk.Desk, name string) (*settings.Shape, error) {
	if name == "" || name == settings.NoShape {
		return nil, nil
	}
	shape, err := desk.FindShape(d, name)
	if _, broken := errors.AsType[settings.Problems](err); broken {
		return nil, misconfigured(err)
	}
	if err != nil {
		return nil, invalid(explain.At("--shape", err))
	}
	return shape, nil
}

// noteShape prints what is to be said about a token because of its shape.
func (p Program) noteShape(d *desk.Desk, draft desk.Draft) {
	for _, line := range desk.ShapeNotes(d, draft) {
		p.note(line.String())
	}
}
