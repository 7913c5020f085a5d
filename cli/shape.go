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
	var from deskFlags
	from.envFile, _ = cmd.Flags().GetString("env-file")
	from.profile, _ = cmd.Flags().GetString("profile")
	var names []string
	if o, err := from.options(); err == nil {
		names = settings.ShapeNames(settings.ShapeFolder(o))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// chosenShape returns the shape of --shape, or nil without the flag.
func (c *claimFlags) chosenShape(d *desk.Desk) (*settings.Shape, error) {
	if c.shape == "" {
		return nil, nil
	}
	shape, err := d.FindShape(c.shape)
	if _, broken := errors.AsType[settings.Problems](err); broken {
		return nil, misconfigured(err)
	}
	if err != nil {
		return nil, invalid(explain.At("--shape", err))
	}
	return shape, nil
}
