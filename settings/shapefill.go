package settings

import (
	"cmp"
	"slices"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// ShapeFor says what the placeholders of a shape are filled with for one token.
type ShapeFor struct {
	Fresh
	// Subject is who the token is about, Issuer and Audience what "iss" and "aud" should be.
	// The examples of the shape stand for those that are empty.
	Subject  string
	Issuer   string
	Audience []string
	// Sub is "sub" if it is given, instead of the one that the shape makes of the subject.
	Sub string
	// Lifetime is the time from now to the end.
	Lifetime time.Duration
	// Algorithm and KeyID are those of the key.
	Algorithm auth.Algorithm
	KeyID     string
}

// ClaimsOf returns the claims of one token, in the order of the shape. The error comes from
// the random source.
func (s *Shape) ClaimsOf(f ShapeFor) (auth.Object, error) {
	v, err := s.values(&f)
	if err != nil {
		return nil, err
	}
	f.shape = v
	return s.fill(s.claims, v, f.Fresh)
}

// HeaderOf returns the header of a token that a key with that algorithm and ID signs.
func (s *Shape) HeaderOf(alg auth.Algorithm, keyID string) auth.Object {
	v := &shapeValues{alg: string(alg), kid: keyID}
	header, _ := s.fill(s.header, v, Fresh{shape: v}) // it has no randomness
	return header
}

// values returns the values of the placeholders.
func (s *Shape) values(f *ShapeFor) (*shapeValues, error) {
	v := &shapeValues{
		subject: f.Subject, issuer: cmp.Or(f.Issuer, s.Issuer.Example), audience: f.Audience,
		expires: f.Now.Unix() + int64(f.Lifetime/time.Second), alg: string(f.Algorithm), kid: f.KeyID,
	}
	f.shape = v
	v.inIssuer = captured(s.issuer, v.issuer, s.Issuer.Example)
	if s.subject != nil {
		sub, err := s.sub(f)
		if err != nil {
			return nil, err
		}
		v.inSubject = captured(s.subject, sub, s.Subject.Example)
	}
	if len(v.audience) == 0 && s.audience != nil {
		example, err := s.audience.fill(f.Fresh)
		if err != nil {
			return nil, err
		}
		v.audience = []string{example}
	}
	return v, nil
}

// sub returns "sub", as far as it needs nothing that is read from it.
func (s *Shape) sub(f *ShapeFor) (string, error) {
	if f.Sub != "" {
		return f.Sub, nil
	}
	if _, whole := s.subject.match(f.Subject); whole {
		return f.Subject, nil
	}
	i := s.claim("sub")
	if i < 0 {
		return "", nil
	}
	raw, err := s.claims[i].value.fill(f.Fresh)
	text, _ := jsontext.Unquote(raw)
	return text, err
}

// captured returns what the names of a form stand for in a text, or else in the example.
func captured(f form, s, example string) map[string]string {
	found, ok := f.match(s)
	if !ok {
		found, _ = f.match(example)
	}
	return found
}

// claim returns the index of a claim, or -1.
func (s *Shape) claim(name string) int {
	return slices.IndexFunc(s.claims, func(c claim) bool { return c.name == name })
}

// fill returns the members with their placeholders filled. A member that has the issuer,
// the audience or the ID of the key is left out if there is none.
func (s *Shape) fill(members []claim, v *shapeValues, f Fresh) (auth.Object, error) {
	out := make(auth.Object, 0, len(members))
	_, isSub := s.subject.match(v.subject)
	for _, m := range members {
		if v.lacks(m.value) {
			continue
		}
		value, err := m.value.fill(f)
		if err != nil {
			return nil, err
		}
		switch {
		case m.name == "aud" && m.value.isOnly(audienceName):
			value = quoteAudience(v.audience, s.audienceIsAnArray)
		case m.name == "sub" && s.subject != nil && isSub:
			value = jsontext.Quote(v.subject)
		}
		out = append(out, auth.Member{Name: m.name, Value: value})
	}
	return out, nil
}

// quoteAudience returns the claim "aud" of that audience.
func quoteAudience(audience []string, anArray bool) []byte {
	if len(audience) == 1 && !anArray {
		return jsontext.Quote(audience[0])
	}
	return jsontext.QuoteAll(audience)
}

// lacks reports whether a value has a placeholder for the issuer, the audience or the ID of
// the key, and there is none.
func (v *shapeValues) lacks(t jsonText) bool {
	return t.has(func(p part) bool {
		return slices.Contains([]string{issuerName, audienceName, kidName}, p.name) && v.value(p.name) == ""
	})
}

// isOnly reports whether the value is only that placeholder.
func (t jsonText) isOnly(name string) bool {
	return len(t) == 1 && len(t[0].text) == 1 && t[0].text[0].name == name
}
