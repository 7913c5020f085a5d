package ui

import (
	"fmt"
	"strings"
	"testing"

	"tokendesk/auth/find"
)

const findingsHeader = `{"alg":"HS256","typ":"JWT","kid":"../../dev/null","jku":"https://evil.example/keys"}`

// inspectStates are those of the field to paste into and of the tokens that were read.
func inspectStates() []state {
	reading := func(header, claims string, keys ...string) func(*testing.T) *desktop {
		return after(func(d *desktop) {
			d.read(handmade(d.t, header, claims))
			d.press(keys...)
		})
	}
	pasting := func(text string) func(*testing.T) *desktop { return after(func(d *desktop) { d.read(text) }) }
	claimsAt := func(iat, exp int64) string {
		return fmt.Sprintf(`{"sub":"ada@example.com","iat":%d,"exp":%d}`, moment.Unix()+iat, moment.Unix()+exp)
	}
	long := `{"sub":"ada@example.com","iat":1795442652,"exp":1795444452,"text":"` + strings.Repeat("a long text ", 60) +
		`","list":[1,2,{"a":null,"b":true}],"empty":{}}`
	return []state{
		{"inspect empty", after(func(d *desktop) { d.press("f4") })},
		{"inspect typing", after(func(d *desktop) { d.press("f4"); d.typed("Bearer ey") })},
		{"inspect busy", after(func(d *desktop) { d.press("f4"); d.Update(pasteOf("x")) })},
		{"inspect valid", reading(plainHeader, goodClaims("ada@example.com"))},
		{"inspect expired", reading(plainHeader, claimsAt(-3600, -12))},
		{"inspect not yet valid", reading(plainHeader, fmt.Sprintf(`{"sub":"ada","nbf":%d,"exp":%d}`, moment.Unix()+300, moment.Unix()+1800))},
		{"inspect no expiry", reading(plainHeader, `{"sub":"ada@example.com"}`)},
		{"inspect bad signature", after(func(d *desktop) {
			d.read("Authorization: Bearer " + handmadeWith(d.t, strings.Repeat("x", 32), plainHeader, goodClaims("ada@example.com")))
		})},
		{"inspect wrong key", reading(`{"alg":"RS256","kid":"2026-01","typ":"JWT"}`, goodClaims("ada@example.com"))},
		{"inspect malformed", pasting("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEi")},
		{"inspect encrypted", pasting("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIn0." + strings.Repeat("k", 54) + "." +
			strings.Repeat("i", 16) + "." + strings.Repeat("c", 400) + "." + strings.Repeat("t", 22))},
		{"inspect nested", after(func(d *desktop) {
			d.read(handmade(d.t, `{"alg":"HS256","cty":"JWT"}`, handmade(d.t, plainHeader, goodClaims("ada@example.com"))))
		})},
		{"inspect detached", pasting("x-jws-signature: eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9..hwsY5PuO_QgjVyyp6o4SvkAAK9QcZKY8Q0RJxwUR7-s")},
		{"inspect opaque", pasting(`{"access_token":"ya29.a0AfH6SMBexampleexampleexample","token_type":"Bearer"}`)},
		{"inspect abbreviated", pasting("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJz...hwsY5PuO_Qg")},
		{"inspect proof", reading(`{"alg":"HS256","typ":"dpop+jwt","jwk":{"kty":"EC","crv":"P-256","x":"a","y":"b"}}`,
			`{"jti":"1","htm":"POST","htu":"https://api.example.com/orders","iat":1795442712}`)},
		{"inspect broken payload", reading(plainHeader, `{"sub":"ada"`)},
		{"inspect no token", pasting("there is nothing in here")},
		{"inspect too large", pasting(strings.Repeat("x", find.MaxPasted+1))},
		{"inspect findings", reading(findingsHeader, `{"sub":"ada","iat":1795442712000,"password":"hunter2","admin":true}`)},
		{"inspect several", after(func(d *desktop) {
			d.read(fmt.Sprintf(`{"access_token":%q,"id_token":%q}`,
				handmade(d.t, plainHeader, goodClaims("access")), handmade(d.t, plainHeader, goodClaims("id"))))
		})},
		{"inspect long", reading(plainHeader, long)},
		{"inspect scrolled", after(func(d *desktop) {
			d.resize(40, 12) // where not all of it is seen
			d.read(handmade(d.t, plainHeader, long))
			d.press("down", "down", "down")
		})},
		{"inspect whole", reading(plainHeader, long, "end", "f")},
		{"inspect another key", after(func(d *desktop) {
			d.read(strange(d.t))
			d.press("a", "enter")
		})},
		{"inspect compare", after(func(d *desktop) {
			d.read(handmade(d.t, plainHeader, goodClaims("ada")))
			d.paste(strange(d.t))
			d.press("=")
		})},
		{"inspect list", after(func(d *desktop) {
			d.read(handmade(d.t, plainHeader, goodClaims("ada")))
			d.paste("no token")
			d.paste(strange(d.t))
			d.press("esc")
		})},
		{"inspect published", func(t *testing.T) *desktop {
			t.Helper()
			return after(func(d *desktop) { d.read(issuedBy(t, remote(t))) }, publishing(t, &published{set: someSet(t)}))(t)
		}},
	}
}

// read reads a text on the Inspect screen.
func (d *desktop) read(text string) {
	d.t.Helper()
	d.press("f4")
	d.paste(text)
}

// goodClaims are those of a token that is active, for half an hour in all.
func goodClaims(subject string) string {
	return fmt.Sprintf(`{"sub":%q,"iat":%d,"exp":%d}`, subject, moment.Unix()-60, moment.Unix()+1740)
}
