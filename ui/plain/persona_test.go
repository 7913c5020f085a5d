package plain_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/settings"
	"tokendesk/ui/plain"
)

// TestPlainPersonas issues tokens for personas.
func TestPlainPersonas(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "personas.yaml")
	text := `admin: {subject: "ada-{{n}}", lifetime: 8h, claims: {at: "{{now}}"}}
guest: {}
signer: {subject: ada, algorithm: RS256}
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"list", []string{"/persona"}, "> admin: ada-{{n}} (at={{now}})\nguest: (no subject)\nsigner: ada (RS256)\n> "},
		{"unknown", []string{"/persona nobody"}, "> Error: there is no persona with that name; /persona lists them\n> "},
		{
			"fresh",
			[]string{"/persona admin", "/again", "/board"},
			"> #1 ada-1, admin, HS256: active, 8h left\n#2 ada-2, admin, HS256: active, 8h left\n> ",
		},
		{"a claim", []string{"/persona admin"}, "\nClaim at: 1795442712\n"},
		{"another subject", []string{"/persona admin eve@example.com", "/board"}, "> #1 eve@example.com, admin, HS256: active, 8h left\n> "},
		{"a bad subject", []string{"/persona admin {{uid}}"}, "> Error: there is no such placeholder; write {{uuid}}, "},
		{"with a claim", []string{"/claims role=x", "/lifetime 2h", "/persona admin"}, "\nClaim role: x (roles)\n"},
		{"with a lifetime", []string{"/lifetime 2h", "/persona admin"}, "\nStatus: active, 2h left\n"},
		{"no subject", []string{"/persona guest"}, "> Error: the persona guest has no subject; type /persona guest and a subject\n> "},
		{"another key", []string{"/persona signer"}, ":3:1: the persona signer signs with RS256, but the key is for HS256; "},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := dialogue(t, append(test.lines, "/q"), func(_ *plain.Config, s *settings.Settings) { s.PersonasFile = file })
			refused := strings.Contains(got, "> Error: ")
			if isWithheld(err) != refused || err != nil && !refused || !strings.Contains(got, test.want) {
				t.Errorf("error %v, got\n%s\nwant in it\n%s", err, got, test.want)
			}
		})
	}
	got, err := dialogue(t, []string{"/persona", "/q"})
	if want := "> There are no personas. Add them to personas.yaml.\n> "; err != nil || !strings.Contains(got, want) {
		t.Errorf("error %v, got\n%s", err, got)
	}
}

// The lifetime and the claims of the next tokens are saved as a persona.
func TestPlainSavePersona(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "personas.yaml")
	got, err := dialogue(t, []string{
		"/lifetime 2h", "/claims role=admin", "/save boss ada@example.com", "/save boss", "/persona", "/claims", "/persona boss",
		"/save", "/save other a@b@c", "/header typ=x", "/save other",
	}, func(_ *plain.Config, s *settings.Settings) { s.PersonasFile = file })
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "> The persona boss was added to "+file+".\n> Error: there is already a persona with that name",
		"> boss: ada@example.com (role=admin)\n", "Claim sub: ada@example.com ", "Claim role: admin ",
		"> Error: type a name after /save\n> Error: an address can have only one @\n",
		"> Error: a persona can neither have header parameters nor leave something out\n")
}
