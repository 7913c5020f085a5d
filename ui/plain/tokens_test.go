package plain_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/settings"
	"tokendesk/ui/plain"
)

// says fails the test if the console does not say these texts in this order.
func says(t *testing.T, got string, want ...string) {
	t.Helper()
	left := got
	for _, each := range want {
		var found bool
		if _, left, found = strings.Cut(left, each); !found {
			t.Fatalf("%q is missing, or not in its place, in\n%s", each, got)
		}
	}
}

// Tokens have numbers, by which an older one becomes the current one again.
func TestPlainNumbers(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{"/token", "ada", "bob", "/token", "/token 1", "/status", "/token #2", "/status", "/token 3", "/token x"})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "> There is no token yet.\n", "Token #1: ", "Token #2: ",
		"> #1 ada, HS256: active, 30m left\n#2 bob, HS256: active, 30m left, the current one\n",
		"> Verdict: valid: ", "Claim sub: ada", "Token #1: ", "> ada: active, 30m left\n", "Token #2: ", "> bob: active, 30m left\n",
		"> Error: there is no token with that number; /token lists them\n", "> Error: there is no token with that number; /token lists them\n")
}

// All tokens of a line get a number. The first is described.
func TestPlainTwoTokens(t *testing.T) {
	t.Parallel()
	first, second := handmade(t, testHeader, `{"sub":"ada"}`), handmade(t, testHeader, `{"sub":"bob"}`)
	got, err := dialogue(t, []string{first + " " + second, "/status", "/token 2", "/status", first, "/token"})
	if err != nil {
		t.Error(err)
	}
	says(t, got, "\nVerdict: valid: ", "Claim sub: ada", "Token #1: "+first+"\nAlso in the input: #2 bob, HS256: no expiry\n",
		"> ada: no expiry\n", "Claim sub: bob", "> bob: ", "Token #1: ", "> #1 ada, HS256", "the current one\n#2 bob")
}

// The current token is signed again with one thing changed.
func TestPlainEdit(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{
		"ada", "/edit", "/edit role=admin", "/edit -role", "/edit -role", "/edit age:=5", "/edit header.typ=at+jwt", "/edit -header.typ",
		`/edit {"header":{"alg":"HS256"},"claims":{"sub":"eve"}}`, "/edit {", "/edit exp=x", "/edit later={{now+5m}}", "/board",
	})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "Token #1: ", "> {\n  \"header\": {\n    \"alg\": \"HS256\",\n", "\"claims\": {\n    \"sub\": \"ada\",\n",
		"> Verdict: valid: ", "Claim role: admin (roles)\nToken #2: ", "> Error: there is no role to leave out\n", "Claim age: 5\nToken #",
		"Header typ: at+jwt (", "Header alg: HS256 (HMAC with SHA-256)\nClaim sub: ada", "Claim sub: eve (subject)\n",
		"> Error: ", "> Error: exp must be a number of seconds since 1970, but is a string\n",
		"Claim later: 1795443012\n", "#1 ada, HS256: active, 30m left\n")
	if strings.Count(got, "Token #") != 8 {
		t.Errorf("%d tokens:\n%s", strings.Count(got, "Token #"), got)
	}
	broken, err := dialogue(t, []string{"/read hello", "/edit role=x"})
	if !isFailed(err) || !strings.Contains(broken, "> Error: the token could not be read, so it cannot be edited\n") {
		t.Errorf("%v\n%s", err, broken)
	}
}

// Two tokens are compared member by member.
func TestPlainCompare(t *testing.T) {
	t.Parallel()
	first, second := handmade(t, testHeader, `{"sub":"ada","a":1,"role":"x"}`), handmade(t, testHeader, `{"sub":"ada","a":2,"exp":1795444512}`)
	got, err := dialogue(t, []string{first, second, "/compare 1", "/compare 2", "/compare 9"})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "> Claim a: changed: 2 in #2; 1 in #1\nClaim exp: only in the first: 1795444512 (expires ", "in #2\n",
		"Claim role: only in the second: x (roles) in #1\nEqual: alg, typ, sub\nSignature: changed\n3 of 6 parameters and claims differ.\n",
		"Signature: equal\nAll 5 parameters and claims are equal.\n")
}

