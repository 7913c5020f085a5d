package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/find"
	"tokendesk/desk"
)

// boardStates are those of the list of tokens.
func boardStates() []state {
	filled := func(keys ...string) func(*testing.T) *desktop {
		return after(func(d *desktop) { fillBoard(d); d.press(keys...) })
	}
	return []state{
		{"board empty", after(func(d *desktop) { d.press("f3") })},
		{"board some", filled()},
		{"board selected last", filled("end")},
		{"board filtering", filled("/", "o")},
		{"board filtered", filled("/", "s", "o", "enter")},
		{"board nothing matches", filled("/", "n", "o", "b", "o", "d", "y")},
		{"board nothing matches kept", filled("/", "n", "o", "b", "o", "d", "y", "enter")},
		{"board sorted", filled("s")},
		{"board marked", filled("home", "space", "space")},
		{"board kept alive", filled("home", "k")},
		{"board opened", filled("home", "enter")},
		{"board many", after(func(d *desktop) {
			for i := range 100 {
				d.put(fmt.Sprintf("user-%03d@example.com", i), time.Duration(i+1)*time.Minute)
			}
			d.press("f3")
		})},
		{"help board", filled("?")},
		{"label", filled("n")},
		{"offer on board", after(func(d *desktop) { d.press("f3"); d.paste(handmade(d.t, plainHeader, goodClaims("ada"))) })},
		{"profiles board elsewhere", after(func(d *desktop) { fillBoard(d); d.press("f9", "down", "enter") }, in("default", "staging"))},
	}
}

// put adds a token for a subject that expires that long after the beginning.
func (d *desktop) put(subject string, expires time.Duration) *desk.Entry {
	d.t.Helper()
	claims := fmt.Sprintf(`{"sub":%q,"iat":%d,"exp":%d}`, subject, moment.Add(-time.Hour).Unix(), moment.Add(expires).Unix())
	if expires == 0 {
		claims = fmt.Sprintf(`{"sub":%q}`, subject)
	}
	read := desk.Read(handmade(d.t, plainHeader, claims), find.MaxPasted)
	e := d.ctx.Desk.Inspect(read, 0, d.ctx.Now)
	d.ctx.Board.Add(e)
	return e
}

// fillBoard puts six tokens on the board, one of them of another key, and goes
// there.
func fillBoard(d *desktop) {
	d.put("late@example.com", 20*time.Minute)
	d.put("ever@example.com", 0)
	d.put("gone@example.com", -time.Minute).Label = "old"
	d.put("soon@example.com", time.Minute/2).Label = "VIP customer"
	d.put("a.very.long.name+with.a.tag@an.even.longer.domain.example.co.uk", 10*24*time.Hour)
	d.read(handmadeWith(d.t, strings.Repeat("x", 32), plainHeader, goodClaims("eve@example.com")))
	d.press("b", "esc")
	d.hush()
	d.press("f3")
}
