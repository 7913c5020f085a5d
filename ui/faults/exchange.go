package faults

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"tokendesk/explain"
	"tokendesk/internal/copyas"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// exchange draws the request with the token of the selected fault, and what the probed
// API answered to it.
func (d painter) exchange() []string {
	r := d.s.places.room
	if r.Third.W == 0 {
		return nil
	}
	t, in := d.t, r.Inner(r.Third)
	title := "What a probe sends"
	f := d.s.catalogue.selected()
	var lines []string
	if f != nil {
		if e := d.s.detail.of(f); e != nil {
			lines = shorten(t, d.request(e.Token.Compact, in.W), in.H/2)
		}
		if known, tried := d.s.probing.results[f.Name]; tried {
			title = "What was sent, and the answer"
			lines = append(lines, "")
			lines = append(lines, answer(t, &known, in.W)...)
		}
	}
	return r.Pane(t, r.Third, t.Strong.Render(title), "", lines, false)
}

// shorten leaves lines in the middle out, so that at most that many are left.
func shorten(t *widget.Theme, lines []string, most int) []string {
	const last = 2
	left := len(lines) - most
	if left <= 0 || most <= last {
		return lines
	}
	more := t.Faint.Render(phrase.Count(left+1, "line more", "lines more"))
	return slices.Concat(lines[:most-last-1], []string{more}, lines[len(lines)-last:])
}

// request draws the request with a token, the token in the colours of its parts.
func (d painter) request(text string, width int) []string {
	t := d.t
	target := d.s.probing.how.Target
	target.URL = cmp.Or(d.s.probing.target.URL, d.s.probing.url, d.c.Env.Copying.Request(d.c.Desk).URL, copyas.DefaultURL)
	request, err := target.Lines(text)
	if err != nil {
		return t.Sentence(frame.Fault(err), width, 0)
	}
	var lines []string
	for _, line := range request {
		before, after, found := strings.Cut(line, text)
		if !found || text == "" {
			lines = append(lines, chop(width, piece{t.Faint, line})...)
			continue
		}
		pieces := []piece{{t.Faint, before}}
		for i, part := range strings.SplitAfter(text, ".") {
			pieces = append(pieces, piece{partStyle(t, i), part})
		}
		lines = append(lines, chop(width, append(pieces, piece{t.Faint, after})...)...)
	}
	return lines
}

// piece is a text in one style.
type piece struct {
	style lipgloss.Style
	text  string
}

// chop draws pieces behind each other in lines of that width.
func chop(width int, pieces ...piece) []string {
	var lines []string
	var line strings.Builder
	room := width
	for _, r := range pieces {
		for text := visible.Text(r.text); text != ""; {
			part := widget.Cut(text, room)
			if part == "" {
				lines = append(lines, line.String())
				line.Reset()
				room = width
				continue
			}
			line.WriteString(r.style.Render(part))
			room -= widget.Width(part)
			text = text[len(part):]
		}
	}
	return append(lines, line.String())
}

// answer draws what the API answered.
func answer(t *widget.Theme, r *known, width int) []string {
	whole := r.Result
	whole.Body = "" // it stands below
	line := explain.Answer(whole)
	if r.Status != 0 {
		line.Text += " after " + r.Took.Round(r.Took/100+1).Round(10*time.Microsecond).String()
	}
	lines := t.Sentence(frame.Note(line), width, 0)
	if r.before != "" {
		lines = append(lines, t.Sentence(widget.Note{Tone: widget.Warn, Text: r.before + " in the run before"}, width, 0)...)
	}
	body := strings.TrimSpace(r.Body)
	if body == "" {
		return lines
	}
	lines = append(lines, "")
	for part := range strings.SplitSeq(body, "\n") {
		lines = append(lines, chop(width, piece{t.Plain, part})...)
	}
	return lines
}
