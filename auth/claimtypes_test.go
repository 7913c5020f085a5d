package auth

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"tokendesk/auth/jsontext"
)

// The registered claims have types; all others may hold anything but nothing.
func TestClaimTypes(t *testing.T) {
	t.Parallel()
	kinds := map[string]string{`"x"`: "a string", "1": "a number", "null": "null", "true": "a boolean", "{}": "an object", "[]": "an array"}
	for _, name := range []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "role", "ISS", ""} {
		for value, kind := range kinds {
			want := ""
			switch name {
			case "iss", "sub", "jti":
				if value != `"x"` {
					want = name + " must be a string, this is " + kind
				}
			case "exp", "nbf", "iat":
				if value != "1" {
					want = name + " must be a number of seconds since 1970, this is " + kind
				}
			case "aud":
				if value != `"x"` && value != "[]" {
					want = "aud must be a string or an array of strings, this is " + kind
				}
			}
			err := CheckClaim(Member{Name: name, Value: json.RawMessage(value)})
			if want == "" && err != nil || want != "" && (err == nil || err.Error() != want) {
				t.Errorf("%s:=%s: %v, want %s", name, value, err, want)
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
		if err := CheckClaim(Member{Name: name}); err == nil || err.Error() != name+" has no value" {
			t.Errorf("%s without a value: %v", name, err)
		}
	}
	for value, want := range map[string]string{
		`["a","b"]`: "", `["a",1]`: "an array with other things in it", `[null]`: "an array with other things in it",
		`["a"`: "an array with other things in it",
	} {
		err := CheckClaim(Member{Name: "aud", Value: json.RawMessage(value)})
		if want == "" && err != nil || want != "" &&
			(err == nil || err.Error() != "aud must be a string or an array of strings, this is "+want) {
			t.Errorf("aud:=%s: %v", value, err)
		}
	}
	for name, want := range map[string]string{
		"sub": "sub is the subject: change it there", "exp": "exp follows from the lifetime: change it there",
		"iat": "iat is the moment of issue and set by itself",
		"nbf": "nbf must be a number of seconds since 1970, this is a string", "jti": "", "role": "",
	} {
		err := CheckExtraClaim(jsontext.Text(name, "x"))
		if want == "" && err != nil || want != "" && (err == nil || err.Error() != want) {
			t.Errorf("%s as an extra claim: %v, want %s", name, err, want)
		}
	}
}
