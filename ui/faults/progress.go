package faults

import (
	"fmt"
	"net/url"
	"time"

	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/probe"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// shortestBar is the least width of a bar that says something.
const shortestBar = 8

// lines draws what stands below the line above the list: how far a run is, or how the last
// one has ended, and what it has found so far.
func (p *probing) lines(c *frame.Ctx, of *catalogue, width int) []string {
	t := c.Env.Theme
	var lines []string
	if p.running() {
		lines = append(lines, p.progress(t, c.Now, width))
	} else if p.run.end.Text != "" {
		lines = append(lines, t.Sentence(p.run.end, width, 3)...)
	}
	if p.number > 0 {
		lines = append(lines, widget.Clip(p.count(of).draw(t), width))
	}
	return lines
}

// progress draws how far a run is: in words while the API is asked with a good token and
// without one, as a bar while the faults are tried.
func (p *probing) progress(t *widget.Theme, now time.Time, width int) string {
	r := &p.run
	asked := func(what string) string {
		return widget.Fit(t.Warn.Render("◌ ")+t.Plain.Render(what)+t.Faint.Render(" · "+seconds(now.Sub(r.since))), width)
	}
	switch r.step {
	case probe.GoodFirst:
		return asked("asking with a good token first")
	case probe.WithoutToken:
		return asked("asking without a token")
	case probe.GoodAfter:
		return asked("asking with a good token again")
	case probe.EachFault:
	}
	text := fmt.Sprintf("%d of %d", r.tried, r.planned)
	if left := p.left(now); left > 0 {
		text += " · about " + seconds(left) + " left"
	}
	bar := width - widget.Width(text) - 1
	if bar < shortestBar {
		return widget.Fit(t.Plain.Render(text), width)
	}
	portion := float64(r.tried) / float64(max(1, r.planned))
	return widget.Bar(portion, bar, t.Accent, t.Border) + " " + t.Plain.Render(text)
}

// left returns about how long a run still takes: by the answers so far, or by the answer to
// the good token before there are any. 0 is unknown.
func (p *probing) left(now time.Time) time.Duration {
	r, passed := &p.run, now.Sub(p.run.since)
	parallel := p.how.Parallel
	if parallel == 0 {
		parallel = probe.DefaultParallel
	}
	rest := time.Duration(r.planned - r.tried)
	if r.tried == 0 {
		return r.good*(rest+time.Duration(parallel)-1)/time.Duration(parallel) - passed
	}
	return max(0, passed*rest/time.Duration(r.tried))
}

func seconds(d time.Duration) string { return phrase.Left(max(0, d)) }

// badge says in the tab how far a probe is.
func (p *probing) badge() frame.Badge {
	r := &p.run
	if !p.running() {
		return frame.Badge{}
	}
	b := frame.Badge{Text: fmt.Sprintf("%d/%d", r.tried, r.planned)}
	if r.holes > 0 {
		b.News = widget.Note{Tone: widget.Bad, Text: probe.KindHole.Count(r.holes)}
	}
	return b
}

// address returns the URL that is or was probed, without what may be a secret.
func (p *probing) address() string {
	u, err := url.Parse(p.target.URL)
	if err != nil || u.Host == "" {
		return ""
	}
	return visible.Text(u.Host + u.Path)
}
