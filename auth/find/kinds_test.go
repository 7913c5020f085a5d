package find

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"
	"unicode/utf16"
)

// utf16of encodes a text like Windows PowerShell.
func utf16of(text string, low int, mark bool) string {
	units := utf16.Encode([]rune(text))
	if mark {
		units = append([]uint16{0xfeff}, units...)
	}
	b := make([]byte, 2*len(units))
	for n, u := range units {
		b[2*n+low], b[2*n+1-low] = byte(u), byte(u>>8)
	}
	return string(b)
}

// folded breaks a text into lines.
func folded(text string, width int, end string) string {
	var lines []string
	for len(text) > width {
		lines, text = append(lines, text[:width]), text[width:]
	}
	return strings.Join(append(lines, text), end)
}

// Whatever is around a token or was done to it, it is found, and what was around it is
// named.
func TestWrappings(t *testing.T) {
	t.Parallel()
	a := compactOf(hs256, `{"sub":"ada","iat":1795442712,"scope":"read write admin and a few more"}`)
	std := base64.StdEncoding.EncodeToString([]byte(a))
	for _, tt := range []struct{ name, text, around string }{
		{"UTF-16 LE", utf16of(a, 0, true), "UTF-16"},
		{"UTF-16 BE", utf16of(a+"\r\n", 1, true), "UTF-16"},
		{"UTF-16 without a mark", utf16of(a, 0, false), "UTF-16"},
		{"UTF-16, trimmed", strings.TrimSpace(utf16of(a+"\r\n", 0, true)), "UTF-16"},
		{"UTF-16 of a header", utf16of("Authorization: Bearer "+a, 0, true), "UTF-16, the Authorization header, Bearer"},
		{"UTF-8 with a mark", "\ufeff" + a, "a byte order mark"},
		{"a soft hyphen", a[:20] + "\u00ad" + a[20:], "invisible characters"},
		{"a zero width space in the signature", a[:len(a)-9] + "\u200b" + a[len(a)-9:], "invisible characters"},
		{"a zero width joiner", a[:50] + "\u200d" + a[50:], "invisible characters"},
		{"a comma", a + ",", "punctuation"},
		{"a semicolon", a + ";", "punctuation"},
		{"a quote behind", a + `"`, "punctuation"},
		{"a quote before", "'" + a, "punctuation"},
		{"a quote and a comma", `"` + a + `",`, "punctuation"},
		{"brackets", "(" + a + ")", "punctuation"},
		{"angle brackets", "<" + a + ">", "punctuation"},
		{"a square bracket", a + "]", "punctuation"},
		{"smart quotes", "“" + a + "”", "quotes"},
		{"German quotes", "„" + a + "“", "quotes"},
		{"an escaped line break", a + `\n`, "punctuation"},
		{"base64", std, "base64"},
		{"base64url", base64.RawURLEncoding.EncodeToString([]byte(a)), "base64"},
		{"base64 over lines", folded(std, 76, "\n"), "base64"},
		{"base64 with a line break inside", base64.StdEncoding.EncodeToString([]byte(a + "\n")), "base64"},
		{"base64 of Bearer", base64.StdEncoding.EncodeToString([]byte("Bearer " + a)), "base64, Bearer"},
		{"base64 of JSON", base64.StdEncoding.EncodeToString([]byte(`{"access_token":"` + a + `"}`)), "base64, the value of access_token"},
		{"base64 twice", base64.StdEncoding.EncodeToString([]byte(std)), "base64, base64"},
		{"a secret of Kubernetes", "apiVersion: v1\ndata:\n  token: " + std + "\nkind: Secret\n", "the value of token, base64"},
		{"a secret of Kubernetes in JSON", `{"data":{"token":"` + std + `"}}`, "the value of token, base64"},
		{"percent encoding", strings.ReplaceAll(a, ".", "%2E"), "percent encoding"},
		{"percent encoding in lower case", strings.ReplaceAll(a, ".", "%2e"), "percent encoding"},
		{"a percent-encoded space", "Bearer%20" + a, "percent encoding, Bearer"},
		{"a space behind", a + "%20", "the text around it"},
		{
			"percent encoding in a URL", "https://x.test/cb?id_token=" + strings.ReplaceAll(a, ".", "%2E") + "&state=1",
			"percent encoding, the value of id_token",
		},
		{"JSON escapes", strings.ReplaceAll(a, ".", `\u002e`), "JSON escapes"},
		{"a mail", "> " + a, "the quotation of a mail"},
		{"a mail of a mail", ">> " + folded(a, 60, "\n>> "), "the quotation of a mail"},
		{
			"a mail with words", "On Monday Eve wrote:\n> the token is\n> " + folded(a, 60, "\n> ") + "\n> regards\n",
			"the quotation of a mail, the text around it",
		},
		{"quoted-printable", folded(a, 75, "=\n"), "quoted-printable"},
		{"folded in the header", folded(a, 10, "\n"), ""},
		{"folded in the header alone", a[:9] + "\n" + a[9:], ""},
		{"folded, with CR", folded(a, 64, "\r\n"), ""},
		{"folded by a shell", folded(a, 64, "\\\n"), ""},
		{"folded behind its name", "Authorization: Bearer " + folded(a, 25, "\n  "), "the Authorization header, Bearer"},
		{"folded in a text", "the token:\n" + folded(a, 25, "\n") + "\n\nthat was it", "the value of token"},
		{"DPoP", "Authorization: DPoP " + a, "the Authorization header, DPoP"},
	} {
		got, first := compactsOf(t, tt.text)
		if len(got) != 1 || got[0] != a || first.Refused != nil {
			t.Errorf("%s: %q, %+v", tt.name, got, first.Refused)
			continue
		}
		if around := strings.Join(first.Around, ", "); around != tt.around {
			t.Errorf("%s: around it %q, want %q", tt.name, around, tt.around)
		}
		isFolded := strings.Contains(tt.name, "folded") || strings.Contains(tt.name, "over lines") || strings.Contains(tt.text, "=\n")
		if first.Folded != isFolded && !strings.Contains(tt.name, "mail") {
			t.Errorf("%s: folded %v", tt.name, first.Folded)
		}
	}
}

