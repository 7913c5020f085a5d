package settings

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// team is a file in which everything is written in some other way.
const team = `# The team.
# A second line.
a: # first
  # who it is
  subject: ada@shop.example	# tab	here
  lifetime: 8h   # a day

  claims: # all of them
    role: admin # the role
    # scopes
    scopes:
    - read
    - write # both
    text: |
      one
      # two

    'quoted': "x, y"
    nested: {deep: [1, 2], x: 1.50} # flow
    below:
      one: 1
      # of two
      two: "2"
    # the last is
    last: 9007199254740993
    # end of the claims

# This is b.
# It has two lines.
b: {extends: a, claims: {role: 'user', n: 1.0}} # in brackets

# alone

"c":
  extends: a
  subject: >-
    carla@shop.example
d: {}

# the end
`

// edited returns what an edit in memory makes of a text.
func edited(t *testing.T, text string, edit func(*personasEdit) error) (*PersonasFile, error) {
	t.Helper()
	e, err := personasIn(t, text).begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := edit(e); err != nil {
		return nil, err
	}
	return e.finish()
}

// changing returns an edit that changes a persona.
func changing(name string, change func(*Own)) func(*personasEdit) error {
	return func(e *personasEdit) error {
		i, err := e.at(name)
		if err != nil {
			return err
		}
		p := e.want[i]
		p.Claims = slices.Clone(p.Claims)
		change(&p)
		return e.change(name, p)
	}
}

func claimed(name, value string) func(*Own) {
	return func(p *Own) { p.Claims = p.Claims.Set(name, []byte(value)) }
}

func unclaimed(names ...string) func(*Own) {
	return func(p *Own) {
		for _, name := range names {
			p.Claims = p.Claims.Without(name)
		}
	}
}

