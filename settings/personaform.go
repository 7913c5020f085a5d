package settings

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/input"
)

// Edited returns the persona with the subject and the claims of a form in place of
// its own. Placeholders in them are filled for every token, as those of the file
// are. An error says which of them cannot be used.
func (p *Persona) Edited(subject string, claims auth.Object) (*Persona, error) {
	out := *p
	out.Subject, out.Claims, out.claims = subject, nil, nil
	var err error
	if out.subject, err = parseSubject(subject); err != nil {
		return nil, err
	}
	for _, m := range claims {
		value, err := parseClaim(m)
		if err != nil {
			return nil, err
		}
		out.set(claim{m.Name, value}, m.Value)
	}
	return &out, nil
}

// CheckSubject returns why the text cannot be the subject of a persona, or nil.
func CheckSubject(subject string) error {
	_, err := parseSubject(subject)
	return err
}

// CheckClaim returns why the claim cannot be one of a persona, or nil.
func CheckClaim(m auth.Member) error {
	_, err := parseClaim(m)
	return err
}

func parseSubject(subject string) (text, error) {
	parts, err := parseText(subject)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, writePlaceholder)
	}
	return parts, checkSubject(parts)
}

// checkSubject holds the subject with an example for the placeholders.
func checkSubject(subject text) error {
	sample, err := subject.fill(example())
	if err != nil {
		return err
	}
	return input.CheckSubject(sample)
}

// parseClaim finds the placeholders in the strings of a claim.
func parseClaim(m auth.Member) (jsonText, error) {
	var value jsonText
	var err error
	quoted := ""
	eachString(m.Value, func(between string) {
		if quoted != "" && err == nil {
			isName := strings.HasPrefix(strings.TrimSpace(between), ":")
			if value, err = value.appendQuoted(quoted, isName); err != nil {
				err = fmt.Errorf("%s: %w", m.Name, err)
			}
		}
		if between != "" {
			value = value.appendRaw(between)
		}
		quoted = ""
	}, func(text string) { quoted = text })
	if err == nil {
		err = checkClaim(m.Name, value)
	}
	return value, err
}

// appendQuoted appends a JSON string, of which the placeholders are to be filled.
func (t jsonText) appendQuoted(quoted string, isName bool) (jsonText, error) {
	value, _ := auth.Object{{Value: []byte(quoted)}}.String("")
	parts, err := parseText(value)
	switch {
	case err != nil:
		return t, fmt.Errorf("%w: %s", err, writePlaceholder)
	case parts.fixed():
		return t.appendRaw(quoted), nil
	case isName:
		return t, errors.New("a placeholder stands in a name: use it in a value")
	}
	return append(t, piece{text: parts}), nil
}

// checkClaim holds the claim with an example for the placeholders.
func checkClaim(name string, value jsonText) error {
	sample, err := value.fill(example())
	if err != nil {
		return err
	}
	return auth.CheckExtraClaim(auth.Member{Name: name, Value: sample})
}

// example fills placeholders where only the kind of the result counts.
func example() Fresh { return Fresh{Now: time.Unix(1e9, 0), N: 1, Rand: zeros{}} }

// zeros is randomness for what nobody sees.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
