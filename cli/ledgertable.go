package cli

import (
	"bufio"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ledger"
)

// ledgerTable prints rows for people, in columns that fit the terminal.
type ledgerTable struct {
	program Program
	style   style
	now     time.Time
	zone    *time.Location
	width   int // 0 is any
}

// ledgerColumn is a column of the table. One that no row has something for is left out.
type ledgerColumn struct {
	name string
	text func(t *ledgerTable, r *ledger.Row) string
	// least is how narrow the column becomes, and 0 says that it is never cut. If there is not
	// enough room then, those with the highest rank go first; 0 never goes.
	least, rank int
}

func newLedgerTable(p Program, utc bool) *ledgerTable {
	t := &ledgerTable{program: p, style: styleFor(p.Stdout), now: p.Now(), zone: p.Now().Location()}
	if utc {
		t.zone = time.UTC
	}
	if term.IsTerminal(p.Stdout.Fd()) {
		t.width = 80
		if width, _, err := term.GetSize(p.Stdout.Fd()); err == nil && width > 0 {
			t.width = width
		}
	}
	return t
}

func ledgerTableColumns() []ledgerColumn {
	return []ledgerColumn{
		{"WHEN", func(t *ledgerTable, r *ledger.Row) string { return t.when(r) }, 0, 0},
		{"WHAT", func(_ *ledgerTable, r *ledger.Row) string { return what(r) }, 12, 2},
		{"FOR", func(_ *ledgerTable, r *ledger.Row) string { return whom(r) }, 24, 0},
		{"PERSONA", func(_ *ledgerTable, r *ledger.Row) string { return r.Persona }, 10, 4},
		{"LEFT", func(t *ledgerTable, r *ledger.Row) string { return left(r, t.now) }, 0, 3},
		{"BY", func(_ *ledgerTable, r *ledger.Row) string { return r.Face }, 0, 6},
		{"PROFILE", func(_ *ledgerTable, r *ledger.Row) string { return r.Profile }, 10, 7},
		{"KEY", func(_ *ledgerTable, r *ledger.Row) string { return r.Fingerprint }, 0, 5},
		{"JTI", func(_ *ledgerTable, r *ledger.Row) string { return r.Identity() }, 9, 0},
	}
}

// roomy is the width from which the table shows seconds.
const roomy = 110

// when says when a row was written.
func (t *ledgerTable) when(r *ledger.Row) string {
	if t.width > 0 && t.width < roomy {
		return r.When.In(t.zone).Format("2006-01-02 15:04")
	}
	return r.When.In(t.zone).Format(time.DateTime)
}

// what says what happened.
func what(r *ledger.Row) string {
	switch r.Event {
	case ledger.Batch:
		return "batch of " + strconv.Itoa(r.Count)
	case ledger.Labelled:
		if r.Label == "" {
			return "label removed"
		}
		return "labelled " + r.Label
	default:
		return string(r.Event)
	}
}

// whom says who the token is about, or what a batch was made from.
func whom(r *ledger.Row) string {
	if r.Event == ledger.Batch {
		return r.Pattern
	}
	return r.Subject
}

// left says how long the token lasts.
func left(r *ledger.Row, now time.Time) string {
	if r.Event == ledger.Batch {
		return ""
	}
	status := explain.Times(desk.StatusOf(r, now), false)
	if status.State == auth.StateNoExpiry {
		return status.Left
	}
	return status.Short
}

// print prints the rows. Their widths are known only when all of them are.
func (t *ledgerTable) print(out *bufio.Writer, rows iter.Seq[ledger.Row]) error {
	columns := ledgerTableColumns()
	var cells [][]string
	widths := make([]int, len(columns))
	for row := range rows {
		line := make([]string, len(columns))
		for n, c := range columns {
			line[n] = visible.Text(c.text(t, &row))
			widths[n] = max(widths[n], ansi.StringWidth(line[n]))
		}
		cells = append(cells, line)
	}
	if len(cells) == 0 {
		return nil
	}
	t.fit(columns, widths)
	heads := make([]string, len(columns))
	for n, c := range columns {
		heads[n] = c.name
	}
	_, err := out.WriteString(t.program.forPeople(t.style.faint(joinCells(heads, widths))) + "\n")
	for _, line := range cells {
		if err == nil {
			_, err = out.WriteString(t.program.forPeople(joinCells(line, widths)) + "\n")
		}
	}
	return err //nolint:wrapcheck // it is the error of the output
}

// joinCells joins the cells of a line, without those of columns that have no width.
func joinCells(cells []string, widths []int) string {
	var parts []string
	for n, cell := range cells {
		if widths[n] > 0 {
			parts = append(parts, fit(cell, widths[n], "…"))
		}
	}
	return strings.TrimRight(strings.Join(parts, gap), " ")
}

// fit makes the widths of the columns fit the terminal: those that matter least go, as many as
// must, and then the widest columns become narrower.
func (t *ledgerTable) fit(columns []ledgerColumn, widths []int) {
	least := make([]int, len(columns))
	for n, c := range columns {
		if widths[n] > 0 {
			widths[n] = max(widths[n], len(c.name))
		}
		least[n] = widths[n]
		if c.least > 0 {
			least[n] = min(widths[n], c.least)
		}
	}
	if t.width == 0 {
		return
	}
	for total(least) > t.width {
		last := 0
		for n, c := range columns {
			if least[n] > 0 && c.rank > columns[last].rank {
				last = n
			}
		}
		if columns[last].rank == 0 {
			break // the terminal is too narrow, and wraps the lines
		}
		least[last], widths[last] = 0, 0
	}
	for total(widths) > max(t.width, total(least)) {
		widest := 0
		for n := range columns {
			if widths[n]-least[n] > widths[widest]-least[widest] {
				widest = n
			}
		}
		widths[widest]--
	}
}

// total returns the width of a line.
func total(widths []int) int {
	sum := -len(gap)
	for _, width := range widths {
		if width > 0 {
			sum += width + len(gap)
		}
	}
	return sum
}
