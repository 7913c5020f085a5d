package jwks

import (
	"slices"
	"testing"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

func TestIssuersOf(t *testing.T) {
	t.Parallel()
	for address, want := range map[string][]string{
		"https://a.example":                                    {"https://a.example"},
		"https://a.example/":                                   {"https://a.example"},
		"https://a.example/jwks.json":                          {"https://a.example/jwks.json"},
		"https://a.example/.well-known/jwks.json":              {"https://a.example/.well-known/jwks.json"},
		"https://a.example/.well-known/openid-configuration-x": {"https://a.example/.well-known/openid-configuration-x"},
		"https://a.example/.well-known/openid-configuration": {
			"https://a.example/.well-known/openid-configuration", "https://a.example",
		},
		"https://a.example:8443/realms/x/.well-known/openid-configuration?p=1": {
			"https://a.example:8443/realms/x/.well-known/openid-configuration?p=1", "https://a.example:8443/realms/x",
		},
		"https://a.example/.well-known/oauth-authorization-server/realms/x/": {
			"https://a.example/.well-known/oauth-authorization-server/realms/x", "https://a.example/realms/x",
		},
		"%": {"%"},
	} {
		if got := issuersOf(address); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

// A discovery document is used for the issuer that it names, with and without a slash at
// the end.
func TestCheckIssuer(t *testing.T) {
	t.Parallel()
	const at, keys = "https://a.example/x/.well-known/openid-configuration", "https://a.example/keys"
	for _, tt := range []struct{ url, issuer, keys, want, do string }{
		{at, "https://a.example/x", keys, "", ""},
		{at, "https://a.example/x/", keys, "", ""}, // Auth0, Authentik
		{"https://a.example/x/" + wellKnown, "https://a.example/x", keys, "", ""},
		{"https://a.example/anywhere", "https://a.example/anywhere/", keys, "", ""},
		{
			at, "https://a.example/x//", keys, at + ` is the discovery document of another issuer, "https://a.example/x//"`,
			"to use its keys, configure the URL of its JWK set, " + keys,
		},
		{
			at, "https://b.example/x", "http://b.example/keys", at + ` is the discovery document of another issuer, "https://b.example/x"`,
			"configure exactly that issuer's URL",
		},
		{at, "", keys, at + ` is the discovery document of another issuer, ""`, "to use its keys, configure the URL of its JWK set, " + keys},
		{
			"https://a.example/common/v2.0" + wellKnown, "https://a.example/{tenantid}/v2.0", keys,
			"https://a.example/common/v2.0" + wellKnown + ` is for many issuers, "https://a.example/{tenantid}/v2.0", and not for one`,
			"to use its keys, configure the URL of its JWK set, " + keys,
		},
	} {
		text := `{"issuer":` + string(jsontext.Quote(tt.issuer)) + `,"jwks_uri":"` + tt.keys + `"}`
		object, err := jsontext.ParseObject([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		err = (&document{url: tt.url, json: object}).checkIssuer()
		if err != nil {
			got = err.Error()
		}
		if got != tt.want || advice.Of(err) != tt.do {
			t.Errorf("%s of %s: %s; %s, want %s; %s", tt.url, tt.issuer, got, advice.Of(err), tt.want, tt.do)
		}
	}
}