// TestEditPersonas: an edit changes the lines it is about and no others.
func TestEditPersonas(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		edit     func(*personasEdit) error
		old, new string // of the whole text, once
	}{
		{"a claim", changing("a", claimed("role", `"owner"`)), "role: admin # the role", "role: owner # the role"},
		{"a claim to a number", changing("a", claimed("role", `7`)), "role: admin # the role", "role: 7 # the role"},
		{"a list", changing("a", claimed("scopes", `["read"]`)), "scopes:\n    - read\n    - write # both", "scopes: [\"read\"] # both"},
		{
			"a block of text", changing("a", claimed("text", `"two"`)),
			"text: |\n      one\n      # two\n\n", "text: two\n\n",
		},
		{"a nested claim in brackets", changing("a", claimed("nested", `{"deep":[1,2],"x":2}`)), "x: 1.50} #", "x: 2} #"},
		{
			"another nested claim in brackets", changing("a", claimed("nested", `{"deep":[1,2],"x":1.50,"w":{"z":true}}`)),
			"x: 1.50}", `x: 1.50, w: {"z": true}}`,
		},
		{"the first nested claim in brackets removed", changing("a", claimed("nested", `{"x":1.50}`)), "{deep: [1, 2], x: 1.50}", "{x: 1.50}"},
		{"a nested claim", changing("a", claimed("below", `{"one":1,"two":"3"}`)), `two: "2"`, `two: "3"`},
		{
			"a nested claim more", changing("a", claimed("below", `{"one":1,"two":"2","three":3}`)),
			"two: \"2\"\n", "two: \"2\"\n      three: 3\n",
		},
		{"a nested claim less", changing("a", claimed("below", `{"one":1}`)), "      # of two\n      two: \"2\"\n", ""},
		{"a value for a block", changing("a", claimed("below", `1`)), "below:\n      one: 1\n      # of two\n      two: \"2\"\n", "below: 1\n"},
		{
			"a claim more", changing("a", claimed("new", `"{{uuid}}"`)),
			"last: 9007199254740993\n", "last: 9007199254740993\n    new: \"{{uuid}}\"\n",
		},
		{"a claim less", changing("a", unclaimed("role")), "    role: admin # the role\n", ""},
		{"the last claim less", changing("a", unclaimed("last")), "    # the last is\n    last: 9007199254740993\n", ""},
		{
			"a claim with its comment less", changing("a", unclaimed("scopes")),
			"    # scopes\n    scopes:\n    - read\n    - write # both\n", "",
		},
		{
			"claims in another order", changing("a", func(p *Own) {
				n := p.Claims.Index("text")
				text := p.Claims[n]
				p.Claims = append(auth.Object{text}, slices.Delete(p.Claims, n, n+1)...)
			}),
			"    role: admin # the role\n    # scopes\n    scopes:\n    - read\n    - write # both\n    text: |\n      one\n      # two\n\n",
			"    text: |\n      one\n      # two\n\n    role: admin # the role\n    # scopes\n    scopes:\n    - read\n    - write # both\n",
		},
		{"a lifetime", changing("a", func(p *Own) { p.Lifetime = "30m" }), "lifetime: 8h   # a day", "lifetime: 30m   # a day"},
		{"no lifetime", changing("a", func(p *Own) { p.Lifetime = "" }), "  lifetime: 8h   # a day\n\n", ""},
		{
			"no subject", changing("a", func(p *Own) { p.Subject = "" }),
			"  # who it is\n  subject: ada@shop.example\t# tab\there\n", "",
		},
		{"a key", changing("a", func(p *Own) { p.Key = "k1" }), "  lifetime: 8h   # a day\n\n", "  lifetime: 8h   # a day\n\n  key: k1\n"},
		{
			"a folded subject", changing("c", func(p *Own) { p.Subject = "x" }),
			"subject: >-\n    carla@shop.example\n", "subject: x\n",
		},
		{"members in brackets", changing("b", func(p *Own) { p.Subject = "bob" }), "{extends: a, claims", "{extends: a, subject: bob, claims"},
		{"claims in brackets", changing("b", claimed("role", `"x"`)), "role: 'user'", "role: x"},
		{
			"members of nobody", changing("d", func(p *Own) { p.Subject, p.Claims = "dan", auth.Object{{Name: "x", Value: []byte("1")}} }),
			"d: {}\n", "d:\n  subject: dan\n  claims:\n    x: 1\n",
		},
		{"no members", changing("b", func(p *Own) { *p = Own{Name: "b"} }), "b: {extends: a, claims: {role: 'user', n: 1.0}} #", "b: {} #"},
		{"disable", func(e *personasEdit) error { return e.disable("d", true) }, "d: {}\n", "d:\n  disabled: true\n"},
		{
			"disable in brackets", func(e *personasEdit) error { return e.disable("b", true) },
			"extends: a, claims", "extends: a, disabled: true, claims",
		},
		{
			"add", func(e *personasEdit) error { return e.add(Own{Name: "e", Extends: "a", Lifetime: "8h"}) },
			"# the end\n", "# the end\n\ne:\n  extends: a\n  lifetime: 8h\n",
		},
		{
			"copy", func(e *personasEdit) error { return e.copy("c", "e") },
			"    carla@shop.example\n", "    carla@shop.example\n\ne:\n  extends: a\n  subject: >-\n    carla@shop.example\n",
		},
		{
			"copy with comments", func(e *personasEdit) error { return e.copy("b", "e") },
			"b: {extends: a, claims: {role: 'user', n: 1.0}} # in brackets\n",
			"b: {extends: a, claims: {role: 'user', n: 1.0}} # in brackets\n\n# This is b.\n# It has two lines.\n" +
				"e: {extends: a, claims: {role: 'user', n: 1.0}} # in brackets\n",
		},
		{"rename", func(e *personasEdit) error { return e.rename("c", "true") }, "\"c\":", "\"true\":"},
		{"rename in brackets", func(e *personasEdit) error { return e.rename("d", "e") }, "d: {}", "e: {}"},
		{
			"remove", removing("b"),
			"# This is b.\n# It has two lines.\nb: {extends: a, claims: {role: 'user', n: 1.0}} # in brackets\n\n# alone\n\n", "",
		},
		{"remove the last", removing("d"), "d: {}\n", ""},
		{
			"set the text", func(e *personasEdit) error { return e.setYAML("d", "# new\nd: {lifetime: 1h}") },
			"d: {}\n", "# new\nd: {lifetime: 1h}\n",
		},
		{
			"set the text and the name", func(e *personasEdit) error { return e.setYAML("d", "x:\n    lifetime: 1h\n") },
			"d: {}\n", "x:\n    lifetime: 1h\n",
		},
		{"set the text of a new one", func(e *personasEdit) error { return e.setYAML("", "x: {}") }, "# the end\n", "# the end\n\nx: {}\n"},
	} {
		for _, end := range []string{"\n", "\r\n"} {
			before, old, want := team, tt.old, tt.new
			if strings.Count(before, old) != 1 {
				t.Fatalf("%s: it is there %d times", tt.name, strings.Count(before, old))
			}
			want = strings.ReplaceAll(strings.Replace(before, old, want, 1), "\n", end)
			out, err := edited(t, strings.ReplaceAll(before, "\n", end), tt.edit)
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			} else if string(out.text) != want {
				t.Errorf("%s (%q):\n%s\nwant\n%s", tt.name, end, out.text, want)
			}
		}
	}
}

