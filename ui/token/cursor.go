package token

import (
	"encoding/base64"
	"encoding/json"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
)

// copyValue copies the value under the cursor: a text without its quotes, anything else as
// the JSON that it is.
func (p *Pane) copyValue(c *frame.Ctx) tea.Cmd {
	r := p.sheet.current()
	switch r.kind {
	case compactRow:
		return frame.Copy(c, r.copied, "the token")
	case partRow:
		return frame.Copy(c, string(jsonOf(r.inside)), "the "+r.label)
	case memberRow:
	}
	text, isText := jsontext.Unquote(r.member.Raw)
	if !isText {
		text = string(r.member.Raw)
	}
	return frame.Copy(c, text, "the value of "+visible.Text(phrase.Excerpt(r.member.Name)))
}

// jsonOf returns members as the JSON object that they are in.
func jsonOf(all []explain.Member) []byte {
	object := make(auth.Object, len(all))
	for i := range all {
		object[i] = auth.Member{Name: all[i].Name, Value: all[i].Raw}
	}
	text, err := object.MarshalJSON()
	if err != nil {
		return nil
	}
	return text
}

// innermost returns the report on the token that has the claims.
func (s *shown) innermost() *explain.Report {
	r := s.report
	for r.Inner != nil {
		r = r.Inner
	}
	return r
}

// copyClaims copies the claims as JSON, exactly as they are in the token.
func (p *Pane) copyClaims(c *frame.Ctx) tea.Cmd {
	r := p.shown.innermost()
	text := []byte(r.Token.PayloadSegment) // the claims themselves with b64 (RFC 7797)
	if decoded, err := base64.RawURLEncoding.DecodeString(r.Token.PayloadSegment); err == nil {
		text = decoded
	}
	if !json.Valid(text) {
		text = jsonOf(r.Claims)
	}
	return frame.Copy(c, string(text), "the claims as JSON")
}
