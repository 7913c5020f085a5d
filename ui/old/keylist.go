package old

import (
	"bytes"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/internal/visible"
)

// keyList shows what each key of the run is, and gives its public half away.
type keyList struct {
	cursor int
	scroll int // of what is said about the key
}

// openKeys shows the keys, and fetches the published ones.
func (m *Model) openKeys() tea.Cmd {
	m.keyList = keyList{}
	m.overlay = overlayKeys
	return m.fetchKeys("")
}

// selectedKey returns the key that the cursor stands on, or nil.
func (m *Model) selectedKey() *auth.Key {
	if keys := m.desk.verifier.Keys; m.keyList.cursor < len(keys) {
		return keys[m.keyList.cursor]
	}
	return nil
}

func (m *Model) keyActions() group {
	k, list, keys := m.keys, &m.keyList, m.desk.verifier.Keys
	key := m.selectedKey()
	public := key != nil && key.Public() != nil
	k.Down.SetKeys("down")     // j copies
	k.PageDown.SetHelp("", "") // what is drawn says whether there is more
	k.PageUp.SetHelp("", "")
	move := func(step int) func() tea.Cmd {
		return do(func() { *list = keyList{cursor: (list.cursor + step + len(keys)) % len(keys)} })
	}
	return group{"Signing keys", []action{
		on(k.CopyJWK, public, func() tea.Cmd { return m.copyKey(key, auth.FormatJWK, "the public key as JWK") }),
		on(k.CopyPEM, public, func() tea.Cmd { return m.copyKey(key, auth.FormatPEM, "the public key as PEM") }),
		on(k.Thumbprint, public, func() tea.Cmd { return m.copyThumbprint(key) }),
		on(k.CopySet, len(keys) > 1, m.copyKeySet),
		on(k.Back, true, do(m.closeOverlay)),
		on(k.Up, len(keys) > 1, move(-1)),
		on(k.Down, len(keys) > 1, move(1)),
		on(k.PageDown, true, do(func() { list.scroll += 3 })),
		on(k.PageUp, true, do(func() { list.scroll -= 3 })),
	}}
}

// copyKey sends the public half of a key to the clipboard.
func (m *Model) copyKey(key *auth.Key, format auth.KeyFormat, what string) tea.Cmd {
	text, err := key.EncodePublic(format)
	if err != nil {
		return m.say(bad, err.Error())
	}
	return m.send(string(text), what)
}

func (m *Model) copyThumbprint(key *auth.Key) tea.Cmd {
	text, err := auth.Thumbprint(key.Public())
	if err != nil {
		return m.say(bad, err.Error())
	}
	return m.send(text, "the thumbprint")
}

// copyKeySet sends every public half to the clipboard, as an API reads them (RFC
// 7517 section 5).
func (m *Model) copyKeySet() tea.Cmd {
	var all [][]byte
	for _, key := range m.desk.verifier.Keys {
		if text, err := key.EncodePublic(auth.FormatJWK); err == nil { // a secret has none
			all = append(all, text)
		}
	}
	return m.send(`{"keys":[`+string(bytes.Join(all, []byte(",")))+`]}`, "the JWK set of "+plural(len(all), "public key", "public keys"))
}

// viewKeys draws the keys, and below them what is to be known about the selected
// one. Where there is no room for all of them there is that one alone.
func (m *Model) viewKeys(l layout) []string {
	s, list, keys := m.styles, &m.keyList, m.desk.verifier.Keys
	width := min(l.body.w, 76)
	inner, room := width-4, l.body.h-2
	facts := m.keyFacts(m.selectedKey(), inner)
	title, right := "Signing keys", ""
	var lines []string
	if n := min(len(keys), room-len(facts)-1); len(keys) > 1 && n > 1 {
		first := scrollTo(0, list.cursor, n, len(keys))
		for i, key := range keys[first : first+n] {
			lines = append(lines, m.keyLine(key, first+i == list.cursor, inner))
		}
		lines = append(lines, "")
	}
	if len(keys) > 1 {
		title, right = "Signing key "+itoa(list.cursor+1)+" of "+itoa(len(keys)), s.faint.Render("↑/↓")
	}
	room -= len(lines)
	list.scroll = max(0, min(list.scroll, len(facts)-room))
	end := min(len(facts), list.scroll+room)
	if end < len(facts) || list.scroll > 0 {
		right = s.faint.Render("pgup/pgdn")
	}
	lines = append(lines, facts[list.scroll:end]...)
	return box(s.borderFocus, s.strong.Render(title), right, lines, width, len(lines)+2)
}

// keyLine draws a key among the others.
func (m *Model) keyLine(key *auth.Key, selected bool, width int) string {
	s := m.styles
	sign, style := "  ", s.plain
	if selected {
		sign, style = s.accent.Render("▌ "), s.selected
	}
	state := ""
	if key == m.desk.key() && key.CanSign() {
		state = s.good.Render("signs")
	}
	line := sign + style.Render(fit(string(key.Algorithm()), 6)+" "+key.Fingerprint()) + "  " + s.faint.Render(visible.Text(key.ID()))
	return spread(fit(line, min(textWidth(line), width-textWidth(state)-1)), state, width)
}

// keyFacts draws what is to be known about a key.
func (m *Model) keyFacts(key *auth.Key, width int) []string {
	if key == nil {
		return nil
	}
	const names = 13
	var lines []string
	add := func(name, text string) {
		for i, line := range wrap(visible.Text(text), width-names) {
			if i > 0 {
				name = ""
			}
			lines = append(lines, m.styles.faint.Render(fit(name, names))+m.styles.plain.Render(line))
		}
	}
	use := "verifying alone: the private key is elsewhere"
	switch {
	case key == m.desk.key() && key.CanSign():
		use = "signing and verifying"
	case key.CanSign():
		use = "verifying, and signing for personas that name it"
	}
	origin := m.desk.settings.KeySource
	if m.desk.throwaway {
		origin = thisRun
	}
	if p := m.desk.publisher(key); p != nil {
		origin = p.From + ", fetched " + formatMoment(p.Fetched, m.now, m.zone()) + ", " + distance(auth.NumericDate{Seconds: p.Fetched.Unix()}, m.now)
	}
	kind := "public key"
	switch {
	case key.Public() == nil:
		kind = "HMAC secret"
	case key.CanSign():
		kind = "private key"
	}
	add("key", kind+" of "+itoa(key.Bits())+" bits")
	add("algorithm", string(key.Algorithm())+", "+key.Algorithm().Description())
	add("used for", use)
	add("fingerprint", key.Fingerprint())
	if key.ID() != "" {
		add("kid", key.ID())
	}
	if key.Public() != nil {
		if thumbprint, err := auth.Thumbprint(key.Public()); err == nil {
			add("thumbprint", thumbprint)
		}
	}
	add("from", origin)
	if weakness := key.Weakness(); weakness != nil {
		lines = append(lines, m.styles.sentence(bad, "weak: "+weakness.Error(), width, 0)...)
	}
	if key.Public() == nil {
		lines = append(lines, m.styles.sentence(quiet, auth.ErrNoPublicKey.Error(), width, 0)...)
	}
	return lines
}
