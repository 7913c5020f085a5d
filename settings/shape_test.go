package settings

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/advice"
)

const shopShape = `description: Token of the shop
vendor: The Shop
issuer:
  form: https://{host}/{tenant}
  example: https://login.shop.example/main
audience:
  example: "{{iss.tenant}}-api"
subject:
  form: user:{team}:{name}
  example: user:red:ada
algorithms: [RS256, ES256]
lifetime: 10m
header:
  kid: "{{kid}}"
  alg: "{{alg}}"
claims:
  exp: "{{expires}}"
  iat: "{{now}}"
  nbf: "{{now-5m}}"
  sub: "user:blue:{{subject}}"
  aud: ["{{audience}}"]
  iss: "{{issuer}}"
  jti: "{{uuid}}"
  team: "{{sub.team}}"
  name: "{{sub.name}} of {{iss.tenant}} for {{audience}}"
  mail: "{{email}} {{user}}"
  ids: ["{{subject-id}}", "{{subject-hex}}", "{{subject-hash}}"]
  key: "{{alg}}/{{kid}}"
  level: 3
`

func parseShape(t *testing.T, text string) *Shape {
	t.Helper()
	s, err := ParseShape("x.shape.yaml", "x", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func shapeClaims(t *testing.T, s *Shape, f ShapeFor) string {
	t.Helper()
	f.Now, f.Rand = time.Unix(1e9, 0), zeros{}
	claims, err := s.ClaimsOf(f)
	if err != nil {
		t.Fatal(err)
	}
	return compact(t, claims)
}

func TestShapeClaims(t *testing.T) {
	t.Parallel()
	s := parseShape(t, shopShape)
	if got, want := compact(t, s.HeaderOf(auth.ES256, "k1")), `{"kid":"k1","alg":"ES256"}`; got != want {
		t.Errorf("the header is %s, want %s", got, want)
	}
	if got, want := compact(t, s.HeaderOf(auth.ES256, "")), `{"alg":"ES256"}`; got != want {
		t.Errorf("the header without an ID is %s, want %s", got, want)
	}
	const ids = `"ids":["8a1d15a5-80fb-8d71-89b2-e9ef7c6c1b22","8a1d15a580fb6d7109b2e9ef","ih0VpYD7bXEJsunvfGwbIhylwNqf4L-MA6glbHvWaj4"]`
	for _, tt := range []struct {
		name string
		of   ShapeFor
		want []string
	}{
		{"the examples", ShapeFor{Subject: "bob", Lifetime: 10 * time.Minute}, []string{
			`{"exp":1000000600,"iat":1000000000,"nbf":999999700,"sub":"user:blue:bob","aud":["main-api"],"iss":"https://login.shop.example/main",` +
				`"jti":"00000000-0000-4000-8000-000000000000","team":"blue","name":"bob of main for main-api","mail":"bob@example.com bob",`,
			`"level":3}`,
		}},
		{"an address", ShapeFor{Subject: "bob@shop.example"}, []string{`"mail":"bob@shop.example bob"`}},
		{
			"what is given",
			ShapeFor{Subject: "bob", Issuer: "https://h/t", Audience: []string{"a", "b"}, Algorithm: auth.RS256, KeyID: "k"},
			[]string{`"aud":["a","b"],"iss":"https://h/t"`, `"name":"bob of t for a"`, `"key":"RS256/k"`},
		},
		{"another issuer", ShapeFor{Subject: "bob", Issuer: "http://h"}, []string{`"iss":"http://h"`, `"name":"bob of main for main-api"`}},
		{"a subject of the form", ShapeFor{Subject: "user:green:eve"}, []string{`"sub":"user:green:eve"`, `"team":"green","name":"eve of main`}},
		{"another sub", ShapeFor{Subject: "bob", Sub: "user:green:eve"}, []string{`"team":"green","name":"eve of main`}},
		{"sub of no form", ShapeFor{Subject: "bob", Sub: "eve"}, []string{`"team":"red","name":"ada of main`}},
		{"a UUID", ShapeFor{Subject: "0b6ee5dd-1111-4000-8000-00000000000A"}, []string{`"ids":["0b6ee5dd-1111-4000-8000-00000000000A"`}},
		{"no kid", ShapeFor{Subject: "bob", Algorithm: auth.RS256}, []string{`"level":3`}},
	} {
		got := shapeClaims(t, s, tt.of)
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: got %s, want %s", tt.name, got, want)
			}
		}
		if has := strings.Contains(got, `"key"`); has != (tt.of.KeyID != "") {
			t.Errorf("%s: %s with the kid %q", tt.name, got, tt.of.KeyID)
		}
	}
	first := shapeClaims(t, s, ShapeFor{Subject: "ada@example.com"})
	if first != shapeClaims(t, s, ShapeFor{Subject: "ada@example.com"}) || !strings.Contains(first, ids) {
		t.Errorf("the subject has other IDs: %s", first)
	}
}

