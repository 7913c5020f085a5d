package explain

import (
	"tokendesk/auth"
	"tokendesk/settings"
)

// ShapeFacts describes a shape. It is also the JSON of one. Members that the file does not
// have are nil.
type ShapeFacts struct {
	Name          string           `json:"name"`
	Description   *string          `json:"description"`
	Vendor        *string          `json:"vendor"`
	Documentation *string          `json:"documentation"`
	Issuer        *LooksFacts      `json:"issuer"`
	Audience      *LooksFacts      `json:"audience"`
	Subject       *LooksFacts      `json:"subject"`
	Algorithms    []auth.Algorithm `json:"algorithms"`
	Lifetime      *string          `json:"lifetime"`
	Header        auth.Object      `json:"header"`
	Claims        auth.Object      `json:"claims"`
	Notes         []string         `json:"notes"`
	File          *string          `json:"file"`
	Replaces      bool             `json:"replaces"`
}

// LooksFacts says what a claim looks like.
type LooksFacts struct {
	Form    *string `json:"form"`
	Example *string `json:"example"`
	// Usual says that the vendor's tokens often have the example.
	Usual bool    `json:"usual"`
	About *string `json:"about"`
}

// Shape explains a shape.
func Shape(s *settings.Shape) ShapeFacts {
	facts := ShapeFacts{
		Name: s.Name, Description: given(s.Description), Vendor: given(s.Vendor), Documentation: given(s.Documentation),
		Issuer: looksOf(s.Issuer), Audience: looksOf(s.Audience), Subject: looksOf(s.Subject),
		Algorithms: append([]auth.Algorithm{}, s.Algorithms...), Header: s.Header, Claims: s.Claims,
		Notes: append([]string{}, s.Notes...), File: given(s.File), Replaces: s.Replaces,
	}
	if s.Lifetime > 0 {
		facts.Lifetime = given(auth.FormatDuration(s.Lifetime))
	}
	return facts
}

func looksOf(l settings.Looks) *LooksFacts {
	if l == (settings.Looks{}) {
		return nil
	}
	return &LooksFacts{given(l.Form), given(l.Example), l.Usual, given(l.About)}
}

// Maker returns the name of the vendor, or else that of the shape.
func (s ShapeFacts) Maker() string {
	if s.Vendor == nil {
		return s.Name
	}
	return *s.Vendor
}

// Summary says what the shape is and what its issuer must be.
func (s ShapeFacts) Summary() string {
	text := s.Maker()
	if s.Description != nil {
		text = *s.Description
	}
	if by := s.IssuedBy(); by != "" {
		text += ". iss: " + by
	}
	return text
}

// IssuedBy says what the issuer must be.
func (s ShapeFacts) IssuedBy() string {
	switch {
	case s.Issuer == nil:
		return ""
	case s.Issuer.Form != nil:
		return *s.Issuer.Form
	case s.Issuer.Example != nil:
		return *s.Issuer.Example
	default:
		return ""
	}
}
