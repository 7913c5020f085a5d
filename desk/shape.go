package desk

import (
	"cmp"
	"slices"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
	"tokendesk/settings"
)

// FindShape returns the shape of that name. The error is that of [settings.FindShape].
func FindShape(d *Desk, name string) (*settings.Shape, error) {
	return settings.FindShape(settings.ShapeFolder(d.settings), name)
}

// Shapes returns the shapes that can be used.
func Shapes(d *Desk) (all []*settings.Shape) {
	for _, name := range settings.ShapeNames(settings.ShapeFolder(d.settings)) {
		if shape, err := FindShape(d, name); err == nil {
			all = append(all, shape)
		}
	}
	return all
}

// theShape stands in front of the name of a shape that a claim comes from.
const theShape = "shape "

// inShape says where a claim comes from that the draft leaves to its shape.
func (s sources) inShape(shape *settings.Shape, name string) string {
	placeholders, has := shape.ClaimOrigin(name)
	set := s.d.settings
	switch {
	case !has && name == "exp", name == "exp" && placeholders == "{{expires}}":
		return s.lifetime()
	case !has:
		return theForm
	case name == "iat" && placeholders == "{{now}}":
		return theMoment
	case placeholders == "{{issuer}}" && (set.Issuer != "" || s.added("iss") == theKey):
		return s.added("iss")
	case placeholders == "{{audience}}" && len(s.from.Audience) > 0:
		return theForm
	case placeholders == "{{audience}}" && len(set.Audience) > 0:
		return setIn(set, "AUDIENCE")
	case placeholders == "{{subject}}" && name == "sub":
		return s.added(name)
	case placeholders == "{{issuer}}", placeholders == "{{audience}}", placeholders == "":
		return theShape + shape.Name
	}
	return theShape + shape.Name + " " + placeholders
}

// shape returns the shape of the draft, or nil.
func (f *Draft) shape() (*settings.Shape, error) {
	if f.Shape != nil || f.Bytes != nil {
		return f.Shape, nil
	}
	return settings.ShapeOf(f.Persona)
}

// outside returns the claims with the issuer and the audience of the draft, if the shape has
// no place for them.
func (f *Draft) outside(shape *settings.Shape, claims auth.Object) auth.Object {
	if f.Issuer != "" && !shape.Uses("issuer") && claims.Index("iss") < 0 {
		claims = claims.Set("iss", jsontext.Quote(f.Issuer))
	}
	if len(f.Audience) > 0 && !shape.Uses("audience") && claims.Index("aud") < 0 {
		aud, _ := (&Draft{Audience: f.Audience}).above(time.Time{}, 0).Get("aud")
		claims = claims.Set("aud", aud)
	}
	return claims
}

// shapeHeader gives the tokens the header of the shape, with the parameters that the draft
// sets.
func (r *Recipe) shapeHeader(exact bool) {
	if r.Issuer.Key == nil || exact {
		return
	}
	header := r.Shape.HeaderOf(r.Issuer.Key.Algorithm(), r.Issuer.Key.ID())
	for _, m := range r.Issuer.Parameters {
		header = header.Set(m.Name, m.Value)
	}
	r.Issuer.Parameters, r.Issuer.WholeHeader, r.Issuer.Without = header, true, nil
}

// InShape returns the request for one token in the shape of the recipe. The claims of the
// request replace those of the shape in their places, or come after them. Without a shape it is
// the request. The error says that there is no subject, or which one cannot be used.
func (r *Recipe) InShape(f settings.Fresh, request auth.Request) (auth.Request, error) {
	if r.Shape == nil {
		return request, nil
	}
	given := request.Claims
	sub, _ := given.String("sub")
	request.Subject = cmp.Or(request.Subject, sub)
	if err := r.checkSubject(f, &request); err != nil {
		return request, err
	}
	asked := request.Lifetime
	lifetime := cmp.Or(asked, r.limited(r.Shape.Lifetime), r.Issuer.Lifetime, auth.DefaultLifetime)
	if err := r.Issuer.CheckLifetime(lifetime); err != nil && given.Index("exp") < 0 {
		return request, err
	}
	claims, err := r.Shape.ClaimsOf(r.filled(f, &request, lifetime))
	if err != nil {
		return request, err
	}
	if asked > 0 && claims.Index("exp") < 0 {
		claims = claims.Set("exp", seconds(f.Now.Add(asked)))
	}
	if request.Subject != "" && !r.Shape.NeedsSubject(nil) {
		claims = claims.Set("sub", jsontext.Quote(request.Subject))
	}
	for _, m := range given {
		claims = claims.Set(m.Name, m.Value)
	}
	request.Claims, request.Whole = claims, true
	return request, nil
}

// checkSubject returns why the subject cannot be the one of a token in the shape, or nil.
func (r *Recipe) checkSubject(f settings.Fresh, request *auth.Request) error {
	needed := r.Shape.NeedsSubject(func(claim string) bool {
		return slices.Contains(request.Without, claim) || request.Claims.Index(claim) >= 0
	})
	if request.Subject == "" && (!needed || f.Preview) || request.Claims.Index("sub") >= 0 {
		return nil
	}
	return input.CheckSubject(request.Subject)
}

// limited returns the lifetime of a shape, or the longest one that is allowed.
func (r *Recipe) limited(lifetime time.Duration) time.Duration {
	if limit := r.Issuer.MaxLifetime; limit > 0 {
		return min(lifetime, limit)
	}
	return lifetime
}

// filled says what the placeholders of the shape are filled with.
func (r *Recipe) filled(f settings.Fresh, request *auth.Request, lifetime time.Duration) settings.ShapeFor {
	out := settings.ShapeFor{
		Fresh: f, Subject: request.Subject, Issuer: r.Issuer.Iss, Audience: r.Issuer.Aud, Lifetime: lifetime,
	}
	if key := r.Issuer.Key; key != nil {
		out.Algorithm, out.KeyID = key.Algorithm(), key.ID()
	}
	out.Sub, _ = request.Claims.String("sub")
	if iss, is := request.Claims.String("iss"); is {
		out.Issuer = iss
	}
	if raw, has := request.Claims.Get("aud"); has {
		if one, is := jsontext.Unquote(raw); is {
			out.Audience = []string{one}
		} else if all, are := jsontext.Strings(raw); are {
			out.Audience = all
		}
	}
	return out
}
