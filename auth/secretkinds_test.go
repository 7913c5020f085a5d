package auth

import (
	"crypto/rand"
	"encoding/base64"
	"strings"
	"testing"
)

// whatIs returns what a secret is if it is something other than a secret.
func whatIs(secret string) string {
	if found := CheckSecret(HS256, []byte(secret)); found != nil && found.Kind == SecretWrongKind {
		return found.What
	}
	return ""
}

// A text with the form of something else is refused as such, but one that merely
// resembles it is a secret.
func TestWrongKindsOfSecrets(t *testing.T) {
	t.Parallel()
	const (
		jwk, jwks, object, array = "a JWK", "a JWK set", "a JSON object", "a JSON array"
		ssh, putty               = "an SSH public key", "a PuTTY key"
		url, variable            = "a URL", "a variable that was never expanded"
	)
	for secret, want := range map[string]string{
		"x -----BEGIN CERTIFICATE": "a certificate", "-----BEGIN CERTIFICATE REQUEST-----": "a certificate request",
		"x -----BEGIN PUBLIC KEY": "a PEM public key", "-----BEGIN": "", "-----BEGIN ": "", "----BEGIN x": "",

		"ssh-rsa AAAA": ssh, "ecdsa-sha2-nistp256 AAAA": ssh, "sk-ssh-ed25519@openssh.com AAAA": ssh,
		"---- BEGIN SSH2 PUBLIC KEY ----": ssh, "PuTTY-User-Key-File-2: ssh-rsa": putty, " ssh-rsa AAAA": ssh, "x ssh-rsa AAAA": ssh,
		"ssh-": "", "ssh-rsa": "", "ssh-tunnel AAAA": "", "ecdsa-sha1-": "", "SSH-RSA": "",

		`{"kty":"oct"}`: jwk, `{"a":1,"kty":1}`: jwk, `{"kty":"oct"`: jwk, `"kty"`: jwk, `'kty'`: jwk, `{'kty':'oct'}`: jwk,
		`{"k\u0074y":"oct"}`: jwk, `{"keys":1}`: jwks, `{"key\u0073":1}`: jwks, " {\"keys\":[]}\n": jwks,
		`{"ktypes":1}`: object, `{"key":1}`: object, `{"KTY":"oct"}`: object, `["kty"]`: array, `["keys"]`: array, `{"keys":[]`: "JSON",
		`{}`: "", `[]`: "", `[1]`: "", `x"kty"`: "", `("kty")`: "", `{kty:1}`: "",

		"https://a": url, "a://": url, "Z+0.-://x": url, "postgres://u:p@h/d": url, " ftp://x ": url,
		"//x": "", "://x": "", "1a://x": "", "a_b://x": "", "x y://z": "", "a:/b": "",

		"${A}": variable, "${}": variable, "$(cat file)": variable, "$A": variable, "$_9": variable, "$secret_KEY1": variable,
		"%A%": variable, "%_a9%": variable, "{{A}}": variable, "{{ .Values.key }}": variable, " $A\n": variable,
		"$1": "", "$": "", "$A-b": "", "${A": "", "${A}b": "", "a${A}": "", "$(A": "", "%A": "", "%9%": "", "%A%b": "", "{A}": "",
		"{{A}": "", "#A": "",
		"{{}}": variable, "$()": variable, "%%": "",
	} {
		if got := whatIs(secret); got != want {
			t.Errorf("%q is %q, want %q", secret, got, want)
		}
	}
	if got := whatIs("-----BEGIN x"); got != "a PEM block" {
		t.Errorf("a block of any name is %q", got)
	}
}

