package faults

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
	"tokendesk/desk"
	"tokendesk/probe"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// probing is the probes of an API, and what they have found.
type probing struct {
	how     probe.Probe      // without the URL, the maker and the faults
	url     string           // that the user typed last
	target  probe.Target     // that was probed last
	results map[string]known // by the name of the fault
	number  int              // of the run that results come from
	run     run
	report  *probe.Report // of the last run with all faults that has ended
	last    last

	preparing, awaiting frame.Job
}

// run is a run that is going on, and how the last one has ended.
type run struct {
	cancel       context.CancelFunc // nil when none is going on
	planned      int                // faults that can be made
	tried, holes int
	single       bool // with one fault only
	step         probe.Step
	began, since time.Time     // when the run began, and when the step did
	good         time.Duration // how long the good token took
	end          widget.Note   // stays until the next run begins
}

// news is what a run tells: that a step begins, a result, or its end.
type news struct {
	step   probe.Step
	result *probe.Result
	ended  bool
	report *probe.Report
	err    error
}

// running reports whether a probe is running.
func (p *probing) running() bool { return p.run.cancel != nil }

// stop ends a run and keeps its results.
func (p *probing) stop() {
	if p.running() {
		p.run.cancel()
	}
}

// askTarget asks for the URL.
func (s *Screen) askTarget(c *frame.Ctx) tea.Cmd {
	p := &s.probing
	if p.url == "" {
		p.url = c.Env.Copying.Request(c.Desk).URL
	}
	return dialog.Probe(c, p.how.Target, s.catalogue.subject, &p.url, s.begin)
}

// begin prepares the run of all faults against a target.
func (s *Screen) begin(c *frame.Ctx, target probe.Target) tea.Cmd {
	return s.prepare(c, target, s.catalogue.all)
}

// tryAgain tries the selected fault on the same API again.
func (s *Screen) tryAgain(c *frame.Ctx) tea.Cmd {
	return s.prepare(c, s.probing.target, []fault.Fault{*s.catalogue.selected()})
}

// prepare prepares a run.
func (s *Screen) prepare(c *frame.Ctx, target probe.Target, faults []fault.Fault) tea.Cmd {
	from := draft(c)
	work := func(ctx context.Context, d *desk.Desk) (fault.Maker, error) { return d.Faults(from).Maker(ctx) }
	return frame.Do(c, &s.probing.preparing, work, func(c *frame.Ctx, maker fault.Maker, err error) tea.Cmd {
		if err != nil {
			return s.failed(c, err)
		}
		run := s.probing.how
		run.Target, run.Maker, run.Faults = target, maker, faults
		return s.start(c, &run)
	})
}

// failed says why a run came to nothing, also on the screen. The results stay.
func (s *Screen) failed(c *frame.Ctx, err error) tea.Cmd {
	s.probing.run = run{end: frame.Fault(err)}
	return frame.FailIn(c, s, err)
}

// start starts a run. Its steps and results come one by one.
func (s *Screen) start(c *frame.Ctx, with *probe.Probe) tea.Cmd {
	p := &s.probing
	p.stop()
	ctx, cancel := context.WithCancel(c.Env.Context())
	coming := make(chan news, len(with.Faults)+int(probe.GoodAfter)+2) // the run never waits for the screen
	with.Begin = func(step probe.Step) { coming <- news{step: step} }
	p.target = with.Target
	p.run = run{cancel: cancel, planned: s.catalogue.possible(), single: len(with.Faults) == 1, began: c.Now, since: c.Now}
	if p.run.single {
		p.run.planned = 1
	}
	return tea.Batch(c.Say(widget.Quiet, ""), func() tea.Msg { // what the run before has found is no longer true
		report, err := with.Run(ctx, func(r probe.Result) { coming <- news{result: &r} })
		coming <- news{ended: true, report: report, err: err}
		return nil
	}, s.await(c, coming))
}

