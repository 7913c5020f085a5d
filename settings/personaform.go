package settings

import (
	"fmt"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
)

// Edited returns the persona with the subject and the claims of a form instead of
// its own. Their placeholders are filled for every token, like those in the file. The
// claims may be any that a token can have, and the subject may be missing.
// The error says which of them cannot be used.
func (p *Persona) Edited(subject string, claims auth.Object) (*Persona, error) {
	out := *p
	out.Subject, out.Claims, out.claims, out.subject = subject, nil, nil, nil
	if subject != p.Subject {
		out.from.subject = ""
	}
	var err error
	if subject != "" {
		if out.subject, err = parseSubject(subject); err != nil {
			return nil, err
		}
	}
	for _, m := range claims {
		value, err := parseClaim(m, auth.CheckIssued)
		if err != nil {
			return nil, err
		}
		set(&out, claim{m.Name, value, unchanged(p, m)}, m.Value)
	}
	return &out, nil
}

// unchanged returns the persona that a claim comes from if it is as it was, or nothing.
func unchanged(p *Persona, m auth.Member) string {
	was, has := p.Claims.Get(m.Name)
	if !has || jsontext.Plain(was) != jsontext.Plain(m.Value) {
		return ""
	}
	origin, _ := p.ClaimOrigin(m.Name)
	return origin.Persona
}

// CheckSubject returns why the text cannot be the subject of a persona, or nil.
func CheckSubject(subject string) error {
	_, err := parseSubject(subject)
	return err
}

// CheckClaim returns why the claim cannot be one of a persona, or nil.
func CheckClaim(m auth.Member) error {
	_, err := parseClaim(m, auth.CheckExtraClaim)
	return err
}

// CheckFormClaim returns why the claim of a form cannot be in a token, or nil. It may have
// placeholders.
func CheckFormClaim(m auth.Member) error {
	_, err := parseClaim(m, auth.CheckIssued)
	return err
}

// Unescaped returns a member of a form without the backslashes in front of {{, for a place where no
// placeholder is filled. The error says that it has one.
func Unescaped(m auth.Member) (auth.Member, error) {
	value, err := parseClaim(m, func(auth.Member) error { return nil })
	switch {
	case err != nil:
		return m, err
	case !value.fixed():
		return m, advice.New(m.Name+" cannot have a placeholder", `write \{{ for the text`)
	}
	return auth.Member{Name: m.Name, Value: value[0].raw}, nil
}

func parseSubject(subject string) (text, error) {
	parts, err := parseText(subject)
	if err != nil {
		return nil, err
	}
	return parts, checkSubject(parts)
}

// checkSubject checks the subject with example values for its placeholders.
func checkSubject(subject text) error {
	sample, err := subject.fill(example())
	if err != nil {
		return err
	}
	return input.CheckSubject(sample)
}

// parseClaim finds the placeholders in the strings of a claim and checks the claim.
func parseClaim(m auth.Member, check func(auth.Member) error) (jsonText, error) {
	var value jsonText
	var err error
	rest := jsontext.EachString(m.Value, func(between, quoted []byte, isName bool) {
		if err == nil {
			value, err = value.appendRaw(string(between)).appendQuoted(string(quoted), isName)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.Name, err)
	}
	value = value.appendRaw(string(rest))
	return value, checkClaim(m.Name, value, check)
}

const (
	placeholderInName = "a name contains a placeholder"
	valuesOnly        = "use placeholders in values only"
)

// appendQuoted appends a JSON string that may contain placeholders.
func (t jsonText) appendQuoted(quoted string, isName bool) (jsonText, error) {
	value, _ := auth.Object{{Value: []byte(quoted)}}.String("")
	parts, err := parseText(value)
	if err == nil && isName && !parts.fixed() {
		err = advice.New(placeholderInName, valuesOnly)
	}
	if err != nil {
		return t, err
	}
	return t.appendText(parts, quoted), nil
}

// checkClaim checks the claim with example values for its placeholders.
func checkClaim(name string, value jsonText, check func(auth.Member) error) error {
	sample, err := value.fill(example())
	if err != nil {
		return err
	}
	return check(auth.Member{Name: name, Value: sample})
}

// example returns values for placeholders where only the kind of the result matters.
func example() Fresh { return Fresh{Now: time.Unix(1e9, 0), N: 1, Rand: zeros{}} }

// zeros replaces randomness in values that nobody sees.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
