package old

import (
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/settings"
)

// draft is what the form held when a token was issued, so that it can be issued
// again. The lifetime is kept as it was typed: "until 18:00" means today.
type draft struct {
	subject  string
	lifetime string
	claims   auth.Object
	// persona, unless it is nil, fills the placeholders in the subject and the
	// claims for every token, and says what signs.
	persona *settings.Persona
}

// entry is one token on the desk: what it is, and what was said about it.
type entry struct {
	token  *auth.Token
	result auth.Result
	state  auth.State // when the result was made
	draft  draft
	label  string

	keys    []*auth.Key // what it is verified with
	profile string      // whose keys they are

	publisher *Published // where the key that signed was fetched, or nil

	fault  *fault.Fault // that the token has, or nil
	probed string       // what an API made of it
	// verifier, unless it is nil, is what the token is verified with.
	verifier *auth.Verifier
}

// key returns the fingerprint of the key that signed the token, or nothing.
func (e *entry) key() string {
	if e.result.Key == nil {
		return ""
	}
	return e.result.Key.Fingerprint()
}

// persona returns the name of the persona that the token is of, or nothing.
func (e *entry) persona() string {
	if e.draft.persona == nil {
		return ""
	}
	return e.draft.persona.Name
}

// pane shows one token: its status, its parts, its claims and what is odd about
// it, scrolled as far as needed.
type pane struct {
	entry  *entry
	peeled []string // what was around the token in the text it came from
	others int      // how many more tokens that text held
	whole  bool     // a long token is shown whole
	stale  bool     // the token is no longer what is typed beside it
	// foldable says that the token is long enough to be folded.
	foldable bool
	note     note // about the keys that it is verified with
	scroll   int
	rows     []row
	built    paneShape
}

// paneShape is what the rows were built for.
type paneShape struct {
	entry        *entry
	state        auth.State
	width, day   int // today's date is left out of its moments
	local, whole bool
	dark, stale  bool
	note         note
}

// row is one line of the pane. A date's distance from now is put in when the
// line is drawn, so that the rows need not be built every second.
type row struct {
	text string
	date *auth.NumericDate
}

// show puts a token into the pane.
func (p *pane) show(e *entry) {
	*p = pane{entry: e}
}

// arrange builds the rows again when anything they depend on has changed.
func (p *pane) arrange(m *Model, width int) {
	if p.entry == nil || width <= 0 {
		return
	}
	shape := paneShape{p.entry, p.entry.state, width, m.now.In(m.zone()).YearDay(), m.local, p.whole, m.dark, p.stale, p.note}
	if shape == p.built {
		return
	}
	p.rows, p.foldable = tokenRows(p, m.styles, m.now, m.zone(), width)
	p.built = shape
}

// view returns the visible lines: status and bar stay on top.
func (p *pane) view(m *Model, width, height int) []string {
	if p.entry == nil || height <= 0 {
		return nil
	}
	lines := p.head(m, width)
	room := height - len(lines)
	p.scroll = max(0, min(p.scroll, len(p.rows)-room))
	end := min(len(p.rows), p.scroll+room)
	for _, r := range p.rows[p.scroll:end] {
		lines = append(lines, r.draw(m, width))
	}
	if end < len(p.rows) && room > 1 {
		more := m.styles.faint.Render(plural(len(p.rows)-end+1, "more line", "more lines") + " ↓")
		lines[len(lines)-1] = spread("", more, width)
	}
	return lines
}

// head returns the line with bar and countdown. Without a border, which has the
// sign otherwise, the sign stands before them.
func (p *pane) head(m *Model, width int) []string {
	lead := ""
	if m.height < roomyHeight {
		_, lead = m.paneTitle(p, "")
	}
	if p.entry.token.Claims == nil || p.stale {
		if lead == "" {
			return nil
		}
		return []string{lead}
	}
	if lead != "" {
		lead += "  "
		width -= textWidth(lead)
	}
	return []string{lead + m.styles.statusLine(p.entry, p.entry.token.Status(m.now), width)}
}