// A single ASN.1 SEQUENCE that begins like a key or a certificate is refused, as bytes
// and as base64.
func TestDERSecrets(t *testing.T) {
	t.Parallel()
	const der = "a DER-encoded key or certificate"
	x := func(n int) string { return strings.Repeat("x", n) }
	for secret, want := range map[string]string{
		// The length in two bytes.
		"\x30\x82\x00\x02\x02\x00":        der,
		"\x30\x82\x00\x02\x30\x00":        der,
		"\x30\x82\x00\x21\x02" + x(32):    der,
		"\x30\x82\x01\x04\x30" + x(0x103): der,
		"\x30\x82\x02\x04\x30" + x(0x203): der,
		"\x30\x82\x01\x04\x31" + x(0x103): "",
		"\x30\x82\x01\x04\x03" + x(0x103): "",
		"\x30\x82\x01\x04\x30" + x(0x102): "",
		"\x30\x82\x01\x04\x30" + x(0x104): "",
		"\x30\x82\x00\x04\x30" + x(0x103): "",
		"\x31\x82\x01\x04\x30" + x(0x103): "",
		"\x30\x83\x01\x04\x30" + x(0x103): "",
		"\x30\x82\x00\x01\x02":            "",
		"\x30\x82":                        "",
		// The length in one byte.
		"\x30\x03\x02\x01\x00":               der,
		"\x30\x03\x02\x01\x01":               der,
		"\x30\x05\x02\x01\x00xx":             der,
		"\x30\x03\x02\x01\x02":               "",
		"\x30\x04\x02\x02\x00\x00":           "",
		"\x30\x03\x02\x00\x00":               "",
		"\x30\x03\x03\x01\x00":               "",
		"\x30\x03\x01\x01\x00":               "",
		"\x30\x02\x02\x01":                   "",
		"\x30\x00":                           "",
		"\x30\x04\x30\x02\x06\x00":           der,
		"\x30\x05\x30\x02\x06\x00x":          der,
		"\x30\x03\x30\x00\x06":               der,
		"\x30\x04\x30\x03\x06\x00":           "",
		"\x30\x04\x30\x02\x05\x00":           "",
		"\x30\x04\x31\x02\x06\x00":           "",
		"\x31\x03\x02\x01\x00":               "",
		"\x10\x03\x02\x01\x00":               "",
		"\x30\x03\x02\x01\x00x":              "",
		"\x30\x04\x02\x01\x00":               "",
		"\x30\x81\x80\x02\x01\x00" + x(0x7d): der,
		"\x30\x81\x80\x02\x01\x02" + x(0x7d): "",
	} {
		if got := whatIs(secret); got != want {
			t.Errorf("%q is %q, want %q", secret, got, want)
		}
	}
	marked := "\x30\x82\x00\x07\x02\x00\xfb\xff\xfe\xfb\xff"
	std, url := base64.StdEncoding.EncodeToString([]byte(marked)), base64.URLEncoding.EncodeToString([]byte(marked))
	if !strings.ContainsAny(std, "+/") || !strings.ContainsAny(url, "-_") || !strings.HasSuffix(std, "=") {
		t.Fatalf("%s and %s show nothing", std, url)
	}
	for _, text := range []string{
		std, url, strings.TrimRight(std, "="), strings.TrimRight(url, "="), std[:5] + "\n" + std[5:9] + "\r\n" + std[9:] + "\n",
		" " + url + " ",
	} {
		if got := whatIs(text); got != der+" in base64" && got != der+" in base64url" {
			t.Errorf("%q is %q", text, got)
		}
	}
	for _, text := range []string{
		"N" + std[1:], std[:len(std)-2], std + "AAAA", "M" + std, "M!" + std[2:], "M", "-" + url[1:],
		std[:4] + "-" + std[5:],
	} {
		if got := whatIs(text); got != "" {
			t.Errorf("%q is %q", text, got)
		}
	}
}

// The error contains the numbers, and names the more serious of two defects.
func TestSecretErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		alg          Algorithm
		secret       string
		want         SecretError
		text, advice string
	}{
		{HS256, " ", SecretError{SecretEmpty, "", HS256, 1}, "the secret is empty", "make one with openssl rand -hex 32"},
		{
			HS384, "$A",
			SecretError{SecretWrongKind, "a variable that was never expanded", HS384, 2},
			"the secret is a variable that was never expanded, not an HMAC secret", "make one with openssl rand -hex 48",
		},
		{
			HS512, "secret",
			SecretError{SecretPublished, "common in tutorials", HS512, 6},
			"the secret is published (common in tutorials), and HS512 needs at least 64 random bytes", "make one with openssl rand -hex 64",
		},
		{
			HS384, "aaaa",
			SecretError{SecretPlaceholder, "a simple pattern", HS384, 4},
			"the secret is a simple pattern, and HS384 needs at least 48 random bytes", "make one with openssl rand -hex 48",
		},
		{
			HS256, "geheimer_schluessel",
			SecretError{SecretPlaceholder, "a placeholder", HS256, 19},
			"the secret is a placeholder, and HS256 needs at least 32 random bytes", "make one with openssl rand -hex 32",
		},
		{
			HS256, "Jq3vX",
			SecretError{SecretShort, "", HS256, 5},
			"the secret has only 5 bytes, and HS256 needs at least 32 random bytes", "make one with openssl rand -hex 32",
		},
	} {
		found := CheckSecret(tt.alg, []byte(tt.secret))
		if found == nil || *found != tt.want || found.Error() != tt.text || found.Advice() != tt.advice {
			t.Errorf("%q: %+v; %s", tt.secret, found, found.Advice())
		}
	}
	if got := ES256.SecretCommand(); got != "openssl rand -hex 32" {
		t.Errorf("for ES256 %s", got)
	}
}

// A secret that we make is never weak, whatever the algorithm, and a good secret is as long
// as the advice says.
func TestNewSecretIsGood(t *testing.T) {
	t.Parallel()
	for alg, length := range map[Algorithm]int{HS256: 43, HS384: 64, HS512: 86, ES256: 43, "": 43} {
		secret, err := NewSecret(alg, rand.Reader)
		if err != nil || len(secret) != length {
			t.Fatalf("%s: %d characters, %v", alg, len(secret), err)
		}
		if alg.MinSecretBytes() == 0 {
			alg = HS256
		}
		if found := CheckSecret(alg, []byte(secret)); found != nil {
			t.Errorf("%s: %v", alg, found)
		}
	}
}
