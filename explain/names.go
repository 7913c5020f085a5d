package explain

// meaning is a name and its meaning.
type meaning struct{ name, about string }

// Parameter says in a few words what the header parameter with that name is, or returns
// the empty string (RFC 7515 section 4.1, RFC 7516 section 4.1, RFC 7797).
func Parameter(name string) string { return lookUp(parameters[:], name) }

// Claim says in a few words what the claim with that name is, or returns the empty
// string. It knows the registered claims (RFC 7519 section 4.1) and those that OpenID
// Connect, OAuth and the large vendors use. For a claim that holds a date it is the
// label of the moment.
func Claim(name string) string { return lookUp(claims[:], name) }

func lookUp(table []meaning, name string) string {
	for i := range table {
		if table[i].name == name {
			return table[i].about
		}
	}
	return ""
}

var parameters = [...]meaning{
	{"alg", "algorithm"},
	{"typ", "type of the token"},
	{"cty", "type of the payload"},
	{"kid", "key ID"},
	{"jku", "URL of a JWK set, not fetched"},
	{"jwk", "public key in the header, not used"},
	{"x5u", "URL of a certificate, not fetched"},
	{"x5c", "certificate chain in the header, not used"},
	{"x5t", "SHA-1 thumbprint of a certificate"},
	{"x5t#S256", "SHA-256 thumbprint of a certificate"},
	{"crit", "extensions that must be understood"},
	{"enc", "content encryption algorithm"},
	{"zip", "compression algorithm"},
	{"b64", "whether the payload is base64url"},
}

var claims = [...]meaning{
	{"iss", "issuer"},
	{"sub", "subject"},
	{"aud", "audience"},
	{"exp", "expires"},
	{"nbf", "valid from"},
	{"iat", "issued"},
	{"jti", "token ID"},

	{"azp", "authorized party"},
	{"scope", "granted scopes"},
	{"scp", "granted scopes"},
	{"scopes", "granted scopes"},
	{"role", "roles"},
	{"roles", "roles"},
	{"groups", "groups"},
	{"permissions", "permissions"},
	{"client_id", "client"},
	{"auth_time", "signed in"},
	{"updated_at", "profile updated"},
	{"nonce", "nonce"},
	{"at_hash", "hash of the access token"},
	{"c_hash", "hash of the authorization code"},
	{"sid", "session"},
	{"session_state", "session"},
	{"email", "email address"},
	{"email_verified", "email verified"},
	{"name", "full name"},
	{"preferred_username", "user name"},
	{"acr", "authentication class"},
	{"amr", "authentication methods"},
	{"act", "acting party"},
	{"may_act", "who may act for the subject"},
	{"cnf", "bound key"},
	{"events", "security events"},
	{"authorization_details", "authorization details"},

	{"realm_access", "roles in the realm (Keycloak)"},
	{"resource_access", "roles by client (Keycloak)"},
	{"tid", "tenant"},
	{"oid", "object ID of the user (Entra)"},
	{"upn", "user principal name"},
	{"appid", "client (Entra)"},
	{"wids", "directory roles (Entra)"},
	{"ver", "version of the token"},
	{"uti", "token ID (Entra)"},
	{"token_use", "access or ID token (Cognito)"},
	{"cognito:username", "user name"},
	{"cognito:groups", "groups"},
	{"cognito:roles", "roles"},
	{"firebase", "sign-in details (Firebase)"},
}
