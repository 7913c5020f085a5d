package roster

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/settings"
)

// csvMembers are the columns before the claims, each with its field of a persona.
var csvMembers = []struct {
	name string
	of   func(*settings.Own) string
}{
	{nameColumn, func(o *settings.Own) string { return o.Name }},
	{"subject", func(o *settings.Own) string { return o.Subject }},
	{"lifetime", func(o *settings.Own) string { return o.Lifetime }},
	{"extends", func(o *settings.Own) string { return o.Extends }},
	{"algorithm", func(o *settings.Own) string { return string(o.Algorithm) }},
	{"key", func(o *settings.Own) string { return o.Key }},
	{"shape", func(o *settings.Own) string { return o.Shape }},
	{disabledColumn, func(o *settings.Own) string {
		if o.Disabled {
			return "true"
		}
		return ""
	}},
}

// writeCSV writes personas as CSV that [readCSV] reads as the same personas. Columns that
// would be empty are left out, except the name and the subject. A persona that extends one
// that is not written has what it inherits.
func writeCSV(personas []*settings.Persona) ([]byte, []Left, error) {
	var all []settings.Own
	for _, p := range personas {
		own := p.Own()
		if settings.FindPersona(personas, p.Extends) == nil {
			own = resolved(p)
		}
		all = append(all, own)
	}
	var header []string
	var fields []func(*settings.Own) string
	for i, member := range csvMembers {
		if i < 2 || slices.ContainsFunc(all, func(o settings.Own) bool { return member.of(&o) != "" }) {
			header, fields = append(header, member.name), append(fields, member.of)
		}
	}
	if names, ok := claimOrder(all); ok {
		for _, name := range names {
			column, field := claimField(all, name)
			header, fields = append(header, column), append(fields, field)
		}
	} else {
		header, fields = append(header, claimsColumn), append(fields, claimsField)
	}
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	_ = out.Write(header) // a buffer takes everything
	for i := range all {
		row := make([]string, len(fields))
		for n, field := range fields {
			row[n] = field(&all[i])
		}
		_ = out.Write(row)
	}
	out.Flush()
	return b.Bytes(), nil, nil
}

// resolved returns a persona with everything that it inherits, so that it extends none.
func resolved(p *settings.Persona) settings.Own {
	return settings.Own{
		Name: p.Name, Subject: p.Subject, Lifetime: p.Lifetime, Algorithm: p.Algorithm, Key: p.Key, Shape: p.Shape,
		Disabled: p.Disabled, Claims: p.Claims,
	}
}

// claimOrder returns the names of all claims in one order that is that of every persona. It
// reports false if there is none.
func claimOrder(all []settings.Own) ([]string, bool) {
	var names []string
	for _, o := range all {
		at := 0
		for n, m := range o.Claims {
			if m.Name == "" || m.Name != strings.TrimSpace(m.Name) {
				return nil, false // no column can have such a name
			}
			i := slices.Index(names, m.Name)
			if i < 0 {
				i = before(names, o.Claims[n+1:])
				names = slices.Insert(names, i, m.Name)
			}
			if i < at {
				return nil, false
			}
			at = i + 1
		}
	}
	return names, true
}

// before returns where the first of the claims that is among the names is, or the end.
func before(names []string, claims auth.Object) int {
	for _, m := range claims {
		if i := slices.Index(names, m.Name); i >= 0 {
			return i
		}
	}
	return len(names)
}

// claimField returns the name of the column of a claim and its field: text if it is text in
// every persona, else JSON.
func claimField(all []settings.Own, name string) (string, func(*settings.Own) string) {
	_, taken := setColumn[name]
	isText := !taken && !strings.HasSuffix(name, ":json") &&
		auth.CheckExtraClaim(jsontext.Text(name, "")) == nil
	for _, o := range all {
		if raw, has := o.Claims.Get(name); has {
			text, ok := jsontext.Unquote(raw)
			isText = isText && ok && text != "" && !strings.Contains(text, "\r")
		}
	}
	if isText {
		return name, func(o *settings.Own) string {
			text, _ := o.Claims.String(name)
			return text
		}
	}
	return name + ":json", func(o *settings.Own) string {
		raw, _ := o.Claims.Get(name)
		return string(raw)
	}
}

// claimsField is the field with all claims of a persona as JSON.
func claimsField(o *settings.Own) string {
	if len(o.Claims) == 0 {
		return ""
	}
	text, err := o.Claims.MarshalJSON()
	if err != nil {
		return ""
	}
	return string(text)
}
