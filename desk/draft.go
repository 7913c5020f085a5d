package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/settings"
)

// Draft says what a token should contain, as a form or flags ask for it.
type Draft struct {
	// Subject is "sub", byte for byte.
	Subject string
	// Lifetime is the text that the user typed, so that "until 18:00" means today
	// whenever a token is issued. If it is empty, the persona's applies, else that of
	// the settings.
	Lifetime string
	// Claims are added to the claims byte for byte, and Header to the header.
	Claims auth.Object
	Header auth.Object
	// Issuer and Audience replace those of the settings, and ID replaces the random
	// "jti". NotBefore is "nbf"; if it is zero there is none. IssuedAt is "iat"; if it is
	// zero that is the time of issue.
	Issuer              string
	Audience            []string
	ID                  string
	NotBefore, IssuedAt time.Time
	// Payload, unless it is nil, has claims that stay as they are, except for those that
	// the fields above set. A Lifetime also makes its "iat" fresh.
	Payload *Payload
	// Without are names of claims and header parameters that are left out. If the header
	// and the claims have the same name, header. or claims. in front of it says which.
	Without []string
	// Bytes, unless they are nil, are the payload, exactly as it is signed. Only Header,
	// Without and the key of the Persona apply to them.
	Bytes []byte
	// Persona, unless it is nil, provides everything that the other fields do not, and
	// chooses the key that signs. Its placeholders are filled for every token.
	Persona *settings.Persona
	// Shape, unless it is nil, is the shape of the token, instead of the one that the Persona
	// names. It stands below the Persona, and above the settings.
	Shape *settings.Shape
}

// DraftOf returns a draft that makes a token like an existing one: with its subject,
// its own claims and its lifetime, or the usual one if it never expires.
func DraftOf(token *auth.Token, usual time.Duration) Draft {
	d := Draft{Subject: token.Subject(), Lifetime: LifetimeText(usual)}
	if lifetime, ok := token.Lifetime(); ok && lifetime > 0 {
		d.Lifetime = LifetimeText(lifetime)
	}
	for _, m := range token.Claims {
		if !slices.Contains([]string{"sub", "iat", "exp", "jti", "nbf"}, m.Name) {
			d.Claims = append(d.Claims, m)
		}
	}
	return d
}

// For returns the subject as typed, else the persona's.
func (f *Draft) For() string {
	if f.Subject == "" && f.Persona != nil {
		return f.Persona.Subject
	}
	return f.Subject
}

// Whole reports whether the draft says who its token is about, or that it is about nobody, so
// that a token can be issued from it.
func (f *Draft) Whole() bool {
	if f.For() != "" || f.Bytes != nil || f.sets("sub") || slices.Contains(f.Without, "sub") || slices.Contains(f.Without, "claims.sub") {
		return true
	}
	shape, err := f.shape()
	return err == nil && shape != nil && !shape.NeedsSubject(nil)
}

// merged returns the persona with these claims, and without those that the issuer or the
// audience of the draft replaces. It has no lifetime if the draft has one.
func (f *Draft) merged(claims auth.Object) *settings.Persona {
	var replaced []string
	if f.Issuer != "" {
		replaced = append(replaced, "iss")
	}
	if len(f.Audience) > 0 {
		replaced = append(replaced, "aud")
	}
	own := f.Persona.Without(replaced...).With(claims)
	if f.Lifetime != "" {
		own.Lifetime = ""
	}
	return own
}

// claims returns the claims with "iat", "nbf" and "jti".
func (f *Draft) claims() auth.Object {
	claims := f.Claims
	if !f.IssuedAt.IsZero() {
		claims = claims.Set("iat", seconds(f.IssuedAt))
	}
	if !f.NotBefore.IsZero() {
		claims = claims.Set("nbf", seconds(f.NotBefore))
	}
	if f.ID != "" {
		claims = claims.Set("jti", jsontext.Quote(f.ID))
	}
	return claims
}

// LifetimeText writes a lifetime as a user would type it.
func LifetimeText(d time.Duration) string {
	short := func(d time.Duration) string { return strings.ReplaceAll(auth.FormatDuration(d), " ", "") }
	const day = 24 * time.Hour
	switch rest := d % day; {
	case d < 365*day:
		return short(d)
	case rest == 0: // FormatDuration rounds from a year on
		return strconv.Itoa(int(d/day)) + "d"
	default:
		return strconv.Itoa(int(d/day)) + "d" + short(rest)
	}
}
