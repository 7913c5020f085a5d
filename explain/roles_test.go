package explain

import (
	"strings"
	"testing"

	"tokendesk/auth/jsontext"
)

func TestRoles(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{}`:               "",
		`{"role":"admin"}`: "admin",
		`{"scope":"openid email","roles":["a","b"],"groups":["staff","a"]}`:                  "a b staff openid email",
		`{"realm_access":{"roles":["user"]},"resource_access":{"shop":{"roles":["buyer"]}}}`: "user buyer",
		`{"scp":"User.Read","permissions":["read:jobs"],"name":"Ada"}`:                       "read:jobs User.Read",
		`{"role":7,"scopes":[true,"read"]}`:                                                  "read",
	} {
		claims, err := jsontext.ParseObject([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(Roles(claims), " "); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
