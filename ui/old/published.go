package old

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/internal/visible"
)

// Published is the keys that an issuer publishes at the JWKS_URL of the settings.
type Published struct {
	Keys    []*auth.Key
	From    string // the URL of the set
	Fetched time.Time
	Problem error // why there is no newer one, if it should be newer
}

// publishedMsg brings them, or why they could not be fetched.
type publishedMsg struct {
	generation int
	now        time.Time
	published  *Published
	err        error
}

// fetchKeys returns the command that fetches the published keys, anew for a kid
// that they do not have, or nil where there are none to fetch.
func (m *Model) fetchKeys(kid string) tea.Cmd {
	url, get := m.desk.settings.JWKSURL, m.cfg.Published
	if url == "" || get == nil || m.desk.throwaway {
		return nil
	}
	m.fetches++
	generation, now := m.fetches, m.cfg.Now
	return func() tea.Msg {
		published, err := get(url, kid)
		return publishedMsg{generation, now(), published, err}
	}
}

// onPublished verifies the token of Inspect again, with those keys too.
func (m *Model) onPublished(msg publishedMsg) tea.Cmd {
	if msg.generation != m.fetches {
		return nil
	}
	m.setNow(msg.now)
	pane := &m.inspect.pane
	pane.note = note{}
	switch {
	case msg.err != nil:
		pane.note = note{bad, "the published keys were not looked at: " + msg.err.Error()}
	case msg.published.Problem != nil:
		pane.note = note{warn, "the published keys are those of an earlier time: " + msg.published.Problem.Error()}
	}
	if msg.err != nil {
		return nil
	}
	m.desk.take(msg.published)
	if e := pane.entry; e != nil && m.inspect.reading.err == nil && e.result.Key == nil {
		e.keys = nil
		m.desk.verify(e, m.now)
		pane.built = paneShape{}
	}
	return nil
}

// take verifies with the published keys too from now on.
func (d *desk) take(published *Published) {
	var own []*auth.Key
	if d.settings.Key != nil {
		own = d.settings.Verifying()
	}
	d.published = published
	d.verifier.Keys = slices.Concat(own, published.Keys)
}

// publisher returns the published keys if the key is one of them, or nil.
func (d *desk) publisher(key *auth.Key) *Published {
	if d.published != nil && slices.Contains(d.published.Keys, key) {
		return d.published
	}
	return nil
}

// origin says where the key that signed is from, when it was fetched.
func (b *rowBuilder) origin(p *Published, key *auth.Key) {
	if p == nil {
		return
	}
	b.paragraph("  ", "kid "+key.ID()+" of "+p.From, b.s.faint)
	fetched := auth.NumericDate{Seconds: p.Fetched.Unix()}
	b.rows = append(b.rows, row{b.s.faint.Render("  fetched " + visible.Text(formatMoment(p.Fetched, b.now, b.zone))), &fetched})
}
