package terminal

import (
	"runtime"
	"strings"
)

// Locale returns the variable that chooses the characters of a terminal and its value, as POSIX
// ranks them: the first of LC_ALL, LC_CTYPE and LANG that is not empty. It returns nothing if
// none is set, and on Windows, whose console has every character.
func Locale(lookup func(string) (string, bool)) (name, value string) {
	if runtime.GOOS == "windows" {
		return "", ""
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value, _ := lookup(name); value != "" {
			return name, value
		}
	}
	return "", ""
}

// ASCII reports whether only ASCII may be written: the locale has another encoding than UTF-8,
// such as that of "C", "de_DE" or "de_DE.ISO-8859-1". Without a locale nothing says so.
func ASCII(lookup func(string) (string, bool)) bool {
	_, value := Locale(lookup)
	if value == "" {
		return false
	}
	_, encoding, _ := strings.Cut(value, ".")
	encoding, _, _ = strings.Cut(encoding, "@")
	isUTF8 := strings.EqualFold(strings.ReplaceAll(encoding, "-", ""), "utf8") || value == "UTF-8" // a locale of macOS
	return !isUTF8
}
