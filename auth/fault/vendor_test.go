package fault

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// Faults are derived from any token that a vendor asks for, and each is refused as the
// catalogue says or cannot be made.
func TestFaultsOfVendorsTokens(t *testing.T) {
	t.Parallel()
	number := func(name string, n string) auth.Member { return auth.Member{Name: name, Value: json.RawMessage(n)} }
	for name, tt := range map[string]struct {
		request    auth.Request
		without    []string // header parameters
		impossible []string // for lack of a claim or parameter
	}{
		"an APNs token": {
			request: auth.Request{Whole: true, Claims: auth.Object{jsontext.Text("iss", "TEAM"), number("iat", "1795442712")}},
			without: []string{"typ"},
			impossible: []string{
				"wrong-audience", "no-audience", "audience-array", "audience-empty", "audience-blank", "audience-null",
				"audience-object", "audience-prefix", "no-subject", "subject-array", "duplicate-sub", "no-exp", "duplicate-exp",
				"exp-string", "exp-array", "wrong-typ",
			},
		},
		"a token issued a minute ago": {
			request: auth.Request{Subject: "ada", Claims: auth.Object{number("iat", "1795442652")}},
		},
		"without a kid or an iss": {
			request: auth.Request{Subject: "ada", Without: []string{"iss", "sub"}},
			without: []string{"kid"},
			impossible: []string{
				"wrong-issuer", "no-issuer", "issuer-prefix", "issuer-part", "issuer-empty", "issuer-null", "issuer-array",
				"no-subject", "subject-array", "duplicate-sub", "kid-unknown", "kid-missing",
				"none-kid-unknown", "none-kid-missing", "none-kid-empty-file",
				"kid-path-empty", "kid-path-known", "kid-path-trimmed", "kid-path-absolute", "kid-sql",
				"key-empty", "key-undefined", "key-null", "key-none", "key-nil",
				"kid-proto", "kid-constructor",
			},
		},
	} {
		m := makerOf(t, auth.ES256)
		m.Request, m.Issuer.Without = tt.request, tt.without
		strict, err := m.Verifier()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, f := range Catalogue() {
			token, err := m.Make(f)
			if impossible, ok := errors.AsType[*ImpossibleError](err); ok {
				if fits(f.Needs, auth.ES256) && !slices.Contains(tt.impossible, f.Name) {
					t.Errorf("%s, %s: %s", name, f.Name, impossible.Reason)
				}
				continue
			}
			if err != nil || slices.Contains(tt.impossible, f.Name) {
				t.Errorf("%s, %s: made %q, %v", name, f.Name, token, err)
				continue
			}
			if r := strict.Verify(token); r.Verdict != f.Verdict {
				t.Errorf("%s, %s: %s, want %s: %v", name, f.Name, r.Verdict, f.Verdict, r.Failures)
			}
		}
	}
}
