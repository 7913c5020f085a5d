package desk

import (
	"path/filepath"

	"tokendesk/auth"
	"tokendesk/settings"
)

// Where a claim can come from.
const (
	theForm    = "the form"
	thePayload = "the payload"
	theKey     = "the key"
	theMoment  = "when it is issued"
	byDefault  = "default"
	atRandom   = "random"
)

// provenance says of the claims of a token of the draft where they come from.
func (d *Desk) provenance(from *Draft, claims auth.Object) map[string]string {
	origins := make(map[string]string, len(claims))
	for _, m := range claims {
		origins[m.Name] = d.claimFrom(from, m.Name)
	}
	return origins
}

// claimFrom says where a claim comes from.
func (d *Desk) claimFrom(from *Draft, name string) string {
	switch {
	case from.Bytes != nil || from.claims().Index(name) >= 0:
		return theForm
	case name == "sub" && from.Subject != "", name == "iss" && from.Issuer != "", name == "aud" && len(from.Audience) > 0:
		return theForm
	case from.Payload != nil && from.Payload.Claims.Index(name) >= 0 && (from.Lifetime == "" || name != "iat" && name != "exp"):
		return thePayload
	}
	if p := from.Persona; p != nil {
		if origin, has := p.ClaimOrigin(name); has {
			return personaPart(origin)
		}
		if name == "sub" && p.Subject != "" {
			return personaPart(p.SubjectOrigin())
		}
	}
	return d.addedFrom(from, name)
}

// personaPart says where a part of a persona comes from that a form may have changed.
func personaPart(o settings.Origin) string {
	text := theForm
	if o.Persona != "" {
		text = "persona " + o.Persona
	}
	if o.Placeholders != "" {
		text += " " + o.Placeholders
	}
	return text
}

// addedFrom says where a claim comes from that the issuer adds.
func (d *Desk) addedFrom(from *Draft, name string) string {
	switch name {
	case "sub", "iss":
		key := d.keyOf(from)
		account := key != nil && key.Account() != ""
		switch {
		case account && (name == "sub" || d.settings.Issuer == "" || d.from.KeyFile != ""):
			return theKey
		case name == "sub":
			return theForm // it is still missing
		}
		return d.setIn("ISSUER")
	case "aud":
		return d.setIn("AUDIENCE")
	case "iat":
		return theMoment
	case "exp":
		return d.lifetimeFrom(from)
	case "jti":
		return atRandom
	default:
		return theForm
	}
}

// keyOf returns the key that signs the draft, or nil.
func (d *Desk) keyOf(from *Draft) *auth.Key {
	if from.Persona == nil {
		return d.Key()
	}
	key, err := d.SigningKey(from.Persona)
	if err != nil {
		return nil
	}
	return key
}

// lifetimeFrom says where the lifetime comes from. The form has one from the start, which only
// counts as its own once it differs.
func (d *Desk) lifetimeFrom(from *Draft) string {
	if p := from.Persona; p != nil && p.LifetimeOrigin() != "" && (from.Lifetime == "" || from.Lifetime == p.Lifetime) {
		return "persona " + p.LifetimeOrigin()
	}
	if from.Lifetime != "" && from.Lifetime != LifetimeText(d.settings.Lifetime) {
		return theForm
	}
	if d.settings.Origins["ACCESS_TOKEN_EXPIRE_MINUTES"] == "" && d.settings.Lifetime == d.settings.MaxLifetime {
		return d.setIn("MAX_TOKEN_MINUTES")
	}
	return d.setIn("ACCESS_TOKEN_EXPIRE_MINUTES")
}

// setIn names the file that has a setting, or the environment.
func (d *Desk) setIn(name string) string {
	switch origin := d.settings.Origins[name]; origin {
	case "":
		return byDefault
	case "environment":
		return origin
	default:
		return filepath.Base(origin)
	}
}