func removing(names ...string) func(*personasEdit) error {
	return func(e *personasEdit) error {
		_, err := e.remove(names)
		return err
	}
}

// TestRenameFollows: the personas that extend a renamed one name it as before.
func TestRenameFollows(t *testing.T) {
	t.Parallel()
	out, err := edited(t, team, func(e *personasEdit) error { return e.rename("a", "ada") })
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("a: # first", "ada: # first", "extends: a", "extends: ada").Replace(team)
	if string(out.text) != want {
		t.Errorf("got\n%s\nwant\n%s", out.text, want)
	}
}

// TestEditPersonasRefused: what cannot be is said, and nothing is written.
func TestEditPersonasRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		edit func(*personasEdit) error
		want string
	}{
		{"remove a parent", removing("a"), "a is extended by b, c"},
		{"remove nobody", removing("x"), "there is no such persona"},
		{"add twice", func(e *personasEdit) error { return e.add(Own{Name: "a"}) }, "there is already a persona with that name"},
		{"a bad name", func(e *personasEdit) error { return e.rename("a", "a b") }, "this cannot be the name of a persona"},
		{"extend nobody", changing("a", func(p *Own) { p.Extends = "x" }), `there is no persona "x" to extend`},
		{"extend itself", changing("a", func(p *Own) { p.Extends = "b" }), "a would extend itself"},
		{"a bad subject", changing("a", func(p *Own) { p.Subject = "a@b@c" }), "the subject cannot be used: an address can have only one @"},
		{"a bad claim", changing("a", claimed("exp", "1")), `the claim "exp" cannot be used`},
		{"a claim twice", changing("a", func(p *Own) { p.Claims = append(p.Claims, p.Claims[0]) }), `the claim "role" is given twice`},
		{"a bad lifetime", changing("a", func(p *Own) { p.Lifetime = "soon" }), "the lifetime cannot be used"},
		{"no text", func(e *personasEdit) error { return e.setYAML("d", " \n") }, "the text is empty"},
		{"two personas", func(e *personasEdit) error { return e.setYAML("d", "d: {}\nx: {}\n") }, "the text must hold one persona"},
		{"a broken text", func(e *personasEdit) error { return e.setYAML("d", "d:\n  claims: {\n") }, "it cannot be read as YAML"},
		{"a wrong member", func(e *personasEdit) error { return e.setYAML("d", "d:\n  role: x\n") }, ":2:3: a persona has no member"},
		{"too large", changing("a", claimed("role", string(jsontext.Quote(strings.Repeat("x", maxFile))))), "larger than 64 KiB"},
	} {
		_, err := edited(t, team, tt.edit)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

// What to do about a file that would be too large depends on what was asked for.
func TestEditPersonasTooLarge(t *testing.T) {
	t.Parallel()
	large := Own{Name: "large", Claims: auth.Object{{Name: "role", Value: jsontext.Quote(strings.Repeat("x", maxFile))}}}
	for want, edit := range map[string]func(*personasEdit) error{
		"remove a persona that you no longer need":               func(e *personasEdit) error { return e.add(large) },
		"import fewer personas, for example a part of the users": func(e *personasEdit) error { return e.put([]Own{large}) },
	} {
		if _, err := edited(t, team, edit); advice.Of(err) != want {
			t.Errorf("%v: %s, want %s", err, advice.Of(err), want)
		}
	}
}

// After the end of a YAML document nothing can be added.
func TestEditPersonasAfterEnd(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"...\n", "...", "... # done\n"} {
		_, err := edited(t, team+end, func(e *personasEdit) error { return e.add(Own{Name: "new"}) })
		if !errors.Is(err, ErrNotWritten) || !strings.HasPrefix(advice.Of(err), "remove the line ... from ") {
			t.Errorf("%q: %v; %s", end, err, advice.Of(err))
		}
	}
}

