package roster

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/settings"
)

// readKeycloak reads the users of a realm that Keycloak has exported, of an array of realms, or
// of a file with users alone. They get the claims that Keycloak's tokens would have of them.
// Passwords and other credentials are passed over.
func readKeycloak(data []byte) (Read, error) {
	var r Read
	data, err := text(data)
	if err != nil {
		return r, err
	}
	value, err := jsontext.ParseValue(data)
	if syntax, ok := errors.AsType[*jsontext.SyntaxError](err); ok {
		return r, explain.Line{Label: "line " + strconv.Itoa(syntax.Line), Text: syntax.Reason, Do: "check that Keycloak exported it"}
	}
	realms := []json.RawMessage{value}
	if many, ok := jsontext.Elements(value); ok {
		realms = many
	}
	row := 0
	for _, raw := range realms {
		realm, err := jsontext.ParseObject(raw)
		users, has := elements(realm, "users")
		if err != nil || realm.Index("users") >= 0 && !has {
			return r, explain.Line{Text: "it is not a Keycloak realm", Do: "export one with its users: kc.sh export --users same_file"}
		}
		k := keycloakRealm{read: &r, realm: realm}
		for _, raw := range users {
			row++
			k.user(row, raw)
		}
	}
	if row == 0 {
		return r, explain.Line{Text: "it has no users", Do: "export the realm with its users: kc.sh export --users same_file"}
	}
	return r, nil
}

// elements returns the elements of an array in an object.
func elements(o auth.Object, name string) ([]json.RawMessage, bool) {
	raw, _ := o.Get(name)
	return jsontext.Elements(raw)
}

// strings returns the texts of an array in an object.
func texts(o auth.Object, name string) []string {
	raw, _ := o.Get(name)
	all, _ := jsontext.Strings(raw)
	return all
}

// inner returns an object in an object.
func inner(o auth.Object, name string) auth.Object {
	raw, _ := o.Get(name)
	in, err := jsontext.ParseObject(raw)
	if err != nil {
		return nil
	}
	return in
}

// keycloakRealm reads the users of a realm.
type keycloakRealm struct {
	read  *Read
	realm auth.Object
}

// taken are the members of a user that become a part of the persona.
var taken = []string{
	"id", usernameMember, "enabled", "emailVerified", "firstName", "lastName", "email", "attributes", "realmRoles", "clientRoles",
	"applicationRoles", "groups",
}

// secrets are the members of a user that hold passwords and the like.
var secrets = []string{"credentials", "federatedIdentities", "socialLinks"}

// user reads a user.
func (k *keycloakRealm) user(row int, raw json.RawMessage) {
	user, err := jsontext.ParseObject(raw)
	if err != nil {
		k.read.refuse(row, "", "", "it is not an object")
		return
	}
	username, _ := user.String(usernameMember)
	email, _ := user.String("email")
	own := settings.Own{Name: username, Lifetime: k.lifetime()}
	if own.Name == "" {
		own.Name = email
	}
	if own.Name == "" {
		k.read.refuse(row, "", usernameMember, "it is missing")
		return
	}
	own.Subject, _ = user.String("id")
	if own.Subject == "" {
		own.Subject = own.Name
	}
	own.Subject = settings.EscapePlaceholders(own.Subject)
	if enabled, has := user.Get("enabled"); has && string(enabled) == "false" {
		own.Disabled = true
	}
	own.Claims = k.claims(row, &own, user)
	for i, m := range own.Claims {
		own.Claims[i].Value = settings.EscapeValue(m.Value)
	}
	for _, m := range user {
		if slices.Contains(taken, m.Name) || isNothing(m.Value) {
			continue
		}
		why := "no claim of Keycloak's tokens comes from it"
		if slices.Contains(secrets, m.Name) {
			why = "credentials are never imported"
		}
		k.read.leave(row, own.Name, m.Name, why)
	}
	k.read.add(row, &own)
}

// isNothing reports whether a value says nothing.
func isNothing(raw json.RawMessage) bool {
	return slices.Contains([]string{"null", "false", "0", `""`, "[]", "{}"}, strings.Join(strings.Fields(string(raw)), ""))
}

// lifetime returns the lifetime of the realm's tokens, or nothing.
func (k *keycloakRealm) lifetime() string {
	raw, _ := k.realm.Get("accessTokenLifespan")
	seconds, err := strconv.Atoi(string(raw))
	if err != nil || seconds <= 0 {
		return ""
	}
	return span(time.Duration(seconds) * time.Second)
}

// span writes a whole number of seconds in the largest unit that holds it exactly.
func span(d time.Duration) string {
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}} {
		if d%unit.length == 0 {
			return strconv.Itoa(int(d/unit.length)) + unit.name
		}
	}
	return strconv.Itoa(int(d/time.Second)) + "s"
}

