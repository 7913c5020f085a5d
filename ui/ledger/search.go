package ledger

import (
	"context"
	"errors"
	"iter"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ledger"
	"tokendesk/ui/frame"
)

const (
	// portion is how many rows are read at once, and most how many are listed.
	portion = 300
	most    = 20_000
	// patience is how long a portion takes at most, if there is something to show.
	patience = 150 * time.Millisecond
)

// search finds rows, a portion at a time: the first ones are shown at once, the others are
// read when the selection comes near them.
type search struct {
	text string // of the filter
	all  bool   // with removals and labels

	rows    []recorded
	damaged int
	done    bool  // there are no more
	err     error // why

	job    frame.Job
	reader *reader
}

// recorded is a row, and the entry of its token, which only a batch has not.
type recorded struct {
	ledger.Row

	entry *desk.Entry
}

// reader is a search that goes on from one portion to the next.
type reader struct {
	mu    sync.Mutex
	ended atomic.Bool
	next  func() (ledger.Row, error, bool)
	stop  func()
}

// found is a portion.
type found struct {
	rows    []recorded
	damaged int
	done    bool
	err     error
}

// query returns what the search looks for.
func (s *search) query() ledger.Query {
	q := ledger.Query{Text: strings.TrimSpace(s.text), Events: []ledger.Event{ledger.Issued, ledger.Batch}}
	switch {
	case s.all:
		q.Events = nil
	case q.Text != "": // a label is found too
		q.Events = append(q.Events, ledger.Labelled)
	}
	return q
}

// begin begins the search again, and ends the one before. The rows that were found stay until
// the first portion is there.
func (s *search) begin(c *frame.Ctx, then func()) tea.Cmd {
	s.end()
	of := desk.LedgerOf(c.Desk)
	if of == nil {
		s.rows, s.done, s.err, s.damaged = nil, true, nil, 0
		return nil
	}
	r := &reader{}
	q := s.query()
	q.Ended = r.ended.Load
	r.next, r.stop = iter.Pull2(of.Rows(q))
	s.reader = r
	return s.read(c, r, true, then)
}

// end ends the search.
func (s *search) end() {
	s.job.Drop()
	if s.reader != nil {
		s.reader.end()
		s.reader = nil
	}
}

// more reads the next portion if the selected row is near the last one.
func (s *search) more(c *frame.Ctx, selected int) tea.Cmd {
	if s.reader == nil || s.done || s.job.Busy() || selected < len(s.rows)-portion/2 {
		return nil
	}
	return s.read(c, s.reader, false, func() {})
}

func (s *search) read(c *frame.Ctx, r *reader, first bool, then func()) tea.Cmd {
	work := func(_ context.Context, d *desk.Desk) (found, error) { return r.portion(d), nil }
	return frame.Do(c, &s.job, work, func(c *frame.Ctx, f found, _ error) tea.Cmd {
		if first {
			s.rows, s.damaged = nil, 0
		}
		s.rows, s.damaged = append(s.rows, f.rows...), s.damaged+f.damaged
		s.done, s.err = f.done || len(s.rows) >= most, f.err
		then()
		if len(f.rows) < portion/2 && !s.done { // it took too long
			return s.read(c, r, false, func() {})
		}
		return nil
	})
}

// portion reads the next portion.
func (r *reader) portion(d *desk.Desk) (out found) {
	r.mu.Lock()
	defer func() {
		r.mu.Unlock()
		if r.ended.Load() {
			r.end()
		}
	}()
	var rows []ledger.Row
	defer func() { out.rows = entriesOf(d, rows) }()
	for began := time.Now(); len(rows) < portion && !r.ended.Load(); {
		row, err, ok := r.next()
		damaged, isDamaged := errors.AsType[*ledger.Damaged](err)
		switch {
		case !ok:
			out.done = true
			return out
		case isDamaged && damaged != nil:
			out.damaged++
		case err != nil:
			out.done, out.err = true, err
			return out
		default:
			rows = append(rows, row)
		}
		if len(rows) > 0 && time.Since(began) > patience {
			break
		}
	}
	return out
}

// entriesOf makes the entries of rows.
func entriesOf(d *desk.Desk, rows []ledger.Row) []recorded {
	all := make([]recorded, len(rows))
	for i, e := range desk.Recorded(d, rows...) {
		all[i].Row = rows[i]
		if rows[i].Event != ledger.Batch {
			all[i].entry = e
		}
	}
	return all
}

// end ends the reading, now or when the portion that is being read is done.
func (r *reader) end() {
	r.ended.Store(true)
	if r.mu.TryLock() {
		r.stop()
		r.mu.Unlock()
	}
}
