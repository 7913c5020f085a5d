package explain

import "strings"

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
	return prefixed(name)
}

// prefixed explains names that vendors and users make from a prefix.
func prefixed(name string) string {
	switch {
	case strings.HasPrefix(name, "cognito:"):
		return "claim of Cognito"
	case strings.HasPrefix(name, "custom:"):
		return "custom attribute (Cognito)"
	case strings.HasPrefix(name, "xms_"):
		return "optional claim of Entra"
	case strings.HasPrefix(name, "http://schemas.xmlsoap.org/"), strings.HasPrefix(name, "http://schemas.microsoft.com/"):
		return "claim of .NET and WS-Federation"
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
	{"epk", "ephemeral public key of the encryption"},
	{"apu", "about the sender of the encryption"},
	{"apv", "about the recipient of the encryption"},
	{"p2c", "rounds of the password"},
	{"p2s", "salt of the password"},
	{"nonce", "nonce"},
	{"trust_chain", "trust chain (OpenID Federation)"},
	{"signer", "load balancer that signed (AWS)"},
	{"client", "client (AWS)"},
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
	{"entitlements", "entitlements"},
	{"client_id", "client"},
	{"auth_time", "signed in"},
	{"updated_at", "profile updated"},
	{"nonce", "nonce"},
	{"at_hash", "hash of the access token"},
	{"c_hash", "hash of the authorization code"},
	{"s_hash", "hash of the state of the request"},
	{"sid", "session"},
	{"session_state", "session"},
	{"email", "email address"},
	{"email_verified", "email verified"},
	{"phone_number", "phone number"},
	{"name", "full name"},
	{"given_name", "given name"},
	{"family_name", "family name"},
	{"nickname", "nickname"},
	{"picture", "URL of a picture"},
	{"locale", "language and region"},
	{"zoneinfo", "time zone"},
	{"preferred_username", "user name"},
	{"acr", "authentication class"},
	{"amr", "authentication methods"},
	{"act", "acting party"},
	{"may_act", "who may act for the subject"},
	{"cnf", "bound key"},
	{"events", "security events"},
	{"toe", "time of the event"},
	{"txn", "transaction"},
	{"authorization_details", "authorization details"},
	{"vc", "verifiable credential"},
	{"vct", "type of the credential"},

	{"htm", "HTTP method of the request"},
	{"htu", "URL of the request"},
	{"ath", "hash of the access token"},
	{"sd_hash", "hash of the token and its disclosures"},
	{"_sd", "digests of disclosures"},
	{"_sd_alg", "hash of the digests"},

	{"typ", "type of the token (Keycloak)"},
	{"realm_access", "roles in the realm (Keycloak)"},
	{"resource_access", "roles by client (Keycloak)"},
	{"allowed-origins", "web origins (Keycloak)"},
	{"tid", "tenant"},
	{"oid", "object ID of the user (Entra)"},
	{"upn", "user principal name"},
	{"unique_name", "user name (Entra)"},
	{"appid", "client (Entra)"},
	{"appidacr", "how the client signed in (Entra)"},
	{"azpacr", "how the client signed in (Entra)"},
	{"wids", "directory roles (Entra)"},
	{"ver", "version of the token"},
	{"uti", "token ID (Entra)"},
	{"rh", "internal to Entra: not for use"},
	{"aio", "internal to Entra: not for use"},
	{"idtyp", "app or user token (Entra)"},
	{"idp", "identity provider that signed the user in"},
	{"ipaddr", "IP address of the sign-in"},
	{"hasgroups", "more groups than fit (Entra)"},
	{"_claim_names", "claims that are elsewhere"},
	{"_claim_sources", "where other claims are"},
	{"token_use", "access or ID token (Cognito)"},
	{"cognito:username", "user name"},
	{"cognito:groups", "groups"},
	{"cognito:roles", "roles"},
	{"cognito:preferred_role", "preferred IAM role (Cognito)"},
	{"origin_jti", "ID of the sign-in (Cognito)"},
	{"event_id", "event of the sign-in (Cognito)"},
	{"identities", "linked identity providers (Cognito)"},
	{"firebase", "sign-in details (Firebase)"},
	{"user_id", "user ID"},
	{"gty", "grant type (Auth0)"},
	{"org_id", "organization"},
	{"hd", "domain of the Google Workspace"},
	{"cid", "client (Okta)"},
	{"uid", "user ID"},
	{"kubernetes.io", "pod and service account (Kubernetes)"},
	{"google", "virtual machine (Google Cloud)"},
}
