package desk

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tokendesk/settings"
)

// TestFiles: what changes in the files of a desk is noticed, and only that.
func TestFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	env, key, personas := filepath.Join(dir, ".env"), filepath.Join(dir, "key"), filepath.Join(dir, "personas.yaml")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const secret = "qm8XvT2pLz5RkWd0yJcBf7HsNa3GuE9iOe6"
	write(env, "KEY_FILE=key\n")
	write(key, secret)
	from := Source{File: env, Lookup: func(string) (string, bool) { return "", false }}
	d := Open(t.Context(), from)
	if d.Problem() != nil {
		t.Fatal(d.Problem())
	}
	base := FilesOf(d)
	check := func(what string, want ...Changed) {
		t.Helper()
		if got := base.Changed(base.Again()); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	check("nothing was done")
	later := time.Now().Add(time.Minute)
	if err := os.Chtimes(env, later, later); err != nil {
		t.Fatal(err)
	}
	check("only the time was changed")
	write(env, "KEY_FILE=key\nISSUER=x\n")
	check("the settings were changed", Changed{env, false})
	write(key, secret[1:]+"x") // of the same size
	if err := os.Chtimes(key, later, later); err != nil {
		t.Fatal(err)
	}
	check("the key was changed", Changed{env, false}, Changed{key, false})
	write(personas, "ada: {subject: ada}\n")
	check("personas were created", Changed{env, false}, Changed{key, false}, Changed{personas, false})
	base = base.With(base.Again(), personas)
	check("we did that ourselves", Changed{env, false}, Changed{key, false})
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	write(env, "KEY_FILE=key\n")
	check("it was changed back, and the key removed", Changed{key, true})

	write(key, secret)
	again := d.Reload(t.Context())
	if SameFiles(again, d) || !SameFiles(again.At(later), again) {
		t.Error("a desk that was read again has the files of the old one")
	}
	base = FilesOf(again)
	check("it was read again")
}

// TestFilesAsTheyWereRead: a change right after a desk was read is noticed, whenever its files are
// asked for.
func TestFilesAsTheyWereRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	env, key := filepath.Join(dir, ".env"), filepath.Join(dir, "key")
	for path, text := range map[string]string{env: "KEY_FILE=key\n", key: "qm8XvT2pLz5RkWd0yJcBf7HsNa3GuE9iOe6"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := Open(t.Context(), Source{File: env, Watch: true, Lookup: func(string) (string, bool) { return "", false }})
	for _, path := range []string{env, key} {
		if err := os.WriteFile(path, []byte("KEY_FILE=other\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files := FilesOf(d)
	want := []Changed{{env, false}, {key, false}}
	if got := files.Changed(files.Again()); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestFilesOfTheEnvironment: a key from the environment is no file.
func TestFilesOfTheEnvironment(t *testing.T) {
	t.Parallel()
	d := Open(t.Context(), Source{
		File:   filepath.Join(t.TempDir(), ".env"),
		Lookup: func(name string) (string, bool) { return "qm8XvT2pLz5RkWd0yJcBf7HsNa3GuE9iOe6", name == "SECRET_KEY" },
		Load:   settings.Load,
	})
	if files := FilesOf(d); len(files.all) != 2 || d.Settings().KeySource != "environment" {
		t.Errorf("the files are %v", files.all)
	}
	if thrown, err := d.WithThrowAway(t.Context()); err != nil || len(FilesOf(thrown).all) != 2 {
		t.Errorf("of a key for this run they are %v, %v", FilesOf(thrown).all, err)
	}
}