// iss and aud are checked as the settings have them, and no longer when asked again.
func TestPlainCheck(t *testing.T) {
	t.Parallel()
	token := handmade(t, testHeader, `{"sub":"ada","iss":"other"}`)
	got, err := dialogue(t, []string{token, "/check", "/check"}, func(_ *plain.Config, s *settings.Settings) { s.Issuer = "https://issuer" })
	if err != nil {
		t.Error(err)
	}
	says(t, got, "> Verdict: valid", `> Verdict: wrong claim: iss is "other", expected "https://issuer" (RFC 8725 section 3.8)`,
		"Checked iss. /check again checks them no longer.\n", "> Verdict: valid: ", "The issuer and the audience are not checked.\n")
	got, err = dialogue(t, []string{token, "/check"})
	if !isFailed(err) || !strings.Contains(got, "> Error: .env sets neither ISSUER nor AUDIENCE; set one of them, and type /reload\n") {
		t.Errorf("%v\n%s", err, got)
	}
}

// The claims of the next tokens are set one by one, shown and previewed.
func TestPlainForm(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{
		`/claims {"role":"admin"}`, "/claims age:=5", "/claims -iat", "/claims role=user", "/help claims", "/header typ=at+jwt", "/header x",
		"/header", "/header typ=at+jwt", "/preview ada", "ada", "/claims -age", "/claims", "/header",
	})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "> The next tokens have 1 claim of your own: role=admin.\n> The next tokens have 2 claims of your own: role=admin, age:=5.\n",
		"> The next tokens have 2 claims of your own: role=admin, age:=5, without iat.\n",
		"> The next tokens have 2 claims of your own: role=user, age:=5, without iat.\n",
		"Now 2 claims of your own: role=user, age:=5, without iat.\n",
		"> The next tokens have 1 header parameter of your own: typ=at+jwt.\n> Error: ",
		"> The next tokens have 0 header parameters of your own.\n",
		"> Not issued and not signed.\nHeader alg: HS256 (HMAC with SHA-256)\nHeader typ: at+jwt", "Claim sub: ada (subject; the form)\n",
		"Claim jti: fresh in every token (token ID; random)\n", "Header typ: at+jwt", "Claim role: user (roles)\n", "Claim age: 5\n",
		"> The next tokens have 1 claim of your own: role=user, without iat, age.\n> The next tokens have 0 claims of your own.\n")
	if strings.Contains(got, "Claim iat") {
		t.Errorf("iat is not left out:\n%s", got)
	}
}

// What is typed into the form has placeholders, as in the console.
func TestPlainPlaceholders(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{`/claims at={{now-1m}}`, "user-{{n}}", "user-{{n}}", `/issue \{{n}}`})
	if err != nil {
		t.Error(err)
	}
	says(t, got, "Claim sub: user-1 ", "Claim at: 1795442652\n", "Claim sub: user-2 ", `Claim sub: "{{n}}" `)
}

// The forms of a token are printed and written.
func TestPlainWriteForm(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "my token.json")
	got, err := dialogue(t, []string{"ada", "/write " + file + " json", "/write json"}, func(c *plain.Config, _ *settings.Settings) {
		c.Source.Lookup = func(string) (string, bool) { return "", false }
	})
	if err != nil {
		t.Errorf("%v\n%s", err, got)
	}
	t.Cleanup(func() { _ = os.Remove("json") })
	text, err := os.ReadFile(file)
	if err != nil || !json.Valid(text) {
		t.Errorf("%v: %s", err, text)
	}
	says(t, got, "> Wrote the token as json to "+file+", which only you can read.\n", "> Wrote the token to json, ")
}

// Times are shown in the zone that was asked for.
func TestPlainZone(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{"/zone local", "ada", "/zone UTC", "/token 1", "/zone moon"})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "> Times are in "+time.Local.String()+".\n", "issued "+moment.In(time.Local).Format(time.DateTime),
		"> Times are in UTC.\n", "14:05:12 UTC",
		"> Error: there is no such choice; type /zone local or /zone utc\n")
}
