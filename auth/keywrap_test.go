package auth

import (
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"
)

// sample is a key in one format, what that is called, and the fingerprint of the key.
type sample struct{ name, text, is, fingerprint string }

// samples returns the keys of every type in every format.
func samples(t *testing.T) (all []sample) {
	t.Helper()
	called := map[string]string{
		"PKCS #8": "private key", "PKCS #8 in DER": "DER private key", "public": "public key", "public in DER": "DER public key",
		"certificate": "certificate", "JWK": "a JWK", "JWK set": "a JWK", "service account": "a Google service account",
	}
	add := func(name, text string, alg Algorithm) {
		key, err := NewKey(alg, testKeys()[alg])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, sample{string(alg) + " " + name, text, called[name], key.Fingerprint()})
	}
	for _, alg := range []Algorithm{RS256, ES256, ES512, EdDSA} {
		private := testKeys()[alg]
		der, err := x509.MarshalPKCS8PrivateKey(private)
		add("PKCS #8", pemOf(t, "PRIVATE KEY", der, err), alg)
		add("PKCS #8 in DER", string(der), alg)
		spki, err := x509.MarshalPKIXPublicKey(private.Public())
		add("public", pemOf(t, "PUBLIC KEY", spki, err), alg)
		add("public in DER", string(spki), alg)
		template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "x"}, NotAfter: time.Now().Add(time.Hour)}
		certificate, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
		add("certificate", pemOf(t, "CERTIFICATE", certificate, err), alg)
		add("JWK", jwkOf(t, private, ""), alg)
		add("JWK set", `{"keys": [`+jwkOf(t, private.Public(), `"kid":"a"`)+"]}", alg)
		if alg == RS256 {
			text, err := json.Marshal(map[string]string{
				"type": "service_account", "private_key": pemOf(t, "PRIVATE KEY", der, nil), "private_key_id": "a",
			})
			if err != nil {
				t.Fatal(err)
			}
			add("service account", string(text), alg)
		}
	}
	return all
}

// wrapping changes a text in a way that people and programs do.
type wrapping struct {
	name string
	wrap func(string) string
}

// wrappings are those of a PEM; they are applied to every text.
func wrappings() []wrapping {
	replace := func(name string, pairs ...string) wrapping {
		return wrapping{name, strings.NewReplacer(pairs...).Replace}
	}
	quote := func(text string) string {
		quoted, _ := json.Marshal(text)
		return string(quoted)
	}
	return []wrapping{
		{"as it is", func(s string) string { return s }},
		replace("CRLF", "\n", "\r\n"), replace("CR", "\n", "\r"), replace("escapes", "\n", `\n`), replace("CRLF escapes", "\n", `\r\n`),
		replace("spaces", "\n", " "), replace("one line", "\n", ""), replace("indented", "\n", "\n    "), replace("tabs", "\n", "\n\t"),
		replace("em dashes", "-----", "—"), replace("en dashes", "-----", "–––––"), replace("hyphens", "-", "‐"),
		replace("em dashes and one", "-----", "——-"), replace("four dashes", "-----", "----"), replace("six dashes", "-----", "------"),
		replace("four at the end", "-----END", "----END"), replace("blank lines", "\n", "\n\n"), replace("trailing spaces", "\n", " \n"),
		{"quoted", func(s string) string { return `"` + s + `"` }},
		{"JSON string", quote},
		{"quoted once more", func(s string) string { return "'" + quote(s) + "'" }},
		{"without its end", func(s string) string { before, _, _ := strings.Cut(s, "-----END"); return before }},
		{"without its start", func(s string) string { return s[strings.Index(s, "-\n")+1:] }},
		{"byte order mark", func(s string) string { return "\ufeff" + s }},
		{"UTF-16", utf16le},
		{"white space", func(s string) string { return "\n\n  " + s + "\n \n" }},
		{"a setting", func(s string) string { return `PRIVATE_KEY="` + s + `"` }},
	}
}

