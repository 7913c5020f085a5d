package kind_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"tokendesk/auth/kind"
)

// random returns the same numbers in each run of a test.
func random(t *testing.T) *rand.Rand {
	t.Helper()
	var seed [32]byte
	copy(seed[:], t.Name())
	return rand.New(rand.NewChaCha8(seed))
}

func mustBePlain(t *testing.T, secret string) {
	t.Helper()
	if got := kind.Of([]byte(secret)); got.Kind != kind.Plain || got.String() != "" || string(got.Bytes) != secret {
		t.Errorf("%q is taken for %s", secret, got)
	}
}

// Ten thousand of each sort of secret that people and generators make are secrets: words
// with punctuation between them, characters of all kinds, and random bytes in the usual
// encodings.
func TestOrdinarySecrets(t *testing.T) {
	t.Parallel()
	rnd := random(t)
	words := strings.Fields(`correct horse battery staple Passw0rd secret key token admin winter Sommer2026 über naïve 密码 пароль
		ada lovelace api prod dev jwt vault begin end public private node begin{x} name=value a:b {braces} [list] p@ss w/o #1 50% $5 A&B
		SECRET Key PEM JSON null true 12345 3.14 x-y_z "quoted" 'single' \n C:\ user@example.com 00ff deadbeef ssh rsa age v2 k8s`)
	separators := []string{" ", "-", "_", ":", "/", "=", ".", "", ", ", " = ", ": ", "{", "}", "+", "&", "|", "~", ":/", "%", "$"}
	letters := []rune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ éß€漢😀")
	for range 10000 {
		var phrase, characters strings.Builder
		separator := separators[rnd.IntN(len(separators))]
		for n := range 3 + rnd.IntN(6) {
			if n > 0 {
				phrase.WriteString(separator)
			}
			phrase.WriteString(words[rnd.IntN(len(words))])
		}
		for range 8 + rnd.IntN(60) {
			characters.WriteRune(letters[rnd.IntN(len(letters))])
		}
		mustBePlain(t, phrase.String())
		mustBePlain(t, characters.String())
		raw := make([]byte, []int{16, 20, 24, 32, 48, 64}[rnd.IntN(6)])
		for i := range raw {
			raw[i] = byte(rnd.UintN(256))
		}
		for _, text := range []string{
			string(raw), base64.StdEncoding.EncodeToString(raw), base64.RawStdEncoding.EncodeToString(raw),
			base64.RawURLEncoding.EncodeToString(raw), hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)),
			"base64:" + base64.StdEncoding.EncodeToString(raw), fmt.Sprintf("%x-%x-%x-%x-%x", raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:16]),
		} {
			mustBePlain(t, text)
		}
	}
}

// Texts that trouble other programs are secrets all the same.
func TestNaughtyStrings(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{
		"undefined", "null", "NULL", "(null)", "nil", "true", "false", "None", "NaN", "Infinity", "-1", "0", "1e309",
		"0x0", "0xffffffff", "1/0", "1,000,000.00", "08", "--", "---", "-", ".", "..", "...", "/", `\`, `\\`, "{}",
		"[]", "()", "{0}", "{", "}", "[", "]", "%", "$", "%%", "$$", "$1", "$5 off", "%s%s%s%n", "%d", "%*.*s",
		"%x%x%x", "100%", "50% off: {today}", "a=b", "a:b", "a/b", "a=b&c=d", "key=value", "user:password",
		"user:pass@host", "name: value", "=", "==", ":", "://", "//", "a//b", "=cmd|' /C calc'!A0", "@SUM(1+1)",
		"+1", "'; DROP TABLE users; --", "1' OR '1'='1", `" or ""="`, "<script>alert(1)</script>",
		"<?xml version='1.0'?>", "<!--", "-->", "]]>", "&lt;b&gt;", "<img src=x onerror=alert(1)>", "`ls -al`",
		"; rm -rf /", "| cat", "&& true", "$(", "${", "{{", "}}", "{%", "eval(x)", "../", "..",
		"../../../../etc/passwd", "/etc/hosts", "C:", "con", "LPT1", "~", "ÅÍÎÏ˝ÓÔÒÚÆ☃",
		"Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて下さい", "😍👩🏽‍💻🏳️‍🌈", "הָיְתָה",
		"مُنَاقَشَةُ", "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪",
		"\u202etest\u202c", "\u200bzero\u200bwidth", "\ufefftext behind a mark", "\u00a0no break\u00a0",
		"“smart quotes”", "‘it’s’", "—em—dash—", "-----", "----------", "-----BEGIN", "-----BEGIN ",
		"-----END", "BEGIN", "END", "the end of private things", "BEGIN the beguine", "ssh-", "ssh-rsa",
		"ssh-tunnel to the moon", "my-age1-key", "eyJhbGciOi", "eyJ", "a.b.c", "v2.local", "v1.2.3", "1.2.3.4",
		"127.0.0.1:8080", "::1", "example.com", "a@example.com", "arn:", "arn:aws", "op:", "vault", "vault: mine",
		"secret/sauce", "kv/store", "secret: sauce", "secret=sauce", "password=hunter2", "pass/with/slashes/in/it",
		"pass\\with\\backslashes", "{brace} yourself", "{not json}", "{a:1}", "[square] brackets", "[1]", "(1)",
		"#hashtag", "# comment", "; comment", "- item", "* item", "> quote", "| pipe", "!bang", "?", "!", "@", "^",
		"\"quoted\"", "'quoted'", "\"half", "half'", "a\\nb", "line\\r\\nline", "tab\\there", "MII", "MIIB", "M",
		"AAAA", "AAAAB3", "LS0t", "LS0tLS0=", "deadbeef", "correct horse battery staple", "Tr0ub4dor&3", "hunter2",
		"p@$$w0rd", "Pa$$word", "C$harp", "100$USD", "50%off%today", "%20", "a%20b", "%zz", "a+b", "b64==",
		"DEADBEEF:CAFE", "de:ad:be:ef", "00:11:22:33:44:55", "550e8400-e29b-41d4-a716-446655440000",
		"2026-11-26T10:00:00Z", "12:30", "3rd/4th", "and/or", "w/o", "http:", "http:/x", "mailto:ada", "tel:+1",
		"a:// b", "not a url: //x", "\x1b[31mred", "bell\x07", "nul\x00byte", "\xff\xfe\xfd", "\x80\x81", "\x7f",
		"\x00",
	} {
		mustBePlain(t, secret)
	}
}
