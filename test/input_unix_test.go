//go:build unix

package test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// pause is longer than the console waits for anything.
const pause = 2 * time.Second

// slack is for a machine that is busy with other tests.
const slack = 4 * time.Second

// endsByCtrlC presses ctrl+c and checks that the console ends.
func (c *console) endsByCtrlC() {
	c.t.Helper()
	c.press("\x03")
	begin := time.Now()
	c.ends(0)
	if took := time.Since(begin); took > time.Second+slack {
		c.t.Errorf("ctrl+c took %v", took)
	}
}

// Whatever was typed or pasted before, ctrl+c ends the console.
func TestNothingTakesTheKeyboard(t *testing.T) {
	t.Parallel()
	open := map[string]*console{}
	for name, input := range map[string]string{
		"OSC":             "line\x1b]0;title",
		"OSC, C1":         "caf\xe9 \x9d",
		"DCS":             "\x1bP1;2q",
		"APC":             "\x1b_G",
		"PM":              "\x1b^abc",
		"SOS":             "\x1bXabc",
		"CSI":             "\x1b[1;5",
		"CSI, C1":         "\x9b1;5",
		"half a rune":     "\xe2\x82",
		"a mouse report":  "\x1b[M!",
		"40 parameters":   "\x1b[" + strings.Repeat("1;", 40) + "m",
		"half a mark":     "\x1b[200~abc\x1b[201",
		"a mark too much": "\x1b[201~",
	} {
		for how, whole := range map[string]string{
			"typed": input, "pasted": "\x1b[200~" + input + "\x1b[201~", "pasted without end": "\x1b[200~" + input,
		} {
			c := openConsole(t, t.TempDir(), secret)
			c.shows("such as ada@example.com")
			c.press(whole)
			open[name+", "+how] = c
		}
	}
	time.Sleep(pause)
	for name, c := range open {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.t = t
			c.endsByCtrlC()
		})
	}
}

func TestRandomInput(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(33, 24))
	input := make([]byte, 200<<10)
	for i := range input {
		for input[i] == 0 || input[i] == 0x03 || input[i] == 0x1a { // ctrl+c ends it and ctrl+z suspends it
			input[i] = byte(random.Uint32())
		}
	}
	c := openConsole(t, t.TempDir(), secret)
	c.shows("such as ada@example.com")
	c.press(string(input))
	time.Sleep(pause)
	c.endsByCtrlC()
}

// Keys that are still waiting do not keep ctrl+c waiting.
func TestCtrlCComesFirst(t *testing.T) {
	t.Parallel()
	c := openConsole(t, t.TempDir(), secret)
	c.shows("such as ada@example.com")
	c.press(strings.Repeat("\x1b[B", 100_000))
	c.endsByCtrlC()
}

// Lines that a terminal without marks pastes behind an enter do nothing but what the
// paste does.
func TestLinesBehindAnEnter(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := openConsole(t, dir, secret)
	c.shows("such as ada@example.com")
	c.press("\x1bOS") // Inspect
	c.shows("anything that holds a token")
	c.press("eyJhbGciOiJub25lIn0.e30.\rwfile\ryyyy\recopy\r0IjoxNzk1NzA0\r")
	c.shows("alg none", "eyJhbG")
	if left, err := os.ReadDir(filepath.Clean(dir)); err != nil || len(left) > 0 {
		t.Errorf("files were written: %v, %v", left, err)
	}
	c.press("\x03")
	c.ends(0)
	if strings.Contains(c.written(), "\x1b]52;") {
		t.Error("something was copied")
	}
}

// What a script types, and a person ahead, is typed.
func TestTypeAhead(t *testing.T) {
	t.Parallel()
	c := openConsole(t, t.TempDir(), secret)
	c.press("ada@example.com\r") // before it is there
	c.shows("issued for ada@example.com", "y copy")
	for _, part := range []string{"\x15", "b", "o", "b", "\r"} {
		c.press(part)
	}
	c.shows("issued for bob")
	c.press("\x03")
	c.ends(0)
}