// Padded and standard base64 are found as they are, so that it can be said what they are.
func TestPaddedTokens(t *testing.T) {
	t.Parallel()
	for name, encoding := range map[string]*base64.Encoding{"padded": base64.URLEncoding, "standard": base64.StdEncoding} {
		encode := func(s string) string { return encoding.EncodeToString([]byte(s)) }
		a := encode(hs256) + "." + encode(`{"sub":"a>?~??"}`) + "." + encode("a signature of thirty-two bytes?")
		for text, around := range map[string]string{
			a: "", "Bearer " + a: "Bearer", "x-amzn-oidc-data: " + a: "the value of x-amzn-oidc-data",
			"X-Amzn-Oidc-Data:" + a + "\r\nHost: x": "the value of X-Amzn-Oidc-Data",
			`{"data":"` + a + `"}`:                  "the value of data", "token=" + a: "the value of token",
		} {
			got, first := compactsOf(t, text)
			if len(got) != 1 || got[0] != a || strings.Join(first.Around, ", ") != around {
				t.Errorf("%s: %q: %q, around %q", name, text, got, first.Around)
			}
		}
	}
}

// What is no token is named for what it is, in whatever is around it, and no secret is
// quoted.
func TestIdentify(t *testing.T) {
	t.Parallel()
	a := compactOf(hs256, `{"sub":"ada"}`)
	secret := "Ab3" + strings.Repeat("xY7z", 12)
	for _, tt := range []struct {
		text string
		form Form
		says string
	}{
		{a[:20] + "…" + a[60:], FormAbbreviated, "shortened on the way"},
		{a[:20] + "..." + a[60:], FormAbbreviated, "shortened on the way"},
		{"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ...svMK75JR8U", FormAbbreviated, "shortened on the way"},
		{"eyJhbGci...", FormAbbreviated, "shortened on the way"},
		{"eyJhbGci…", FormAbbreviated, "shortened on the way"},
		{"eyJ....eyJ....abc", FormAbbreviated, "shortened on the way"},
		{"eyJhbGciOi...eyJzdWIiOi...svMK", FormAbbreviated, "shortened on the way"},
		{a[:30] + "[...]" + a[60:], FormAbbreviated, "shortened on the way"},
		{a[:50] + ".***", FormAbbreviated, "shortened on the way"},
		{"Authorization: Bearer " + a[:20] + "...", FormAbbreviated, "shortened on the way"},
		{a + ".", FormJWS, "there is a full stop behind the token"},
		{a + "...", FormJWS, "there is a full stop behind the token"},
		{b64(`{"alg":"dir","enc":"A256GCM"}`) + "..AAAA.AAAA.AAAA.", FormJWE, "there is a full stop behind the token"},
		{"v4.public.eyJzdWIiOiJhZGEifQ" + secret, FormPaseto, "a PASETO (v4.public)"},
		{"Bearer v2.local." + secret, FormPaseto, "a PASETO (v2.local)"},
		{"v3.local." + secret + ".footer", FormPaseto, "a PASETO (v3.local)"},
		{"ya29.a0" + secret, FormOpaque, "an access token of Google"},
		{"Authorization: Bearer ya29." + secret, FormOpaque, "an access token of Google"},
		{"ghp_" + secret, FormOpaque, "GitHub"},
		{"gho_" + secret, FormOpaque, "GitHub"},
		{"github_pat_11" + secret, FormOpaque, "GitHub"},
		{"glpat-" + secret, FormOpaque, "GitLab"},
		{"xoxb-1-" + secret, FormOpaque, "Slack"},
		{"sk_test_" + secret, FormOpaque, "Stripe"},
		{"AKIAIOSFODNN7EXAMPLE", FormOpaque, "AWS"},
		{"IQoJb3JpZ2luX2Vj" + secret, FormOpaque, "AWS"},
		{secret[:32], FormOpaque, "an opaque token"},
		{"Bearer " + secret[:43], FormOpaque, "an opaque token"},
		{"6ba7b810-9dad-11d1-80b4-00c04fd430c8", FormOpaque, "a UUID"},
		{hex.EncodeToString([]byte(secret)), FormOpaque, "a number in hex"},
		{`{"access_token":"` + secret[:32] + `","token_type":"Bearer"}`, FormOpaque, "in access_token: this is an opaque token"},
		{`{"access_token":"ya29.` + secret + `"}`, FormOpaque, "in access_token: this is an access token of Google"},
		{`{"error":"invalid_grant"}`, FormOther, `an OAuth error ("invalid_grant")`},
		{`{"sub":"ada","iat":1}`, FormOther, "the decoded header or payload"},
		{"Bearer undefined", FormNothing, "the word undefined"},
		{"Bearer null", FormNothing, "the word null"},
		{"undefined", FormNothing, "the word undefined"},
		{"[object Object]", FormNothing, "the word [object Object]"},
		{"Authorization: Bearer [object Object]", FormNothing, "[object Object]"},
		{"None", FormNothing, "the word None"},
		{"Bearer", FormNothing, "only the word Bearer"},
		{"$TOKEN", FormVariable, "a variable"},
		{"${TOKEN}", FormVariable, "a variable"},
		{"Bearer $ACCESS_TOKEN", FormVariable, "a variable"},
		{"{{access_token}}", FormVariable, "a variable"},
		{"$(cat token.txt)", FormVariable, "a variable"},
		{"%TOKEN%", FormVariable, "a variable"},
		{"process.env.TOKEN", FormVariable, "a variable"},
		{"import.meta.env.VITE_TOKEN", FormVariable, "a variable"},
		{"%env(TOKEN)%", FormVariable, "a variable"},
		{"<your-token>", FormVariable, "a placeholder"},
		{"YOUR_ACCESS_TOKEN", FormVariable, "a placeholder"},
		{"Basic YWRhOnNlY3JldA==", FormOther, "(Basic)"},
		{"Authorization: Basic YWRhOnNlY3JldA==", FormOther, "(Basic)"},
		{
			"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----", FormKey,
			"this is a PEM public key, not a token",
		},
		{`{"kty":"EC","crv":"P-256","x":"a","y":"b"}`, FormKey, "not a token"},
		{"arn:aws:secretsmanager:eu-central-1:123456789012:secret:jwt", FormOther, "not a token"},
		{"https://example.com/login", FormOther, "this is a URL, not a token"},
		{"<!DOCTYPE html><html>", FormOther, "a web page"},
		{utf16of("ghp_"+secret, 0, true), FormOpaque, "GitHub"},
		{"hello", "", ""},
		{"1.2.3", "", ""},
		{"www.example.com", "", ""},
		{"", "", ""},
		{"ada@example.com", "", ""},
		{a[:len(a)-3], FormJWS, ""},
	} {
		_, first := compactsOf(t, tt.text)
		if first.Form != tt.form || (first.Refused == nil) != (tt.says == "") {
			t.Errorf("%.40q: %q, %+v", tt.text, first.Form, first.Refused)
			continue
		}
		if first.Refused == nil {
			continue
		}
		if !strings.Contains(first.Refused.Reason, tt.says) || first.Refused.Advice == "" || first.Refused.Token == nil ||
			strings.Contains(first.Refused.Reason+first.Refused.Advice, secret[:12]) {
			t.Errorf("%.40q: %s; %s", tt.text, first.Refused.Reason, first.Refused.Advice)
		}
	}
	_, first := compactsOf(t, "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ...svMK75JR8U")
	if first.Refused.Token.Algorithm() != "HS256" {
		t.Error("the header of an abbreviated token is not read")
	}
}

