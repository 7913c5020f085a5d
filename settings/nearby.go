package settings

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tokendesk/settings/project"
)

// Near is another env file that has a secret.
type Near struct {
	File string
	// Name is the name of its secret, or the likeliest of several.
	Name string
	// Example says that the file is an example, whose secret may not be that of the API.
	Example bool
}

// Where other env files are, relative to the folder of the settings file. A star is any
// folder.
var (
	nearFolders  = []string{"backend", "back-end", "server", "api", "app", "apps/*", "packages/*", "services/*", "src", "config", "docker"}
	nearFiles    = []string{".env.local", ".env.development.local", ".env.development", ".env.dev", "config.env"}
	exampleFiles = []string{".env.example", ".env.sample", ".env.template", ".env.dist", "example.env", "env.example"}
)

// Nearby lists other env files that have a secret: beside the settings file, and in the folders
// where a project keeps its API. Example files are listed only if there is no other.
func Nearby(file string) []Near {
	folder := filepath.Dir(file)
	folders := nearbyFolders(folder)
	var found []Near
	add := func(example bool, folder string, names ...string) {
		for _, name := range names {
			path := filepath.Join(folder, name)
			if path == filepath.Clean(file) {
				continue
			}
			if secret := secretIn(path); secret != "" {
				found = append(found, Near{path, secret, example})
			}
		}
	}
	add(false, folder, nearFiles...)
	for _, sub := range folders {
		add(false, sub, append([]string{DefaultFile}, nearFiles...)...)
	}
	if len(found) > 0 {
		return found
	}
	for _, each := range append([]string{folder}, folders...) {
		add(true, each, exampleFiles...)
	}
	return found
}

// nearbyFolders returns the folders below one that may have an env file.
func nearbyFolders(folder string) []string {
	var all []string
	for _, name := range nearFolders {
		parent, each := strings.CutSuffix(name, "/*")
		path := filepath.Join(folder, parent)
		if !each {
			all = append(all, path)
			continue
		}
		entries, _ := os.ReadDir(path)
		for _, entry := range entries {
			if len(all) < maxNear && entry.IsDir() {
				all = append(all, filepath.Join(path, entry.Name()))
			}
		}
	}
	return all
}

// maxNear is the number of folders from which on no more are looked at.
const maxNear = 64

// secretIn returns the name of the secret in an env file, or nothing.
func secretIn(path string) string {
	nothing := func(string) (string, bool) { return "", false }
	s, r, problem := Options{File: path, Explicit: true, Lookup: nothing}.open()
	if problem != nil {
		return ""
	}
	if r.get(keyFile).set {
		return keyFile
	}
	names{r}.recognise()
	switch found := s.Recognised; {
	case len(found.Ask) > 0:
		return found.Ask[0].Name
	case found.Chosen != nil && found.Chosen.Class != project.Verifies && found.Chosen.Value.Usable():
		return found.Chosen.Name
	}
	return ""
}

// exampleName returns the name that the example file beside a settings file has for the
// secret, or SECRET_KEY.
func exampleName(file string) string {
	for _, name := range exampleFiles {
		path := filepath.Join(filepath.Dir(file), name)
		_, r, problem := Options{File: path, Explicit: true}.open()
		if problem != nil {
			continue
		}
		if named := strings.TrimSpace(r.inFile(secretKeyName).value); named != "" && named != noNames {
			return named
		}
		if secret := project.SecretName(r.assignments()); secret != "" {
			return secret
		}
	}
	return secretKey
}

// assignments returns the statements of the file for package project.
func (r *reader) assignments() []project.Assignment {
	all := make([]project.Assignment, len(r.statements))
	for i, st := range r.statements {
		all[i] = project.Assignment{Name: st.name, Value: st.value, Raw: st.raw, Line: st.line}
	}
	return slices.Clip(all)
}
