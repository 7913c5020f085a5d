package cli

import (
	"errors"
	"io/fs"
	"slices"
	"syscall"

	"github.com/spf13/cobra"

	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/settings"
)

// personaFile is the flags of a command that changes the personas file.
type personaFile struct {
	deskFlags

	asJSON bool
	set    *settings.Settings
}

func (f *personaFile) flags(cmd *cobra.Command) {
	f.fileFlags(cmd)
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print JSON")
}

// read reads the personas file that the flags choose.
func (f *personaFile) read() (*settings.PersonasFile, error) {
	o, err := f.options()
	if err != nil {
		return nil, err
	}
	var broken settings.Problems
	if f.set, _, err = settings.Personas(o); err != nil && !errors.As(err, &broken) {
		return nil, misconfigured(err)
	}
	if f.set.PersonasFile == "" {
		return nil, misconfigured(err)
	}
	file, err := settings.ReadPersonasFile(f.set.PersonasFile)
	if err == nil {
		err = file.Problem
	}
	if err != nil {
		return nil, misconfigured(err)
	}
	return file, nil
}

// edit edits the file and returns it as it was and as it is then. If another program writes it
// meanwhile, the edit is made again.
func (f *personaFile) edit(edit func(*settings.PersonasFile) (*settings.PersonasFile, error)) (was, is *settings.PersonasFile, err error) {
	const tries = 5
	if was, err = f.read(); err != nil {
		return nil, nil, err
	}
	for n := 1; ; n++ {
		is, err = edit(was)
		changed, again := errors.AsType[*settings.PersonasChanged](err)
		if !again || n == tries || changed.Now.Problem != nil {
			return was, is, editError(err)
		}
		was = changed.Now
	}
}

// editError gives an edit that failed its exit code: it is 1 if the file could not be written.
func editError(err error) error {
	if err == nil || ofFile(err) {
		return err
	}
	return invalid(err)
}

// ofFile reports whether an edit failed because of the file, and not because of what it asks for.
func ofFile(err error) bool {
	_, changed := errors.AsType[*settings.PersonasChanged](err)
	_, system := errors.AsType[syscall.Errno](err)
	_, path := errors.AsType[*fs.PathError](err)
	_, coded := errors.AsType[*exitError](err)
	return changed || system || path || coded || errors.Is(err, settings.ErrNotWritten)
}

// find returns a persona of the file. The error lists those that exist.
func (f *personaFile) find(file *settings.PersonasFile, name string) (*settings.Persona, error) {
	if p := settings.FindPersona(file.Personas(), name); p != nil {
		return p, nil
	}
	if all, err := f.set.Personas(); err == nil && settings.FindPersona(all, name) != nil {
		return nil, invalid(advise(name+" comes from a token in "+f.set.File+" and not from "+file.Path,
			"add a persona of that name, which replaces it"))
	}
	return nil, invalid(unknownPersona(file.Personas(), name, file.Path))
}

// names has the shell complete the names of the personas in the file, without those that
// are there already.
func (f *personaFile) names(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	if file, err := f.read(); err == nil {
		for _, p := range file.Personas() {
			if !slices.Contains(args, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// warnNew prints the warnings about a file that were not there before.
func (f *personaFile) warnNew(p Program, was, is *settings.PersonasFile) {
	before := was.Warnings(f.set)
	for _, w := range is.Warnings(f.set) {
		if !slices.ContainsFunc(before, func(old settings.Warning) bool { return old.Text == w.Text }) {
			p.warn(explain.Warning(w))
		}
	}
}

// unknownPersona says that there is no persona of that name in a file, and which there are.
func unknownPersona(personas []*settings.Persona, name, file string) error {
	text := "there is no persona " + phrase.Excerpt(name)
	if len(personas) == 0 {
		return noPersonas(text, file)
	}
	return advise(text, "choose one from "+personas[0].File+": "+shortList(namesOf(personas)))
}
