package cli

import (
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
)

// watched is one of the tokens.
type watched struct {
	token    *auth.Token
	position int    // in the input, from 1
	name     string // safe to print

	status auth.Status // zero before the first update
	begins auth.NumericDate
	ends   auth.NumericDate
	step   int64 // how many times --every goes into the time left
	warned bool
}

// event is what happened to a token since the last update.
type event string

const (
	nothing event = ""
	started event = "start"
	passed  event = "tick"
	warned  event = "warning"
	begun   event = "active"
	delayed event = "not_yet_valid" // the clock was set back
	expired event = "expired"
	refused event = "refused"
)

// update brings the token up to date and returns what happened to it.
func (t *watched) update(now time.Time, every, warnBefore time.Duration) event {
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

// shown is the status as it is printed.
func (t *watched) shown(warnBefore time.Duration) explain.Status {
	return explain.Times(t.status, t.soon(warnBefore))
}

// soon reports whether the token is about to expire.
func (t *watched) soon(warnBefore time.Duration) bool {
	return t.status.State == auth.StateActive && t.status.Left <= warnBefore
}

// stepAt returns how many times every goes into the time left without its last
// second.
func (t *watched) stepAt(now time.Time, every time.Duration) int64 {
	to := t.ends
	if t.status.State == auth.StateNotYetValid {
		to = t.begins
	}
	return (secondsUntil(to, now) - 1) / int64(every/time.Second)
}

// secondsUntil returns the whole seconds until a moment, rounded up. Unlike a
// Duration it does not end at 292 years.
func secondsUntil(moment auth.NumericDate, now time.Time) int64 {
	seconds := min(max(moment.Seconds, -1<<53), 1<<53) - now.Unix()
	if moment.Nanoseconds > int64(now.Nanosecond()) {
		seconds++
	}
	return seconds
}

// sentence says on one line where the token stands: at the start and at the end with
// the moment when it expires.
func (w *watch) sentence(t *watched, happened event, now time.Time) string {
	text := t.name + ": " + t.shown(w.warnBefore).String()
	end, dated := t.ends.Time()
	if !dated {
		return text
	}
	moment := explain.Clock{Now: now, Zone: now.Location()}.Moment(end)
	switch happened {
	case started:
		return text + " (expires " + moment + ")"
	case expired:
		return text + " (" + moment + ")"
	default:
		return text
	}
}

// watchEvent is the JSON shape of watch.
type watchEvent struct {
	Event   event   `json:"event"`
	Time    string  `json:"time"`
	Token   int     `json:"token"` // its position in the input, from 1
	Subject *string `json:"subject"`
	ID      *string `json:"id"`
	// State is null for a token that cannot be watched.
	State *string `json:"state"`
	// BeginsIn is 0 once the token is valid.
	BeginsIn int64 `json:"begins_in"`
	// ExpiresIn is negative once it has expired, and null if it never does.
	ExpiresIn        *int64          `json:"expires_in"`
	ExpiresAt        *string         `json:"expires_at"`
	ExpiresSoon      bool            `json:"expires_soon"`
	SignatureChecked bool            `json:"signature_checked"`
	Problem          *explain.Failed `json:"problem"`
}

func (w *watch) refusal(t *watched, problem explain.Line, now time.Time) watchEvent {
	out := newWatchEvent(t, refused, now)
	out.Problem = new(problem.Failed())
	return out
}

func (w *watch) report(t *watched, happened event, now time.Time) watchEvent {
	out := newWatchEvent(t, happened, now)
	out.State = new(t.status.State.Code())
	out.BeginsIn = max(0, secondsUntil(t.begins, now))
	out.ExpiresIn = new(secondsUntil(t.ends, now))
	if end, ok := t.ends.Time(); ok {
		out.ExpiresAt = new(end.Format(time.RFC3339))
	}
	out.ExpiresSoon = t.soon(w.warnBefore)
	return out
}

// newWatchEvent returns an event with what is known of any token.
func newWatchEvent(t *watched, happened event, now time.Time) watchEvent {
	out := watchEvent{Event: happened, Time: now.UTC().Format(time.RFC3339), Token: t.position}
	if sub, ok := t.token.Claims.String("sub"); ok {
		out.Subject = &sub
	}
	if id, ok := t.token.Claims.String("jti"); ok {
		out.ID = &id
	}
	return out
}