// await waits for the next news. The end comes last.
func (s *Screen) await(c *frame.Ctx, coming <-chan news) tea.Cmd {
	next := func(context.Context, *desk.Desk) (news, error) { return <-coming, nil }
	return frame.Do(c, &s.probing.awaiting, next, func(c *frame.Ctx, n news, _ error) tea.Cmd {
		switch {
		case n.ended:
			return s.end(c, n.report, n.err)
		case n.result == nil:
			s.probing.begins(n.step, c.Now)
		default:
			s.take(n.result)
		}
		return tea.Batch(s.follow(c), s.await(c, coming))
	})
}

// begins notes that a step begins. The results before are those of another run once the
// faults are tried, unless only one is.
func (p *probing) begins(step probe.Step, now time.Time) {
	if p.run.step == probe.GoodFirst {
		p.run.good = now.Sub(p.run.since)
	}
	p.run.step, p.run.since = step, now
	if step == probe.EachFault && (p.number == 0 || !p.run.single) {
		p.number++
	}
}

// take takes a result, in the place of that of the run before.
func (s *Screen) take(r *probe.Result) {
	p, name := &s.probing, r.Case.Name
	now := known{Result: *r, run: p.number}
	if before, tried := p.results[name]; tried {
		if was := p.outcome(name).Text; before.Outcome != r.Outcome || before.Status != r.Status {
			now.before = was
		}
	}
	p.results[name] = now
	if r.Outcome != probe.NotMade {
		p.run.tried++
	}
	if r.Kind() == probe.KindHole {
		p.run.holes++
	}
	s.narrow()
	if e := s.detail.pane.Entry(); e != nil && e.Fault.Name == name {
		e.Probed = p.answered(name)
		s.detail.pane.Renew(e)
	}
}

// end says what a run has found.
func (s *Screen) end(c *frame.Ctx, report *probe.Report, err error) tea.Cmd {
	p := &s.probing
	p.run.cancel()
	if err != nil {
		return s.failed(c, err)
	}
	was := p.run
	p.run = run{}
	if !was.single {
		p.report = report
	}
	end := ended(report, was)
	if !was.single {
		p.ends(c.Now, end.Text)
	}
	if was.single || report.Stopped || report.NoToken == nil || !report.NoToken.Right || !report.GoodAfter.Right {
		p.run.end = end
	}
	return c.Say(end.Tone, end.Text)
}

// ended says in a sentence what a run has found. The list has the names.
func ended(report *probe.Report, was run) widget.Note {
	count := func(n int) string {
		return fmt.Sprintf("%d of %d tried, %s", n, was.planned, probe.KindHole.Count(was.holes))
	}
	controls := report.NoToken != nil && report.NoToken.Right && report.GoodAfter != nil && report.GoodAfter.Right
	switch {
	case report.Stopped:
		return widget.Note{Tone: widget.Warn, Text: "stopped: " + count(was.tried)}
	case !controls: // the list does not show the results of the valid tokens
		return widget.Note{Tone: widget.Bad, Text: report.Summary()}
	case was.single && len(report.Results) == 1:
		r := &report.Results[0]
		tone := widget.Good
		if report.Fails(r) {
			tone = widget.Bad
		}
		return widget.Note{Tone: tone, Text: r.Case.Name + " was tried again: " + r.Outcome.String()}
	case report.Right():
		return widget.Note{Tone: widget.Good, Text: found(report)}
	default:
		return widget.Note{Tone: widget.Bad, Text: found(report)}
	}
}

// found counts what a probe has found.
func found(report *probe.Report) string {
	n := report.CountKinds()
	var parts []string
	for _, kind := range probe.Kinds() {
		if n[kind] > 0 {
			parts = append(parts, kind.Count(n[kind]))
		}
	}
	return strings.Join(parts, ", ")
}

// save asks for the file to write the report of the last probe to.
func (p *probing) save(c *frame.Ctx) tea.Cmd {
	for _, form := range probe.ReportForms() {
		if form.Name() != "markdown" {
			continue
		}
		var out bytes.Buffer
		if err := form.Write(p.report, &out, ""); err != nil {
			return frame.Fail(c, err)
		}
		return dialog.Write(c, out.String(), "the report", "probe.md")
	}
	return nil
}
