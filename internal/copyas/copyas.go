// Package copyas holds the forms in which a token leaves the desk: what the
// copy menu of the console sends to the clipboard or to a file, and what the
// commands print.
package copyas

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
	"tokendesk/internal/oneof"
	"tokendesk/internal/shell"
	"tokendesk/internal/visible"
)

// DefaultURL is where the requests go when a token names no URL: the address at
// which FastAPI's own server listens.
const DefaultURL = "http://localhost:8000/"

// Token is a token on its way out.
type Token struct {
	Compact   string    // the token itself, or what was taken for one
	Subject   string    // for the comment of the .http form, may be empty
	ExpiresAt time.Time // zero when the token does not expire
	Now       time.Time // what the seconds that are left are counted from
	URL       string    // where to send requests, DefaultURL when empty
}

// Of returns a token that was issued or read, on its way out. The URL may be empty.
func Of(token *auth.Token, now time.Time, target string) Token {
	out := Token{Compact: token.Compact, Subject: token.Subject(), Now: now, URL: target}
	if exp, ok := token.Date("exp"); ok {
		out.ExpiresAt, _ = exp.Time()
	}
	return out
}

// Form is one way to write a token. [Forms] and [ByName] return the ones there
// are.
type Form struct {
	name, title, about string
	extension          string // of a file that holds it

	render func(Token) (string, error)
}

// Name returns the word for the form in flags. It never changes.
func (f Form) Name() string { return f.name }

// Title returns the name of the form in menus.
func (f Form) Title() string { return f.title }

// About returns what the form is for, in one line.
func (f Form) About() string { return f.about }

// Extension returns the extension of a file that holds the form, without the dot.
func (f Form) Extension() string { return f.extension }

// Render writes t in this form, without a line feed at the end. The token is in
// it byte for byte. A text that the form cannot carry unharmed is an error; the
// form token carries any.
func (f Form) Render(t Token) (string, error) { return f.render(t) }

// Forms returns all forms in the order of the menu.
func Forms() []Form {
	return []Form{
		{"token", "Token", "the token alone", "txt", compact},
		{"header", "Authorization header", "a line to paste among the headers of a request", "txt", header},
		{"curl", "curl", "a request for the shell", "sh", curl},
		{"httpie", "HTTPie", "a request for the shell, HTTPie 3 or later", "sh", httpie},
		{"http", ".http request", "for VS Code REST Client and JetBrains", "http", request},
		{"env", "Shell export", "the variable TOKEN for the lines that follow", "sh", env},
		{"json", "JSON", "the answer of an OAuth 2.0 token endpoint, as Postman reads it", "json", response},
	}
}

// ByName returns the form with the given name. The error lists the names.
func ByName(name string) (Form, error) {
	form, err := oneof.ByName("form", Forms(), name)
	if err != nil {
		return Form{}, fmt.Errorf("there is no form %q: use one of %s", name, strings.Join(oneof.Names(Forms()), ", "))
	}
	return form, nil
}

func compact(t Token) (string, error) { return t.Compact, nil }

func header(t Token) (string, error) {
	if err := checkText(t.Compact); err != nil {
		return "", err
	}
	return "Authorization: Bearer " + t.Compact, nil
}

func curl(t Token) (string, error) {
	authorization, err := header(t)
	if err != nil {
		return "", err
	}
	target, err := t.target()
	if err != nil {
		return "", err
	}
	return "curl -H " + shell.Quote(authorization) + " " + shell.URL(target), nil
}

// httpie hands the token over as an option, not as a header item, in which
// HTTPie would read backslashes. Options may stand before the URL.
func httpie(t Token) (string, error) {
	if err := checkText(t.Compact); err != nil {
		return "", err
	}
	target, err := t.target()
	if err != nil {
		return "", err
	}
	return "http --auth-type=bearer --auth=" + shell.Quote(t.Compact) + " " + shell.URL(target), nil
}

// request is a request as both editors read it: a title after ###, the request
// line, the headers.
func request(t Token) (string, error) {
	authorization, err := header(t)
	if err != nil {
		return "", err
	}
	target, err := t.target()
	if err != nil {
		return "", err
	}
	if strings.Contains(t.Compact+target, "{{") {
		return "", errors.New("the text holds {{, which an .http file reads as a variable: copy it as curl instead")
	}
	title := "###"
	if t.Subject != "" {
		title += " " + visible.Text(t.Subject)
	}
	if !t.ExpiresAt.IsZero() {
		title += " until " + t.ExpiresAt.UTC().Format(time.RFC3339)
	}
	return title + "\nGET " + target + "\n" + authorization, nil
}

func env(t Token) (string, error) {
	if err := checkText(t.Compact); err != nil {
		return "", err
	}
	return "export TOKEN=" + shell.Quote(t.Compact), nil
}

// response is the successful answer of RFC 6749, section 5.1. An expired token
// has no seconds left, never a negative number of them.
func response(t Token) (string, error) {
	if !utf8.ValidString(t.Compact) {
		return "", errors.New("the text is not valid UTF-8, which JSON cannot hold: copy it as token instead")
	}
	answer := struct {
		AccessToken string `json:"access_token"`
		TokenType   string `json:"token_type"`
		ExpiresIn   *int64 `json:"expires_in,omitempty"`
	}{AccessToken: t.Compact, TokenType: "bearer"}
	if !t.ExpiresAt.IsZero() {
		// Unix seconds, because a time.Duration ends at 292 years. A part of
		// a second that has begun is no longer left.
		left := t.ExpiresAt.Unix() - t.Now.Unix()
		if t.Now.Nanosecond() > t.ExpiresAt.Nanosecond() {
			left--
		}
		answer.ExpiresIn = new(max(0, left))
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(answer); err != nil {
		return "", err
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

// target returns the URL to send a request to.
func (t Token) target() (string, error) {
	if t.URL == "" {
		return DefaultURL, nil
	}
	u, err := url.Parse(t.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" ||
		strings.ContainsFunc(t.URL, unicode.IsSpace) || checkText(t.URL) != nil {
		return "", fmt.Errorf("%q is no URL to send a request to: use one like %s", t.URL, DefaultURL)
	}
	return t.URL, nil
}

// checkText refuses what no header may hold and what a terminal would act on
// when it is pasted: a token never has it, a malformed one can.
func checkText(s string) error {
	if !utf8.ValidString(s) {
		return errors.New("the text is not valid UTF-8: copy it as token instead")
	}
	if strings.ContainsFunc(s, unicode.IsControl) {
		return errors.New("the text holds a line break or another control character, which ends a header: copy it as token or json instead")
	}
	return nil
}
