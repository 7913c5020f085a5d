package auth

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// findingsOf returns the texts of the findings with this code about the readable parts of
// a token.
func findingsOf(compact, code string, now time.Time) []string {
	token, _ := decode(compact, Extras{})
	var texts []string
	for _, f := range Findings(token, now) {
		if f.Code == code {
			texts = append(texts, f.Text)
		}
	}
	return texts
}

// There are at most five findings with the same code, and the last one says how many more
// there are.
func TestFindingsOfOneKind(t *testing.T) {
	t.Parallel()
	sentence := func(name string) string {
		return `the payload has "` + name + `" more than once: some readers use the first, others the last`
	}
	for n := range 9 {
		var members, want []string
		for i := range n {
			name := fmt.Sprint("n", i)
			members = append(members, fmt.Sprintf(`%q:1,%q:2,%q:3`, name, name, name))
			if i < 5 {
				want = append(want, sentence(name))
			}
		}
		if n > 5 {
			want[4] += fmt.Sprintf(" (and %d more like it)", n-5)
		}
		got := findingsOf(compactOf(hs256, "{"+strings.Join(members, ",")+"}"), "duplicate-names", at())
		if !slices.Equal(got, want) {
			t.Errorf("%d names: %q, want %q", n, got, want)
		}
	}
}

// A duplicate name is found in the header and in the payload, even among many others.
func TestDuplicatesInHeaderAndPayload(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 14, 15, 16, 17, 40} {
		var members []string
		for i := range n {
			members = append(members, fmt.Sprintf(`"n%d":1`, i))
		}
		object := func(first string) string {
			return "{" + strings.Join(append(append([]string{first, `"twice":1`}, members...), `"twice":2`), ",") + "}"
		}
		got := findingsOf(compactOf(object(`"alg":"HS256"`), object(`"sub":"ada"`)), "duplicate-names", at())
		want := []string{
			`the header has "twice" more than once: some readers use the first, others the last`,
			`the payload has "twice" more than once: some readers use the first, others the last`,
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d others: %q", n, got)
		}
	}
}