// An audience that is no array is text unless there are several, and it may be missing.
func TestShapeAudience(t *testing.T) {
	t.Parallel()
	s := parseShape(t, "claims:\n  aud: \"{{audience}}\"\n  azp: \"{{audience}}\"\n  iss: \"{{issuer}}\"\n  x: 1\n")
	for _, tt := range []struct {
		audience []string
		want     string
	}{
		{nil, `{"x":1}`}, {[]string{"a"}, `{"aud":"a","azp":"a","x":1}`}, {[]string{"a", "b"}, `{"aud":["a","b"],"azp":"a","x":1}`},
	} {
		if got := shapeClaims(t, s, ShapeFor{Audience: tt.audience}); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.audience, got, tt.want)
		}
	}
	if got, want := compact(t, s.HeaderOf(auth.HS256, "k")), `{"alg":"HS256","typ":"JWT","kid":"k"}`; got != want {
		t.Errorf("the usual header is %s, want %s", got, want)
	}
}

// A preview keeps what is not known yet.
func TestShapePreview(t *testing.T) {
	t.Parallel()
	s := parseShape(t, "claims:\n  sub: \"{{subject-id}}\"\n  mail: \"to {{email}}\"\n  jti: \"{{uuid}}\"\n")
	claims, err := s.ClaimsOf(ShapeFor{Fresh: Fresh{Preview: true}})
	if want := `{"sub":"{{subject-id}}","mail":"to {{email}}","jti":"{{uuid}}"}`; err != nil || compact(t, claims) != want {
		t.Errorf("got %s, %v, want %s", compact(t, claims), err, want)
	}
}

func TestShapeNeedsSubject(t *testing.T) {
	t.Parallel()
	s := parseShape(t, "claims:\n  sub: \"{{subject}}\"\n  mail: \"{{email}}\"\n  iat: \"{{now}}\"\n")
	all := func(claim string) bool { return claim == "sub" || claim == "mail" }
	if !s.NeedsSubject(nil) || !s.NeedsSubject(func(claim string) bool { return claim == "sub" }) || s.NeedsSubject(all) {
		t.Error("it is not known which claims need a subject")
	}
	if parseShape(t, "claims:\n  iat: \"{{now}}\"\n").NeedsSubject(nil) {
		t.Error("a shape without a subject needs one")
	}
}

