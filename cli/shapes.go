package cli

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/explain"
	"tokendesk/settings"
)

// shapesCommand is the command that lists the shapes.
func shapesCommand(p Program) *cobra.Command {
	var from deskFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "shapes",
		Short: "List the shapes: the headers and claims of vendors' tokens",
		Long: "List the shapes: the headers and claims of vendors' tokens, each with its lifetime and what iss looks like. " +
			"A file NAME.shape.yaml beside personas.yaml adds one. No key is needed.",
		Example: "tokendesk shapes\ntokendesk issue --shape keycloak-access ada@example.com\n" +
			"tokendesk shapes show keycloak-access > ours.shape.yaml",
		Args: noSuchSubcommand("tokendesk shapes show prints one"),
		RunE: func(*cobra.Command, []string) error {
			o, err := from.options()
			if err != nil {
				return err
			}
			folder := settings.FindShapeFolder(o)
			var all []explain.ShapeFacts
			var broken explain.Several
			for _, name := range settings.ShapeNames(folder) {
				shape, err := settings.FindShape(folder, name)
				if err != nil {
					broken = append(broken, explain.Lines(err)...)
					continue
				}
				all = append(all, explain.Shape(shape))
			}
			if err := printShapes(p, all, asJSON); err != nil || len(broken) == 0 {
				return err
			}
			return misconfigured(broken)
		},
	}
	from.fileFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one object per shape")
	cmd.AddCommand(shapesShow(p))
	return cmd
}

// shapesShow prints the description of one shape.
func shapesShow(p Program) *cobra.Command {
	var from deskFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Print a shape as YAML",
		Long: "Print a shape as YAML. To make one of your own from it, save it beside personas.yaml as NAME.shape.yaml and " +
			"change it.",
		Example:           "tokendesk shapes show keycloak-access > ours.shape.yaml\ntokendesk issue --shape ours ada@example.com",
		Args:              arguments(1, 1, "the name of one shape is needed", "tokendesk shapes lists them"),
		ValidArgsFunction: shapeNames,
		RunE: func(_ *cobra.Command, args []string) error {
			o, err := from.options()
			if err != nil {
				return err
			}
			shape, err := findShapeToShow(settings.FindShapeFolder(o), args[0])
			switch _, broken := errors.AsType[settings.Problems](err); {
			case broken:
				return misconfigured(err)
			case err != nil:
				return invalid(err)
			case asJSON:
				return p.printJSON(explain.Shape(shape))
			}
			return p.write(strings.TrimSuffix(string(shape.Text), "\n"))
		},
	}
	from.fileFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// findShapeToShow finds a shape. An own file that is empty counts for nothing: the shell may have
// made it for the output.
func findShapeToShow(folder, name string) (*settings.Shape, error) {
	shape, err := settings.FindShape(folder, name)
	if err == nil {
		return shape, nil
	}
	if info, statErr := os.Stat(settings.ShapeFile(folder, name)); statErr != nil || info.Size() > 0 {
		return nil, err
	}
	if embedded, known, err := settings.EmbeddedShape(name); known {
		return embedded, err
	}
	return nil, err
}

// printShapes prints a line or a JSON object for each shape.
func printShapes(p Program, shapes []explain.ShapeFacts, asJSON bool) error {
	rows := make([][]string, len(shapes))
	for i, s := range shapes {
		if asJSON {
			if err := p.printJSON(s); err != nil {
				return err
			}
			continue
		}
		issuer := s.IssuedBy()
		if s.File != nil {
			issuer += "  (" + *s.File + ")"
		}
		rows[i] = []string{s.Name, s.Maker(), orElse(s.Lifetime, noLifetime), issuer}
	}
	if asJSON {
		return nil
	}
	return p.print(inColumns(rows, 0))
}
