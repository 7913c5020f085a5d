package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/cli/roster"
	"tokendesk/explain"
	"tokendesk/internal/oneof"
	"tokendesk/internal/phrase"
	"tokendesk/settings"
)

// maxRoster is the largest file with personas that is read, in bytes.
const maxRoster = 16 << 20

// conflict says what is done about a persona that is there already.
type conflict string

// Name returns the name of the choice in flags.
func (c conflict) Name() string { return string(c) }

const (
	conflictFail    conflict = "fail"
	conflictSkip    conflict = "skip"
	conflictReplace conflict = "replace"
)

// imported is what an import did, and its JSON.
type imported struct {
	File      string        `json:"file"`
	DryRun    bool          `json:"dry_run"`
	Added     []string      `json:"added"`
	Replaced  []string      `json:"replaced"`
	Skipped   []string      `json:"skipped"`
	Unchanged []string      `json:"unchanged"`
	Refused   []roster.Left `json:"refused"`
	Left      []roster.Left `json:"left_out"`
}

// personasImport is the command that adds the personas of another file.
func personasImport(p Program) *cobra.Command {
	i := importing{program: p, done: imported{
		Added: []string{}, Replaced: []string{}, Skipped: []string{}, Unchanged: []string{}, Refused: []roster.Left{}, Left: []roster.Left{},
	}}
	conflicts := []conflict{conflictFail, conflictSkip, conflictReplace}
	var format, onConflict string
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Add personas from CSV or from a Keycloak realm",
		Long: "Add the personas of a CSV file, or the users of a realm that Keycloak has exported, to the personas file. Passwords and other " +
			"credentials are never imported. Anything else that cannot be imported is named. Nothing is written if a name already exists, " +
			"unless --on-conflict says what to do.",
		Example: `tokendesk personas import users.csv --dry-run
tokendesk personas import realm-export.json --on-conflict replace`,
		Args: arguments(1, 1, "one file is needed", "give a CSV file, the export of a Keycloak realm, or - for standard input"),
		RunE: func(_ *cobra.Command, args []string) error {
			var err error
			if i.conflict, err = oneof.ByName("choice", conflicts, onConflict); err != nil {
				return invalid(explain.At("--on-conflict", err))
			}
			data, name, err := readLarge(p, args[0], maxRoster)
			if err != nil {
				return err
			}
			of := roster.Detect(name, data)
			if format != "" {
				if of, err = oneof.ByName("format", roster.Formats(), format); err != nil {
					return invalid(explain.At("--format", err))
				}
			}
			read, err := of.Read(data)
			if err != nil {
				return explain.At(name, err)
			}
			return i.run(of, name, &read)
		},
	}
	i.from.flags(cmd)
	formats, names := oneof.Names(roster.Formats()), oneof.Names(conflicts)
	cmd.Flags().StringVar(&format, "format", "",
		"the format of the file, "+oneof.Or(formats)+"; by default recognised by its name and its start")
	cmd.Flags().BoolVar(&i.done.DryRun, "dry-run", false, "only say what would be done")
	cmd.Flags().StringVar(&onConflict, "on-conflict", string(conflictFail), "what to do with a name that already exists: "+oneof.Or(names))
	completeFlag(cmd, "format", formats...)
	completeFlag(cmd, "on-conflict", names...)
	return cmd
}

// importing is one import.
type importing struct {
	program  Program
	from     personaFile
	conflict conflict
	done     imported
}

// run writes the personas that were read and says what was done.
func (i *importing) run(of roster.Format, name string, read *roster.Read) error {
	edit := (*settings.PersonasFile).Put
	if i.done.DryRun {
		edit = (*settings.PersonasFile).Plan
	}
	was, is, err := i.from.edit(func(f *settings.PersonasFile) (*settings.PersonasFile, error) {
		personas, err := i.choose(f, read)
		if err != nil || len(personas) == 0 {
			return f, err
		}
		return edit(f, personas)
	})
	if err != nil {
		return err
	}
	i.done.File = is.Path
	i.done.Left = append(i.done.Left, read.Left...)
	i.report(of, name)
	i.from.warnNew(i.program, was, is)
	if i.from.asJSON {
		if err := i.program.printJSON(i.done); err != nil {
			return err
		}
	}
	if n := len(i.done.Refused); n > 0 {
		all := len(read.Refused) + len(read.Personas)
		return fmt.Errorf("%d of %s refused", n, phrase.Count(all, "persona", "personas"))
	}
	return nil
}

