// Package copyas writes a token in the forms in which it is used elsewhere: in
// a header, on a command line, in a request file. The console's menu and the
// commands share it.
package copyas

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// defaultURL stands in the forms that need one. It comes last, where it is easy
// to change.
const defaultURL = "http://localhost:8000/"

// Token is what a form is made from.
type Token struct {
	Compact   string
	Subject   string
	IssuedAt  time.Time // zero without an "iat"
	ExpiresAt time.Time // zero without an "exp"
	Now       time.Time // for "expires_in"
	URL       string    // empty is http://localhost:8000/
}

// Form is one way to write a token.
type Form struct {
	name, title, help string
	render            func(Token) (string, error)
}

// Name returns the form's name as a flag's value.
func (f Form) Name() string { return f.name }

// Title returns the form's name in a menu.
func (f Form) Title() string { return f.title }

// Help returns what the form is for, in a few words.
func (f Form) Help() string { return f.help }

// Render returns the token in this form, without a line break at its end. It
// fails for a text with line breaks or other control characters, which no form
// could carry.
func (f Form) Render(t Token) (string, error) {
	if strings.ContainsFunc(t.Compact+t.URL, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }) {
		return "", errors.New("the text holds control characters, so it is copied in no form: it is not a token")
	}
	if t.URL == "" {
		t.URL = defaultURL
	}
	return f.render(t)
}

// Forms returns every form, in the order of the menu.
func Forms() []Form {
	return []Form{
		{"token", "Token", "nothing but the token", func(t Token) (string, error) { return t.Compact, nil }},
		{"header", "Authorization header", "for an HTTP client", func(t Token) (string, error) { return header(t), nil }},
		{"curl", "curl", "a command", func(t Token) (string, error) {
			return "curl -H " + quote(header(t)) + " " + quote(t.URL), nil
		}},
		{"httpie", "HTTPie", "a command", func(t Token) (string, error) {
			return "http GET " + quote(t.URL) + " " + quote("Authorization:Bearer "+t.Compact), nil
		}},
		{"http", ".http request", "VS Code, JetBrains", func(t Token) (string, error) {
			return "GET " + t.URL + "\n" + header(t) + "\n", nil
		}},
		{"env", "Shell export", "TOKEN in a shell", func(t Token) (string, error) {
			return "export TOKEN=" + quote(t.Compact), nil
		}},
		{"json", "JSON", "an OAuth 2.0 response", response},
	}
}

// ByName returns the form of that name. The error lists the names.
func ByName(name string) (Form, error) {
	var names []string
	for _, form := range Forms() {
		if form.name == name {
			return form, nil
		}
		names = append(names, form.name)
	}
	return Form{}, fmt.Errorf("unknown form: use one of %s", strings.Join(names, ", "))
}

// header is the request header of RFC 6750 section 2.1.
func header(t Token) string { return "Authorization: Bearer " + t.Compact }

// response is an access token response (RFC 6749 section 5.1), as FastAPI and
// others send it.
func response(t Token) (string, error) {
	body := struct {
		AccessToken string `json:"access_token"`
		TokenType   string `json:"token_type"`
		ExpiresIn   *int64 `json:"expires_in,omitempty"`
	}{t.Compact, "bearer", nil}
	if !t.ExpiresAt.IsZero() {
		seconds := max(0, int64(t.ExpiresAt.Sub(t.Now)/time.Second))
		body.ExpiresIn = &seconds
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(body); err != nil {
		return "", fmt.Errorf("write the token as JSON: %w", err)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

// quote makes a text one word of a POSIX shell: between single quotes nothing
// has a meaning but the single quote itself.
func quote(s string) string {
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
