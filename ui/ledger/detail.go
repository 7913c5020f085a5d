package ledger

import (
	"strings"

	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ledger"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// fact is a line about the selected row, with a label before it.
type fact struct{ label, text string }

// factsOf says who issued a row, when, with what and with which key.
func factsOf(c *frame.Ctx, r *ledger.Row) []fact {
	what := map[ledger.Event]string{
		ledger.Issued: "issued", ledger.Batch: "issued", ledger.Removed: "removed from the board", ledger.Labelled: "labelled",
	}[r.Event]
	by := ""
	if r.Person != "" {
		by = " by " + r.Person
	}
	all := []fact{{what, explain.Clock{Now: c.Now, Zone: c.Env.Zone(c.Now), Brief: true}.Moment(r.When) + " · " +
		explain.Age(r.When, c.Now) + " ago" + by}}
	add := func(label string, texts ...string) {
		texts = compact(texts)
		if len(texts) > 0 {
			all = append(all, fact{label, strings.Join(texts, " · ")})
		}
	}
	add("with", faceText(r.Face), prefixed("persona ", r.Persona), r.Settings)
	add("key", prefixed("profile ", r.Profile), r.Algorithm, r.Fingerprint, prefixed("kid ", r.KeyID))
	if r.Event == ledger.Batch {
		add("batch", phrase.Count(r.Count, "token", "tokens"), r.Pattern)
	}
	add("label", r.Label)
	add("not kept", withheldText(r.Withheld))
	return all
}

// faceText says what issued a token.
func faceText(face string) string {
	switch face {
	case "":
		return ""
	case ledger.FaceConsole:
		return "the console"
	case ledger.FacePlain:
		return "the plain mode"
	default:
		return "tokendesk " + face
	}
}

// withheldText says why the claims of a row were not kept.
func withheldText(w ledger.Withheld) string {
	switch w {
	case ledger.WithheldSetting:
		return "the claims, because of LEDGER_CLAIMS=off"
	case ledger.WithheldProtected:
		return "the claims, because the profile is protected"
	case ledger.WithheldSecret:
		return "the claims, because they may hold a secret or a token"
	case ledger.WithheldSize:
		return "the claims, because they are too large"
	default:
		return ""
	}
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// compact returns the texts that are not empty.
func compact(texts []string) []string {
	var all []string
	for _, text := range texts {
		if text != "" {
			all = append(all, text)
		}
	}
	return all
}

// facts draws what the ledger knows of the selected row besides its token, below it.
func (d painter) facts(width int) []string {
	if d.s.row() == nil || d.s.room.Second.H < 16 {
		return nil
	}
	t := d.c.Env.Theme
	lines := []string{"", t.Faint.Render("Ledger")}
	if d.s.entry() == nil { // of a batch there is nothing else
		lines = []string{""}
	}
	for _, f := range factsOf(d.c, &d.s.row().Row) {
		line := t.Faint.Render(widget.Fit(f.label, max(9, widget.Width(f.label)+1))) + t.Plain.Render(visible.Text(f.text))
		lines = append(lines, widget.Fit(line, width))
	}
	return lines
}

// summary draws the selected row in six lines.
func (d painter) summary() []string {
	t, r := d.c.Env.Theme, d.s.room
	row, in := d.s.row(), r.Inner(r.Second)
	if row == nil {
		return r.Pane(t, r.Second, t.Faint.Render("nothing is selected"), "", nil, false)
	}
	sign := ""
	if d.s.entry() != nil {
		sign = token.SignLeft(t, explain.StatusOf(&d.s.entry().Result, d.c.Now))
	}
	title := t.Strong.Render(widget.Clip(d.subject(), max(8, in.W-widget.Width(sign)-6)))
	var lines []string
	if again := frame.Again(d.c, d.s.entry()); again.Text != "" {
		lines = t.Sentence(frame.Note(again), in.W, 2)
	}
	for _, f := range factsOf(d.c, &row.Row) {
		line := t.Faint.Render(widget.Fit(f.label, max(9, widget.Width(f.label)+1))) + t.Plain.Render(visible.Text(f.text))
		lines = append(lines, widget.Fit(line, in.W))
	}
	if len(row.Payload) > 0 {
		lines = append(lines, widget.Fit(t.Faint.Render(widget.Fit("claims", 9))+t.Str.Render(visible.Text(string(row.Payload))), in.W))
	}
	return r.Pane(t, r.Second, title, sign, lines, false)
}
