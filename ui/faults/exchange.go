package faults

import (
	"cmp"
	"strings"
	"time"

	"tokendesk/explain"
	"tokendesk/internal/copyas"
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
			lines = d.request(e.Token.Compact, in.W)
		}
		if known, tried := d.s.probing.results[f.Name]; tried {
			title = "What was sent, and the answer"
			lines = append(lines, "")
			lines = append(lines, answer(t, &known, in.W)...)
		}
	}
	return r.Pane(t, r.Third, t.Strong.Render(title), "", lines, false)
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
			lines = append(lines, widget.Chop(t.Faint.Render(visible.Text(line)), width)...)
			continue
		}
		styled := t.Faint.Render(visible.Text(before)) + compact(t, text, len(text)*4) + t.Faint.Render(visible.Text(after))
		lines = append(lines, widget.Chop(styled, width)...)
	}
	return lines
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
		lines = append(lines, widget.Chop(t.Plain.Render(visible.Text(part)), width)...)
	}
	return lines
}
