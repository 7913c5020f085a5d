package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ledger"
)

// newLedgerDesk returns a console on its ledger.
func newLedgerDesk(t *testing.T, rows ...ledger.Row) *desktop {
	t.Helper()
	d := newDesktop(t, withLedger(t, rows...))
	d.toLedger()
	return d
}

// TestLedgerKeys: a row is signed again and copied, issued again, or put on the board.
func TestLedgerKeys(t *testing.T) {
	t.Parallel()
	row := ledgerRow(t, "ada@example.com", time.Minute, 30*time.Minute)
	text := handmade(t, string(row.Header), string(row.Payload))
	d := newLedgerDesk(t, row)
	d.shows("1 row", "y signs the very same token again and copies it", "issued 14:04:12 UTC · 1m ago by ada", "the console · .env")
	d.press("b")
	equal(t, "on the board", d.boardRows(), "ada@example.com?")
	d.press("y")
	equal(t, "copied", d.clip[0], text)
	equal(t, "on the board", d.boardRows(), "ada@example.com")
	d.press("c", "enter")
	equal(t, "copied again", d.clip[1], text)
	d.press("enter")
	d.shows("valid: signed with HS256 by key")
	d.press("esc")
	d.shows("1 row")
	d.press("r")
	equal(t, "the screen", d.front(), "Issue")
	equal(t, "on the board", d.ctx.Board.Len(), 2)
	role, _ := d.entry().Token.Claims.String("role")
	equal(t, "its claims", role, "admin")
	d.toLedger()
	d.shows("2 rows")
}

// TestLedgerFilter searches while the user types.
func TestLedgerFilter(t *testing.T) {
	t.Parallel()
	d := newLedgerDesk(t, invented(t)...)
	d.shows("6 rows")
	d.press("/")
	d.typed("grace")
	d.shows("2 rows", "label yesterday", "grace@example.com")
	d.hides("mallory")
	d.press("enter", "home", "enter")
	d.shows("valid: signed with HS256", "role admin") // the row of the label leads to that of the token
	d.press("esc", "esc")
	d.shows("6 rows")
	d.press("s")
	d.shows("7 rows", "every event")
}

// TestLedgerMany reads as much as is seen, and the rest when the selection comes near.
func TestLedgerMany(t *testing.T) {
	t.Parallel()
	rows := make([]ledger.Row, 1000)
	for i := range rows {
		rows[i] = ledgerRow(t, fmt.Sprintf("user-%04d", i), time.Duration(len(rows)-i)*time.Second, time.Hour)
	}
	d := newLedgerDesk(t, rows...)
	d.shows("+ rows", "user-0999")
	for range 20 { // a slow machine reads less at once
		if strings.Contains(d.screenText(), "1000 rows") {
			break
		}
		d.press("end")
	}
	d.press("end")
	d.shows("1000 rows", "user-0000")
	d.press("home")
	d.shows("user-0999")
	d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	d.click("user-0990")
	d.shows("user-0990")
	d.press("/")
	d.typed("user-00")
	d.shows("100 rows")
}

// TestLedgerDamaged says how many lines are damaged, and lists the others.
func TestLedgerDamaged(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	d := newDesktop(t, withLedgerIn(t, folder, invented(t)...))
	file, err := os.OpenFile(filepath.Join(folder, "ledger.jsonl"), os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = file.WriteString("not a row\n")
	}
	if err != nil {
		t.Fatal(err)
	}
	d.toLedger()
	d.shows("6 rows · 1 damaged", "·1 damaged")
}
