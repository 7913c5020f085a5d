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
	missing    = "still missing"
	theMoment  = "when it is issued"
	byDefault  = "default"
	atRandom   = "random"
)

// sources says where the claims of a draft come from.
type sources struct {
	d    *Desk
	from *Draft
}

// of returns the sources of claims by their names.
func (s sources) of(claims auth.Object) map[string]string {
	origins := make(map[string]string, len(claims))
	for _, m := range claims {
		origins[m.Name] = s.claim(m.Name)
	}
	return origins
}

// claim says where a claim comes from.
func (s sources) claim(name string) string {
	from := s.from
	shape, _ := from.shape() // without it nothing would have been issued
	switch {
	case from.Bytes != nil || from.claims().Index(name) >= 0:
		return theForm
	case name == "sub" && shape != nil && shape.Changes(from.For()):
		return s.inShape(shape, name)
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
	if shape != nil {
		return s.inShape(shape, name)
	}
	return s.added(name)
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

// added says where a claim comes from that the issuer adds.
func (s sources) added(name string) string {
	switch name {
	case "sub", "iss":
		key := s.key()
		account := key != nil && key.Account() != ""
		switch {
		case account && (name == "sub" || s.d.settings.Issuer == "" || s.d.from.KeyFile != ""):
			return theKey
		case name == "sub":
			return missing
		}
		return setIn(s.d.settings, "ISSUER")
	case "aud":
		return setIn(s.d.settings, "AUDIENCE")
	case "iat":
		return theMoment
	case "exp":
		return s.lifetime()
	case "jti":
		return atRandom
	default:
		return theForm
	}
}

// key returns the key that signs the draft, or nil.
func (s sources) key() *auth.Key {
	if s.from.Persona == nil {
		return s.d.Key()
	}
	key, err := s.d.SigningKey(s.from.Persona)
	if err != nil {
		return nil
	}
	return key
}

// lifetime says where the lifetime comes from. The form has one from the start, which only
// counts as its own once it differs.
func (s sources) lifetime() string {
	from, set := s.from, s.d.settings
	if p := from.Persona; p != nil && p.LifetimeOrigin() != "" && (from.Lifetime == "" || from.Lifetime == p.Lifetime) {
		return "persona " + p.LifetimeOrigin()
	}
	if shape, _ := from.shape(); shape != nil && shape.Lifetime > 0 && (from.Lifetime == "" || from.Lifetime == LifetimeText(shape.Lifetime)) {
		return theShape + shape.Name
	}
	if from.Lifetime != "" && from.Lifetime != LifetimeText(set.Lifetime) {
		return theForm
	}
	if set.Origins["ACCESS_TOKEN_EXPIRE_MINUTES"] == "" && set.Lifetime == set.MaxLifetime {
		return setIn(s.d.settings, "MAX_TOKEN_MINUTES")
	}
	return setIn(s.d.settings, "ACCESS_TOKEN_EXPIRE_MINUTES")
}

// setIn names the file that has a setting, or the environment.
func setIn(set *settings.Settings, name string) string {
	switch origin := set.Origins[name]; origin {
	case "":
		return byDefault
	case "environment":
		return origin
	default:
		return filepath.Base(origin)
	}
}
