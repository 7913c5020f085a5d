package cli

import (
	"bufio"
	"errors"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/ledger"
)

// ledgerCommand is the command that searches the record of what was issued.
func ledgerCommand(p Program) *cobra.Command {
	l := ledgerList{program: p}
	cmd := &cobra.Command{
		Use:        "ledger [TEXT...]",
		SuggestFor: []string{"log", "history", "audit", "list"},
		Short:      "Search the record of what was issued",
		Long: "List what was issued, newest first, with everything about a token except its signature. Each argument is a text that a " +
			"row must contain; flags restrict single fields. The ledger holds no tokens: tokendesk ledger token signs one again.",
		Example: `tokendesk ledger
tokendesk ledger ada --since yesterday
tokendesk ledger --persona admin --json
tokendesk ledger show 3fa2c81d
tokendesk ledger token 3fa2c81d`,
		RunE: func(cmd *cobra.Command, args []string) error {
			l.find.texts = args
			return l.run(cmd)
		},
	}
	l.flags(cmd)
	cmd.AddCommand(ledgerShow(p), ledgerToken(p), ledgerVerify(p))
	return cmd
}

// ledgerList is one search of the ledger.
type ledgerList struct {
	program       Program
	from          deskFlags
	find          ledgerFind
	limit         int
	asJSON, asCSV bool
	utc           bool
}

// tableRows is how many rows the table has at most, unless a flag says so.
const tableRows = 100

func (l *ledgerList) flags(cmd *cobra.Command) {
	l.from.fileFlags(cmd)
	l.find.flags(cmd)
	f := cmd.Flags()
	f.IntVar(&l.limit, "limit", tableRows, "print at most this many rows; 0 prints all, as JSON and CSV do by default")
	f.BoolVar(&l.asJSON, "json", false, "print JSON, one object per row")
	f.BoolVar(&l.asCSV, "csv", false, "print CSV")
	f.BoolVar(&l.utc, "utc", false, "show times in UTC")
}

func (l *ledgerList) run(cmd *cobra.Command) error {
	p := l.program
	if err := exclusive(cmd, "json", "csv"); err != nil {
		return err
	}
	if l.limit < 0 {
		return invalid(explain.At("--limit", errors.New("it is less than zero")))
	}
	if (l.asJSON || l.asCSV) && !cmd.Flags().Changed("limit") {
		l.limit = 0
	}
	matches, query, err := l.find.query(p.Now())
	if err != nil {
		return err
	}
	in, err := openLedger(p, &l.from)
	if err != nil {
		return err
	}
	reading := &ledgerReading{rows: in.Rows(query), matches: matches, limit: l.limit}
	if err := l.print(reading.all()); err != nil {
		return err
	}
	return l.conclude(cmd, in, reading)
}

// print prints the rows in the form that was chosen.
func (l *ledgerList) print(rows iter.Seq[ledger.Row]) error {
	out := bufio.NewWriterSize(l.program.Stdout, 1<<16)
	var err error
	switch {
	case l.asJSON:
		err = printRowsJSON(out, rows)
	case l.asCSV:
		err = printRowsCSV(out, rows)
	default:
		t := newLedgerTable(l.program, l.utc)
		err = t.print(out, rows)
	}
	if err == nil {
		err = out.Flush()
	}
	return outputError(err)
}

// conclude says what the rows do not: that there are none, more of them, or damaged lines.
func (l *ledgerList) conclude(cmd *cobra.Command, in book, r *ledgerReading) error {
	p := l.program
	switch {
	case r.err != nil:
		return misconfigured(r.err)
	case r.printed == 0 && r.damaged == 0 && in.isEmpty() && in.off:
		p.note("the ledger is off, because of LEDGER=off")
	case r.printed == 0 && r.damaged == 0 && in.isEmpty():
		p.note("there is no ledger yet: it will be created with the first token, in " + in.Path())
	case r.printed == 0:
		text := "nothing in the ledger matches"
		if near := meant("", strings.Join(l.find.texts[:min(1, len(l.find.texts))], ""), commandNames(cmd)); near != "" {
			text += "; " + near
		}
		p.note(text)
	case r.more && !l.asJSON && !l.asCSV:
		p.note("there are more rows; --limit 0 prints all of them")
	}
	if r.damaged > 0 {
		line := explain.Line{
			Text: phrase.Count(r.damaged, "line of the ledger is", "lines of the ledger are") + " damaged",
			Do:   "run tokendesk ledger verify to see which",
		}
		p.warn(line)
	}
	return nil
}

// ledgerReading reads rows and counts what is not a row.
type ledgerReading struct {
	rows    iter.Seq2[ledger.Row, error]
	matches func(*ledger.Row) bool
	limit   int // 0 is none

	printed, damaged int
	more             bool // a row beyond the limit matches
	err              error
}

// all yields the rows up to the limit.
func (r *ledgerReading) all() iter.Seq[ledger.Row] {
	return func(yield func(ledger.Row) bool) {
		for row, err := range r.rows {
			_, isDamaged := errors.AsType[*ledger.Damaged](err)
			switch {
			case isDamaged:
				r.damaged++
			case err != nil:
				r.err = err
				return
			case !r.matches(&row):
			case r.limit > 0 && r.printed == r.limit:
				r.more = true
				return
			default:
				r.printed++
				if !yield(row) {
					return
				}
			}
		}
	}
}
