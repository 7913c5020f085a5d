package old

import (
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/fault"
)

// faultsScreen is the catalogue of faults, and the one that is open.
type faultsScreen struct {
	all        []fault.Fault
	list       []fault.Fault     // what the filter leaves
	impossible map[string]string // why a fault cannot be made
	outcomes   map[string]string // what a probe found out, in words
	subject    string            // whom the tokens are for
	filter     field
	filtering  bool
	cursor     int // in the list
	offset     int // the first line that is seen
	pane       pane
	opened     bool
	generation int // of what was asked for; an answer to an older question is dropped
}

func newFaultsScreen() faultsScreen {
	f := faultsScreen{filter: newField("name, group, what is wrong, or let in")}
	f.filter.Prompt = "/ "
	return f
}

// faultMsg brings the token of a fault.
type faultMsg struct {
	generation int
	now        time.Time
	entry      *entry
	copied     bool // it goes to the clipboard
	err        error
}

// nobody is the subject of faulty tokens as long as the form names none.
const nobody = "test-user"

// faultDraft is what faulty tokens hold besides their fault: what the form says,
// when a token could be issued from it.
func (m *Model) faultDraft() draft {
	if d, _, err := m.issue.check(&m.desk, m.now); err == nil {
		return d
	}
	return draft{subject: nobody, lifetime: lifetimeText(m.desk.settings.Lifetime)}
}

// faultMaker makes the tokens for a draft.
func (d *desk) faultMaker(from draft, now time.Time) (fault.Maker, error) {
	lifetime, err := d.lifetime(from.lifetime, now)
	if err != nil {
		return fault.Maker{}, err
	}
	issuer, request, err := d.request(from, lifetime, now)
	return fault.Maker{Issuer: &issuer, Request: request}, err
}

// listFaults looks again at which faults can be made.
func (m *Model) listFaults() {
	f := &m.faults
	if f.all == nil {
		f.all = fault.Catalogue()
	}
	from := m.faultDraft()
	f.subject, f.impossible = from.subject, map[string]string{}
	maker, err := m.desk.faultMaker(from, m.now)
	for _, each := range f.all {
		reason := ""
		if err != nil {
			reason = err.Error()
		} else {
			reason = maker.Impossible(each)
		}
		if reason != "" {
			f.impossible[each.Name] = reason
		}
	}
	f.narrow()
}

// narrow shows the faults that hold what is typed.
func (f *faultsScreen) narrow() {
	selected := f.selected()
	wanted := strings.ToLower(strings.TrimSpace(f.filter.Value()))
	f.list = nil
	for _, each := range f.all {
		text := strings.ToLower(strings.Join([]string{each.Name, string(each.Group), each.Wrong, each.Source, f.outcomes[each.Name]}, "\n"))
		if strings.Contains(text, wanted) {
			f.list = append(f.list, each)
		}
	}
	f.cursor = 0
	if selected != nil {
		f.cursor = max(0, slices.IndexFunc(f.list, func(each fault.Fault) bool { return each.Name == selected.Name }))
	}
}

// selected returns the fault that the cursor stands on, or nil.
func (f *faultsScreen) selected() *fault.Fault {
	if f.cursor >= len(f.list) {
		return nil
	}
	return &f.list[f.cursor]
}

func (f *faultsScreen) move(step int) {
	f.cursor = max(0, min(f.cursor+step, len(f.list)-1))
}

// makeFault makes the token of the selected fault, to be shown or to be copied.
func (m *Model) makeFault(copied bool) tea.Cmd {
	f := &m.faults
	chosen := f.selected()
	if chosen == nil {
		return nil
	}
	if reason := f.impossible[chosen.Name]; reason != "" {
		return m.say(bad, (&fault.ImpossibleError{Fault: chosen.Name, Reason: reason}).Error())
	}
	made := *chosen
	return m.unlessProtected(func() tea.Cmd {
		f.generation++
		return m.desk.makeFault(made, m.faultDraft(), f.generation, copied)
	})
}

// makeFault returns the command that makes the token of a fault.
func (d *desk) makeFault(made fault.Fault, from draft, generation int, copied bool) tea.Cmd {
	d.issued++
	here := *d
	return func() tea.Msg {
		now := here.issuer.Now()
		msg := faultMsg{generation: generation, now: now, copied: copied}
		if here.guarded() { // whoever calls this is to ask first
			msg.err = errors.New("the profile is protected, and its name was not typed")
			return msg
		}
		var maker fault.Maker
		if maker, msg.err = here.faultMaker(from, now); msg.err != nil {
			return msg
		}
		var text string
		if text, msg.err = maker.Make(made); msg.err != nil {
			return msg
		}
		var verifier *auth.Verifier
		if verifier, msg.err = maker.Verifier(); msg.err != nil {
			return msg
		}
		msg.entry = &entry{token: &auth.Token{Compact: text}, fault: &made, verifier: verifier}
		here.verify(msg.entry, now)
		return msg
	}
}

// onFault shows the token of a fault, or sends it to the clipboard.
func (m *Model) onFault(msg faultMsg) tea.Cmd {
	f := &m.faults
	if msg.generation != f.generation {
		return nil
	}
	m.setNow(msg.now)
	switch {
	case msg.err != nil:
		return m.say(bad, msg.err.Error())
	case msg.copied && msg.entry.token.Compact == "":
		return m.say(quiet, "the token of this fault is empty: there is nothing to copy")
	case msg.copied:
		return m.send(msg.entry.token.Compact, "the token with the fault "+msg.entry.fault.Name)
	}
	if r, ok := m.probe.results[msg.entry.fault.Name]; ok {
		msg.entry.probed, _ = outcomeText(r)
	}
	f.pane.show(msg.entry)
	f.opened = true
	return nil
}

func (m *Model) faultsActions() group {
	k, f := m.keys, &m.faults
	by := func(n int) func() tea.Cmd { return do(func() { f.move(n) }) }
	if f.filtering {
		return m.filterActions(func() { f.filtering = false; f.filter.Blur() }, f.clearFilter, by)
	}
	some := len(f.list) > 0
	return group{"Faults", append([]action{
		on(k.Open, some, func() tea.Cmd { return m.makeFault(false) }),
		on(k.Clear, f.filter.Value() != "", do(f.clearFilter)),
		on(k.Filter, true, do(func() { f.filtering = true; f.filter.Focus() })),
		on(k.Probe, !m.probe.running(), m.openProbe),
		on(k.Stop, m.probe.running(), do(m.stopProbe)),
		on(k.Copy, some, func() tea.Cmd { return m.makeFault(true) }),
	}, m.listActions(some, len(f.list), by)...)}
}

func (f *faultsScreen) clearFilter() {
	f.filtering = false
	f.filter.Blur()
	f.filter.set("")
	f.narrow()
}
