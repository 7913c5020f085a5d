package explain

import "testing"

func TestMeanings(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"alg": "algorithm", "typ": "type of the token", "cty": "type of the payload", "kid": "key ID",
		"jku": "URL of a key set, not fetched", "jwk": "a key inside the token, not used",
		"x5u": "URL of a certificate, not fetched", "x5c": "certificates inside the token, not used",
		"x5t": "thumbprint of a certificate", "x5t#S256": "thumbprint of a certificate",
		"crit": "what must be understood", "ALG": "", "": "",
	} {
		if got := ParameterMeaning(name); got != want {
			t.Errorf("header %s: %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"iss": "issuer", "sub": "subject", "aud": "audience", "exp": "expires", "nbf": "not valid before", "iat": "issued",
		"jti": "token ID", "azp": "authorized party", "scope": "scopes", "scp": "scopes", "role": "roles", "auth_time": "signed in",
		"cnf": "bound key", "tid": "tenant", "EXP": "", "x": "",
	} {
		if got := ClaimMeaning(name); got != want {
			t.Errorf("claim %s: %q, want %q", name, got, want)
		}
	}
}
