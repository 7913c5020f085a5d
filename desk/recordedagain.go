package desk

import (
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// Again returns the draft that issues a fresh token like that of a row: with its subject, its
// lifetime, its own claims, and its persona if there is still one of that name.
func Again(d *Desk, row ledger.Row) Draft {
	personas, _ := d.Personas() // without them the draft has none
	return again(d, &row, personas)
}

func again(d *Desk, row *ledger.Row, personas []*settings.Persona) Draft {
	header, claims := headerOf(row), claimsOf(row)
	if row.Payload != nil {
		var err error
		if claims, err = jsontext.ParseObject(row.Payload); err != nil {
			return Draft{Bytes: slices.Clone(row.Payload), Header: ownParameters(header)}
		}
	}
	from := Draft{Subject: row.Subject, Lifetime: lifetimeOf(claims, d), Header: ownParameters(header)}
	if row.Profile == d.settings.Profile {
		from.Issuer, from.Audience = otherThan(d.settings, row)
	}
	if row.Persona != "" {
		from.Persona = settings.FindPersona(personas, row.Persona)
	}
	for _, m := range claims {
		if !slices.Contains(registered, m.Name) && !gives(from.Persona, m) {
			from.Claims = append(from.Claims, m)
		}
	}
	if row.Payload != nil {
		from.Without = leftOut(header, claims)
	}
	return from
}

// registered are the claims of RFC 7519 section 4.1, which a fresh token has values of its own
// for.
var registered = []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"}

// gives reports whether a persona gives a token the claim, so that the draft need not: with the
// same value, or with one that is fresh in each token.
func gives(p *settings.Persona, claim auth.Member) bool {
	return p != nil && slices.ContainsFunc(p.Claims, func(m auth.Member) bool {
		return m.Name == claim.Name && (settings.HasPlaceholder(m.Value) || string(m.Value) == string(claim.Value))
	})
}

// otherThan returns the issuer and the audience of a row where they are not those of the
// settings.
func otherThan(set *settings.Settings, row *ledger.Row) (issuer string, audience []string) {
	if row.Issuer != set.Issuer {
		issuer = row.Issuer
	}
	if !slices.Equal(row.Audience, set.Audience) {
		audience = row.Audience
	}
	return issuer, audience
}

// lifetimeOf returns the lifetime of a token as a user would type it, the usual one, or nothing
// for a token that never expires.
func lifetimeOf(claims auth.Object, d *Desk) string {
	if lifetime, ok := (&auth.Token{Claims: claims}).Lifetime(); ok && lifetime > 0 {
		return LifetimeText(lifetime)
	}
	if claims.Index("exp") < 0 {
		return ""
	}
	return LifetimeText(d.settings.Lifetime)
}

// ownParameters returns the header parameters that no issuer sets by itself.
func ownParameters(header auth.Object) auth.Object {
	own := header.Without("alg").Without("kid")
	if typ, _ := own.String("typ"); typ == "JWT" {
		own = own.Without("typ")
	}
	return own
}

// leftOut returns what a token does not have and an issuer would add.
func leftOut(header, claims auth.Object) (without []string) {
	for _, name := range []string{"sub", "iat", "exp", "jti"} {
		if claims.Index(name) < 0 {
			without = append(without, "claims."+name)
		}
	}
	if header.Index("typ") < 0 {
		without = append(without, "header.typ")
	}
	return without
}
