package faults

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
	"tokendesk/desk"
	"tokendesk/probe"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// probing is a probe of an API: its run and its results.
type probing struct {
	how     probe.Probe // without the URL, the maker and the faults
	url     string      // that the user typed last
	cancel  context.CancelFunc
	results map[string]probe.Result // by the name of the fault
	report  *probe.Report           // when it is over

	preparing, run, awaiting frame.Job
}

// running reports whether a probe is running.
func (p *probing) running() bool { return p.cancel != nil }

// stop ends a run and keeps its results.
func (p *probing) stop() {
	if p.running() {
		p.cancel()
	}
}

// askTarget asks for the URL.
func (s *Screen) askTarget(c *frame.Ctx) tea.Cmd {
	return dialog.Probe(c, s.probing.how.Target, s.catalogue.subject, &s.probing.url, s.begin)
}

// begin prepares the run against a target.
func (s *Screen) begin(c *frame.Ctx, target probe.Target) tea.Cmd {
	from := draft(c)
	prepare := func(ctx context.Context, d *desk.Desk) (fault.Maker, error) { return d.Faults(from).Maker(ctx) }
	return frame.Do(c, &s.probing.preparing, prepare, func(c *frame.Ctx, maker fault.Maker, err error) tea.Cmd {
		if err != nil {
			return frame.Fail(c, err)
		}
		run := s.probing.how
		run.Target, run.Maker, run.Faults = target, maker, s.catalogue.all
		return s.run(c, &run)
	})
}

// run starts the run. Its results come one by one.
func (s *Screen) run(c *frame.Ctx, run *probe.Probe) tea.Cmd {
	p := &s.probing
	p.stop()
	ctx, cancel := context.WithCancel(c.Env.Context())
	coming := make(chan probe.Result, len(run.Faults)) // the run never waits for the screen
	p.cancel, p.results, p.report = cancel, map[string]probe.Result{}, nil
	all := func(context.Context, *desk.Desk) (*probe.Report, error) {
		defer close(coming)
		return run.Run(ctx, func(r probe.Result) { coming <- r })
	}
	return tea.Batch(frame.Do(c, &p.run, all, p.end), s.await(c, coming))
}

// await waits for the next result.
func (s *Screen) await(c *frame.Ctx, coming <-chan probe.Result) tea.Cmd {
	p := &s.probing
	next := func(context.Context, *desk.Desk) (*probe.Result, error) {
		result, ok := <-coming
		if !ok {
			return nil, nil
		}
		return &result, nil
	}
	return frame.Do(c, &p.awaiting, next, func(c *frame.Ctx, result *probe.Result, _ error) tea.Cmd {
		if result == nil {
			return nil
		}
		p.results[result.Case.Name] = *result
		s.narrow()
		return s.await(c, coming)
	})
}

// end says what a run has found.
func (p *probing) end(c *frame.Ctx, report *probe.Report, err error) tea.Cmd {
	p.cancel()
	p.cancel, p.report = nil, report
	switch {
	case err != nil:
		return frame.Fail(c, err)
	case report.Right():
		return c.Say(widget.Good, found(report))
	case report.Stopped:
		return c.Say(widget.Warn, stopped(report))
	case report.NoToken.Right && report.GoodAfter.Right:
		return c.Say(widget.Bad, found(report))
	default: // the list does not show the results of the valid tokens
		return c.Say(widget.Bad, report.Summary())
	}
}

// found counts the outcomes of a probe. The list has the names.
func found(report *probe.Report) string {
	counts := report.Counts()
	var parts []string
	for _, outcome := range probe.Outcomes() {
		if n := counts[outcome]; n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+outcome.String())
		}
	}
	return strings.Join(parts, ", ")
}

// stopped says how far a probe came that was stopped, and what it found.
func stopped(report *probe.Report) string {
	text := fmt.Sprintf("stopped after %d of %d faults", len(report.Results), report.Planned)
	if counts := found(report); counts != "" {
		return text + ": " + counts
	}
	return text
}

// summary says how far a probe of that many faults has come, or what it found.
func (p *probing) summary(of int) string {
	switch {
	case !p.running() && p.report != nil:
		return found(p.report)
	case !p.running():
		return ""
	}
	holes := 0
	for _, r := range p.results {
		if r.Outcome == probe.Accepted {
			holes++
		}
	}
	return fmt.Sprintf("%d of %d tried, %d accepted", len(p.results), of, holes)
}