// TestPersonasFileEdits: edits of a file on the disk, their undo, and changes by others.
func TestPersonasFileEdits(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "personas.yaml")
	must := func(f *PersonasFile, err error) *PersonasFile {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if text, err := os.ReadFile(path); err != nil || string(text) != f.Text() {
			t.Fatalf("the file holds %q, %v, and not\n%s", text, err, f.Text())
		}
		return f
	}
	none, err := ReadPersonasFile(path)
	if err != nil || len(none.Personas()) != 0 {
		t.Fatal(none, err)
	}
	first := must(none.Add(Own{Name: "a", Subject: "ada"}))
	if _, err := none.Add(Own{Name: "b"}); !isChanged(err, "a:\n  subject: ada\n") {
		t.Errorf("an edit of a file that is there now: %v", err)
	}
	if err := os.WriteFile(path, []byte(team), 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := first.Rename("a", "b"); !isChanged(err, team) {
		t.Errorf("an edit of a file that was changed: %v", err)
	}
	f := must(ReadPersonasFile(path))
	less, removed, err := f.Remove("b", "d")
	must(less, err)
	if !slices.Equal(removed.Names, []string{"b", "d"}) {
		t.Errorf("removed %s", removed.Names)
	}
	if back := must(less.PutBack(removed)); back.Text() != team {
		t.Errorf("put back, it is\n%s", back.Text())
	}
	less = must(ReadPersonasFile(path))
	less, removed, err = less.Remove("a", "b", "c")
	must(less, err)
	more := must(less.Add(Own{Name: "z"}))
	back := must(more.PutBack(removed))
	if got := namesOf(back.Personas()); got != "a b c d z" {
		t.Errorf("put back into another file, there are %s", got)
	}
	if undone := must(back.Revert(more)); undone.Text() != more.Text() {
		t.Error("an edit was not undone")
	}
	if err := os.WriteFile(path, []byte("a: b\n"), 0o640); err != nil {
		t.Fatal(err)
	}
	broken := must(ReadPersonasFile(path))
	if _, err := broken.Add(Own{Name: "x"}); err == nil || err.Error() != broken.Problem.Error() {
		t.Errorf("an edit of a broken file: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Disable("a", true); !isChanged(err, "") {
		t.Errorf("an edit of a file that is gone: %v", err)
	}
}

func namesOf(personas []*Persona) string {
	var names []string
	for _, p := range personas {
		names = append(names, p.Name)
	}
	return strings.Join(names, " ")
}

func isChanged(err error, now string) bool {
	changed, ok := errors.AsType[*PersonasChanged](err)
	return ok && changed.Now.Text() == now
}

// A file that nobody may write to is left as it is, although it could be replaced.
func TestReadOnlyPersonas(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "personas.yaml")
	if err := os.WriteFile(path, []byte("a: {}\n"), 0o400); err != nil {
		t.Fatal(err)
	}
	err := SavePersona(path, &Persona{Name: "b"})
	text, readErr := os.ReadFile(path)
	if err == nil || err.Error() != path+" is read-only" || readErr != nil || string(text) != "a: {}\n" {
		t.Errorf("got %v, and the file is %q, %v", err, text, readErr)
	}
}