func (r row) draw(m *Model, width int) string {
	if r.date == nil {
		return r.text
	}
	left := width - textWidth(r.text) - 2
	ago := distance(*r.date, m.now)
	if left < len(ago) {
		return r.text
	}
	return r.text + ", " + m.styles.plain.Render(ago)
}

// distance says how far a moment is from now: "in 29m 41s" or "19s ago".
func distance(d auth.NumericDate, now time.Time) string {
	away := d.Sub(now)
	if away > 0 {
		return "in " + auth.FormatDuration((away + time.Second - 1).Truncate(time.Second))
	}
	return auth.FormatDuration((-away).Truncate(time.Second)) + " ago"
}

// scrollBy moves the visible part; view keeps it inside.
func (p *pane) scrollBy(lines int) { p.scroll = max(0, p.scroll+lines) }

// expiresSoon reports whether an active token is near its end: in its last
// tenth, or its last minute.
func expiresSoon(s auth.Status) bool {
	return s.State == auth.StateActive && (s.Portion <= 0.1 || s.Left <= time.Minute)
}

// verified reports whether a key vouches for the entry's claims, so that its
// times can be believed. A verdict about the times alone does not matter here.
func (e *entry) verified() bool {
	switch e.result.Verdict {
	case auth.VerdictValid, auth.VerdictExpired, auth.VerdictNotYetValid:
		return e.result.Key != nil
	default:
		return false
	}
}

// sign returns where the token stands as a sign and a word, coloured. A token
// that is not verified is never called active.
func (s styles) sign(e *entry, status auth.Status) string {
	switch {
	case !e.verified():
		return s.bad.Render("✗ " + e.result.Verdict.String())
	case e.result.Verdict == auth.VerdictNotYetValid: // also for an "iat" to come
		return s.warn.Render("○ not yet valid")
	case expiresSoon(status):
		return s.warn.Render("▲ expires soon")
	case status.State == auth.StateActive:
		return s.good.Render("● active")
	case status.State == auth.StateExpired:
		return s.bad.Render("✗ expired")
	case status.State == auth.StateNotYetValid:
		return s.warn.Render("○ not yet valid")
	default:
		return s.warn.Render("∞ no expiry")
	}
}

// barStyle is the colour of what is left of a token's life.
func (s styles) barStyle(e *entry, status auth.Status) lipgloss.Style {
	switch {
	case !e.verified():
		return s.faint
	case expiresSoon(status):
		return s.warn
	default:
		return s.good
	}
}

// statusLine draws the bar and the countdown.
func (s styles) statusLine(e *entry, status auth.Status, width int) string {
	text := status.String()
	style := s.strong
	switch {
	case expiresSoon(status):
		text, style = "▲ "+text, s.warn.Bold(true)
	case status.State == auth.StateExpired:
		style = s.bad.Bold(true)
	}
	room := width - textWidth(text) - 2
	if room < 4 || status.State == auth.StateNoExpiry {
		return spread("", style.Render(text), width)
	}
	return bar(status.Portion, room, s.barStyle(e, status), s.border) + "  " + style.Render(text)
}

// draftOf makes a draft from a token that was not issued here: its subject, its
// own claims and as long a life.
func draftOf(token *auth.Token, fallback time.Duration) draft {
	d := draft{subject: token.Subject(), lifetime: lifetimeText(fallback)}
	if lifetime, ok := token.Lifetime(); ok && lifetime > 0 {
		d.lifetime = lifetimeText(lifetime)
	}
	for _, m := range token.Claims {
		switch m.Name {
		case "sub", "iat", "exp", "jti", "nbf":
		default:
			d.claims = append(d.claims, m)
		}
	}
	return d
}

// lifetimeText writes a lifetime as it is typed.
func lifetimeText(d time.Duration) string {
	if d >= 365*24*time.Hour { // FormatDuration rounds from a year on
		days := d / (24 * time.Hour)
		rest := d % (24 * time.Hour)
		text := auth.FormatDuration(rest)
		if rest == 0 {
			text = ""
		}
		return itoa(int(days)) + "d" + strings.ReplaceAll(text, " ", "")
	}
	return strings.ReplaceAll(auth.FormatDuration(d), " ", "")
}
