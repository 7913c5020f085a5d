package old

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
	"tokendesk/internal/visible"
	"tokendesk/probe"
)

// probing is a probe of an API: what is asked before, and what came of it.
type probing struct {
	url  field
	host string // that somebody else may own, whose name is to be typed
	name field
	busy bool // the host is being looked up
	err  error

	generation int // of the run; what comes of an older one is dropped
	stop       context.CancelFunc
	coming     <-chan probe.Result
	results    map[string]probe.Result // by the name of the fault
	report     *probe.Report           // when it is over
}

// running reports whether a probe is under way.
func (p *probing) running() bool { return p.stop != nil }

// probeHostMsg says whose host a URL names, if it could be somebody else's.
type probeHostMsg struct {
	generation int
	now        time.Time
	host       string
	err        error
}

// probeResultMsg brings what came of one fault.
type probeResultMsg struct {
	generation int
	now        time.Time
	result     probe.Result
}

// probeDoneMsg brings the report, or why there is none.
type probeDoneMsg struct {
	generation int
	now        time.Time
	report     *probe.Report
	err        error
}

// openProbe asks for the URL.
func (m *Model) openProbe() tea.Cmd {
	p := &m.probe
	before := p.url.Value()
	p.url, p.host, p.err, p.busy = newField("http://localhost:8000/users/me"), "", nil, false
	p.url.SetStyles(m.styles.input())
	p.url.set(before)
	p.url.Focus()
	m.overlay = overlayProbe
	return nil
}

// enterProbe looks the host up, and begins when it is the user's.
func (m *Model) enterProbe() tea.Cmd {
	p := &m.probe
	target := probe.Target{URL: strings.TrimSpace(p.url.Value())}
	switch {
	case p.busy:
		return nil
	case target.URL == "":
		p.err = errors.New("type the URL of an API of yours")
		return nil
	case p.host != "" && !strings.EqualFold(strings.TrimSpace(p.name.Value()), p.host):
		p.err = errors.New("that is not its name, and nothing was sent: type " + visible.Text(p.host))
		return nil
	case p.host != "":
		target.AllowPublic = true
		return m.beginProbe(target)
	}
	p.busy, p.err = true, nil
	p.generation++
	generation, now := p.generation, m.cfg.Now
	return func() tea.Msg {
		host, err := target.Public(context.Background(), nil)
		return probeHostMsg{generation, now(), host, err}
	}
}

func (m *Model) onProbeHost(msg probeHostMsg) tea.Cmd {
	p := &m.probe
	if msg.generation != p.generation || m.overlay != overlayProbe {
		return nil
	}
	m.setNow(msg.now)
	p.busy, p.err = false, msg.err
	switch {
	case msg.err != nil:
		return nil
	case msg.host == "":
		return m.beginProbe(probe.Target{URL: strings.TrimSpace(p.url.Value())})
	}
	p.host, p.name = msg.host, newField("the host's name")
	p.name.SetStyles(m.styles.input())
	p.name.Focus()
	return nil
}

// beginProbe starts the run. Its results come one by one.
func (m *Model) beginProbe(target probe.Target) tea.Cmd {
	m.closeOverlay()
	return m.unlessProtected(func() tea.Cmd {
		p := &m.probe
		m.stopProbe()
		maker, err := m.desk.faultMaker(m.faultDraft(), m.now)
		if err != nil {
			return m.say(bad, err.Error())
		}
		run := &probe.Probe{Target: target, Maker: maker, Faults: m.faults.all}
		ctx, stop := context.WithCancel(context.Background())
		coming := make(chan probe.Result, len(run.Faults)) // so that the run never waits for the screen
		p.generation++
		p.stop, p.coming, p.results, p.report = stop, coming, map[string]probe.Result{}, nil
		m.faults.outcomes = map[string]string{}
		generation, now := p.generation, m.cfg.Now
		all := func() tea.Msg {
			defer close(coming)
			report, err := run.Run(ctx, func(r probe.Result) { coming <- r })
			return probeDoneMsg{generation, now(), report, err}
		}
		return tea.Batch(all, m.nextResult())
	})
}

// nextResult waits for what comes of the next fault.
func (m *Model) nextResult() tea.Cmd {
	generation, coming, now := m.probe.generation, m.probe.coming, m.cfg.Now
	return func() tea.Msg {
		result, ok := <-coming
		if !ok {
			return nil
		}
		return probeResultMsg{generation, now(), result}
	}
}

