package edit

import (
	"encoding/json"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// timeOf says what the date in a line of the document means, in at most that many cells:
// "expires 14:35:12 UTC, in 30m", or less. It is empty for a line without a date.
func timeOf(c *frame.Ctx, line string, room int) string {
	m, ok := memberOf(line)
	if !ok || !auth.IsDate(m.Name) {
		return ""
	}
	if settings.HasPlaceholder(m.Value) {
		filled, err := settings.Fill(auth.Object{m}, settings.Fresh{Now: c.Now, N: 1, Preview: true})
		if err != nil {
			return ""
		}
		m = filled[0]
	}
	return dateNote(c, m, room)
}

// dateNote says what the date in a claim means, in at most that many cells.
func dateNote(c *frame.Ctx, m auth.Member, room int) string {
	for _, note := range explain.DateNotes(m, explain.Clock{Now: c.Now, Zone: c.Env.Zone(c.Now), Brief: true}) {
		if widget.Width(note) <= room {
			return note
		}
	}
	return ""
}

// memberOf returns the member that a line holds whole.
func memberOf(line string) (auth.Member, bool) {
	name, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), ","))
	text, ok := jsontext.Unquote([]byte(strings.TrimSpace(name)))
	return auth.Member{Name: text, Value: json.RawMessage(value)}, ok && json.Valid([]byte(value))
}
