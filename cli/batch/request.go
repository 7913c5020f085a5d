package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
)

// parseRequest reads a request of JSON Lines.
func (w *worker) parseRequest(text []byte) (request, error) {
	var r request
	members, err := jsontext.ParseObject(text)
	if err != nil {
		return r, atColumn(err)
	}
	for _, m := range members {
		switch m.Name {
		case "subject":
			subject, ok := members.String("subject")
			if !ok {
				return r, errors.New("the subject must be a string")
			}
			r.Subject = subject
		case personaMember, shapeMember:
			name, ok := members.String(m.Name)
			if !ok || name == "" {
				return r, fmt.Errorf("the %s must be a name, as a string", m.Name)
			}
			if m.Name == personaMember {
				r.persona = name
			} else {
				r.shape = name
			}
		case "expires_in":
			r.Lifetime, err = w.parseExpiresIn(members, m.Value)
		case "claims":
			r.Claims, err = parseClaims(m.Value)
		default:
			err = explain.Line{
				Text: fmt.Sprintf("a request has no member %s", jsontext.Quote(m.Name)), Do: "use subject, expires_in, claims, persona and shape",
			}
		}
		if err != nil {
			return r, err
		}
	}
	return r, nil
}

// parseClaims reads the claims of JSON Lines. The subject and the lifetime are not among
// them.
func parseClaims(value json.RawMessage) (auth.Object, error) {
	claims, err := jsontext.ParseObject(value)
	if err != nil {
		return nil, errors.New("the claims must be an object")
	}
	for _, m := range claims {
		if err := auth.CheckExtraClaim(m); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

// parseExpiresIn reads a lifetime: text or, as in an OAuth response (RFC 6749 section
// 5.1), a number of seconds.
func (w *worker) parseExpiresIn(members auth.Object, value json.RawMessage) (time.Duration, error) {
	if text, ok := members.String("expires_in"); ok {
		return w.parseLifetime(text)
	}
	seconds, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil || seconds <= 0 || seconds > int64(1<<63-1)/int64(time.Second) {
		return 0, errors.New(`expires_in must be text such as "30m", or a number of seconds above zero`)
	}
	return time.Duration(seconds) * time.Second, nil
}

func (w *worker) parseLifetime(text string) (time.Duration, error) {
	if text == w.lifetimeText {
		return w.lifetime, nil
	}
	lifetime, err := input.ParseLifetime(text, w.now)
	if err != nil {
		return 0, explain.At("expires_in", err)
	}
	w.lifetimeText, w.lifetime = text, lifetime
	return lifetime, nil
}

// parseRecord reads the fields of a CSV record. An empty field adds no claim.
func (w *worker) parseRecord(fields []string) (request, error) {
	r := request{Request: auth.Request{Claims: w.claims[:0]}}
	if len(fields) != len(w.rows.columns) {
		return r, fmt.Errorf("the row has %d fields, but there are %d columns", len(fields), len(w.rows.columns))
	}
	for n, column := range w.rows.columns {
		var err error
		switch field := fields[n]; {
		case column.kind == subjectColumn:
			r.Subject = field
		case field == "":
		case column.kind == personaColumn:
			r.persona = field
		case column.kind == shapeColumn:
			r.shape = field
		case column.kind == lifetimeColumn:
			r.Lifetime, err = w.parseLifetime(field)
		default:
			var m auth.Member
			if m, err = column.member(field); err == nil {
				r.Claims = append(r.Claims, m)
			}
		}
		if err != nil {
			return r, err
		}
	}
	w.claims = r.Claims
	return r, nil
}
