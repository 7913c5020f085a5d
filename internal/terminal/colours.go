package terminal

import (
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// Colours returns how many colours a program may use on out in an environment.
// NO_COLOR turns them off whatever its value (no-color.org).
//
// It runs no program. In tmux [colorprofile.Detect] would run tmux, which would see
// the whole environment of this process, SECRET_KEY included.
func Colours(out io.Writer, environ []string) colorprofile.Profile {
	environ = slices.Clone(environ)
	for i, variable := range environ {
		switch name, value, _ := strings.Cut(variable, "="); {
		case name == "TMUX":
			environ[i] = "TMUX="
		case name == "NO_COLOR" && value != "":
			environ[i] = "NO_COLOR=1"
		}
	}
	return colorprofile.Detect(out, environ)
}
