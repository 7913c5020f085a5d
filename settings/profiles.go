package settings

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// DefaultProfile is the name of the profile that is [DefaultFile].
const DefaultProfile = "default"

// Profile is a settings file and its name.
type Profile struct {
	Name string
	File string // its path
}

// ProfileName returns the name of a settings file as a profile: "default" for .env,
// "staging" for .env.staging, and the name of the file for any other, so that no
// two files in a folder share a name.
func ProfileName(file string) string {
	base := filepath.Base(file)
	if base == DefaultFile {
		return DefaultProfile
	}
	if name, ok := strings.CutPrefix(base, DefaultFile+"."); ok && name != "" && name != DefaultProfile {
		return name
	}
	return base
}

// ProfileFile returns the settings file of a profile in the working directory.
func ProfileFile(name string) string {
	if name == DefaultProfile {
		return DefaultFile
	}
	return DefaultFile + "." + name
}

// Profiles lists the profiles in the folder of a settings file, the default first
// and the others by name. The file itself is always among them, even if it does not
// exist; it is alone if the folder cannot be read.
func Profiles(file string) []Profile {
	file = cmp.Or(file, DefaultFile)
	found := []Profile{{ProfileName(file), file}}
	entries, _ := os.ReadDir(filepath.Dir(file))
	for _, entry := range entries {
		path := filepath.Join(filepath.Dir(file), entry.Name())
		if !isProfile(entry.Name()) || filepath.Base(file) == entry.Name() {
			continue
		}
		// A dangling link is listed: reading it reports what is wrong.
		if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
			continue
		}
		found = append(found, Profile{ProfileName(path), path})
	}
	slices.SortFunc(found, func(a, b Profile) int {
		switch DefaultProfile {
		case a.Name:
			return -1
		case b.Name:
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return found
}

// isProfile reports whether a file of that name is a profile: .env or .env.NAME, but
// neither a template nor a file that an editor left behind.
func isProfile(base string) bool {
	if base == DefaultFile {
		return true
	}
	name, ok := strings.CutPrefix(base, DefaultFile+".")
	if !ok || name == "" || strings.HasSuffix(name, "~") || strings.HasSuffix(name, "#") {
		return false
	}
	others := []string{
		"template", "example", "sample", "dist",
		"swp", "swo", "swn", "bak", "backup", "old", "orig", "save", "tmp", "rej",
	}
	return !slices.Contains(others, strings.ToLower(name[strings.LastIndexByte(name, '.')+1:]))
}
