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
	says(t, got, "> The persona boss was added to "+file+". /persona undo undoes it.\n> Error: there is already a persona with that name",
		"> boss: ada@example.com (role=admin)\n", "Claim sub: ada@example.com ", "Claim role: admin ",
		"> Error: a name is needed; type it first, and a subject behind it if you like\n> Error: an address can have only one @\n",
		"> Error: a persona can neither have header parameters nor leave something out\n")
}

// The verbs of /persona change the file and nothing else in it, and every mistake says what to do.
func TestPlainPersonaChanges(t *testing.T) {
	t.Parallel()
	const text = "# team\nada: {subject: ada} # first\nundo: {subject: uma}\n"
	run := func(lines ...string) (got, file string) {
		path := filepath.Join(t.TempDir(), "personas.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, _ = dialogue(t, append(lines, "/q"), func(_ *plain.Config, s *settings.Settings) { s.PersonasFile = path })
		after, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(got, path, "FILE"), string(after)
	}
	for _, test := range []struct {
		line, said, file string
	}{
		{
			"/persona edit ada role=admin", "The persona ada was changed in FILE. /persona undo undoes it.",
			"ada: {subject: ada, claims: {\"role\": \"admin\"}} # first\n",
		},
		{"/persona edit ada lifetime 8h", "The persona ada was changed", "ada: {subject: ada, lifetime: 8h} # first\n"},
		{"/persona edit ada subject none", "The persona ada was changed", "ada: {} # first\n"},
		{"/persona edit ada subject ada", "Nothing was changed: it is like that already.", text},
		{"/persona edit ada", "\n> ada: {subject: ada} # first\n", text},
		{"/persona disable ada", "The persona ada was disabled in FILE.", "ada: {subject: ada, disabled: true} # first\n"},
		{"/persona copy ada bob", "The persona ada was copied to bob", "ada: {subject: ada} # first\n\nbob: {subject: ada} # first\n"},
		{"/persona rename ada bob", "The persona ada was renamed to bob", "bob: {subject: ada} # first\n"},
		{"/persona remove undo", "The persona undo was removed", "# team\nada: {subject: ada} # first\n"},
		{"/persona new bob bob", "The persona bob was added", text + "\nbob:\n  subject: bob\n  lifetime: 30m\n"},
		{"/persona undo", "Claim sub: uma (subject)", text},
		{"/persona edit", "Error: one name is needed; type /persona edit, the name of a persona and what to change", text},
		{"/persona edit ada role", "Error: this is neither a claim nor a member of a persona; type role=admin", text},
		{"/persona edit ada -role", "Error: the persona ada has no claim role of its own; type /persona edit ada to see", text},
		{"/persona edit ada subject", "Error: the value of subject is missing; type it after subject", text},
		{"/persona edit ada exp:=1", "Error: exp is set from the lifetime; change the lifetime instead", text},
		{"/persona edit nobody role=x", "Error: there is no such persona; choose one of those in FILE", text},
		{"/persona edit ada extends nobody", `Error: there is no persona "nobody" to extend; name a persona in FILE`, text},
		{"/persona remove", "Error: one name is needed; type /persona remove and the name of a persona", text},
		{"/persona disable ada now", "Error: one name is needed; type /persona disable and the name of a persona", text},
		{"/persona rename ada", "Error: two names are needed; type /persona rename, the name and the new name", text},
		{"/persona copy ada undo", "Error: there is already a persona with that name; choose another name", text},
		{"/persona undo it", "Error: nothing was changed in the personas file; /undo undoes changes of the board", text},
	} {
		got, file := run(test.line)
		if !strings.Contains(got, test.said) || !strings.Contains(file, test.file) {
			t.Errorf("%s said\n%s\nand the file is\n%s", test.line, got, file)
		}
	}
	if got, file := run("/persona remove ada", "/persona edit undo role=x", "/persona undo it", "/persona undo it"); file != text ||
		!strings.Contains(got, "Undone: the persona undo was changed.\n> Undone: the persona ada was removed.") {
		t.Errorf("after undoing\n%s\nthe file is\n%s", got, file)
	}
	if got, _ := run("/persona disable ada", "/persona ada"); !strings.Contains(got, "> Error: the persona ada is disabled; enable it with ") {
		t.Errorf("got\n%s", got)
	}
	got, _ := run("/persona edit ada api_key=Tr0ub4dor9qx")
	if !strings.Contains(got, `Warning: FILE:2: the claim "api_key" of ada is probably a secret`) {
		t.Errorf("got\n%s", got)
	}
}
