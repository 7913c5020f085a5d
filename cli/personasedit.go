package cli

import (
	"os"

	"github.com/spf13/cobra"

	"tokendesk/explain"
	"tokendesk/settings"
)

// personasEdit is the command that changes a persona.
func personasEdit(p Program) *cobra.Command {
	var from personaFile
	var members personaMembers
	cmd := &cobra.Command{
		Use:   "edit NAME",
		Short: "Change a persona",
		Long: "Change a persona as the flags say, or open its text in $VISUAL or $EDITOR. Only the lines that change are written; " +
			"everything else in the file stays as it is, comments included. If the text cannot be used, it is " +
			"opened again with the problems on top.",
		Example: `tokendesk personas edit admin --expires-in 30m --claim role=owner --without scopes
tokendesk personas edit guest --disable
tokendesk personas edit guest`,
		Args:              arguments(1, 1, "one name is needed", "give the name of the persona, such as admin"),
		ValidArgsFunction: from.names,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := exclusive(cmd, "disable", "enable"); err != nil {
				return err
			}
			if !members.given(cmd) {
				return from.openEditor(p, args[0], os.Environ())
			}
			var own settings.Own
			var before settings.Own
			was, is, err := from.edit(func(f *settings.PersonasFile) (*settings.PersonasFile, error) {
				persona, err := from.find(f, args[0])
				if err != nil {
					return nil, err
				}
				before, own = persona.Own(), persona.Own()
				if err := members.apply(&own); err != nil {
					return nil, err
				}
				return f.Change(args[0], own)
			})
			if err != nil {
				return err
			}
			done := "changed " + args[0] + " in " + is.Path
			switch {
			case was.Text() == is.Text():
				done = "nothing was changed: " + args[0] + " is already like that"
			case own.Name != before.Name:
				done = "changed " + args[0] + " to " + own.Name + " in " + is.Path
			}
			return from.report(p, was, is, own.Name, done)
		},
	}
	from.flags(cmd)
	members.flags(cmd, from.names)
	members.editFlags(cmd)
	return cmd
}

// openEditor opens the text of a persona in the editor until it can be used, or is closed
// without a change.
func (f *personaFile) openEditor(p Program, name string, environ []string) error {
	file, err := f.read()
	if err != nil {
		return err
	}
	if _, err := f.find(file, name); err != nil {
		return err
	}
	session := editing{program: p, file: file, name: name, environ: environ}
	is, edited, err := session.run()
	if err != nil || is == nil {
		return err
	}
	return f.report(p, session.file, is, edited, "changed "+name+" in "+is.Path)
}

// explained returns the lines of an error.
func explained(err error) []string {
	lines := explain.Lines(err)
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = line.String()
	}
	return texts
}
