package faults

import (
	"strings"

	"charm.land/lipgloss/v2"

	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/widget"
)

// token draws the token of the selected fault in a rectangle, or what is known of the
// fault while there is no token.
func (d painter) token(at widget.Rect) []string {
	pane := &d.s.detail.pane
	if pane.Entry() == nil {
		return d.card(at)
	}
	title, sign := pane.Title(d.c, "Fault · "+pane.Entry().Fault.Name)
	return d.s.places.room.Pane(d.t, at, title, sign, pane.View(d.c), d.s.detail.opened)
}

// card draws what is known of the selected fault in a rectangle.
func (d painter) card(at widget.Rect) []string {
	t, f, in := d.t, d.s.catalogue.selected(), d.s.places.room.Inner(at)
	title := "Fault"
	var lines []string
	if f != nil {
		title += " · " + f.Name
		lines = d.facts(f, in)
	}
	return d.s.places.room.Pane(t, at, t.Strong.Render(title), "", lines, false)
}

// facts draws what is wrong with a token, what an API must do about it and what the probed
// one did, and the token itself. In a low rectangle, what has no room is cut.
func (d painter) facts(f *fault.Fault, in widget.Rect) []string {
	t := d.t
	var said []sentence
	styles := []lipgloss.Style{t.Bad.Bold(true), t.Plain, t.Faint, t.Plain, t.Faint}
	for i, line := range explain.Fault(*f).Lines() {
		line.Code = ""
		said = append(said, sentence{styles[i], []string{"✗ ", "  "}[min(i, 1)], line.String()})
	}
	if came := d.s.probing.answered(f.Name); came.Text != "" {
		came.Label = "the probed API"
		said = append(said, sentence{t.Tone(came.Tone), came.Tone.Sign() + " ", came.String()})
	}
	text, tone := d.without(f)
	last := d.s.detail.of(f)
	if last == nil || text != "" {
		said = append(said, sentence{t.Tone(tone), tone.Sign() + " ", text})
		return spend(said, in.W, in.H)
	}
	return append(spend(said, in.W, in.H-1), "  "+compact(t, last.Token.Compact, in.W-2))
}

// sentence is one of a card.
type sentence struct {
	style      lipgloss.Style
	sign, text string
}

// spend draws sentences in at most that many lines: each gets one, and the first ones get
// what they need of the rest.
func spend(said []sentence, width, height int) []string {
	spare := height - len(said)
	var lines []string
	for _, part := range said {
		text := visible.Text(part.text)
		wrapped := widget.Wrap(text, width-len("  "))
		room := 1 + max(0, spare)
		if len(wrapped) > room {
			rest := strings.Join(wrapped[room-1:], " ")
			wrapped = append(wrapped[:room-1], widget.Clip(rest, width-len("  ")))
		}
		spare -= len(wrapped) - 1
		sign := part.sign
		for _, line := range wrapped {
			lines = append(lines, part.style.Render(sign+line))
			sign = "  "
		}
	}
	return lines
}

// without says why there is no token of a fault, or nothing if there is one.
func (d painter) without(f *fault.Fault) (string, widget.Tone) {
	if reason := d.s.catalogue.impossible[f.Name]; reason != "" {
		return "the token cannot be made: " + reason, widget.Warn
	}
	if e := d.s.detail.of(f); e != nil {
		if e.Token.Compact == "" {
			return "the token is an empty text", widget.Quiet
		}
		return "", widget.Quiet
	}
	if d.c.Desk.Ready() != nil {
		return "enter makes the token, and asks for what that needs first", widget.Quiet
	}
	return "the token is being made", widget.Quiet
}

// compact draws a token in a line, each part in its colour.
func compact(t *widget.Theme, text string, width int) string {
	var line strings.Builder
	for i, part := range strings.SplitAfter(visible.Text(text), ".") {
		line.WriteString(partStyle(t, i).Render(part))
	}
	return widget.Clip(line.String(), width)
}

// partStyle returns the style of a part of a token.
func partStyle(t *widget.Theme, i int) lipgloss.Style {
	styles := []lipgloss.Style{t.Header, t.Payload, t.Signature}
	return styles[min(i, len(styles)-1)]
}
