package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/ledger"
)

// oneRow is the arguments of a command about one token of the ledger.
var oneRow = arguments(1, 1, "one jti is needed", "give it, or its start; tokendesk ledger lists them")

// recordedToken is a token of the ledger with what happened to it.
type recordedToken struct {
	row    ledger.Row
	later  []ledger.Row // the newest first
	others int          // tokens with the same jti, issued before it
}

// mostChoices is how many tokens are named if a jti could be that of several.
const mostChoices = 5

// findToken returns the token of the ledger whose jti starts with that text. Of several with the
// very same jti it is the newest.
func findToken(in book, start string) (recordedToken, error) {
	start = uncut(start)
	if start == "" {
		return recordedToken{}, invalid(advise("the jti is empty", "tokendesk ledger lists them"))
	}
	var found recordedToken
	var later []ledger.Row
	var ids []string // the newest first
	times := map[string]int{}
	for row, err := range in.Rows(ledger.Query{ID: start}) {
		if _, isDamaged := errors.AsType[*ledger.Damaged](err); isDamaged {
			continue
		}
		if err != nil {
			return found, misconfigured(err)
		}
		id := row.Identity()
		if row.Event != ledger.Issued {
			later = append(later, row)
			continue
		}
		if times[id]++; times[id] == 1 {
			if ids = append(ids, id); len(ids) == 1 || id == start {
				found.row = row
			}
		}
	}
	switch {
	case len(ids) == 0:
		if other := inOtherCase(in, start); other != "" {
			return findToken(in, other)
		}
		return found, advise("no token in the ledger has a jti that starts with "+phrase.Excerpt(start), "tokendesk ledger lists them")
	case len(ids) > 1 && times[start] == 0:
		return found, invalid(ambiguous(start, ids))
	}
	found.others = times[found.row.Identity()] - 1
	for _, row := range later {
		if row.Token() == found.row.Token() {
			found.later = append(found.later, row)
		}
	}
	return found, nil
}

// inOtherCase returns the start of the jti of the newest token that differs from a text only in
// the case of its letters, or nothing.
func inOtherCase(in book, start string) string {
	for row, err := range in.Rows(ledger.Query{Events: []ledger.Event{ledger.Issued}}) {
		id := row.Identity()
		if err == nil && len(id) >= len(start) && id[:len(start)] != start && strings.EqualFold(id[:len(start)], start) {
			return id[:len(start)]
		}
	}
	return ""
}

// ambiguous names the tokens whose jti starts with a text.
func ambiguous(start string, ids []string) error {
	text := "the jti of " + phrase.Count(len(ids), "token", "tokens") + " starts with " + phrase.Excerpt(start) + ": "
	for n, id := range ids[:min(mostChoices, len(ids))] {
		if n > 0 {
			text += ", "
		}
		text += phrase.Excerpt(id)
	}
	if len(ids) > mostChoices {
		text += " …"
	}
	return advise(text, "type more of it")
}

// completeIDs has the shell complete the jti of the newest tokens.
func completeIDs(p Program, f *deskFlags) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
		const most = 50
		var ids []string
		if in, err := openLedger(p, f); err == nil && len(args) == 0 {
			for row, err := range in.Rows(ledger.Query{ID: start, Events: []ledger.Event{ledger.Issued}}) {
				if err == nil && row.ID != "" {
					ids = append(ids, cobra.CompletionWithDesc(row.ID, explain.Subject(desk.TokenOf(&row))))
				}
				if len(ids) == most {
					break
				}
			}
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	}
}
