package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

// TestGolden compares every state of every screen with the picture that was
// looked at. -update draws them again.
func TestGolden(t *testing.T) {
	t.Parallel()
	for _, s := range states() {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
			t.Run(fmt.Sprintf("%s/%dx%d", s.name, size[0], size[1]), func(t *testing.T) {
				t.Parallel()
				d := s.open(t)
				d.resize(size[0], size[1])
				checkSize(t, d, size[0], size[1], true)
				lines := strings.Split(d.screenText(), "\n")
				for i := range lines {
					lines[i] = strings.TrimRight(lines[i], " ")
				}
				golden.RequireEqual(t, strings.Join(lines, "\n")+"\n")
			})
		}
	}
}
