package auth

import (
	"strings"
	"testing"
)

func TestCheckKeyURL(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"https://auth.example.com/jwks.json":    "",
		"https://auth.example.com:8443/a?b=c":   "",
		"http://localhost:8080/jwks":            "",
		"http://127.0.0.1/jwks":                 "",
		"http://127.1.2.3/jwks":                 "",
		"http://[::1]:8080/jwks":                "",
		"https://10.0.0.1/":                     "",
		"":                                      "it is not a URL",
		"jwks.json":                             "it is not a URL",
		"https://":                              "it is not a URL",
		"https:///jwks":                         "it is not a URL",
		"https://a b/":                          "it is not a URL",
		"http://auth.example.com/jwks":          "it uses http, so anyone",
		"http://10.0.0.1/jwks":                  "it uses http, so anyone",
		"http://localhost.example.com/":         "it uses http, so anyone",
		"http://127.0.0.1.example.com/":         "it uses http, so anyone",
		"file:///etc/passwd":                    "it is not a URL",
		"file://localhost/etc/passwd":           "it is not an https URL",
		"ftp://auth.example.com/":               "it is not an https URL",
		"https://ada:hunter2@auth.example.com/": "it contains a user name or a password",
		"https://ada@auth.example.com/":         "it contains a user name or a password",
		"https://auth.example.com/#keys":        "it has a fragment",
	} {
		err := CheckKeyURL(url)
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", url, err)
		case want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)):
			t.Errorf("%s: the error is %v, want %s", url, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the error holds the password: %v", url, err)
		}
	}
}
