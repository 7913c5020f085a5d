package explain

// ParameterMeaning returns what the header parameter of that name is for, in a
// few words (RFC 7515 section 4.1), or the empty string.
func ParameterMeaning(name string) string {
	switch name {
	case "alg":
		return "algorithm"
	case "typ":
		return "type of the token"
	case "cty":
		return "type of the payload"
	case "kid":
		return "key ID"
	case "jku":
		return "URL of a key set, not fetched"
	case "jwk":
		return "a key inside the token, not used"
	case "x5u":
		return "URL of a certificate, not fetched"
	case "x5c":
		return "certificates inside the token, not used"
	case "x5t", "x5t#S256":
		return "thumbprint of a certificate"
	case "crit":
		return "what must be understood"
	default:
		return ""
	}
}

// ClaimMeaning returns what the claim of that name says, in a few words, or
// the empty string. It knows the registered claims (RFC 7519 section 4.1) and
// the common ones of OpenID Connect, OAuth and the IANA registry.
func ClaimMeaning(name string) string {
	if description := meaningOfRegistered(name); description != "" {
		return description
	}
	switch name {
	case "azp":
		return "authorized party"
	case "scope", "scp", "scopes":
		return "scopes"
	case "role", "roles":
		return "roles"
	case "client_id":
		return "client"
	case "auth_time":
		return "signed in"
	case "updated_at":
		return "profile updated"
	case "nonce":
		return "nonce"
	case "sid":
		return "session"
	case "email":
		return "email address"
	case "email_verified":
		return "email verified"
	case "name":
		return "full name"
	case "preferred_username":
		return "user name"
	case "acr":
		return "authentication class"
	case "amr":
		return "authentication methods"
	case "act":
		return "acting party"
	case "cnf":
		return "bound key"
	case "tid":
		return "tenant"
	default:
		return ""
	}
}

// meaningOfRegistered is for the claims that RFC 7519 itself defines.
func meaningOfRegistered(name string) string {
	switch name {
	case "iss":
		return "issuer"
	case "sub":
		return "subject"
	case "aud":
		return "audience"
	case "exp":
		return "expires"
	case "nbf":
		return "not valid before"
	case "iat":
		return "issued"
	case "jti":
		return "token ID"
	default:
		return ""
	}
}