func TestShapeProblems(t *testing.T) {
	t.Parallel()
	const placeholders = "write {{subject}}, {{subject-id}}, {{subject-hex}}, {{subject-hash}}, {{user}}, {{email}}, {{issuer}}, " +
		"{{iss.NAME}}, {{sub.NAME}}, {{audience}}, {{expires}}, {{alg}}, {{kid}} or a placeholder of personas"
	for _, tt := range []struct{ text, want string }{
		{"", "x:1:1: the shape has no claims; list them below claims, in their order"},
		{"claims: {}\n", "x:1:1: the shape has no claims; list them below claims, in their order"},
		{"- a\n", "x:1:1: the file does not describe a shape; " + writeShape},
		{"foo: 1\n", `x:1:1: a shape has no member "foo"; ` + writeShape},
		{"vendor: [x]\nclaims: {a: 1}\n", "x:1:9: vendor is not one line of text; write one line, or remove it"},
		{"lifetime: soon\nclaims: {a: 1}\n", ""},
		{"algorithms: [HS257]\nclaims: {a: 1}\n", ""},
		{"algorithms: HS256\nclaims: {a: 1}\n", "x:1:13: algorithms is not a list; write [a, b], or one item per line, each after a dash"},
		{"notes: [[]]\nclaims: {a: 1}\n", "x:1:9: an item of notes is not text; put it in quotes"},
		{"issuer:\n  from: x\nclaims: {a: 1}\n", `x:2:3: issuer has no member "from"; write form, example or default, and about below it`},
		{
			"issuer:\n  form: \"{a}{b}\"\nclaims: {a: 1}\n",
			"x:2:9: the form cannot be read; write it as https://{host}/realms/{realm}, with text between two names in braces",
		},
		{
			"issuer:\n  form: https://{a}\n  example: http://a\nclaims: {a: 1}\n",
			"x:2:3: the example of issuer does not have the form; give an example that does",
		},
		{"issuer: {example: a, default: b}\nclaims: {a: 1}\n", "x:1:22: issuer has both an example and a default; keep one of the two"},
		{"claims:\n  a: \"{{subjec}}\"\n", "x:2:6: there is no such placeholder; " + placeholders},
		{"claims:\n  a: \"{{now+}}\"\n", "x:2:6: there is no such placeholder; " + placeholders},
		{
			"claims:\n  a: \"{{iss.realm}}\"\n",
			"x:2:6: there is no {{iss.realm}} here; name it in the form of issuer or subject, or write another placeholder",
		},
		{
			"claims:\n  a: 1\nheader:\n  alg: \"{{alg}}\"\n  x: \"{{subject}}\"\n",
			"x:5:6: there is no {{subject}} here; name it in the form of issuer or subject, or write another placeholder",
		},
		{"claims: {a: 1}\nheader: {typ: JWT}\n", `x:2:9: the header has no alg, or one that may differ from the key's; write alg: "{{alg}}"`},
		{"claims: {a: 1}\nheader: {alg: HS256}\n", `x:2:9: the header has no alg, or one that may differ from the key's; write alg: "{{alg}}"`},
		{
			"claims: {exp: soon}\n",
			`x:1:15: the claim "exp" cannot be used: exp must be a number of seconds since 1970, but is a string; change it, or leave it out`,
		},
		{"claims: {a: 1, a: 2}\n", `x:1:16: "a" is set a second time; keep one of the two`},
	} {
		_, err := ParseShape("x", "x", []byte(tt.text))
		if _, ok := errors.AsType[Problems](err); !ok {
			t.Errorf("%q: got %v", tt.text, err)
		} else if got := err.Error(); tt.want != "" && got != tt.want {
			t.Errorf("%q:\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

// A file beside the personas is one more shape, or stands for the one of its name.
func TestFindShape(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	embedded, err := FindShape(dir, "rfc9068")
	if err != nil || embedded.File != "" || embedded.Replaces || embedded.Vendor != "RFC 9068" {
		t.Errorf("the embedded shape is %v, %v", embedded, err)
	}
	write("ours.shape.yaml", shopShape)
	write("rfc9068.shape.yaml", "claims: {a: 1}\n")
	write("broken.shape.yaml", "claims: {a: 1\n")
	write("-x.shape.yaml", shopShape)
	own, err := FindShape(dir, "ours")
	if err != nil || own.File != filepath.Join(dir, "ours.shape.yaml") || own.Replaces || string(own.Text) != shopShape {
		t.Errorf("the own shape is %v, %v", own, err)
	}
	if other, err := FindShape(dir, "rfc9068"); err != nil || !other.Replaces || compact(t, other.Claims) != `{"a":1}` {
		t.Errorf("the own shape with the name of another is %v, %v", other, err)
	}
	if _, err := FindShape(dir, "broken"); err == nil || !strings.HasPrefix(err.Error(), filepath.Join(dir, "broken.shape.yaml")+":") {
		t.Errorf("the broken shape: %v", err)
	}
	names := ShapeNames(dir)
	for _, name := range []string{"ours", "rfc9068", "broken", "keycloak-access"} {
		if !slices.Contains(names, name) {
			t.Errorf("%s is not among %v", name, names)
		}
	}
	if !slices.IsSorted(names) || slices.Contains(names, "-x") || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("the names are %v", names)
	}
	for wrong, do := range map[string]string{
		"our": "did you mean ours?", "keycloak": "did you mean keycloak-access?",
		"../ours": "choose one of apns, ", "none": "choose one of apns, ", "": "choose one of apns, ",
	} {
		if _, err := FindShape(dir, wrong); err == nil || !strings.HasPrefix(advice.Of(err), do) {
			t.Errorf("%s: %v; %s", wrong, err, advice.Of(err))
		}
	}
}

// A persona names its shape, hands it on, and is refused with one that does not exist. The shape is
// not read before it is needed.
func TestPersonaShape(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "broken.shape.yaml"), []byte("x: 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "personas.yaml")
	personas, err := ParsePersonas(file, []byte(
		"a: {shape: keycloak-access}\nb: {extends: a}\nc: {extends: a, shape: apns}\nd: {shape: broken}\ne: {}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"keycloak-access", "keycloak-access", "apns", "broken", ""} {
		p := personas[i]
		s, err := ShapeOf(p.With(auth.Object{}))
		switch {
		case p.Shape != want:
			t.Errorf("%s has the shape %q, want %q", p.Name, p.Shape, want)
		case want == "broken":
			if err == nil {
				t.Error("a broken shape was read")
			}
		case want == "":
			if s != nil || err != nil {
				t.Errorf("without a shape there is %v, %v", s, err)
			}
		case err != nil || s.Name != want:
			t.Errorf("%s: %v, %v", p.Name, s, err)
		}
	}
	first, _ := ShapeOf(personas[0])
	if again, _ := ShapeOf(personas[1]); first != again {
		t.Error("the shape is read for every persona")
	}
	if p := InShape(personas[0], nil); p.Shape != "" || personas[0].Shape == "" {
		t.Error("the shape cannot be taken away")
	}
	_, err = ParsePersonas(file, []byte("a:\n  shape: keycloack-access\n"))
	if want := file + `:2:10: there is no shape "keycloack-access"; did you mean keycloak-access?`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A persona is kept with its shape.
func TestSavePersonaShape(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "personas.yaml")
	if err := SavePersona(file, &Persona{Name: "a", Subject: "ada", Shape: "apns"}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if want := "a:\n  subject: ada\n  shape: apns\n"; err != nil || string(text) != want {
		t.Errorf("got %q, %v", text, err)
	}
}

// No file makes the program panic, and what is read makes claims.
func FuzzShape(f *testing.F) {
	for _, seed := range []string{"", " ", "\n", ":", "-", "{", "claims:", "claims: {a: 1}", shopShape} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 4<<10 {
			return
		}
		s, err := ParseShape("f", "f", text)
		problems, ok := errors.AsType[Problems](err)
		if err != nil && (!ok || len(problems) == 0) {
			t.Fatalf("the error is %v", err)
		}
		if err != nil {
			return
		}
		claims, err := s.ClaimsOf(ShapeFor{Fresh: example(), Subject: "ada"})
		if err == nil {
			_, _, err = claims.Encode()
		}
		if err != nil {
			t.Error(err)
		}
		if _, _, err := s.HeaderOf(auth.HS256, "").Encode(); err != nil {
			t.Error(err)
		}
	})
}
