package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tokendesk/auth"
	"tokendesk/auth/advice"
)

const template = "# you need a .env\nSECRET_KEY=\nALGORITHM=HS256\n"

func TestCreate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), ".env")
	created, err := Create(path, template, canary)
	if err != nil {
		t.Fatal(err)
	}
	if created != (Created{Path: path, Name: secretKey}) {
		t.Errorf("created = %+v, want the path alone", created)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := "# you need a .env\nSECRET_KEY=" + canary + "\nALGORITHM=HS256\n"; string(text) != want {
		t.Errorf("the file holds %q, want %q", text, want)
	}
	s, err := Load(Options{File: path, Lookup: lookupIn(nil)})
	if err != nil || s.Key == nil || len(s.Warnings) > 0 {
		t.Errorf("reading it back: %+v, %v", s, err)
	}
}

// The secret is inserted literally: a $ in it must not refer to a group.
func TestCreateIsLiteral(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), ".env")
	if _, err := Create(path, template, "a$1b"); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(path)
	if !strings.Contains(string(text), "SECRET_KEY=a$1b\n") {
		t.Errorf("the file holds %q", text)
	}
}

func TestCreateNeverOverwrites(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte("MINE=1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Create(path, template, canary)
	if !errors.Is(err, fs.ErrExist) || !strings.HasPrefix(err.Error(), path+" already exists") || advice.Of(err) != "move it away first" {
		t.Errorf("got %v", err)
	}
	if text, _ := os.ReadFile(path); string(text) != "MINE=1\n" {
		t.Errorf("the file was changed to %q", text)
	}
}

func TestCreateWithoutAFolder(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "nowhere")
	_, err := Create(filepath.Join(folder, ".env"), template, canary)
	if want := "the folder " + folder + " does not exist"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestCreateIgnoresInACheckout(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, before, after string
		added               bool
	}{
		{"no file", "", ".env\n", true},
		{"other lines", "bin/\n", "bin/\n.env\n", true},
		{"no line break at the end", "bin/", "bin/\n.env\n", true},
		{"there", ".env\n", ".env\n", false},
		{"from the root", "/.env\n", "/.env\n", false},
		{"a pattern", ".env*\n", ".env*\n", false},
		{"another pattern", "*.env\n", "*.env\n", false},
		{"anywhere", "**/.env\n", "**/.env\n", false},
		{"a comment is none", "# .env\n", "# .env\n.env\n", true},
		{"negated", ".env\n!.env\n", ".env\n!.env\n.env\n", true},
		{"another name", ".env.local\n", ".env.local\n.env\n", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			folder := filepath.Join(root, "service")
			for _, dir := range []string{filepath.Join(root, ".git"), folder} {
				if err := os.Mkdir(dir, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			ignore := filepath.Join(folder, ".gitignore")
			if tt.before != "" {
				if err := os.WriteFile(ignore, []byte(tt.before), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			created, err := Create(filepath.Join(folder, ".env"), template, canary)
			if err != nil || created.GitIgnored != tt.added || created.GitIgnorePath != ignore {
				t.Errorf("created = %+v, %v, want added = %t", created, err, tt.added)
			}
			if text, _ := os.ReadFile(ignore); string(text) != tt.after {
				t.Errorf(".gitignore holds %q, want %q", text, tt.after)
			}
		})
	}
}

// A file that the .gitignore files above ignore needs no line of its own.
func TestCreateSeesTheIgnoresAbove(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, above, beside string
		added               bool
	}{
		{"a name", ".env\n", "", false},
		{"a pattern", "*.env\n", "bin/\n", false},
		{"anywhere", "**/.env\n", "", false},
		{"of the folder above only", "/.env\n", "", true},
		{"negated above", ".env\n!.env\n", "", true},
		{"negated beside", ".env\n", "!.env\n", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			folder := filepath.Join(root, "services", "api")
			for _, dir := range []string{filepath.Join(root, ".git"), folder} {
				if err := os.MkdirAll(dir, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			ignore := filepath.Join(folder, ".gitignore")
			for path, text := range map[string]string{filepath.Join(root, ".gitignore"): tt.above, ignore: tt.beside} {
				if text == "" {
					continue
				}
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			created, err := Create(filepath.Join(folder, ".env"), template, canary)
			if err != nil || created.GitIgnored != tt.added {
				t.Errorf("created = %+v, %v, want added = %t", created, err, tt.added)
			}
			want := tt.beside
			if tt.added {
				want += ".env\n"
			}
			if text, _ := os.ReadFile(ignore); string(text) != want {
				t.Errorf(".gitignore holds %q, want %q", text, want)
			}
		})
	}
}

// The first run must write a settings file without problems or warnings, and the
// template itself must hold no secret.
func TestTemplate(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../.env.template")
	if err != nil {
		t.Fatal(err)
	}
	s, err := load(t, string(text), nil)
	if err != nil || s.Key != nil || len(s.Warnings) > 0 {
		t.Errorf("a copy that was not filled in: %+v, %v, want no key and no complaint", s, err)
	}
	var mentioned, documented []string
	for _, m := range regexp.MustCompile(`(?m)^(?:# )?([A-Z_]+)=`).FindAllStringSubmatch(string(text), -1) {
		mentioned = append(mentioned, m[1])
	}
	for _, doc := range Names() {
		documented = append(documented, doc.Name)
	}
	if !slices.Equal(mentioned, documented) {
		t.Errorf("the template has %q, want exactly and in this order %q", mentioned, documented)
	}
	path := filepath.Join(t.TempDir(), ".env")
	secret, err := auth.NewSecret(auth.HS256, strings.NewReader(strings.Repeat("desk", 8)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Create(path, string(text), secret); err != nil {
		t.Fatal(err)
	}
	if s, err := Load(Options{File: path, Lookup: lookupIn(nil)}); err != nil || s.Key == nil || len(s.Warnings) > 0 {
		t.Errorf("what a first run writes: %+v, %v", s, err)
	}
}