// choose returns the personas to write into a file.
func (i *importing) choose(f *settings.PersonasFile, read *roster.Read) ([]settings.Own, error) {
	d := &i.done
	d.Added, d.Replaced, d.Skipped, d.Unchanged = []string{}, []string{}, []string{}, []string{}
	var personas []settings.Own
	var there []string
	for _, own := range read.Personas {
		have := settings.FindPersona(f.Personas(), own.Name)
		switch {
		case have != nil && own.Is(have):
			d.Unchanged = append(d.Unchanged, own.Name)
			continue
		case have != nil && i.conflict == conflictSkip:
			d.Skipped = append(d.Skipped, own.Name)
			continue
		case have != nil && i.conflict != conflictReplace:
			there = append(there, own.Name)
		}
		personas = append(personas, own)
	}
	if len(there) > 0 {
		return nil, advise("already in the file: "+shortList(there)+", so nothing was written", "use --on-conflict skip or --on-conflict replace")
	}
	unfit := f.Fit(personas)
	i.refuse(read, unfit)
	personas = slices.DeleteFunc(personas, func(own settings.Own) bool { return unfit[own.Name] != nil })
	for _, own := range personas {
		if settings.FindPersona(f.Personas(), own.Name) == nil {
			d.Added = append(d.Added, own.Name)
		} else {
			d.Replaced = append(d.Replaced, own.Name)
		}
	}
	return personas, nil
}

// refuse lists what cannot be imported, in the order of its rows.
func (i *importing) refuse(read *roster.Read, unfit map[string]error) {
	i.done.Refused = append([]roster.Left{}, read.Refused...)
	for n, own := range read.Personas {
		if err := unfit[own.Name]; err != nil {
			why := explain.Lines(err)[0].String()
			i.done.Refused = append(i.done.Refused, roster.Left{Row: read.Rows[n], User: own.Name, Why: why})
		}
	}
	slices.SortStableFunc(i.done.Refused, func(a, b roster.Left) int { return a.Row - b.Row })
}

// report says what was done, a line for each persona and each part that is not in one.
func (i *importing) report(of roster.Format, name string) {
	for _, l := range i.done.Refused {
		i.program.note(of.Place(name, l.Row) + ": refused: " + l.String())
	}
	for _, l := range i.done.Left {
		i.program.note(of.Place(name, l.Row) + ": left out: " + l.String())
	}
	would := ""
	if i.done.DryRun {
		would = "would be "
	}
	for _, line := range []struct {
		names []string
		text  string
	}{
		{i.done.Added, would + "added to " + i.done.File},
		{i.done.Replaced, would + "replaced in " + i.done.File},
		{i.done.Skipped, would + "skipped, because it already exists"},
		{i.done.Unchanged, "already like that"},
	} {
		for _, name := range line.names {
			i.program.note(name + ": " + line.text)
		}
	}
}

// personasExport is the command that prints personas for other programs.
func personasExport(p Program) *cobra.Command {
	var from personaFile
	format := "csv"
	formats := oneof.Names(roster.Formats())
	cmd := &cobra.Command{
		Use:   "export [NAME...]",
		Short: "Print personas as CSV or as a Keycloak realm",
		Long: "Print the personas of the file, or those that are named, as CSV or as a realm that Keycloak can import. What the format cannot " +
			"hold is named on standard error.",
		Example:           "tokendesk personas export > personas.csv\ntokendesk personas export --format keycloak admin > realm.json",
		ValidArgsFunction: from.names,
		RunE: func(_ *cobra.Command, args []string) error {
			of, err := oneof.ByName("format", roster.Formats(), format)
			if err != nil {
				return invalid(explain.At("--format", err))
			}
			file, err := from.read()
			if err != nil {
				return err
			}
			personas := file.Personas()
			if len(args) > 0 {
				personas = nil
			}
			for _, name := range args {
				persona, err := from.find(file, name)
				if err != nil {
					return err
				}
				if settings.FindPersona(personas, name) == nil {
					personas = append(personas, persona)
				}
			}
			text, left, err := of.Write(personas)
			if err != nil {
				return err
			}
			for _, l := range left {
				p.note("left out: " + l.String())
			}
			return p.write(strings.TrimSuffix(string(text), "\n"))
		},
	}
	from.fileFlags(cmd)
	cmd.Flags().StringVar(&format, "format", format, "the format: "+oneof.Or(formats))
	completeFlag(cmd, "format", formats...)
	return cmd
}
