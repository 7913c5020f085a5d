package roster

import (
	"encoding/json"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// The claims that Keycloak's tokens have of a user by default, and the members of the user that
// they come from: those of the client scopes roles, profile and email, and of the mapper
// for groups.
const (
	realmAccess    = "realm_access"
	resourceAccess = "resource_access"
	groupsClaim    = "groups"
	nameClaim      = "name"
)

// userClaims are the claims that are a member of the user.
var userClaims = []struct{ claim, member string }{
	{"preferred_username", "username"},
	{"given_name", "firstName"},
	{"family_name", "lastName"},
	{"email", "email"},
}

// attributeClaims are the attributes that Keycloak's client scopes write under another name.
var attributeClaims = []struct{ claim, attribute string }{
	{"middle_name", "middleName"},
	{"phone_number", "phoneNumber"},
	{"phone_number_verified", "phoneNumberVerified"},
}

// keycloakRoles are roles of a realm and of its clients.
type keycloakRoles struct {
	realm   []string
	clients []clientRoles // in the order of the file
}

// clientRoles are the roles of a client.
type clientRoles struct {
	client string
	roles  []string
}

// add adds roles that are not there yet.
func (k *keycloakRoles) add(client string, roles ...string) {
	list := &k.realm
	if client != "" {
		i := slices.IndexFunc(k.clients, func(c clientRoles) bool { return c.client == client })
		if i < 0 {
			i = len(k.clients)
			k.clients = append(k.clients, clientRoles{client: client})
		}
		list = &k.clients[i].roles
	}
	for _, role := range roles {
		if !slices.Contains(*list, role) {
			*list = append(*list, role)
		}
	}
}

// claims returns the claims realm_access and resource_access.
func (k *keycloakRoles) claims() auth.Object {
	var claims auth.Object
	if len(k.realm) > 0 {
		claims = append(claims, auth.Member{Name: realmAccess, Value: rolesObject(k.realm)})
	}
	var clients auth.Object
	for _, c := range k.clients {
		if len(c.roles) > 0 {
			clients = append(clients, auth.Member{Name: c.client, Value: rolesObject(c.roles)})
		}
	}
	if len(clients) > 0 {
		claims = append(claims, auth.Member{Name: resourceAccess, Value: object(clients)})
	}
	return claims
}

func rolesObject(roles []string) json.RawMessage {
	return object(auth.Object{{Name: "roles", Value: jsontext.QuoteAll(roles)}})
}

// object writes an object whose members are valid.
func object(o auth.Object) json.RawMessage {
	raw, err := o.MarshalJSON()
	if err != nil {
		return []byte("{}")
	}
	return raw
}

// onlyRoles returns the roles of an object that holds them and nothing else.
func onlyRoles(raw json.RawMessage) ([]string, bool) {
	o, err := jsontext.ParseObject(raw)
	if err != nil || len(o) != 1 || o[0].Name != "roles" {
		return nil, false
	}
	roles, ok := jsontext.Strings(o[0].Value)
	return roles, ok && len(roles) > 0
}
