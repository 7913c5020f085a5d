package cli

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/internal/visible"
)

// inColumns returns rows for people, a line each. All have as many columns. The text of the
// last column is cut to that width, unless it is 0.
func inColumns(rows [][]string, last int) string {
	if len(rows) == 0 {
		return ""
	}
	widths := make([]int, len(rows[0])-1) // of the columns but the last
	for _, row := range rows {
		for n, cell := range row {
			row[n] = visible.Text(cell)
		}
		for n := range widths {
			widths[n] = max(widths[n], ansi.StringWidth(row[n]))
		}
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		end := row[len(widths)]
		if last > 0 {
			end = ansi.Truncate(end, last, "…")
		}
		for n, width := range widths {
			lines[i] += pad(row[n], width) + gap
		}
		lines[i] = strings.TrimRight(lines[i]+end, " ")
	}
	return strings.Join(lines, "\n")
}

// gap separates two columns.
const gap = "  "
