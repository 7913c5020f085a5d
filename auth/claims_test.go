package auth

import (
	"testing"
)

func TestCheckClaim(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		"iss:=1":            "",
		"iss:=true":         "iss must be a string, but is a boolean",
		"jti:=null":         "jti must be a string, but is null",
		"nbf=1795442712":    "nbf must be a number of seconds since 1970, but is a string",
		"nbf:=true":         "nbf must be a number of seconds since 1970, but is a boolean",
		"aud:={}":           "aud must be a string or an array of strings, but is an object",
		"aud:=[\"a\",1]":    "aud must be a string or an array of strings, but is an array with other values",
		"sub=eve":           "sub is set to the subject; change the subject instead",
		"exp:=1":            "exp is set from the lifetime; change the lifetime instead",
		"iat:=1":            "iat is set to the time of issue; remove it",
		"nbf:=1795442712.5": "",
		"aud:=[]":           "",
		"aud=api":           "",
		"Sub:=1":            "",
		"role:=1":           "",
	} {
		got := ""
		if err := CheckExtraClaim(claim(row)); err != nil {
			got = sentence(err)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", row, got, want)
		}
	}
}
