package auth

import (
	"fmt"
	"strings"
	"testing"
)

// secretsIn returns the paths of the claims that contain secrets.
func secretsIn(claims string) string {
	var paths []string
	for _, text := range findingsOf(compactOf(hs256, claims), "secret-in-claims", at()) {
		path, _ := strings.CutPrefix(text, "the claim ")
		path, _ = strings.CutSuffix(path, " seems to contain a secret: a token is signed, not encrypted, so anyone can read it")
		paths = append(paths, path)
	}
	return strings.Join(paths, " ")
}

// A claim is secret because of its name, in any spelling, or because of its value.
func TestSecretClaims(t *testing.T) {
	t.Parallel()
	for _, name := range strings.Fields(`
		password Passwd pass-phrase pass_code pass PWD pin secret client_secret clientSecret app-secret api_key apiKey
		API-SECRET private_key secret_key refresh_token refreshToken ssn cvv card_number cardNumber credit_card`) {
		if got, want := secretsIn(fmt.Sprintf(`{%q:"x"}`, name)), fmt.Sprintf("%q", name); got != want {
			t.Errorf("%s: found in %s", name, got)
		}
	}
	a := strings.Repeat("Ab9", 20)
	const pem = "-----BEGIN PRIVATE KEY"
	for text, secret := range map[string]bool{
		pem: true, "-----BEGIN EC PRIVATE KEY": true, "x\\n-----BEGIN RSA PRIVATE KEY": true, "-----BEGIN PUBLIC KEY": false,
		"----BEGIN PRIVATE KEY": false,
		"AKIAABCDEFGHIJKLMN09":  true, "x AKIAABCDEFGHIJKLMN09.": true, "AKIAABCDEFGHIJKLMN0": false, "AKIAABCDEFGHIJKLMN091": false,
		"xAKIAABCDEFGHIJKLMN09": false, "AKIAabcdEFGHIJKLMN09": false,
		"ghp_" + a[:36]: true, "gho_" + a[:36]: true, "ghu_" + a[:36]: true, "ghs_" + a[:36]: true, "ghr_" + a[:40]: true,
		"gha_" + a[:36]: false, "ghp_" + a[:35]: false, "xghp_" + a[:36]: false,
		"sk_live_" + a[:16]: true, "sk_live_" + a[:15]: false, "sk_test_" + a[:16]: false,
		"xoxb-" + a[:10]: true, "xoxa-1-2-3-4-5-6": true, "xoxp-" + a[:10]: true, "xoxr-" + a[:10]: true, "xoxc-" + a[:10]: false,
		"xoxb-" + a[:9]:                  false,
		"postgres://ada:hunter2@host/db": true, "https://ada:hunter2@host": true, "https://ada@host": false, "https://host:80/a@b": false,
		" https://ada:hunter2@host": false, "https://:x@host": false,
		strings.Repeat(" ", 4076) + "AKIAABCDEFGHIJKLMN09": true, strings.Repeat(" ", 4077) + "AKIAABCDEFGHIJKLMN09": false,
		strings.Repeat(" ", 4095) + pem:          false,
		strings.Repeat(" ", 4096-len(pem)) + pem: true, strings.Repeat(" ", 4097-len(pem)) + pem: false,
	} {
		if got := secretsIn(`{"note":"` + text + `"}`); (got == `"note"`) != secret {
			t.Errorf("%.60q: found in %s", text, got)
		}
	}
	at32, at33 := "pass"+strings.Repeat("_", 24)+"word", "pass"+strings.Repeat("_", 25)+"word"
	if got := secretsIn(fmt.Sprintf(`{%q:"x",%q:"x"}`, at33, at32)); got != fmt.Sprintf("%q", at32) {
		t.Errorf("long names: found in %s", got)
	}
}

// Every text in the claims is checked, at any depth and position, and named by its path.
func TestClaimTexts(t *testing.T) {
	t.Parallel()
	for claims, want := range map[string]string{
		`{"pin":"x","a":{"pin":"x","b":{"pin":"x"}},"pwd":["x"]}`:                              `"pin" "a.pin" "a.b.pin" "pwd"`,
		`{"a":{"quote":"\"","pin":"x"}}`:                                                       `"a.pin"`,
		`{"a":{"quote":"\\\"}","pin":"x"}}`:                                                    `"a.pin"`,
		`{"a":{"backslash":"\\","pin":"x"}}`:                                                   `"a.pin"`,
		`{"a":{"\"":"}","\\":"]","pin":"x"}}`:                                                  `"a.pin"`,
		`{"a":{"p\u0069n":"x"}}`:                                                               `"a.pin"`,
		`{"a\"b":{"pin":"x"}}`:                                                                 `"a\"b.pin"`,
		`{"a":{"n":-1.5e+7,"t":true,"f":false,"z":null,"e":"","o":{},"l":[],"pin":"x"}}`:       `"a.pin"`,
		"{\"a\": {\n\t\"n\" : 1 ,\r\n \"l\" : [ 1 , { } , [ ] , \"y\" ] , \"pin\" : \"x\" } }": `"a.pin"`,
		`{"a":[1,[2,["x",{"pin":"x"}],{"b":[{"pwd":"x"}]}],{"pin":"x"}]}`:                      `"a.pin" "a.b.pwd" "a.pin"`,
		`{"pin":[1,{"x":"y"},"z"]}`:                                                            `"pin"`,
		`{"pin":{"x":"y"},"a":"pin"}`:                                                          "",
		`{"pin":"","a":{"pin":""}}`:                                                            "",
		`{"pin":1,"pwd":null,"ssn":true,"cvv":{}}`:                                             "",
		`{"a":["\ud83d\ude00",{"pin":"\ud83d\ude00"}]}`:                                        `"a.pin"`,
		`{"a":"AKIA\u0041BCDEFGHIJKLMN09"}`:                                                    `"a"`,
		`{"` + strings.Repeat("n", 300) + `":{"pin":"x"}}`:                                     `"` + strings.Repeat("n", 199) + "…",
	} {
		if got := secretsIn(claims); got != want {
			t.Errorf("%s: found in %s, want %s", claims, got, want)
		}
	}
}
