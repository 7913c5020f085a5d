package cli

import (
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/internal/phrase"
)

// watched is one of the tokens.
type watched struct {
	token    *auth.Token
	position int    // in the input, from 1
	name     string // safe to show

	status auth.Status // zero before it was looked at
	begins auth.NumericDate
	ends   auth.NumericDate
	step   int64 // how many times --every goes into what is left
	warned bool
}

// event is what happened to a token since it was looked at last.
type event string

const (
	nothing event = ""
	started event = "start"
	passed  event = "tick"
	warned  event = "warning"
	begun   event = "active"
	delayed event = "not_yet_valid" // the clock was put back
	expired event = "expired"
	refused event = "refused"
)

// look brings the token up to the present and returns what happened to it.
func (t *watched) look(now time.Time, every, warnBefore time.Duration) event {
	was, step := t.status.State, t.step
	t.status = t.token.Status(now)
	t.step = t.stepAt(now, every)
	warn := !t.warned && t.soon(warnBefore)
	t.warned = t.warned || warn
	switch state := t.status.State; {
	case state == auth.StateExpired && state != was:
		return expired
	case state == auth.StateExpired:
		return nothing
	case was == 0:
		return started
	case state == auth.StateActive && state != was:
		return begun
	case state != was:
		return delayed
	case warn:
		return warned
	case t.step != step:
		return passed
	default:
		return nothing
	}
}

// soon reports whether the token is about to expire.
func (t *watched) soon(warnBefore time.Duration) bool {
	return t.status.State == auth.StateActive && t.status.Left <= warnBefore
}

// stepAt returns how many times every goes into what is left, but for the last
// second.
func (t *watched) stepAt(now time.Time, every time.Duration) int64 {
	to := t.ends
	if t.status.State == auth.StateNotYetValid {
		to = t.begins
	}
	return (secondsUntil(to, now) - 1) / int64(every/time.Second)
}

// secondsUntil returns the whole seconds until a moment, rounded up. It has no
// end at 292 years, as a Duration has.
func secondsUntil(moment auth.NumericDate, now time.Time) int64 {
	seconds := min(max(moment.Seconds, -1<<53), 1<<53) - now.Unix()
	if moment.Nanoseconds > int64(now.Nanosecond()) {
		seconds++
	}
	return seconds
}

// sentence says on a line how the token stands.
func (w *watch) sentence(t *watched, happened event, now time.Time) string {
	end, dated := t.ends.Time()
	left := auth.FormatDuration(t.status.Left)
	text := t.name + ": "
	switch {
	case t.status.State == auth.StateExpired:
		text += "expired"
		if t.status.Left > 0 {
			text += " " + left + " ago"
		}
		if dated {
			text += ", at " + phrase.Moment(end, now.Location())
		}
		return text
	case t.status.State == auth.StateNotYetValid:
		text += "not yet valid, begins in " + left
	case t.soon(w.warnBefore):
		text += "expires soon, " + left + " left"
	default:
		text += "active, " + left + " left"
	}
	if happened == started && dated {
		text += ", expires " + phrase.Moment(end, now.Location())
	}
	return text
}

// watchEvent is the JSON shape of watch.
type watchEvent struct {
	Event   event   `json:"event"`
	Time    string  `json:"time"`
	Token   int     `json:"token"` // its position in the input, from 1
	Subject *string `json:"subject"`
	ID      *string `json:"id"`
	// State is null for a token that is refused.
	State *string `json:"state"`
	// BeginsIn is 0 once the token is valid.
	BeginsIn int64 `json:"begins_in"`
	// ExpiresIn is negative once it has expired, and null where it never does.
	ExpiresIn        *int64   `json:"expires_in"`
	ExpiresAt        *string  `json:"expires_at"`
	ExpiresSoon      bool     `json:"expires_soon"`
	SignatureChecked bool     `json:"signature_checked"`
	Problem          *problem `json:"problem"`
}

func (w *watch) report(t *watched, happened event, why *problem, now time.Time) watchEvent {
	out := watchEvent{Event: happened, Time: now.UTC().Format(time.RFC3339), Token: t.position, Problem: why}
	if sub, ok := t.token.Claims.String("sub"); ok {
		out.Subject = &sub
	}
	if id, ok := t.token.Claims.String("jti"); ok {
		out.ID = &id
	}
	if why != nil {
		return out
	}
	out.State = new(strings.ReplaceAll(t.status.State.String(), " ", "_"))
	out.BeginsIn = max(0, secondsUntil(t.begins, now))
	out.ExpiresIn = new(secondsUntil(t.ends, now))
	if end, ok := t.ends.Time(); ok {
		out.ExpiresAt = new(end.Format(time.RFC3339))
	}
	out.ExpiresSoon = t.soon(w.warnBefore)
	return out
}
