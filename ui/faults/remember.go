package faults

import (
	"maps"
	"net/url"
	"slices"
	"time"

	"tokendesk/auth/fault"
	"tokendesk/internal/phrase"
	"tokendesk/ledger"
	"tokendesk/probe"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

var _ frame.Remembering = (*Screen)(nil)

// earlier is the number of a run before this one.
const earlier = -1

// last is what is kept of the last probe of all faults.
type last struct {
	at      time.Time
	url     string
	text    string
	changes int
}

// Changes counts the probes.
func (s *Screen) Changes() int { return s.probing.last.changes }

// Remember writes what the last probe found.
func (s *Screen) Remember(to *ledger.State) {
	p := &s.probing
	if p.last.at.IsZero() {
		return
	}
	kept := &ledger.Probed{URL: p.last.url, At: p.last.at, Text: p.last.text}
	for _, name := range slices.Sorted(maps.Keys(p.results)) {
		r := p.results[name]
		kept.Results = append(kept.Results, ledger.ProbedFault{Fault: name, Outcome: string(r.Outcome), Status: r.Status, Right: r.Right})
	}
	to.Probe = kept
}

// Restore takes what the last probe of an earlier run found.
func (s *Screen) Restore(c *frame.Ctx, from *ledger.State) {
	p, kept := &s.probing, from.Probe
	if kept == nil || p.number > 0 || p.running() {
		return
	}
	if p.url == "" {
		p.url = kept.URL
	}
	p.last.at, p.last.url, p.last.text = kept.At, kept.URL, kept.Text
	for _, r := range kept.Results {
		at := slices.IndexFunc(s.catalogue.all, func(f fault.Fault) bool { return f.Name == r.Fault })
		if at < 0 || !slices.Contains(probe.Outcomes(), probe.Outcome(r.Outcome)) {
			continue
		}
		p.results[r.Fault] = known{
			Result: probe.Result{
				Case: fault.Made{Fault: s.catalogue.all[at]}, Outcome: probe.Outcome(r.Outcome), Status: r.Status, Right: r.Right,
			},
			run: earlier,
		}
	}
	text := "probed " + phrase.MomentToday(kept.At, c.Now, c.Env.Zone(c.Now)) + ", " + safe(kept.URL) + ": " + kept.Text
	p.run.end = widget.Note{Tone: widget.Quiet, Text: text}
	s.narrow()
}

// ends keeps what a probe of all faults has found.
func (p *probing) ends(now time.Time, text string) {
	p.last = last{at: now, url: address(p.target.URL), text: text, changes: p.last.changes + 1}
}

// address returns a URL without what may be a secret: its user, query and fragment.
func address(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// safe returns the host and the path of a URL.
func safe(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "an API"
	}
	return u.Host + u.Path
}
