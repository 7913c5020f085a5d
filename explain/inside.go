package explain

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/internal/phrase"
)

// Holds reports whether the value is an object or an array that is not empty.
func (m Member) Holds() bool {
	if len(m.Raw) < 2 || m.Raw[0] != '{' && m.Raw[0] != '[' {
		return false
	}
	return len(bytes.TrimSpace(m.Raw[1:len(m.Raw)-1])) > 0
}

// Inside returns the members of an object, or the elements of an array with their index as
// the name. It returns nil for any other value.
func (m Member) Inside() []Member {
	if elements, ok := jsontext.Elements(m.Raw); ok {
		inside := make([]Member, len(elements))
		for i, raw := range elements {
			inside[i] = Member{Name: strconv.Itoa(i), Raw: raw, Text: readable(raw)}
		}
		return inside
	}
	object := objectIn(m.Raw)
	inside := make([]Member, len(object))
	for i, of := range object {
		inside[i] = Member{Name: of.Name, Raw: of.Value, Text: readable(of.Value)}
	}
	return inside
}

// objectIn returns the object that a value is, or nil.
func objectIn(raw json.RawMessage) auth.Object {
	if len(raw) == 0 || raw[0] != '{' {
		return nil
	}
	object, _ := jsontext.ReadObject(raw) // a duplicate name is no reason to hide the rest
	return object
}

// Summary says in a few words what is in an object or an array: how much, and the names.
// It is empty for any other value.
func (m Member) Summary() string {
	if elements, ok := jsontext.Elements(m.Raw); ok {
		return summaryOfArray(elements)
	}
	object := objectIn(m.Raw)
	if len(object) == 1 && m.Name != clients {
		return summaryOfOnly(object[0])
	}
	if len(object) == 0 {
		return ""
	}
	return count(len(object), m.Name) + ": " + listed(len(object), func(i int) string { return object[i].Name })
}

// clients is the claim of Keycloak whose members are named by clients.
const clients = "resource_access"

// count counts the members of the object with that name.
func count(n int, name string) string {
	if name == clients {
		return phrase.Count(n, "client", "clients")
	}
	return phrase.Count(n, "member", "members")
}

// summaryOfOnly is the summary of an object with one member: "2 roles: admin, user".
func summaryOfOnly(only auth.Member) string {
	elements, isArray := jsontext.Elements(only.Value)
	inner := Member{Name: only.Name, Raw: only.Value}
	switch singular, isPlural := strings.CutSuffix(only.Name, "s"); {
	case isArray && isPlural && singular != "":
		return phrase.Count(len(elements), singular, only.Name) + ": " + listOf(elements)
	case isArray:
		return only.Name + ": " + listOf(elements)
	case inner.Holds() && objectIn(only.Value) != nil:
		return only.Name + ": " + inner.Summary()
	default:
		return only.Name + ": " + readable(only.Value)
	}
}

func summaryOfArray(elements []json.RawMessage) string {
	if len(elements) == 0 {
		return ""
	}
	return phrase.Count(len(elements), "value", "values") + ": " + listOf(elements)
}

// listOf lists elements: their text, or what stands for an object.
func listOf(elements []json.RawMessage) string {
	return listed(len(elements), func(i int) string { return standsFor(elements[i]) })
}

// standsFor returns a text, a number or a literal, or of an object the member that tells it
// from others.
func standsFor(raw json.RawMessage) string {
	switch {
	case len(raw) == 0 || raw[0] != '{' && raw[0] != '[':
		return readable(raw)
	case raw[0] == '[':
		return "[…]"
	}
	object := objectIn(raw)
	for _, name := range []string{"name", "id", "type", "sub", "kid"} {
		if text, ok := object.String(name); ok {
			return text
		}
	}
	return "{…}"
}

// most is how much of an object or an array a summary lists.
const most = 24

// listed joins the first of n texts.
func listed(n int, text func(i int) string) string {
	all := make([]string, 0, min(n, most)+1)
	for i := range min(n, most) {
		all = append(all, text(i))
	}
	if n > most {
		all = append(all, "…")
	}
	return strings.Join(all, ", ")
}
