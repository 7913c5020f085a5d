package cli

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/auth/input"
	"tokendesk/explain"
	"tokendesk/internal/oneof"
	"tokendesk/ledger"
)

// ledgerFind is the flags that say which rows of the ledger are meant.
type ledgerFind struct {
	texts                      []string // each of them must be in a row
	subject, persona, jti, key string
	face, event                string
	since, until               string
}

func (f *ledgerFind) flags(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.subject, "subject", "", "only tokens of this subject")
	fs.StringVar(&f.persona, "persona", "", "only tokens of this persona")
	_ = cmd.RegisterFlagCompletionFunc("persona", personaNames) // the flag exists
	fs.StringVar(&f.jti, "jti", "", "only the token with this jti; its start is enough")
	completeFlag(cmd, "jti") // no completion: they are random
	fs.StringVar(&f.key, "key", "", "only tokens that this key signed: its fingerprint or its kid")
	fs.StringVar(&f.face, "face", "", "only tokens issued by "+oneof.Or(ledger.Faces()))
	completeFlag(cmd, "face", ledger.Faces()...)
	fs.StringVar(&f.event, "event", "", "only rows of this kind: "+oneof.Or(eventNames()))
	completeFlag(cmd, "event", eventNames()...)
	fs.StringVar(&f.since, "since", "", "only rows from this moment on, such as 09:00, 2026-12-24, yesterday, or 2h for two hours ago")
	fs.StringVar(&f.until, "until", "", "only rows before this moment")
}

func eventNames() []string {
	return []string{string(ledger.Issued), string(ledger.Batch), string(ledger.Removed), string(ledger.Labelled)}
}

// query returns the query of the flags, and what a row that it finds must also match.
func (f *ledgerFind) query(now time.Time) (matches func(*ledger.Row) bool, q ledger.Query, err error) {
	q = ledger.Query{Subject: f.subject, Persona: f.persona, Key: f.key, Face: f.face, ID: uncut(f.jti)}
	for _, of := range []struct {
		flag, value string
		names       []string
	}{{"--face", f.face, ledger.Faces()}, {"--event", f.event, eventNames()}} {
		if of.value != "" && !slices.Contains(of.names, of.value) {
			return nil, q, invalid(explain.At(of.flag, advise("there is no such name", "choose "+oneof.Or(of.names))))
		}
	}
	if f.event != "" {
		q.Events = []ledger.Event{ledger.Event(f.event)}
	}
	if q.Since, err = pastMoment("--since", f.since, now); err != nil {
		return nil, q, err
	}
	if q.Until, err = pastMoment("--until", f.until, now); err != nil {
		return nil, q, err
	}
	if !q.Since.IsZero() && !q.Until.IsZero() && !q.Since.Before(q.Until) {
		return nil, q, invalid(advise("--since is not before --until", "swap them"))
	}
	var more []ledger.Query
	for i, text := range f.texts {
		if i == 0 {
			q.Text = text
		} else {
			more = append(more, ledger.Query{Text: text})
		}
	}
	return func(r *ledger.Row) bool {
		return !slices.ContainsFunc(more, func(m ledger.Query) bool { return !m.Matches(r) })
	}, q, nil
}

// uncut returns the start of a jti without the sign that the table puts behind it.
func uncut(jti string) string { return strings.TrimSuffix(strings.TrimSuffix(jti, "…"), "...") }

// pastMoment reads a moment that has probably passed. A time of the clock is the last one, and a
// span of time counts back from now.
func pastMoment(flag, text string, now time.Time) (time.Time, error) {
	text = strings.TrimSpace(text)
	year, month, day := now.Date()
	switch strings.ToLower(text) {
	case "":
		return time.Time{}, nil
	case "today":
		return time.Date(year, month, day, 0, 0, 0, 0, now.Location()), nil
	case "yesterday":
		return time.Date(year, month, day-1, 0, 0, 0, 0, now.Location()), nil
	}
	if at, ok := input.ParseUnix(text); ok {
		return at, nil
	}
	if moment, err := input.ParseMoment(text, now); err == nil {
		if !strings.Contains(text, "-") && moment.After(now) { // only a time of day is the next one
			moment = moment.AddDate(0, 0, -1)
		}
		return moment, nil
	}
	if ago, err := parseSpan(text, now); err == nil {
		return now.Add(-ago), nil
	}
	return time.Time{}, invalid(explain.At(flag,
		errors.New("write a moment such as 09:00, 2026-12-24, 2026-12-24T18:00Z or yesterday, or how long ago, such as 2h")))
}
