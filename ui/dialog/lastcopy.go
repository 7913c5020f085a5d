package dialog

import (
	"slices"

	"tokendesk/auth"
	"tokendesk/internal/copyas"
	"tokendesk/ui/frame"
)

// LastCopy returns what the form that was chosen last makes of a token, for people: with
// the ends of the token only. It returns the title of the form too.
func LastCopy(c *frame.Ctx, t *auth.Token) (title, text string, err error) {
	forms := copyas.Forms()
	last := slices.IndexFunc(forms, func(f copyas.Form) bool { return f.Name() == c.Env.Copying.Form })
	form, token := forms[max(0, last)], copyas.Of(t, c.Now, c.Env.Copying.Request(c.Desk))
	token.Compact = shortened(token.Compact)
	text, err = form.Render(token)
	return form.Title(), text, err
}
