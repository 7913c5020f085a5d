package issue

import (
	"slices"
	"time"

	"tokendesk/desk"
	"tokendesk/ui/frame"
)

// used is a subject that a token was issued for.
type used struct {
	subject, persona string
	at               time.Time
	unkept           bool // it is forgotten at the end of the run
}

// usedNow returns the subject that a token was just issued for.
func usedNow(c *frame.Ctx, subject string, made *desk.Entry) used {
	return used{subject: subject, persona: made.Persona(), at: c.Now, unkept: desk.LedgerOf(c.Desk) == nil}
}

// recent holds the subjects that tokens were issued for, the newest first, and where among them
// the user is.
type recent struct {
	all   []used
	at    int    // the one in the field, from 1; 0 is what the user typed
	typed string // that

	changes int // how many were added
}

// mostRecent is how many subjects are kept.
const mostRecent = 200

// add puts a subject before the others.
func (r *recent) add(u used) {
	r.restart()
	if u.subject == "" {
		return
	}
	r.changes++
	r.all = slices.DeleteFunc(r.all, func(have used) bool { return have.subject == u.subject })
	r.all = slices.Insert(r.all, 0, u)
	r.all = r.all[:min(len(r.all), mostRecent)]
}

// restart says that the subject in the field is the user's own.
func (r *recent) restart() { r.at = 0 }

// back returns the subject before the one in the field, if there is another.
func (r *recent) back(now string) (string, bool) {
	if r.at == 0 {
		r.typed = now
	}
	for i := r.at; i < len(r.all); i++ {
		if r.all[i].subject != now {
			r.at = i + 1
			return r.all[i].subject, true
		}
	}
	return "", false
}

// forward returns the subject after the one in the field, and at last what the user typed.
func (r *recent) forward() (string, bool) {
	if r.at == 0 {
		return "", false
	}
	r.at--
	if r.at == 0 || r.at == 1 && r.all[0].subject == r.typed {
		r.at = 0
		return r.typed, true
	}
	return r.all[r.at-1].subject, true
}
