package desk

import (
	"context"
	"errors"
	"path/filepath"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ledger"
)

// SignAgain is [Recall] for an entry that is not signed. Of a token that came from
// elsewhere nothing is kept that could be signed, and the error says where it came from.
func SignAgain(ctx context.Context, d *Desk, e *Entry) (*Entry, error) {
	if err := refuseForeign(e); err != nil {
		return nil, err
	}
	row := issuedRow(ctx, d, *e.row)
	made, err := Recall(ctx, d, row)
	if err != nil {
		return nil, err
	}
	made.Label, made.Arrival = e.Label, e.Arrival
	return made, nil
}

// WhyNotAgain says why [SignAgain] fails, as far as that is known without signing. It is nil
// if the desk must only be asked something first.
func WhyNotAgain(d *Desk, e *Entry) error {
	if err := refuseForeign(e); err != nil {
		return err
	}
	if e.row.Event != ledger.Issued && e.row.Event != ledger.Batch {
		return nil // another row says what was in the token
	}
	if err := Lost(e.row, d.Now()); err != nil {
		return err
	}
	_, err := signer(d, e.row)
	if _, locked := errors.AsType[*Locked](err); locked {
		return nil
	}
	return err
}

// refuseForeign returns why the token of an entry cannot be signed again, because it came from
// elsewhere, or nil.
func refuseForeign(e *Entry) error {
	line := explain.Line{Tone: explain.Bad, Do: "paste it again, or " + IssueAgain}
	switch {
	case e.Arrival.File != "":
		name := visible.Text(filepath.Base(e.Arrival.File))
		line.Text = "the token came from " + name + ", and tokens from elsewhere are never kept"
		line.Do = "open the file again, or " + IssueAgain
	case e.Arrival.Pasted:
		line.Text = "the token was pasted, and pasted tokens are never kept"
	default:
		return nil
	}
	return &NotAgain{line, Kept}
}

// issuedRow returns the row with which a token was issued that another row is about, or that
// row if it is not found.
func issuedRow(ctx context.Context, d *Desk, row ledger.Row) ledger.Row {
	if row.Event == ledger.Issued || row.Event == ledger.Batch || LedgerOf(d) == nil {
		return row
	}
	query := ledger.Query{
		ID: row.ID, Subject: row.Subject, Events: []ledger.Event{ledger.Issued}, Ended: func() bool { return ctx.Err() != nil },
	}
	for found, err := range LedgerOf(d).Rows(query) {
		if err == nil && found.Token() == row.Token() {
			return found
		}
	}
	return row
}
