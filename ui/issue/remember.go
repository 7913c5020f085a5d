package issue

import (
	"slices"

	"tokendesk/ledger"
	"tokendesk/ui/frame"
)

var _ frame.Remembering = (*Screen)(nil)

// Changes counts the subjects that tokens were issued for.
func (s *Screen) Changes() int { return s.form.recent.changes }

// Remember writes the subjects that tokens were issued for.
func (s *Screen) Remember(to *ledger.State) {
	for _, u := range s.form.recent.all {
		if !u.unkept {
			to.Recent = append(to.Recent, ledger.Recent{Subject: u.subject, Persona: u.persona, At: u.at})
		}
	}
}

// Restore puts the subjects of earlier runs behind those of this one.
func (s *Screen) Restore(_ *frame.Ctx, from *ledger.State) {
	r := &s.form.recent
	for _, old := range from.Recent {
		isThere := slices.ContainsFunc(r.all, func(u used) bool { return u.subject == old.Subject })
		if !isThere && len(r.all) < mostRecent {
			r.all = append(r.all, used{subject: old.Subject, persona: old.Persona, at: old.At})
		}
	}
}
