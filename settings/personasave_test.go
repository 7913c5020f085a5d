package settings

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"tokendesk/auth/jsontext"
)

func TestSavePersona(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "personas.yaml")
	claims, err := jsontext.ParseObject([]byte(`{"role":"admin","yes":"no","n":1e400,"id":"{{uuid}}","list":["a, b",{` +
		`"x:y":null,"z":[]}],"quote\"d":"a\\b\nü😀\u0000 # c","big":9007199254740993,"b":true,"é":"é","<<":"&a","":""}`))
	if err != nil {
		t.Fatal(err)
	}
	if err := SavePersona(path, &Persona{Name: "first", Subject: "ada@shop.example", Lifetime: "1h 30m", Claims: claims}); err != nil {
		t.Fatal(err)
	}
	const before = "\n# Mine.\nb:   {subject: 'x' } # here\n\na: {}\n# the end"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(text), "first:\n  subject: ada@shop.example\n  lifetime: \"1h 30m\"\n  claims:\n    role: admin\n"+
		"    \"yes\": \"no\"\n    \"n\": 1e400\n    id: \"{{uuid}}\"\n"+
		`    list: ["a, b", {"x:y": null, "z": []}]`+"\n") {
		t.Errorf("it wrote\n%s", text)
	}
	if err := os.WriteFile(path, append(text, before...), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := SavePersona(path, &Persona{Name: "true"}); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := string(text) + before + "\n\n\"true\": {}\n"; string(after) != want {
		t.Errorf("the file is\n%s\nwant\n%s", after, want)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 && os.PathSeparator == '/' {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	for _, tt := range []struct{ file, name, want string }{
		{string(after), "a", "there is already a persona with that name"},
		{string(after), "a b", "this cannot be the name of a persona"},
		{"a:\n  claims:\n    text: |+\n      all line ends count\n", "b", "the new file would not give the intended personas"},
		{"a:\n  x: 1\n", "b", ":2:3: a persona has no member"},
	} {
		if err := os.WriteFile(path, []byte(tt.file), 0o600); err != nil {
			t.Fatal(err)
		}
		err := SavePersona(path, &Persona{Name: tt.name})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %s", tt.name, err, tt.want)
		}
		if now, _ := os.ReadFile(path); string(now) != tt.file {
			t.Errorf("%q: the file was changed", tt.name)
		}
	}
	if err := SavePersona(filepath.Join(filepath.Dir(path), "none", "p.yaml"), &Persona{Name: "a"}); err == nil {
		t.Error("a folder that is not there is no error")
	}
	if files, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".tokendesk-*")); len(files) > 0 {
		t.Errorf("%s was left behind", files)
	}
}

// personasIn returns a personas file that is not on the disk.
func personasIn(t *testing.T, text string) *PersonasFile {
	t.Helper()
	f := &PersonasFile{Path: "p.yaml", text: []byte(text), personas: parseAll(t, text)}
	return f
}

// A persona is saved only if it reads back the same.
func FuzzSavePersona(f *testing.F) {
	for _, seed := range []string{`{"a":"b"}`, `{"a b":[1,{"c":"d: e"}],"f":-0}`, `{"x":"\u2028\u0085 {{n}}"}`, `{"- a":"? b\t","|":"> x"}`} {
		f.Add(seed, "ada")
	}
	f.Fuzz(func(t *testing.T, text, subject string) {
		claims, err := jsontext.ParseObject([]byte(text))
		if err != nil || len(text) > 1000 {
			return
		}
		e, err := personasIn(t, "a: {}\n").begin()
		if err != nil {
			t.Fatal(err)
		}
		if e.add(Own{Name: "p", Subject: subject, Lifetime: "1h", Claims: claims}) != nil {
			return
		}
		out, err := e.finish()
		if err == nil && (len(out.personas) != 2 || out.personas[1].Subject != subject) {
			t.Errorf("%s: %v", out.text, err)
		}
	})
}

// TestSavePersonasAtOnce: of several consoles that save a persona at the same moment,
// none loses that of another.
func TestSavePersonasAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "personas.yaml")
	const rounds = 25
	for n := range rounds {
		var both sync.WaitGroup
		for _, name := range []string{"a", "b"} {
			both.Go(func() {
				if err := SavePersona(path, &Persona{Name: name + strconv.Itoa(n), Subject: "x"}); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if personas, err := ParsePersonas(path, text); err != nil || len(personas) != 2*rounds {
		t.Errorf("%d of %d personas were kept, %v", len(personas), 2*rounds, err)
	}
}