// Each finding about a number or a text begins and ends at the exact limit.
func TestFindingsAtTheirLimits(t *testing.T) {
	t.Parallel()
	const live = `"sub":"ada","iat":1795442712,"exp":1795444512`
	claims := func(text string) string { return compactOf(hs256, "{"+text+"}") }
	kid := func(text string) string { return compactOf(`{"alg":"HS256","kid":`+text+`}`, "{}") }
	path := "kid looks like a path: a verifier that opens it can be made to use a file with known content"
	shell := "kid contains characters of SQL or a shell: a verifier that builds a query or a command from it can be attacked"
	url := "kid looks like a URL: a verifier that fetches it trusts whoever wrote the token"
	ofSize := func(n int) string {
		compact := claims(`"x":""`)
		for len(compact) < n {
			compact += "A"
		}
		return compact
	}
	digits := strings.Repeat("1234567890", 5)
	for _, tt := range []struct{ code, compact, want string }{
		{"long-lifetime", claims(`"iat":1795442712,"exp":1798121112`), "the lifetime is 31d: a stolen token stays valid that long"},
		{"long-lifetime", claims(`"iat":1795442712,"exp":1798121111`), ""},
		{"long-lifetime", claims(`"exp":1798121112`), "the lifetime is 31d: a stolen token stays valid that long"},
		{"long-lifetime", claims(`"exp":1798121111`), ""},
		{"long-lifetime", claims(`"iat":0,"exp":1`), ""},
		{"long-lifetime", claims(`"exp":253402300800`), ""},
		{"milliseconds", claims(`"exp":253402300799`), ""},
		{
			"milliseconds", claims(`"exp":253402300800`),
			"exp seems to be in milliseconds (1978-01-11 21:31:40 UTC): a NumericDate is in seconds",
		},
		{
			"milliseconds", claims(`"nbf":253402300799000`),
			"nbf seems to be in milliseconds (9999-12-31 23:59:59 UTC): a NumericDate is in seconds",
		},
		{"milliseconds", claims(`"iat":253402300799001`), ""},
		{
			"milliseconds", claims(`"auth_time":253402300800`),
			"auth_time seems to be in milliseconds (1978-01-11 21:31:40 UTC): a NumericDate is in seconds",
		},
		{"date-out-of-range", claims(`"iat":253402300799000`), ""},
		{
			"date-out-of-range", claims(`"updated_at":253402300799001`),
			"updated_at is after the year 9999, which most libraries cannot represent",
		},
		{"date-out-of-range", claims(`"nbf":-1`), "nbf is before 1970"},
		{"date-out-of-range", claims(`"nbf":-0.5`), "nbf is before 1970"},
		{"date-out-of-range", claims(`"nbf":0,"iat":0`), ""},
		{"date-out-of-range", claims(`"exp":0`), "exp is zero, which means 1970 but which many libraries treat as no expiry"},
		{"date-out-of-range", claims(`"exp":1`), ""},
		{"fraction", claims(`"nbf":0.000000001`), "nbf has a fraction of a second, which is allowed but which some libraries refuse"},
		{"fraction", claims(`"nbf":1.0`), ""},
		{"never-valid", claims(`"nbf":1795444512,"exp":1795444512`), "exp is not after nbf: the token is never valid"},
		{"never-valid", claims(`"nbf":1795444511,"exp":1795444512`), ""},
		{"never-valid", claims(`"iat":1795444513,"exp":1795444512`), "exp is not after iat: the token is never valid"},
		{"never-valid", claims(`"nbf":1795444511.9,"exp":1795444512`), ""},
		{"never-valid", claims(`"nbf":1795444512.1,"exp":1795444512.1`), "exp is not after nbf: the token is never valid"},
		{"never-valid", claims(`"nbf":1`), ""},
		{"issued-in-future", claims(`"iat":1795442712`), ""},
		{"issued-in-future", claims(`"iat":1795442712.1`), "iat is 1s in the future: a clock is wrong, or iat was made up"},
		{"issued-in-future", claims(`"iat":1795442713`), "iat is 1s in the future: a clock is wrong, or iat was made up"},
		{"issued-in-future", claims(`"iat":253402300799`), "iat is more than 292y in the future: a clock is wrong, or iat was made up"},
		{"issued-in-future", claims(`"iat":253402300800`), ""},
		{"no-expiry", claims(`"exp":"x"`), ""},
		{"no-expiry", claims(""), "there is no exp: anyone who gets hold of the token can use it indefinitely"},
		{"no-subject", claims(`"sub":""`), "sub is empty: the token does not say who it is about"},
		{"no-subject", claims(`"sub":" "`), ""},
		{"empty-audience", claims(`"aud":""`), "aud is empty: the token is meant for nobody"},
		{"empty-audience", claims(`"aud":["",""]`), "aud is empty: the token is meant for nobody"},
		{"empty-audience", claims(`"aud":["","a"]`), ""},
		{"empty-audience", claims(`"aud":1`), ""},
		{"empty-audience", claims(`"aud":[1]`), ""},
		{
			"inexact-number", claims(`"n":9007199254740993`),
			`the claim "n" is a number that JavaScript and many others round to 9007199254740992`,
		},
		{
			"inexact-number", claims(`"n":-9007199254740993`),
			`the claim "n" is a number that JavaScript and many others round to -9007199254740992`,
		},
		{
			"inexact-number", claims(`"n":` + digits[:40]),
			`the claim "n" is a number that JavaScript and many others round to 1234567890123456800000000000000000000000`,
		},
		{"inexact-number", claims(`"n":` + digits[:41]), `the claim "n" is a number that JavaScript and many others cannot represent`},
		{"inexact-number", claims(`"n":"9007199254740993"`), ""},
		{"inexact-number", claims(`"n":9007199254740993.0`), ""},
		{"large", ofSize(4096), ""},
		{"large", ofSize(4097), "the token has 4097 bytes: it does not fit in a cookie, which holds 4096"},
		{"large", ofSize(8192), "the token has 8192 bytes: it does not fit in a cookie, which holds 4096"},
		{"large", ofSize(8193), "the token has 8193 bytes: most web servers refuse headers above 8192"},
		{"kid-injection", kid(`"a..b"`), path},
		{"kid-injection", kid(`"/a"`), path},
		{"kid-injection", kid(`"a\\b"`), path},
		{"kid-injection", kid(`"a/b"`), ""},
		{"kid-injection", kid(`"a.b-c"`), ""},
		{"kid-injection", kid(`"a--b"`), shell},
		{"kid-injection", kid(`"https://a"`), url},
		{"kid-injection", kid(`1`), ""},
		{
			"embedded-key", compactOf(`{"x5c":[]}`, "{}"),
			"the header contains a key (x5c): a verifier that uses it trusts whoever wrote the token",
		},
		{
			"key-url", compactOf(`{"x5u":""}`, "{}"),
			"the header says where to fetch the key (x5u): a verifier that fetches it trusts whoever wrote the token",
		},
		{
			"critical", compactOf(`{"b64":1}`, "{}"),
			"the header has b64, which changes what the token means: a verifier that does not understand it must refuse the token",
		},
		{
			"critical", compactOf(`{"zip":1}`, "{}"),
			"the header has zip, which changes what the token means: a verifier that does not understand it must refuse the token",
		},
		{"signature-missing", b64(hs256) + "." + b64("{}") + ".", "the signature is empty: an API that accepts it accepts any claims"},
		{"signature-missing", b64(hs256) + "." + b64("{}") + "...", ""},
		{"wrong-type", claims(`"iss":1`), "iss must be a string, but is a number"},
		{
			"invisible-text", claims(`"a":"x\u0000"`),
			`the claim "a" contains an invisible character (U+0000): two values that look the same may differ`,
		},
		{
			"invisible-text", claims(`"a":"\u007f"`),
			`the claim "a" contains an invisible character (U+007F): two values that look the same may differ`,
		},
		{
			"invisible-text", claims(`"a":"\u200b"`),
			`the claim "a" contains an invisible character (U+200B): two values that look the same may differ`,
		},
		{"invisible-text", claims(`"a":"\n\t\r "`), ""},
		{
			"token-in-claims", claims(`"a":"` + b64(" \t{}") + `..",` + live),
			`the claim "a" contains another token: anyone who reads this one can use it`,
		},
		{
			"token-in-claims", claims(`"a":"` + b64("\r\n{}") + `..",` + live),
			`the claim "a" contains another token: anyone who reads this one can use it`,
		},
		{"token-in-claims", claims(`"a":"eyJ9.."`), `the claim "a" contains another token: anyone who reads this one can use it`},
		{"token-in-claims", claims(`"a":"eyJ.."`), ""},
		{"token-in-claims", claims(`"a":"eyJ9."`), ""},
		{"token-in-claims", claims(`"a":"eyJ9..."`), ""},
		{"token-in-claims", claims(`"a":"eyJ9.. "`), ""},
		{"token-in-claims", claims(`"a":"W10K.."`), ""},
		{"token-in-claims", claims(`"a":"A{J9.."`), ""},
	} {
		var want []string
		if tt.want != "" {
			want = []string{tt.want}
		}
		if got := findingsOf(tt.compact, tt.code, at()); !slices.Equal(got, want) {
			t.Errorf("%s of %.100s: %q, want %q", tt.code, tt.compact, got, want)
		}
	}
	for _, c := range "'\";|`$(){}<>" {
		if got := findingsOf(kid(fmt.Sprintf("%q", "a"+string(c))), "kid-injection", at()); !slices.Equal(got, []string{shell}) {
			t.Errorf("%c: %q", c, got)
		}
	}
	for _, name := range []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"} {
		other := strings.ToUpper(name[:1]) + name[1:]
		want := fmt.Sprintf("the claim %q differs from %s only in case: some libraries confuse them", other, name)
		if got := findingsOf(claims(fmt.Sprintf(`%q:1`, other)), "name-case", at()); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q", other, got)
		}
	}
}

