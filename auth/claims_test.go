package auth

import (
	"testing"
)

func TestCheckClaim(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		"iss:=1":            "iss must be a string, this is a number",
		"jti:=null":         "jti must be a string, this is null",
		"nbf=1795442712":    "nbf must be a number of seconds since 1970, this is a string",
		"nbf:=true":         "nbf must be a number of seconds since 1970, this is a boolean",
		"aud:={}":           "aud must be a string or an array of strings, this is an object",
		"aud:=[\"a\",1]":    "aud must be a string or an array of strings, this is an array with other things in it",
		"sub=eve":           "sub is the subject: change it there",
		"exp:=1":            "exp follows from the lifetime: change it there",
		"iat:=1":            "iat is the moment of issue and set by itself",
		"nbf:=1795442712.5": "",
		"aud:=[]":           "",
		"aud=api":           "",
		"Sub:=1":            "",
		"role:=1":           "",
	} {
		got := ""
		if err := CheckExtraClaim(claim(row)); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", row, got, want)
		}
	}
}