func (m *Model) onProbeResult(msg probeResultMsg) tea.Cmd {
	if msg.generation != m.probe.generation {
		return nil
	}
	m.setNow(msg.now)
	name := msg.result.Case.Fault.Name
	m.probe.results[name] = msg.result
	m.faults.outcomes[name], _ = outcomeText(msg.result)
	m.faults.narrow()
	return m.nextResult()
}

func (m *Model) onProbeDone(msg probeDoneMsg) tea.Cmd {
	p := &m.probe
	if msg.generation != p.generation {
		return nil
	}
	m.setNow(msg.now)
	p.stop, p.report = nil, msg.report
	switch {
	case msg.err != nil:
		return m.say(bad, msg.err.Error())
	case msg.report.Right():
		return m.say(good, p.found())
	case msg.report.Stopped:
		return m.say(warn, "stopped: "+p.found())
	case msg.report.NoToken.Right && msg.report.GoodAfter.Right:
		return m.say(bad, p.found())
	default: // there is more to say than the list shows
		return m.say(bad, msg.report.Summary())
	}
}

// found says what a probe that is over has found. The list has the names.
func (p *probing) found() string {
	counts := p.report.Counts()
	var parts []string
	for _, outcome := range probe.Outcomes() {
		if n := counts[outcome]; n > 0 {
			parts = append(parts, itoa(n)+" "+string(outcome))
		}
	}
	return strings.Join(parts, ", ")
}

// stopProbe ends a run that is under way; what is known by then stays.
func (m *Model) stopProbe() {
	if m.probe.running() {
		m.probe.stop()
	}
}

func (m *Model) probeActions() group {
	k := m.keys
	choose := k.Choose
	choose.SetHelp("enter", "probe it")
	return group{"Probe", []action{
		on(choose, true, m.enterProbe),
		on(k.Back, true, do(m.closeOverlay)),
	}}
}

// viewProbe draws the question for the URL, or that for the name of its host.
func (m *Model) viewProbe(l layout) ([]string, *tea.Cursor) {
	p := &m.probe
	f, title := &p.url, "Probe an API of yours"
	text, t := "a good token first, then every fault, for "+visible.Text(m.faults.subject)+"; nothing is sent to any other host", quiet
	if p.host != "" {
		f, title = &p.name, visible.Text(p.host)
		text = "it is not on this machine or in a private network: probe only what is yours, and type its name to go on"
		t = warn
	}
	switch {
	case p.busy:
		text, t = "Looking for the host…", quiet
	case p.err != nil:
		text, t = p.err.Error(), bad
	case f.note != "":
		text, t = f.note, warn
	}
	return m.ask(l, title, f, text, t)
}

// probeSummary says how far a probe has come, or what it found.
func (p *probing) probeSummary(of int) string {
	if p.report != nil && !p.running() {
		return p.found()
	}
	if !p.running() {
		return ""
	}
	holes := 0
	for _, r := range p.results {
		if r.Outcome == probe.LetIn {
			holes++
		}
	}
	return fmt.Sprintf("%d of %d tried, %d let in", len(p.results), of, holes)
}

// outcome draws what came of a fault in that many cells, or nothing.
func (m *Model) outcome(f *fault.Fault, width int) string {
	if len(m.probe.results) == 0 && !m.probe.running() {
		return ""
	}
	r, ok := m.probe.results[f.Name]
	text, t := "…", quiet
	if ok {
		text, t = outcomeText(r)
	}
	return m.styles.tone(t).Render(fit(text, width-2)) + "  "
}

// outcomeText says what came of a fault with a sign and a word.
func outcomeText(r probe.Result) (string, tone) {
	t, sign := warn, "▲ "
	switch {
	case r.Outcome == probe.NotMade:
		t, sign = quiet, "– "
	case r.Right:
		t, sign = good, "✓ "
	case r.Outcome == probe.LetIn:
		t, sign = bad, "✗ "
	}
	text := sign + string(r.Outcome)
	if r.Status != 0 {
		text += " " + itoa(r.Status)
	}
	return text, t
}

// outcomeWidth is the room for what came of a fault.
const outcomeWidth = 20