// claims returns the claims of a user in the order of Keycloak's tokens.
func (k *keycloakRealm) claims(row int, own *settings.Own, user auth.Object) auth.Object {
	roles := k.roles(user)
	claims := roles.claims()
	if verified, has := user.Get("emailVerified"); has {
		claims = claims.Set("email_verified", verified)
	}
	first, _ := user.String("firstName")
	last, _ := user.String("lastName")
	if full := strings.TrimSpace(first + " " + last); full != "" {
		claims = append(claims, jsontext.Text(nameClaim, full))
	}
	if groups := texts(user, "groups"); len(groups) > 0 {
		claims = append(claims, auth.Member{Name: groupsClaim, Value: jsontext.QuoteAll(groups)})
	}
	for _, c := range userClaims {
		value, _ := user.String(c.member)
		if c.member == usernameMember {
			value = own.Name
		}
		if value != "" {
			claims = append(claims, jsontext.Text(c.claim, value))
		}
	}
	for _, a := range inner(user, "attributes") {
		k.attribute(row, own.Name, &claims, a)
	}
	return claims
}

// attribute adds the claim of an attribute. One with a single value is text, as in the tokens.
func (k *keycloakRealm) attribute(row int, username string, claims *auth.Object, a auth.Member) {
	where := "attributes." + a.Name
	name := a.Name
	for _, c := range attributeClaims {
		if c.attribute == name {
			name = c.claim
		}
	}
	values, ok := jsontext.Strings(a.Value)
	if text, isText := jsontext.Unquote(a.Value); isText { // as in old files
		values, ok = []string{text}, true
	}
	switch {
	case ok && len(values) == 0:
		return
	case !ok:
		k.read.leave(row, username, where, "an attribute must be a list of strings")
		return
	case claims.Index(name) >= 0:
		k.read.leave(row, username, where, "the user has another value for the claim "+name)
		return
	}
	m := auth.Member{Name: name, Value: jsontext.QuoteAll(values)}
	if len(values) == 1 {
		m = jsontext.Text(name, values[0])
	}
	if err := auth.CheckExtraClaim(m); err != nil {
		k.read.leave(row, username, where, err.Error())
		return
	}
	*claims = append(*claims, m)
}

// roles returns the roles of a user: its own, those of its groups, and those that they contain.
func (k *keycloakRealm) roles(user auth.Object) keycloakRoles {
	var all keycloakRoles
	k.given(&all, user)
	for _, path := range texts(user, "groups") {
		k.group(&all, path)
	}
	return all
}

// given adds the roles that a user or a group is given.
func (k *keycloakRealm) given(all *keycloakRoles, to auth.Object) {
	for _, role := range texts(to, "realmRoles") {
		k.role(all, "", role)
	}
	for _, member := range []string{"clientRoles", "applicationRoles"} {
		clients := inner(to, member)
		for _, client := range clients {
			for _, role := range texts(clients, client.Name) {
				k.role(all, client.Name, role)
			}
		}
	}
}

// role adds a role and those that it contains.
func (k *keycloakRealm) role(all *keycloakRoles, client, name string) {
	before := len(all.realm)
	for _, c := range all.clients {
		before += len(c.roles)
	}
	all.add(client, name)
	after := len(all.realm)
	for _, c := range all.clients {
		after += len(c.roles)
	}
	if before == after {
		return // it is there already, and so are those that it contains
	}
	roles := inner(k.realm, "roles")
	list, _ := elements(roles, "realm")
	if client != "" {
		list, _ = elements(inner(roles, "client"), client)
	}
	for _, raw := range list {
		role, err := jsontext.ParseObject(raw)
		if is, _ := role.String("name"); err != nil || is != name {
			continue
		}
		composites := inner(role, "composites")
		for _, inside := range texts(composites, "realm") {
			k.role(all, "", inside)
		}
		clients := inner(composites, "client")
		for _, c := range clients {
			for _, inside := range texts(clients, c.Name) {
				k.role(all, c.Name, inside)
			}
		}
	}
}

// group adds the roles of a group and of those above it. The path is like /staff/night.
func (k *keycloakRealm) group(all *keycloakRoles, path string) {
	in, member := k.realm, "groups"
	for _, name := range strings.Split(strings.TrimPrefix(path, "/"), "/") {
		list, _ := elements(in, member)
		found := false
		for _, raw := range list {
			group, err := jsontext.ParseObject(raw)
			if is, _ := group.String("name"); err == nil && is == name {
				in, member, found = group, "subGroups", true
				break
			}
		}
		if !found {
			return
		}
		k.given(all, in)
	}
}
