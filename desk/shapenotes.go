package desk

import (
	"cmp"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/internal/oneof"
	"tokendesk/settings"
)

// ShapeNotes returns the notes on a token of the draft that its shape calls for: which of its
// values are examples, and how it differs from the vendor's tokens. There are none without a
// shape, or for a draft that cannot be issued.
func ShapeNotes(d *Desk, from Draft) []explain.Line {
	shape, err := from.shape()
	if err != nil || shape == nil {
		return nil
	}
	issuer, request, err := order(sketching(d), &from, 0)
	if err != nil {
		return nil
	}
	n := shapeNotes{d: d, from: &from, shape: shape, key: issuer.Key, claims: request.Claims}
	n.replaced()
	n.examples()
	n.forms()
	n.subject()
	n.signing()
	n.limit(issuer.MaxLifetime)
	return n.lines
}

// shapeNotes collects the notes.
type shapeNotes struct {
	d      *Desk
	from   *Draft
	shape  *settings.Shape
	key    *auth.Key // or nil
	claims auth.Object
	lines  []explain.Line
}

func (n *shapeNotes) say(text, do string) {
	n.lines = append(n.lines, explain.Line{Text: text, Do: do})
}

// replaced says that a file replaces a built-in shape.
func (n *shapeNotes) replaced() {
	if n.shape.Replaces {
		n.say("the shape "+n.shape.Name+" comes from "+n.shape.File, "")
	}
}

// examples says which claims are examples because a setting is missing.
func (n *shapeNotes) examples() {
	var claims, do []string
	for _, from := range []struct {
		placeholder, do string
		usual           bool
	}{
		{anIssuer, "set ISSUER to " + cmp.Or(n.shape.Issuer.Form, "what your API expects"), n.shape.Issuer.Usual},
		{anAudience, "set AUDIENCE to what your API expects", n.shape.Audience.Usual},
	} {
		if from.usual {
			continue
		}
		before := len(claims)
		for _, m := range n.claims {
			if placeholders, _ := n.shape.ClaimOrigin(m.Name); placeholders == from.placeholder && n.origin(m.Name) == theShape+n.shape.Name {
				claims = append(claims, m.Name)
			}
		}
		if len(claims) > before {
			do = append(do, from.do)
		}
	}
	switch len(claims) {
	case 0:
	case 1:
		n.say(claims[0]+" is the example from the shape "+n.shape.Name, do[0])
	default:
		last := len(claims) - 1
		n.say(strings.Join(claims[:last], ", ")+" and "+claims[last]+" are the examples from the shape "+n.shape.Name, strings.Join(do, ", and "))
	}
}

func (n *shapeNotes) origin(claim string) string { return sources{n.d, n.from}.claim(claim) }

// forms says which claims do not look like those of the vendor.
func (n *shapeNotes) forms() {
	for _, c := range []struct {
		name  string
		looks settings.Looks
	}{{"iss", n.shape.Issuer}, {"sub", n.shape.Subject}} {
		raw, _ := n.claims.Get(c.name)
		if text, is := jsontext.Unquote(raw); is && !c.looks.Fits(text) {
			n.say(c.name+" does not look like that of "+maker(n.shape), "write it as "+c.looks.Form+", such as "+c.looks.Example)
		}
	}
}

// subject says that the vendor's tokens are about nobody.
func (n *shapeNotes) subject() {
	if !hasClaim(n.shape, "sub") && n.claims.Index("sub") >= 0 && n.from.For() != "" {
		n.say("tokens of "+maker(n.shape)+" have no sub", "leave out the subject")
	}
}

// signing says how the signature differs from the vendor's.
func (n *shapeNotes) signing() {
	if n.key == nil {
		return
	}
	text := ""
	if alg := n.key.Algorithm(); !n.shape.SignsWith(alg) {
		text = maker(n.shape) + " signs with " + n.algorithms() + ", but the key is for " + string(alg)
	}
	if n.key.ID() == "" && n.shape.Uses("kid") {
		if text != "" {
			text += ", and has no kid"
		} else {
			text = "tokens of " + maker(n.shape) + " have a kid, but the key has none"
		}
	}
	if text != "" {
		n.say(text, "use another key if your API checks this")
	}
}

// algorithms names those of the vendor.
func (n *shapeNotes) algorithms() string {
	var names []string
	for _, a := range n.shape.Algorithms {
		names = append(names, string(a))
	}
	if most := 3; len(names) > most {
		names = append(names[:most-1], "another")
	}
	return oneof.Or(names)
}

// limit says that the lifetime is not the vendor's.
func (n *shapeNotes) limit(longest time.Duration) {
	if n.from.Lifetime == "" && n.origin("exp") == theShape+n.shape.Name && longest > 0 && n.shape.Lifetime > longest {
		n.say("tokens of "+maker(n.shape)+" are valid for "+LifetimeText(n.shape.Lifetime)+", but the limit is "+LifetimeText(longest),
			"raise MAX_TOKEN_MINUTES if you need more")
	}
}

// maker returns the name of the vendor of a shape, or else that of the shape.
func maker(shape *settings.Shape) string { return cmp.Or(shape.Vendor, shape.Name) }
