package settings

import (
	"fmt"
	"strings"
	"testing"
)

// A misspelled name is listed with the one that it may be meant for, unless there is a secret.
func TestMisspelled(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"JWT_SECERT=" + another:                            "JWT_SECERT:1 JWT_SECRET",
		"\nSECRT_KEY=" + another:                           "SECRT_KEY:2 SECRET_KEY",
		"JWT_SECRET_A=" + another + "\nJWT_SECRET_B=abc":   "JWT_SECRET_A:1 JWT_SECRET, JWT_SECRET_B:2 JWT_SECRET",
		"secrte_key=" + another:                            "secrte_key:1 SECRET_KEY",
		"KEY_FIEL=key.pem":                                 "KEY_FIEL:1 KEY_FILE",
		"JWT_SECERT=":                                      "",
		"JWT_SECERT=" + another + "\nSECRET_KEY=" + canary: "",
		"JWT_KID=1\nJWT_ISSUER=a\nJWT_EXPIRES_IN=7d\nTOKEN_SECRETS_MANAGER_ARN=a\nAWS_SECRET_KEY=a\nDB_SECRET_ID=a\nKEY_ID=a": "",
	} {
		s, err := load(t, text+"\n", nil)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var got []string
		for _, m := range s.Misspelled {
			got = append(got, fmt.Sprintf("%s:%d %s", m.Name, m.Line, m.Near))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