// Each algorithm has signatures of a fixed or a minimum length.
func TestSignatureLengths(t *testing.T) {
	t.Parallel()
	find := func(alg string, signature string) string {
		compact := b64(`{"alg":"`+alg+`"}`) + "." + b64("{}") + "." + b64(signature)
		return strings.Join(findingsOf(compact, "signature-length", at()), "|")
	}
	x := func(n int) string { return strings.Repeat("x", n) }
	for alg, size := range map[string]int{
		"HS256": 32, "HS384": 48, "HS512": 64, "ES256": 64, "ES384": 96, "ES512": 132, "EdDSA": 64, "Ed25519": 64,
	} {
		for _, n := range []int{1, size - 1, size, size + 1, 300} {
			want := fmt.Sprintf("the signature has %s, but an %s signature always has %d", inBytes(n), alg, size)
			if n == size {
				want = ""
			}
			if got := find(alg, x(n)); got != want {
				t.Errorf("%s with %d bytes: %s, want %s", alg, n, got, want)
			}
		}
		want := fmt.Sprintf("the signature has 70 bytes, but an %s signature always has %d", alg, size)
		if strings.HasPrefix(alg, "ES") {
			want = fmt.Sprintf("the signature is 70 bytes of DER, but an %s signature in a token is r and s in %d bytes", alg, size)
		}
		if got := find(alg, "\x30"+x(69)); got != want {
			t.Errorf("%s in DER form: %s, want %s", alg, got, want)
		}
		if got := find(alg, "\x30"+x(size-1)); got != "" {
			t.Errorf("%s of the right length that begins like DER: %s", alg, got)
		}
	}
	for _, alg := range []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"} {
		const want = "the signature has 255 bytes, but that of an RSA key with 2048 bits or more has at least 256"
		if got := find(alg, x(255)); got != want {
			t.Errorf("%s: %s", alg, got)
		}
		for _, n := range []int{256, 257, 512, 2048} {
			if got := find(alg, x(n)); got != "" {
				t.Errorf("%s with %d bytes: %s", alg, n, got)
			}
		}
	}
	// Ed448
	for alg, want := range map[string]string{"EdDSA": "", "Ed25519": "the signature has 114 bytes, but an Ed25519 signature always has 64"} {
		if got := find(alg, x(114)); got != want {
			t.Errorf("%s: %s", alg, got)
		}
	}
	if got := find("HS1", x(5)) + find("none", x(5)); got != "" {
		t.Errorf("algorithms that are not known: %s", got)
	}
}
