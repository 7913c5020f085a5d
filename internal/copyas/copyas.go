// Package copyas holds the forms in which a token can be copied: the copy menu of the
// console sends them to the clipboard or to a file, and the commands print them. Its
// errors have advice, see [advice.Of].
package copyas

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/internal/shell"
	"tokendesk/internal/visible"
)

// DefaultURL is the URL of requests by default: the address at which FastAPI's own
// server listens.
const DefaultURL = "http://localhost:8000/"

// Token is a token to copy.
type Token struct {
	Compact   string    // the token itself, or a text that is not quite one
	Subject   string    // for the comment in the .http form; may be empty
	ExpiresAt time.Time // zero if the token does not expire
	Now       time.Time // for the seconds that are left
	Request   Request
}

// Request is how an API takes a token, as settings or flags say it.
type Request struct {
	URL    string // empty is DefaultURL
	Cookie Cookie
}

// Of returns the token to copy for a token that was issued or read.
func Of(token *auth.Token, now time.Time, request Request) Token {
	out := Token{Compact: token.Compact, Subject: token.Subject(), Now: now, Request: request}
	if exp, ok := token.Date("exp"); ok {
		out.ExpiresAt, _ = exp.Time()
	}
	return out
}

// Form is one way to write a token. [Forms] returns them.
type Form struct {
	name, title, about, extension string

	holds  content
	render func(Token) (string, error)
}

// content says what a form holds, which decides what is checked before it is rendered.
type content int

const (
	anyText      content = iota
	oneLine              // a header or a command: no control characters
	sending              // likewise, with the URL of the request
	sendingASCII         // likewise, for a client that changes other characters in a header
)

// Name returns the name of the form in flags. It never changes.
func (f Form) Name() string { return f.name }

// Title returns the name of the form in menus.
func (f Form) Title() string { return f.title }

// About says what the form is for, in one line.
func (f Form) About() string { return f.about }

// Extension returns how the name of a file in this form ends, without the dot.
func (f Form) Extension() string { return f.extension }

// Render writes t in this form, without a line feed at the end. It contains the token
// byte for byte. It is an error if the form cannot hold the text unchanged; the form
// "token" can hold any text.
func (f Form) Render(t Token) (string, error) {
	if err := checkText(t.Compact); f.holds != anyText && err != nil {
		return "", err
	}
	t.Request.URL = cmp.Or(t.Request.URL, DefaultURL)
	if err := CheckURL(t.Request.URL); f.Sends() && err != nil {
		return "", err
	}
	if strings.ContainsFunc(t.Compact, func(r rune) bool { return r > unicode.MaxASCII }) && f.holds == sendingASCII {
		return "", advice.New("the text has characters outside ASCII, which "+f.title+" does not send as they are", "copy it as curl instead")
	}
	return f.render(t)
}

// Sends reports whether the form is a request to a URL.
func (f Form) Sends() bool { return f.holds == sending || f.holds == sendingASCII }

// Forms returns all forms, in the order of the menu.
func Forms() []Form {
	return []Form{
		{"token", "Token", "the token alone", "txt", anyText, compact},
		{"header", "Authorization header", "a line for the headers of a request", "txt", oneLine, header},
		{"cookie", "Cookie header", "a header with the cookie in API_COOKIE", "txt", oneLine, cookieHeader},
		{"curl", "curl", "a request for the shell", "sh", sending, curl},
		{"httpie", "HTTPie", "a request for the shell, HTTPie 3 or later", "sh", sending, httpie},
		{"powershell", "PowerShell", "a request with Invoke-RestMethod", "ps1", sendingASCII, powershell},
		{"fetch", "JavaScript fetch", "for browsers, Node.js, Deno and Bun", "js", sendingASCII, fetch},
		{"requests", "Python requests", "a script that prints the answer", "py", sendingASCII, requests},
		{"http", ".http request", "for VS Code REST Client and JetBrains", "http", sending, request},
		{"env", "Shell export", "sets the variable TOKEN in a shell", "sh", oneLine, env},
		{"json", "JSON", "a token endpoint's response, as Postman reads it", "json", anyText, response},
	}
}

func compact(t Token) (string, error) { return t.Compact, nil }

const authorization = "Authorization: Bearer "

func header(t Token) (string, error) { return authorization + t.Compact, nil }

func curl(t Token) (string, error) {
	return "curl -H " + shell.Quote(authorization+t.Compact) + " " + shell.URL(t.Request.URL), nil
}

// httpie passes the token as an option, since HTTPie would interpret backslashes in a
// header item. Options may precede the URL. In a script, HTTPie would send its standard
// input as the body of a POST.
func httpie(t Token) (string, error) {
	return "http --ignore-stdin --auth-type=bearer --auth=" + shell.Quote(t.Compact) + " " + shell.URL(t.Request.URL), nil
}

// request writes a request as both editors read it: a title after ###, the request
// line, the headers.
func request(t Token) (string, error) {
	if strings.Contains(t.Compact+t.Request.URL, "{{") {
		return "", advice.New("the text contains {{, which an .http file reads as a variable", "copy it as curl instead")
	}
	title := "###"
	if t.Subject != "" {
		title += " " + visible.Text(t.Subject)
	}
	if !t.ExpiresAt.IsZero() {
		title += " until " + t.ExpiresAt.UTC().Format(time.RFC3339)
	}
	return title + "\nGET " + t.Request.URL + "\n" + authorization + t.Compact, nil
}

func env(t Token) (string, error) { return "export TOKEN=" + shell.Quote(t.Compact), nil }

// response writes the successful response of RFC 6749 section 5.1. An expired token
// has 0 seconds left, never a negative number.
func response(t Token) (string, error) {
	if !utf8.ValidString(t.Compact) {
		return "", advice.New("the text is not valid UTF-8, as JSON requires", "copy it as token instead")
	}
	answer := struct {
		AccessToken string `json:"access_token"`
		TokenType   string `json:"token_type"`
		ExpiresIn   *int64 `json:"expires_in,omitempty"`
	}{AccessToken: t.Compact, TokenType: "bearer"}
	if !t.ExpiresAt.IsZero() {
		// In Unix seconds, because a time.Duration ends at 292 years. Only whole
		// seconds count.
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

// CheckURL refuses a URL to which no request can be sent.
func CheckURL(target string) error {
	u, err := url.Parse(target)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" ||
		strings.ContainsFunc(target, unicode.IsSpace) || checkText(target) != nil {
		return advice.New(fmt.Sprintf("%q is not an http or https URL", target), "use one such as "+DefaultURL)
	}
	return nil
}

// checkText refuses text that a header cannot hold or that a terminal would act on
// when it is pasted. A token never contains it, but a malformed one can.
func checkText(s string) error {
	if !utf8.ValidString(s) {
		return advice.New("the text is not valid UTF-8", "copy it as token instead")
	}
	if strings.ContainsFunc(s, unicode.IsControl) {
		return advice.New("the text contains a line break or another control character, which a header cannot hold",
			"copy it as token or json instead")
	}
	return nil
}