// encodings are those that a text may be in, twice too.
func encodings() []wrapping {
	std := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	once := []wrapping{
		{"base64", std},
		{"base64 without padding", func(s string) string { return base64.RawStdEncoding.EncodeToString([]byte(s)) }},
		{"base64url", func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }},
		{"padded base64url", func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) }},
		{"base64 in lines", func(s string) string { return inLines(std(s), 76) }},
		{"hex", func(s string) string { return hex.EncodeToString([]byte(s)) }},
		{"HEX", func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) }},
		{"percent", url.PathEscape},
		{"form", url.QueryEscape},
	}
	all := append([]wrapping{{"none", func(s string) string { return s }}}, once...)
	for _, inner := range once {
		for _, outer := range once {
			all = append(all, wrapping{inner.name + " in " + outer.name, func(s string) string { return outer.wrap(inner.wrap(s)) }})
		}
	}
	return all
}

// inLines breaks a text into lines.
func inLines(text string, width int) string {
	var b strings.Builder
	for len(text) > width {
		b.WriteString(text[:width] + "\n")
		text = text[width:]
	}
	return b.String() + text + "\n"
}

// A key in any format, wrapping and encoding is either read, and it is that very key, or
// refused as what it is. It is never a secret, so it never signs or verifies as one.
func TestWrappedKeys(t *testing.T) {
	t.Parallel()
	read, refused := 0, 0
	for _, key := range samples(t) {
		for _, w := range wrappings() {
			if strings.HasPrefix(key.text, "0") && w.name != "as it is" {
				continue // bytes that are changed are damaged
			}
			for n, e := range encodings() {
				if n > 9 && w.name != "as it is" && w.name != "escapes" && w.name != "without its start" {
					break // twice over
				}
				text := e.wrap(w.wrap(key.text))
				name := key.name + ", " + w.name + ", " + e.name
				wrong := CheckSecret(HS256, []byte(text))
				if wrong == nil || wrong.Kind != SecretWrongKind {
					t.Errorf("%s: CheckSecret says %v", name, wrong)
					continue
				}
				if !isNamed(wrong.What, key.is, w) {
					t.Errorf("%s is called %s", name, wrong.What)
				}
				keys, err := ParseKeys([]byte(text), "")
				switch {
				case err == nil && (keys[0].Public() == nil || keys[0].Fingerprint() != key.fingerprint):
					t.Errorf("%s: another key is read", name)
				case err == nil:
					read++
				case strings.Contains(err.Error(), "neither PEM nor JWK"):
					t.Errorf("%s: %v", name, err)
				default:
					refused++
				}
				if e.name == "none" && err != nil && mustBeRead(key, w) {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
	if read < 500 || refused < 500 {
		t.Errorf("%d are read and %d refused", read, refused)
	}
}

// isNamed reports whether a key is called what it is. A setting is one too, and so is the PEM
// in broken JSON.
func isNamed(called, want string, w wrapping) bool {
	switch {
	case strings.Contains(called, want), w.name == "a setting" && strings.HasPrefix(called, "a line of settings"):
		return true
	default:
		return want == "a Google service account" && (strings.HasPrefix(called, "JSON") || strings.HasPrefix(called, "a PEM private key"))
	}
}

// mustBeRead reports whether a wrapping leaves no doubt about the key: any of a PEM does, and
// of another format those that change white space only.
func mustBeRead(key sample, w wrapping) bool {
	if strings.HasPrefix(key.text, "-----") {
		return true
	}
	return w.name == "as it is"
}

// With every algorithm, a wrapped key is that of the algorithm or refused: a token that it
// signed is never said to have a bad signature.
func TestWrappedKeysVerify(t *testing.T) {
	t.Parallel()
	for _, alg := range []Algorithm{RS256, PS384, ES256, ES512, EdDSA, MLDSA44} {
		private, err := GenerateKey(alg, 0, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		token := signedBy(t, private, `{"alg":"`+string(alg)+`"}`, `{"sub":"ada"}`)
		text, err := private.EncodePublic(FormatPEM)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range wrappings() {
			for _, with := range []Algorithm{"", HS256, HS512, RS256, PS384, ES256, ES384, ES512, EdDSA, MLDSA44, MLDSA87} {
				keys, err := ParseKeys([]byte(w.wrap(string(text))), with)
				if err != nil {
					continue
				}
				verifier := Verifier{Keys: keys, Now: clockAt(at())}
				if r := verifier.Verify(token); r.Verdict == VerdictBadSignature || with == alg && r.Verdict != VerdictValid {
					t.Errorf("%s, %s, read for %s: %v", alg, w.name, with, r.Verdict)
				}
			}
		}
	}
}
