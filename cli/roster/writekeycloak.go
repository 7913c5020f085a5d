package roster

import (
	"encoding/json"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
	"tokendesk/settings"
)

// writeKeycloak writes personas as the users of a realm that Keycloak can import, with
// everything that they inherit.
func writeKeycloak(personas []*settings.Persona) ([]byte, []Left, error) {
	w := keycloakWriter{}
	realm := auth.Object{jsontext.Text("realm", "tokendesk"), {Name: "enabled", Value: []byte("true")}}
	if lifetime := w.lifetime(personas); lifetime > 0 {
		realm = append(realm, auth.Member{Name: "accessTokenLifespan", Value: number(int(lifetime / time.Second))})
	}
	users := make([]json.RawMessage, 0, len(personas))
	for i, p := range personas {
		w.row, w.name = i+1, p.Name
		users = append(users, object(w.user(p)))
	}
	realm = append(realm, auth.Member{Name: "users", Value: array(users)})
	return []byte(realm.Indent() + "\n"), w.left, nil
}

func array(values []json.RawMessage) json.RawMessage {
	out := []byte("[")
	for i, v := range values {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, v...)
	}
	return append(out, ']')
}

func number(n int) json.RawMessage {
	raw, _ := json.Marshal(n) // an int always is a number
	return raw
}

// keycloakWriter writes users.
type keycloakWriter struct {
	left []Left
	row  int
	name string // of the persona
}

func (w *keycloakWriter) leave(member, why string) {
	w.left = append(w.left, Left{w.row, w.name, member, why})
}

// lifetime returns the lifetime of all personas, or 0 if they differ: a realm has one.
func (w *keycloakWriter) lifetime(personas []*settings.Persona) time.Duration {
	same := time.Duration(-1)
	for _, p := range personas {
		lifetime, err := input.ParseLifetime(p.Lifetime, time.Unix(0, 0).UTC())
		if p.Lifetime == "" || err != nil || strings.HasPrefix(strings.TrimSpace(strings.ToLower(p.Lifetime)), "until") {
			lifetime = 0
		}
		if same >= 0 && lifetime != same || lifetime%time.Second != 0 {
			same = 0
			break
		}
		same = lifetime
	}
	for i, p := range personas {
		if p.Lifetime != "" && same <= 0 {
			w.row, w.name = i+1, p.Name
			w.leave("lifetime", "a realm has one lifetime for all users")
		}
	}
	return max(0, same)
}

// user returns the user of a persona.
func (w *keycloakWriter) user(p *settings.Persona) auth.Object {
	for _, m := range []struct{ name, value string }{{"algorithm", string(p.Algorithm)}, {"key", p.Key}, {"shape", p.Shape}} {
		if m.value != "" {
			w.leave(m.name, "a Keycloak user has none")
		}
	}
	var user auth.Object
	switch {
	case p.Subject == p.Name:
	case p.Subject == "":
		w.leave("subject", "there is none, but a Keycloak user always has one")
	case p.SubjectOrigin().Placeholders != "":
		w.leave("subject", "it cannot have a placeholder")
	default:
		subject, _ := p.SubjectOf(settings.Fresh{}) // without a placeholder there is no error
		user = append(user, jsontext.Text("id", subject))
	}
	enabled := "true"
	if p.Disabled {
		enabled = "false"
	}
	user = append(user, jsontext.Text(usernameMember, p.Name), auth.Member{Name: "enabled", Value: []byte(enabled)})
	var attributes auth.Object
	for _, m := range p.Claims {
		plain, err := settings.Unescaped(m)
		if err != nil {
			w.leave(m.Name, "it cannot have a placeholder")
			continue
		}
		w.claim(p, &user, &attributes, plain)
	}
	if len(attributes) > 0 {
		user = append(user, auth.Member{Name: "attributes", Value: object(attributes)})
	}
	return user
}

// claim writes a claim as the member or attribute of the user that it comes from.
func (w *keycloakWriter) claim(p *settings.Persona, user, attributes *auth.Object, m auth.Member) {
	text, isText := jsontext.Unquote(m.Value)
	for _, c := range userClaims {
		switch {
		case c.claim != m.Name:
			continue
		case c.member == usernameMember && text != p.Name:
			w.leave(m.Name, "the name of the user is "+p.Name)
		case !isText || text == "":
			w.leave(m.Name, "it is not text")
		case c.member != usernameMember:
			*user = user.Set(c.member, m.Value)
		}
		return
	}
	switch m.Name {
	case "email_verified":
		if string(m.Value) != "true" && string(m.Value) != "false" {
			w.leave(m.Name, "it is neither true nor false")
			return
		}
		*user = user.Set("emailVerified", m.Value)
	case nameClaim:
		if !isText || text != fullName(p) {
			w.leave(m.Name, "it is not the given_name and the family_name")
		}
	case groupsClaim:
		if groups, ok := jsontext.Strings(m.Value); !ok || len(groups) == 0 {
			w.leave(m.Name, "it is not a list of strings")
			return
		}
		*user = user.Set("groups", m.Value)
	case realmAccess:
		roles, ok := onlyRoles(m.Value)
		if !ok {
			w.leave(m.Name, "it has something other than roles")
			return
		}
		*user = user.Set("realmRoles", jsontext.QuoteAll(roles))
	case resourceAccess:
		w.clients(user, m)
	default:
		w.attribute(attributes, m)
	}
}

// fullName returns the name that Keycloak's tokens would have.
func fullName(p *settings.Persona) string {
	first, _ := p.Claims.String("given_name")
	last, _ := p.Claims.String("family_name")
	return strings.TrimSpace(first + " " + last)
}

// clients writes the roles of clients.
func (w *keycloakWriter) clients(user *auth.Object, m auth.Member) {
	of, err := jsontext.ParseObject(m.Value)
	if err != nil || len(of) == 0 {
		w.leave(m.Name, "it is not an object of client roles")
		return
	}
	var clients auth.Object
	for _, c := range of {
		roles, ok := onlyRoles(c.Value)
		if !ok {
			w.leave(m.Name+"."+c.Name, "it has something other than roles")
			continue
		}
		clients = append(clients, auth.Member{Name: c.Name, Value: jsontext.QuoteAll(roles)})
	}
	if len(clients) > 0 {
		*user = user.Set("clientRoles", object(clients))
	}
}

// attribute writes a claim as an attribute.
func (w *keycloakWriter) attribute(attributes *auth.Object, m auth.Member) {
	name := m.Name
	for _, c := range attributeClaims {
		if c.claim == name {
			name = c.attribute
		}
	}
	values, isList := jsontext.Strings(m.Value)
	text, isText := jsontext.Unquote(m.Value)
	switch {
	case isText:
		values = []string{text}
	case !isList:
		w.leave(m.Name, "a Keycloak attribute is text or a list of strings")
		return
	case len(values) < 2:
		w.leave(m.Name, "a list with fewer than two values would come back as text")
		return
	}
	*attributes = append(*attributes, auth.Member{Name: name, Value: jsontext.QuoteAll(values)})
}
