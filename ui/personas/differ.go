package personas

import (
	"tokendesk/auth/jsontext"
	"tokendesk/settings"
)

// differ says of each persona in which two files differ what is different: "guest was
// added", "admin has another lifetime".
func differ(before, now []*settings.Persona) []string {
	var all []string
	for _, p := range now {
		was := settings.FindPersona(before, p.Name)
		if was == nil {
			all = append(all, p.Name+" was added")
			continue
		}
		if members := membersOf(was.Own(), p.Own()); len(members) > 0 {
			all = append(all, p.Name+" "+members[0].says())
		}
	}
	for _, p := range before {
		if settings.FindPersona(now, p.Name) == nil {
			all = append(all, p.Name+" was removed")
		}
	}
	return all
}

// member is a member of a persona that two files have with other values. A claim that one
// of them does not have is empty there.
type member struct {
	name      string
	claim     bool
	was, is   string // of a claim as JSON
	otherwise int    // how many more members differ
}

func (m member) says() string {
	what := "has another " + m.name
	switch {
	case m.name == disabledWord && !m.claim && m.is == yes(true):
		what = "was disabled"
	case m.name == disabledWord && !m.claim:
		what = "was enabled"
	case m.claim && m.was == "":
		what = "has the new claim " + m.name
	case m.claim && m.is == "":
		what = "has no claim " + m.name
	case m.claim:
		what = "has another claim " + m.name
	}
	if m.otherwise > 0 {
		what += " and more"
	}
	return what
}

// membersOf returns the members in which two personas differ.
func membersOf(a, b settings.Own) []member {
	var all []member
	add := func(name, was, is string) {
		if was != is {
			all = append(all, member{name: name, was: was, is: is})
		}
	}
	add("name", a.Name, b.Name)
	add("subject", a.Subject, b.Subject)
	add("lifetime", a.Lifetime, b.Lifetime)
	add("parent", a.Extends, b.Extends)
	add("shape", a.Shape, b.Shape)
	add("algorithm", string(a.Algorithm), string(b.Algorithm))
	add("key", a.Key, b.Key)
	add(disabledWord, yes(a.Disabled), yes(b.Disabled))
	for _, m := range b.Claims {
		was, _ := a.Claims.Get(m.Name)
		if jsontext.Plain(was) != jsontext.Plain(m.Value) {
			all = append(all, member{name: m.Name, claim: true, was: string(was), is: string(m.Value)})
		}
	}
	for _, m := range a.Claims {
		if b.Claims.Index(m.Name) < 0 {
			all = append(all, member{name: m.Name, claim: true, was: string(m.Value)})
		}
	}
	for i := range all {
		all[i].otherwise = len(all) - 1
	}
	return all
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
