package settings

import (
	"crypto/rand"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
)

// signed returns a token with the claims.
func signed(t *testing.T, secret, claims string) string {
	t.Helper()
	key, err := auth.NewHMACKey(auth.HS256, []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	input := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." +
		base64.RawURLEncoding.EncodeToString([]byte(claims))
	signature, err := key.Sign(rand.Reader, input)
	if err != nil {
		t.Fatal(err)
	}
	return input + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func TestPersonasOfTokens(t *testing.T) {
	t.Parallel()
	const dates = `,"iat":1700000000,"exp":2000000000}`
	tokens := "ANON_KEY=" + signed(t, canary, `{"role":"anon","iss":"supabase"`+dates) +
		"\nSERVICE_ROLE_KEY=" + signed(t, canary, `{"role":"service_role","iss":"supabase"`+dates) +
		"\nTEST_TOKEN=" + signed(t, canary, `{"sub":"ada","jti":"1","tenant":{"id":4}`+dates) +
		"\n_TOKEN=" + signed(t, canary, `{"sub":"bob"`+dates) +
		"\nOTHER_KEY=" + signed(t, another, `{"role":"other"`+dates) + "\n"
	for _, tt := range []struct{ name, text, personas, want string }{
		{
			"proven", "JWT_SECRET=" + canary + "\n" + tokens, "",
			`anon {{uuid}} role="anon" iss="supabase"|service_role {{uuid}} role="service_role" iss="supabase"|test_token ada tenant={"id":4}`,
		},
		{
			"the file of personas stands above", "JWT_SECRET=" + canary + "\n" + tokens, "anon:\n  subject: ada\nadmin:\n  subject: root\n",
			`anon ada|admin root|service_role {{uuid}} role="service_role" iss="supabase"|test_token ada tenant={"id":4}`,
		},
		{"another secret was chosen", "SECRET_KEY_NAME=SECRET\nSECRET=" + another + "\n" + tokens, "", `other {{uuid}} role="other"`},
		{"SECRET_KEY", "SECRET_KEY=" + another + "\n" + tokens, "", `other {{uuid}} role="other"`},
		{"no secret", tokens, "", ""},
		{"a question", "NODE_ENV=production\nJWT_SECRET=" + canary + "\n" + tokens, "", ""},
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, ".env")
		for name, text := range map[string]string{".env": tt.text, DefaultPersonas: tt.personas} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if tt.personas == "" {
			_ = os.Remove(filepath.Join(dir, DefaultPersonas))
		}
		_, personas, err := Personas(Options{File: file, Lookup: lookupIn(nil)})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, p := range personas {
			text := p.Name + " " + p.Subject
			for _, c := range p.Claims {
				text += " " + c.Name + "=" + string(c.Value)
			}
			if request, err := p.Request(Fresh{Now: time.Unix(0, 0)}); err != nil || request.Subject == "" {
				t.Errorf("%s: %s gives %v, %v", tt.name, p.Name, request, err)
			}
			said = append(said, text)
		}
		if got := strings.Join(said, "|"); got != tt.want {
			t.Errorf("%s:\n%s, want\n%s", tt.name, got, tt.want)
		}
	}
}
