package issue

import (
	"strings"
	"time"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/claims"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// subjectNote says what is wrong with the subject while the user types it.
func subjectNote(f *form, look formLook) widget.Note {
	value := f.subject.Value()
	switch err := f.checkSubject(); {
	case look.refused != nil:
		return frame.Fault(look.refused)
	case f.exact:
		return widget.Note{}
	case value == "" && err == nil && aboutNobody(f):
		return widget.Note{Text: "tokens of " + visible.Text(explain.Shape(f.like).Maker()) + " have no sub"}
	case value == "" && err == nil:
		return widget.Note{Text: "the claims decide about it"}
	case value == "" && !f.tried:
		return widget.Note{Text: "an email address or a user name"}
	case err != nil:
		return frame.Fault(err)
	case strings.Contains(value, "{{"):
		return widget.Note{Text: "filled in for every token"}
	case strings.Contains(value, "@"):
		return widget.Note{Text: "an email address"}
	default:
		return widget.Note{Text: "a user name"}
	}
}

// lifetimeNote says until when a token issued now would be good, or what is wrong.
func lifetimeNote(f *form, c *frame.Ctx, look formLook) widget.Note {
	if f.exact {
		return widget.Note{}
	}
	if f.lifetime.Value() == "" && endless(f) {
		return widget.Note{Text: "tokens of " + visible.Text(explain.Shape(f.like).Maker()) + " do not expire"}
	}
	d, err := c.Desk.Lifetime(f.lifetime.Value(), c.Now)
	if err != nil {
		return frame.Fault(err)
	}
	if f.claims.Last.Claims.Index("exp") >= 0 {
		return widget.Note{Text: "the exp in the claims wins"}
	}
	expiry := c.Now.Truncate(time.Second).Add(d)
	if !look.expiry.IsZero() {
		expiry = look.expiry.In(expiry.Location())
	}
	clock := explain.Clock{Now: c.Now, Zone: c.Env.Zone(c.Now), Brief: true}
	text := "until " + clock.Moment(expiry)
	if _, offset := expiry.Zone(); offset != 0 && !c.Env.Local { // "until 18:00" is a local time
		text += " (" + expiry.Format("15:04 MST") + ")"
	}
	return widget.Note{Text: text}
}

// claimsNote says what is wrong with the claims, or why issuing failed.
func claimsNote(f *form, width int) widget.Note {
	switch {
	case f.err != nil:
		return frame.Fault(f.err)
	case f.exact:
		return widget.Note{Text: "signed exactly as it stands here"}
	}
	note := f.claims.Note()
	switch {
	case note.Tone != widget.Quiet || widget.Width(note.Text) <= width-labelWidth:
		return note
	case f.claims.AsJSON:
		return widget.Note{Text: `such as {"role": "admin"}`}
	}
	return widget.Note{Text: claims.RowHint}
}

// headerNote says what is wrong with the header, or how to write it.
func headerNote(f *form) widget.Note {
	if f.header.Err != nil || f.at(headerField) {
		return f.header.Note()
	}
	return widget.Note{}
}

// headerLine returns the header of a preview on one line.
func headerLine(p desk.Preview) string {
	parts := make([]string, 0, len(p.Header))
	for _, m := range p.Header {
		value := string(m.Value)
		if text, ok := p.Header.String(m.Name); ok {
			value = text
		}
		parts = append(parts, m.Name+" "+value)
	}
	return visible.Text(strings.Join(parts, " · "))
}
