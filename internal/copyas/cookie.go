package copyas

import (
	"cmp"
	"strings"
	"unicode"

	"tokendesk/auth/advice"
)

// Cookie is the cookie in which an API takes a token. The zero value is
// access_token={token}.
type Cookie struct {
	Name  string // empty is access_token
	Value string // has {token} where the token goes; empty is {token} alone
}

// Placeholder stands for the token in the value of a [Cookie].
const Placeholder = "{token}"

const defaultCookie = "access_token"

// ParseCookie reads a cookie such as access_token="Bearer {token}".
func ParseCookie(text string) (Cookie, error) {
	name, value, found := strings.Cut(text, "=")
	c := Cookie{strings.TrimSpace(name), strings.TrimSpace(value)}
	if !found || c.Name == "" || c.Value == "" {
		return Cookie{}, advice.New("the cookie has no name or no value", `write it as access_token={token} or access_token="Bearer {token}"`)
	}
	return c, c.Check()
}

// Check returns why the cookie cannot be sent, or nil.
func (c Cookie) Check() error {
	const signs = "!#$%&'*+-.^_`|~" // besides letters and digits (RFC 9110 section 5.6.2)
	strange := func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(signs, r)
	}
	switch {
	case strings.ContainsFunc(c.Name, strange):
		return advice.New("the name of the cookie has a character that no cookie can have", "use letters, digits, - and _")
	case c.Value != "" && strings.Count(c.Value, Placeholder) != 1:
		return advice.New("the value of the cookie does not have "+Placeholder+" once", `write it as {token} or "Bearer {token}"`)
	}
	return checkCookieText(c.Value)
}

// cookieHeader writes a line for the headers of a request. Spaces and quotes in the
// value stay as the project has them, although RFC 6265 section 4.1.1 allows no spaces.
func cookieHeader(t Token) (string, error) {
	c := t.Request.Cookie
	if err := c.Check(); err != nil {
		return "", err
	}
	if err := checkCookieText(t.Compact); err != nil {
		return "", err
	}
	value := strings.Replace(cmp.Or(c.Value, Placeholder), Placeholder, t.Compact, 1)
	return "Cookie: " + cmp.Or(c.Name, defaultCookie) + "=" + value, nil
}

// checkCookieText refuses a text that would end a cookie or the header.
func checkCookieText(text string) error {
	if strings.Contains(text, ";") {
		return advice.New("the text has a ;, which ends a cookie", "copy it as header or token instead")
	}
	return checkText(text)
}
