package settings

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
)

// Own is a persona as the file has it, without anything that it inherits. Members that it
// does not have are empty.
type Own struct {
	Name      string
	Extends   string
	Subject   string
	Lifetime  string
	Algorithm auth.Algorithm
	Key       string
	Shape     string
	Disabled  bool
	// Claims have their placeholders as text.
	Claims auth.Object
}

// Own returns the persona as the file has it.
func (p *Persona) Own() Own {
	own := p.own
	own.Claims = slices.Clone(own.Claims)
	return own
}

// Is reports whether the persona is exactly this in the file.
func (o *Own) Is(p *Persona) bool { return o.same(&p.own) }

// ownMembers are the members that are a text, in the order in which they are written.
var ownMembers = []struct {
	name string
	of   func(*Own) string
}{
	{extendsMember, func(o *Own) string { return o.Extends }},
	{subjectMember, func(o *Own) string { return o.Subject }},
	{lifetimeMember, func(o *Own) string { return o.Lifetime }},
	{algorithmMember, func(o *Own) string { return string(o.Algorithm) }},
	{keyMember, func(o *Own) string { return o.Key }},
	{shapeMember, func(o *Own) string { return o.Shape }},
}

// members returns the persona as a JSON object of its members, without its name.
func (o *Own) members() auth.Object {
	var all auth.Object
	for _, m := range ownMembers {
		if value := m.of(o); value != "" {
			all = append(all, auth.Member{Name: m.name, Value: jsontext.Quote(value)})
		}
	}
	if o.Disabled {
		all = append(all, auth.Member{Name: disabledMember, Value: []byte("true")})
	}
	if len(o.Claims) > 0 {
		claims, err := o.Claims.MarshalJSON()
		if err != nil { // it does not read back, so the edit is refused
			claims = []byte("null")
		}
		all = append(all, auth.Member{Name: claimsMember, Value: claims})
	}
	return all
}

// same reports whether two personas have the same name and members, the claims in the same
// order. The order of the members is of no importance.
func (o *Own) same(other *Own) bool {
	ours, err := o.members().MarshalJSON()
	theirs, otherErr := other.members().MarshalJSON()
	return err == nil && otherErr == nil && o.Name == other.Name && jsontext.Plain(ours) == jsontext.Plain(theirs)
}

// Check returns why a token could not be issued for such a persona, or nil. The persona
// that it extends is not looked up.
func (o *Own) Check() error {
	if !isPersonaName(o.Name) {
		return advice.New("this cannot be the name of a persona", personaNameAdvice)
	}
	if o.Subject != "" {
		if err := CheckSubject(o.Subject); err != nil {
			return fmt.Errorf("the subject cannot be used: %w", err)
		}
	}
	if o.Lifetime != "" {
		if _, err := input.ParseLifetime(o.Lifetime, time.Unix(0, 0).UTC()); err != nil {
			return fmt.Errorf("the lifetime cannot be used: %w", err)
		}
	}
	if o.Algorithm != "" {
		if _, err := auth.ParseAlgorithm(string(o.Algorithm)); err != nil {
			return advice.New("the algorithm is not supported", "use one of "+strings.Join(auth.AlgorithmNames(), ", "))
		}
	}
	for i, m := range o.Claims {
		if o.Claims.Index(m.Name) < i {
			return advice.New("the claim "+quoteName(m.Name)+" is given twice", "keep one of the two")
		}
		if err := CheckClaim(m); err != nil {
			return fmt.Errorf("the claim %s cannot be used: %w", quoteName(m.Name), err)
		}
	}
	return nil
}
