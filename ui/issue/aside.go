package issue

import "tokendesk/ui/frame"

var _ frame.Aside = (*Screen)(nil)

// AsideActions returns the actions of the token while the form has the focus.
func (s *Screen) AsideActions(c *frame.Ctx) []frame.Group {
	if s.form.away || s.pane.Entry() == nil {
		return nil
	}
	return s.pane.Actions(c)
}
