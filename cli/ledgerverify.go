package cli

import (
	"errors"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ledger"
)

// ledgerCheck is what was found in the ledger, and its JSON shape.
type ledgerCheck struct {
	File    string        `json:"file"`
	Rows    int           `json:"rows"`
	Damaged []damagedLine `json:"damaged"`
}

// damagedLine is a line that is no row.
type damagedLine struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// ledgerVerify is the command that looks for damaged lines.
func ledgerVerify(p Program) *cobra.Command {
	var from deskFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Look for damaged lines in the ledger",
		Long: "Read the whole ledger and name every damaged line; the exit code is 1 if there is one. The checksum in each row finds " +
			"damage; it does not stop anyone from changing the ledger on purpose.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			in, err := openLedger(p, &from)
			if err != nil {
				return err
			}
			found := ledgerCheck{File: in.Path(), Damaged: []damagedLine{}}
			for _, err := range in.Rows(ledger.Query{}) {
				damaged, isDamaged := errors.AsType[*ledger.Damaged](err)
				switch {
				case isDamaged:
					found.Damaged = append(found.Damaged, damagedLine{damaged.Path, damaged.Line, damaged.Reason.Error()})
				case err != nil:
					return misconfigured(err)
				default:
					found.Rows++
				}
			}
			slices.Reverse(found.Damaged) // the rows come from the end
			if err := p.show(asJSON, found, found.text()); err != nil {
				return err
			}
			if len(found.Damaged) > 0 {
				return exitWith(exitFailed)
			}
			return nil
		},
	}
	from.fileFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// text names every damaged line, and counts the rows.
func (c ledgerCheck) text() string {
	text := ""
	for _, d := range c.Damaged {
		text += visible.Text(d.File+":"+strconv.Itoa(d.Line)+": "+d.Reason) + "\n"
	}
	text += visible.Text(c.File) + ": " + phrase.Count(c.Rows, "row", "rows") + ", "
	if len(c.Damaged) == 0 {
		return text + "no damaged line"
	}
	return text + phrase.Count(len(c.Damaged), "damaged line", "damaged lines")
}
