package cli

import (
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/shell"
	"tokendesk/internal/visible"
	"tokendesk/ledger"
)

// ledgerShow is the command that shows everything that the ledger knows of a token.
func ledgerShow(p Program) *cobra.Command {
	var from deskFlags
	var asJSON, utc bool
	cmd := &cobra.Command{
		Use:   "show JTI",
		Short: "Show what the ledger knows about a token",
		Long: "Show everything that the ledger knows about a token, and what happened to it later. The start of its jti is enough. " +
			"Nothing is signed and no key is needed.",
		Example: "tokendesk ledger show 3fa2c81d",
		Args:    oneRow,
		RunE: func(cmd *cobra.Command, args []string) error {
			in, err := openLedger(p, &from)
			if err != nil {
				return err
			}
			found, err := findToken(in, args[0])
			if err != nil {
				return err
			}
			p.noteOthers(found)
			source, err := from.source()
			if err != nil {
				return err
			}
			source.Now = p.Now
			entry := desk.Recorded(desk.Open(cmd.Context(), source), found.row)[0]
			clock := explain.Clock{Now: p.Now(), Zone: p.Now().Location()}
			if utc {
				clock.Zone = nil
			}
			return p.show(asJSON, newLedgerRow(&found.row), recordText(found, entry, clock, styleFor(p.Stdout)))
		},
	}
	cmd.ValidArgsFunction = completeIDs(p, &from)
	from.fileFlags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&utc, "utc", false, "show times in UTC")
	return cmd
}

// noteOthers says that others have the same jti.
func (p Program) noteOthers(found recordedToken) {
	if found.others > 0 {
		p.note("this is the newest of " + phrase.Count(found.others+1, "token", "tokens") + " with that jti")
	}
}

// recordText describes what is known of a token, for people.
func recordText(found recordedToken, e *desk.Entry, clock explain.Clock, s style) string {
	report, row := explain.Token(e.Known(), clock.Now), &found.row
	page := page{style: s}
	for _, fact := range [][2]string{
		{"issued", moment(row.When, clock) + issuedWith(row)},
		{"persona", row.Persona},
		{"profile", row.Profile},
		{"settings", row.Settings},
		{"person", row.Person},
		{"key", strings.TrimSpace(row.Fingerprint + " " + row.Algorithm)},
	} {
		if fact[1] != "" {
			page.row(fact[0], fact[1])
		}
	}
	for _, later := range found.later {
		page.row("later", what(&later)+", "+moment(later.When, clock))
	}
	for _, part := range report.Parts() {
		if part.Text != "" {
			page.row(part.Title, part.Text)
			continue
		}
		page.members(part.Title, part.Members, clock)
	}
	if left := report.Status(clock.Now).Left; left != "" {
		page.row("status", left)
	}
	for _, line := range report.Findings {
		page.line(line)
	}
	for _, line := range append(report.Verdict(clock), again(row, clock.Now)...) {
		page.add(s.tone(line.Tone, visible.Text(line.String())))
	}
	return strings.Join(page.lines, "\n")
}

// again says whether the token can be signed again, as far as that does not depend on the keys
// and was not said yet.
func again(row *ledger.Row, now time.Time) []explain.Line {
	err := desk.Lost(row, now)
	if err == nil {
		return []explain.Line{{Text: "for the very same token, run tokendesk ledger token " + shell.Word(row.Identity())}}
	}
	if not, ok := errors.AsType[*desk.NotAgain](err); ok && not.Fails == desk.SameSignature {
		return []explain.Line{{Text: not.Text}}
	}
	return nil
}

// issuedWith says what issued a token.
func issuedWith(row *ledger.Row) string {
	switch row.Face {
	case "":
		return ""
	case ledger.FaceConsole:
		return ", in the console"
	case ledger.FacePlain:
		return ", in plain mode"
	default:
		return ", with tokendesk " + row.Face
	}
}

// moment writes a moment with its distance.
func moment(t time.Time, clock explain.Clock) string {
	zone := clock.Zone
	if zone == nil {
		zone = time.UTC
	}
	return phrase.Moment(t, zone) + ", " + phrase.Distance(t.Sub(clock.Now), "just now")
}