// The other serializations of tokens are read.
func TestSerializations(t *testing.T) {
	t.Parallel()
	a := compactOf(hs256, `{"sub":"ada"}`)
	header, payload, signature := b64(hs256), b64(`{"sub":"ada"}`), b64("a signature of thirty-two bytes!")
	one := `{"payload":"` + payload + `","protected":"` + header + `","header":{"kid":"k1"},"signature":"` + signature + `"}`
	many := `{"payload":"` + payload + `","signatures":[{"protected":"` + header + `","signature":"` + signature + `"},` +
		`{"protected":"` + header + `","header":{"kid":"k2"},"signature":"` + signature[:40] + `"}]}`
	disclosure, binding := b64(`["s","n",1]`), compactOf(`{"alg":"ES256","typ":"kb+jwt"}`, `{}`)
	jwe := b64(`{"alg":"dir","enc":"A256GCM"}`)
	for _, tt := range []struct {
		name, text string
		form       Form
		compacts   string
	}{
		{"compact", a, FormJWS, a},
		{"detached", header + ".." + signature, FormDetached, header + ".." + signature},
		{"detached in a header line", "x-jws-signature: " + header + ".." + signature, FormDetached, header + ".." + signature},
		{"flattened", one, FormJSON, a},
		{"flattened, over lines", strings.ReplaceAll(one, ",", ",\n  "), FormJSON, a},
		{"general", many, FormJSON, a + " " + header + "." + payload + "." + signature[:40]},
		{"flattened and detached", `{"protected":"` + header + `","signature":"` + signature + `"}`, FormDetached, header + ".." + signature},
		{"JWE", jwe + "..AAAA.AAAA.AAAA", FormJWE, jwe + "..AAAA.AAAA.AAAA"},
		{"JWE in JSON", `{"protected":"` + jwe + `","iv":"AAAA","ciphertext":"AAAA","tag":"AAAA"}`, FormJWE, jwe + "..AAAA.AAAA.AAAA"},
		{"SD-JWT", a + "~" + disclosure + "~", FormSDJWT, a},
		{"SD-JWT without disclosures", a + "~", FormSDJWT, a},
		{"SD-JWT with a key binding", a + "~" + disclosure + "~" + disclosure + "~" + binding, FormSDJWT, a},
		{"SD-JWT in JSON", `{"vp_token":"` + a + "~" + disclosure + `~"}`, FormSDJWT, a},
		{"SD-JWT, folded", folded(a+"~"+disclosure+"~", 40, "\n"), FormSDJWT, a},
	} {
		got, first := compactsOf(t, tt.text)
		if strings.Join(got, " ") != tt.compacts || first.Form != tt.form || first.Refused != nil {
			t.Errorf("%s: %q %q", tt.name, first.Form, got)
		}
	}
	_, first := compactsOf(t, one)
	if kid, _ := first.Extras.Unprotected.String("kid"); kid != "k1" {
		t.Errorf("the unprotected header: %s", first.Extras.Unprotected.Indent())
	}
	_, first = compactsOf(t, a+"~"+disclosure+"~"+binding)
	if len(first.Extras.Disclosures) != 1 || first.Extras.KeyBinding != binding {
		t.Errorf("%+v", first.Extras)
	}
	_, first = compactsOf(t, `{"payload":"$.02","protected":"`+b64(`{"alg":"HS256","b64":false,"crit":["b64"]}`)+
		`","signature":"`+signature+`"}`)
	if string(first.Extras.Payload) != "$.02" || first.Form != FormJSON {
		t.Errorf("an unencoded payload: %+v", first)
	}
	_, first = compactsOf(t, `{"protected":"`+jwe+`","recipients":[{"encrypted_key":"a"},{"encrypted_key":"b"}],`+
		`"iv":"","ciphertext":"","tag":""}`)
	if first.Refused == nil || !strings.Contains(first.Refused.Reason, "several recipients") {
		t.Errorf("several recipients: %+v", first.Refused)
	}
}
