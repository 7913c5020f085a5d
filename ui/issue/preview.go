package issue

import (
	"slices"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/ui/frame"
)

// preview is what the form would issue now.
type preview struct {
	desk.Preview

	report *explain.Report
	err    error // why there is none
	of     sketched
}

// sketched is everything that a preview depends on.
type sketched struct {
	typed  typed
	desk   *desk.Desk
	second int64
}

// update makes the preview again if anything has changed, and reports whether it has.
func (p *preview) update(c *frame.Ctx, f *form) bool {
	now := sketched{f.typed(), c.Desk, c.Now.Unix()}
	if p.of == now {
		return false
	}
	p.of = now
	p.Preview, p.err = sketch(c.Desk.At(c.Now), f)
	if p.err == nil {
		p.report = explain.Preview(p.Header, p.Claims, p.From, c.Now)
	}
	return true
}

// sketch previews the form. What cannot be used yet, while the user types it, is left out.
func sketch(d *desk.Desk, f *form) (desk.Preview, error) {
	content := f.content()
	wrong := checkLifetime(f, d, d.Now())
	if wrong != nil {
		content.Lifetime = ""
	}
	draft, err := content.Draft()
	if err != nil { // a placeholder in the subject is not whole
		content.Subject = ""
		if draft, err = content.Draft(); err != nil {
			return desk.Preview{}, err
		}
	}
	p, err := d.Preview(draft)
	if wrong != nil && content.Claims.Index("exp") < 0 { // it would be that of the settings
		p.Claims = slices.DeleteFunc(p.Claims, func(m auth.Member) bool { return m.Name == "exp" })
	}
	return p, err
}

// about says what the form was filled from.
func about(f *form) string {
	inShape := ""
	if f.like != nil {
		inShape = "shape " + f.like.Name
	}
	if f.persona == nil {
		return inShape
	}
	if inShape != "" {
		inShape = " · " + inShape
	}
	text := "persona " + f.persona.Name
	unchanged := f.subject.Value() == f.persona.Subject && !f.exact && f.header.Text.Value() == "" && len(f.claims.Last.Without) == 0 &&
		f.claims.Last.Claims.Indent() == f.persona.Claims.Indent()
	if !unchanged || f.persona.Lifetime != "" && f.lifetime.Value() != f.persona.Lifetime {
		text += ", changed"
	}
	return text + inShape
}
