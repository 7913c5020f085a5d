package settings

import (
	"cmp"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
	"tokendesk/auth/advice"
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
	if !ok || name == "" || isTemplate(base) || strings.HasSuffix(name, "~") || strings.HasSuffix(name, "#") {
		return false
	}
	others := []string{"swp", "swo", "swn", "bak", "backup", "old", "orig", "save", "tmp", "rej"}
	return !slices.Contains(others, strings.ToLower(name[strings.LastIndexByte(name, '.')+1:]))
}

// isTemplate reports whether a file of that name is a settings file without secrets, from
// which others are made: .env.example, env.sample.
func isTemplate(base string) bool {
	other := func(word string) bool {
		return !slices.Contains([]string{"template", "tmpl", "example", "sample", "dist"}, strings.ToLower(word))
	}
	if !other(base[strings.LastIndexByte(base, '.')+1:]) {
		return true
	}
	words := strings.FieldsFunc(base, func(r rune) bool { return r == '.' || r == '-' || r == '_' })
	words = slices.DeleteFunc(words, func(word string) bool { return strings.EqualFold(word, "env") })
	return len(words) > 0 && !slices.ContainsFunc(words, other)
}

// maxProfileName is the longest name of a profile in bytes: file systems allow 255 for a
// file, and editors add to it.
const maxProfileName = 200

// CheckProfileName returns why there cannot be a profile of that name, or nil. Its error
// has advice.
func CheckProfileName(name string) error { return checkProfileName(name, runtime.GOOS == "windows") }

func checkProfileName(name string, windows bool) error {
	const plain = "use letters and digits"
	switch {
	case strings.ContainsAny(name, `/\`):
		return advice.New("a profile has a name such as staging, for .env.staging", "use --env-file for a path")
	case !utf8.ValidString(name):
		return advice.New("the name of the profile is not valid UTF-8", plain)
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || auth.IsInvisible(r) }):
		return advice.New("the name of the profile contains a control character or an invisible one", plain)
	case windows && (strings.TrimRight(name, " .") != name || strings.ContainsAny(name, `<>:"|?*`)):
		return advice.New("Windows allows no file named "+ProfileFile(name), plain)
	case len(name) > maxProfileName:
		return advice.New("the name of the profile is too long for a file", "use a shorter one")
	}
	return nil
}
