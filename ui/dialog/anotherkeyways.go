package dialog

import (
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/ui/frame"
)

// way is a place that another key may come from.
type way struct {
	text, note string
	run        func(c *frame.Ctx) tea.Cmd
}

// waysOf returns the places that are offered for a token.
func (d *anotherKey) waysOf(c *frame.Ctx) []way {
	var all []way
	if desk.Refetches(c.Desk) {
		sets := c.Desk.Keyring().Sets(c.Now)
		note := "None were fetched yet."
		if len(sets) > 0 {
			note = strings.Join(sets, "; ") + "."
		}
		all = append(all, way{"Fetch the published keys again", note, d.fetchAgain})
	}
	set := c.Desk.Settings()
	for _, p := range set.Recognised.Published {
		if p.URL != set.JWKSURL {
			all = append(all, way{"The keys of " + p.URL, p.Name + " of " + filepath.Base(set.File) + " names it.", d.fetch(p.URL)})
		}
	}
	if url := issuerOf(d.entry, all); url != "" {
		note := "Only the token names it, and anyone could have written that. You are asked before it is fetched."
		if d.sure == url {
			note = "Connect to " + url + "? Only the token names it. Press enter again to fetch its keys."
		}
		all = append(all, way{"The keys of " + url, note, func(c *frame.Ctx) tea.Cmd {
			if d.sure != url {
				d.sure = url
				return nil
			}
			return d.fetch(url)(c)
		}})
	}
	return append(all, way{"A file …", "A key file in PEM, JWK or another form, or the .env of another project.", d.pick})
}

// IssuerURL returns the URL of the issuer that a token names if keys could be fetched from it, or
// nothing.
func IssuerURL(e *desk.Entry) string {
	iss, _ := e.Result.Innermost().Token.Claims.String("iss")
	if auth.CheckKeyURL(iss) != nil {
		return ""
	}
	return iss
}

// issuerOf is [IssuerURL] if no way leads there already.
func issuerOf(e *desk.Entry, ways []way) string {
	iss := IssuerURL(e)
	if iss == "" {
		return ""
	}
	for _, w := range ways {
		if strings.TrimSuffix(w.text, "/") == "The keys of "+strings.TrimSuffix(iss, "/") {
			return ""
		}
	}
	return iss
}

// KeyFile reports whether a file probably holds a key, by its name.
func KeyFile(name string) bool {
	if strings.HasPrefix(name, ".env") || strings.HasPrefix(name, "id_") {
		return !strings.HasSuffix(name, "/")
	}
	ends := []string{".pem", ".jwk", ".jwks", ".json", ".key", ".pub", ".crt", ".cer", ".der", ".p8", ".secret", ".env"}
	return slices.Contains(ends, strings.ToLower(filepath.Ext(name)))
}

// isURL reports whether a text is the URL of a web page.
func isURL(text string) bool {
	text = strings.TrimSpace(text)
	return (strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")) && !strings.ContainsAny(text, " \n")
}
