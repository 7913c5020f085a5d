package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPersonaWarnings: secrets and tokens in a personas file are found, by name and line,
// and never shown.
func TestPersonaWarnings(t *testing.T) {
	t.Parallel()
	const secret = "qm8XvT2pLz5RkWd0yJcBf7HsNa3GuE9iOe6"
	const signed = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	dir := t.TempDir()
	text := `# a token: ` + signed + `
a:
  subject: ada
  claims:
    role: admin
    old:
    - x
    - Bearer ` + signed + `
    deep:
      deeper: {signing: ` + secret + `}
    cnf: {jwk: {kty: EC, crv: P-256, x: a, y: b}}
    jwk: {kty: oct, k: "` + secret + `"}
    pem: |
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----
b: {claims: {db_password: "Tr0ub4dor3", password_hint: my first dog, client_secret: changeme, secret_id: "{{uuid}}", pwd: x1y2z3w4}}
`
	for name, content := range map[string]string{".env": "SECRET_KEY=" + secret + "\n", "personas.yaml": text} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, _, err := Personas(Options{File: filepath.Join(dir, ".env"), Lookup: lookupIn(nil)})
	if err != nil {
		t.Fatal(err)
	}
	full, err := Load(Options{File: filepath.Join(dir, ".env"), Lookup: lookupIn(nil)})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*Settings{s, full} {
		var got []string
		for _, w := range PersonaWarnings(s) {
			if line := w.String(); strings.Contains(line, secret) || strings.Contains(line, "eyJ") || strings.Contains(line, "Tr0ub") {
				t.Errorf("a value is shown: %s", line)
			}
			place, text, _ := strings.Cut(strings.TrimPrefix(w.String(), filepath.Join(dir, "personas.yaml")+":"), ":")
			text, _, _ = strings.Cut(text, ";")
			got = append(got, place+text)
		}
		want := []string{
			"1 a comment contains a signed token",
			`6 the claim "old" of a is a signed token`,
			`10 the claim "deep.deeper.signing" of a is the secret that signs the tokens`,
			`12 the claim "jwk.k" of a is the secret that signs the tokens`,
			`12 the claim "jwk" of a is a private key`,
			`13 the claim "pem" of a is a private key`,
			`17 the claim "db_password" of b is probably a secret, going by its name and value`,
			`17 the claim "pwd" of b is probably a secret, going by its name and value`,
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
