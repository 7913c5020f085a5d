package cli

import (
	"github.com/spf13/cobra"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/copyas"
	"tokendesk/internal/visible"
)

// copyFlags is the flags for the form in which a single token is printed.
type copyFlags struct {
	outputFlag[copyas.Form]
	url         string
	name, value string // of the cookie
}

func newCopyFlags() copyFlags {
	return copyFlags{outputFlag: outputFlag[copyas.Form]{name: "token", forms: copyas.Forms()}}
}

func (c *copyFlags) flags(cmd *cobra.Command) {
	c.outputFlag.flags(cmd)
	cmd.Flags().StringVar(&c.url, "url", "", "the URL for the forms that are requests, instead of API_URL")
	cmd.Flags().StringVar(&c.name, "name", "", "the name of the cookie, instead of that in API_COOKIE")
	cmd.Flags().StringVar(&c.value, "value", "", "the value of the cookie, such as 'Bearer {token}', instead of that in API_COOKIE")
}

// print prints a token of the desk in a form.
func (c *copyFlags) print(p Program, form copyas.Form, d *desk.Desk, token copyas.Token) error {
	set := d.Settings()
	token.Request = set.Request
	if c.url != "" {
		token.Request.URL = c.url
	} else if err := checkSetURL(form, token.Request.URL); err != nil {
		return misconfigured(err)
	}
	if c.name != "" {
		token.Request.Cookie.Name = c.name
	}
	if c.value != "" {
		token.Request.Cookie.Value = c.value
	}
	text, err := form.Render(token)
	if err != nil {
		return invalid(err)
	}
	return p.write(visible.Block(text))
}

// checkSetURL returns why a form cannot send to the URL in API_URL, or nil.
func checkSetURL(form copyas.Form, url string) error {
	if url == "" || !form.Sends() {
		return nil
	}
	return explain.At("API_URL", copyas.CheckURL(url))
}
