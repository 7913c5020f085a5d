package auth

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"tokendesk/auth/jsontext"
)

// The registered claims have types. All others may have any value that is not null.
func TestClaimTypes(t *testing.T) {
	t.Parallel()
	kinds := map[string]string{`"x"`: "a string", "1": "a number", "null": "null", "true": "a boolean", "{}": "an object", "[]": "an array"}
	for _, name := range []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "role", "ISS", ""} {
		for value, kind := range kinds {
			want := ""
			switch name {
			case "iss", "sub", "jti":
				if value != `"x"` {
					want = name + " must be a string, but is " + kind
				}
			case "exp", "nbf", "iat":
				if value != "1" {
					want = name + " must be a number of seconds since 1970, but is " + kind
				}
			case "aud":
				if value != `"x"` && value != "[]" {
					want = "aud must be a string or an array of strings, but is " + kind
				}
			}
			err := CheckClaim(Member{Name: name, Value: json.RawMessage(value)})
			if want == "" && err != nil || want != "" && (err == nil || sentence(err) != want) {
				t.Errorf("%s:=%s: %v, want %s", name, value, sentence(err), want)
			}
			result := (&Verifier{Keys: []*Key{testKey(t)}, Now: clockAt(time.Unix(0, 0))}).Verify(signedBy(t, testKey(t), hs256,
				fmt.Sprintf(`{%q:%s}`, name, value)))
			wrong := ""
			for _, f := range result.Failures {
				if f.Verdict == VerdictWrongClaim {
					wrong += f.Reason
				}
			}
			if wrong != want {
				t.Errorf("%s:=%s: verified as %q, want %q", name, value, wrong, want)
			}
		}
		if err := CheckClaim(Member{Name: name}); err == nil || sentence(err) != name+" has no value" {
			t.Errorf("%s without a value: %v", name, sentence(err))
		}
	}
	for value, want := range map[string]string{
		`["a","b"]`: "", `["a",1]`: "an array with other values", `[null]`: "an array with other values",
		`["a"`: "an array with other values",
	} {
		err := CheckClaim(Member{Name: "aud", Value: json.RawMessage(value)})
		if want == "" && err != nil || want != "" &&
			(err == nil || sentence(err) != "aud must be a string or an array of strings, but is "+want) {
			t.Errorf("aud:=%s: %v", value, sentence(err))
		}
	}
	for name, want := range map[string]string{
		"sub": "sub is set to the subject; change the subject instead", "exp": "exp is set from the lifetime; change the lifetime instead",
		"iat": "iat is set to the time of issue; remove it",
		"nbf": "nbf must be a number of seconds since 1970, but is a string", "jti": "", "role": "",
	} {
		err := CheckExtraClaim(jsontext.Text(name, "x"))
		if want == "" && err != nil || want != "" && (err == nil || sentence(err) != want) {
			t.Errorf("%s as an extra claim: %v, want %s", name, sentence(err), want)
		}
	}
}
