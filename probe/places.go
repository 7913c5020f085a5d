package probe

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"tokendesk/internal/shell"
)

// Placing is where in a request a token goes, and how it is written there.
type Placing struct {
	In Place
	// Name is the name of the header, the cookie, or the parameter in the query or the
	// form; empty is "Authorization" or "access_token".
	Name string
	// Value is the value there, with {token} in place of the token. Empty is
	// "Bearer {token}" in Authorization (RFC 6750 section 2.1), and elsewhere "{token}".
	Value string
}

// Flags returns the flags that put a token there, without those that say the default.
func (p Placing) Flags() string {
	var flags []string
	if p.In != InHeader || p.Name != authorization {
		flags = append(flags, "--in", p.In.Name(), "--name", shell.Word(p.Name))
	}
	if without := (&Target{Placing: Placing{In: p.In, Name: p.Name}}); p.Value != without.value() {
		flags = append(flags, "--value", shell.Quote(p.Value))
	}
	return strings.Join(flags, " ")
}

// usual are the places where APIs want tokens. The cookie in quotes is that of a login page
// in Python, which writes the whole header into it.
var usual = []Placing{
	{InHeader, authorization, "Bearer {token}"},
	{InCookie, accessToken, placeholder},
	{InCookie, accessToken, `"Bearer {token}"`},
	{InCookie, "token", placeholder},
	{InCookie, "jwt", placeholder},
	{InHeader, authorization, placeholder},
	{InHeader, authorization, "JWT {token}"},
	{InHeader, authorization, "Token {token}"},
	{InHeader, "X-Access-Token", placeholder},
	{InHeader, "X-Auth-Token", placeholder},
	{InQuery, accessToken, placeholder},
	{InQuery, "token", placeholder},
	{InBody, accessToken, placeholder},
}

// placing returns where the target puts a token.
func (t *Target) placing() Placing { return Placing{t.In, t.name(), t.value()} }

// notAccepted returns the error for a good token that was not accepted. It sends good tokens
// in the usual other places, once in each, until one is accepted.
func (p *Probe) notAccepted(ctx context.Context, s *sender, good *Result) error {
	failed := &NotAcceptedError{Status: good.Status, Detail: good.Detail}
	if !asksForToken(good.Status) {
		return failed
	}
	for _, place := range usual {
		if place == s.target.placing() || place.In == InBody && !slices.Contains(forms, s.target.method()) {
			continue
		}
		if !s.wait(ctx) {
			return failed
		}
		other := *s
		target := *s.target
		target.Placing = place
		other.target = &target
		if tried, err := p.good(ctx, &other); err != nil || tried == nil {
			return failed
		} else if tried.Right {
			failed.Elsewhere = &place
			return failed
		}
	}
	return failed
}

// forms are the methods of requests with a form.
var forms = []string{http.MethodPost, http.MethodPut, http.MethodPatch}

// asksForToken reports whether a status may mean that the token was not found.
func asksForToken(status int) bool {
	return slices.Contains([]int{
		http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity,
	}, status)
}
