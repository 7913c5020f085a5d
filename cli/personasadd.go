package cli

import (
	"github.com/spf13/cobra"

	"tokendesk/explain"
	"tokendesk/settings"
)

// personasAdd is the command that adds a persona.
func personasAdd(p Program) *cobra.Command {
	var from personaFile
	var members personaMembers
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Add a persona",
		Long: "Add a persona at the end of the file, which is created if there is none. Everything else in it stays as it is, " +
			"comments included.",
		Example: `tokendesk personas add admin --subject ada@example.com --expires-in 15m --claim role=admin
tokendesk personas add auditor --extends admin --claim 'scopes:=["read"]'`,
		Args: arguments(1, 1, "one name is needed", "give the name of the persona, such as admin"),
		RunE: func(_ *cobra.Command, args []string) error {
			own := settings.Own{Name: args[0]}
			if err := members.apply(&own); err != nil {
				return err
			}
			was, is, err := from.edit(func(f *settings.PersonasFile) (*settings.PersonasFile, error) { return f.Add(own) })
			if err != nil {
				return err
			}
			return from.report(p, was, is, own.Name, "added "+own.Name+" to "+is.Path)
		},
	}
	from.flags(cmd)
	members.flags(cmd, from.names)
	return cmd
}

// report says what was done to a persona.
func (f *personaFile) report(p Program, was, is *settings.PersonasFile, name, done string) error {
	p.note(done)
	f.warnNew(p, was, is)
	if !f.asJSON {
		return nil
	}
	return p.printJSON(explain.Persona(settings.FindPersona(is.Personas(), name)))
}

// personasRemove is the command that removes personas.
func personasRemove(p Program) *cobra.Command {
	var from personaFile
	cmd := &cobra.Command{
		Use:   "remove NAME...",
		Short: "Remove personas",
		Long: "Remove personas from the file, with the comments directly above them. A persona that others extend cannot be removed " +
			"unless those are removed too.",
		Example:           "tokendesk personas remove guest\ntokendesk personas remove customer locked-user",
		Args:              arguments(1, maxRemoved, "a name is needed", "give the names of the personas to remove"),
		ValidArgsFunction: from.names,
		RunE: func(_ *cobra.Command, args []string) error {
			var removed *settings.RemovedPersonas
			_, is, err := from.edit(func(f *settings.PersonasFile) (out *settings.PersonasFile, err error) {
				for _, name := range args {
					if _, err := from.find(f, name); err != nil {
						return nil, err
					}
				}
				out, removed, err = f.Remove(args...)
				return out, err
			})
			if err != nil {
				return err
			}
			for _, name := range removed.Names {
				p.note("removed " + name + " from " + is.Path)
			}
			if !from.asJSON {
				return nil
			}
			return p.printJSON(struct {
				File    string   `json:"file"`
				Removed []string `json:"removed"`
			}{is.Path, removed.Names})
		},
	}
	from.flags(cmd)
	return cmd
}

// maxRemoved is more names than a personas file can have.
const maxRemoved = 64 << 10
