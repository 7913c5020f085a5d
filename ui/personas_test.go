package ui

import (
	"testing"
)

func TestPersonasScreen(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, somePersonas))
	d.press("f6")
	t.Log(d.screenText())
	d.press("enter")
	t.Log(d.screenText())
	d.resize(80, 24)
	t.Log(d.screenText())
	d.press("down")
	t.Log(d.screenText())
	d.resize(40, 12)
	t.Log(d.screenText())
}
