package settings

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

const shop = `# Who there is.
customer:
  subject: carla@shop.example
  lifetime: 30m
  claims:
    role: customer
    big: 9007199254740993
    huge: 1e400
    many: 123456789012345678901234567890
    exact: 1.50
    session: "{{uuid}}"
    nested: {b: [1, "x-{{n}}", {at: "{{now}}"}], a: ~, yes: true}

admin:
  extends: customer
  algorithm: HS256
  claims:
    scopes: [read, write]
    role: admin
service:
  subject: worker-{{n}}
  lifetime: until 2030-01-01
  claims: {auth_time: "{{ now - 5m }}", until: "{{now+1h30m}}", text: "at {{now}} as {{n}}", seven: "{{n}}", 1: one}
`

func parseAll(t *testing.T, text string) []*Persona {
	t.Helper()
	personas, err := ParsePersonas("personas.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return personas
}

func compact(t *testing.T, o auth.Object) string {
	t.Helper()
	out, err := o.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestPersonas(t *testing.T) {
	t.Parallel()
	personas := parseAll(t, shop)
	if len(personas) != 3 || personas[0].Name != "customer" || personas[2].Name != "service" {
		t.Fatalf("got %v", personas)
	}
	const nested = `"huge":1e400,"many":123456789012345678901234567890,"exact":1.50`
	admin := FindPersona(personas, "admin")
	if got, want := compact(t, admin.Claims), `{"role":"admin","big":9007199254740993,`+nested+`,"session":"{{uuid}}",`+
		`"nested":{"b":[1,"x-{{n}}",{"at":"{{now}}"}],"a":null,"yes":true},"scopes":["read","write"]}`; got != want {
		t.Errorf("admin has\n%s\nwant\n%s", got, want)
	}
	if admin.Subject != "carla@shop.example" || admin.Lifetime != "30m" || admin.Algorithm != auth.HS256 || admin.Extends != "customer" ||
		admin.Line != 14 {
		t.Errorf("admin is %+v", admin)
	}
	if role, _ := personas[0].Claims.String("role"); role != "customer" {
		t.Errorf("the parent was changed: its role is %s", role)
	}
	if admin.Fixed() || !admin.Without("session", "nested").Fixed() {
		t.Error("whether claims are fixed is wrong")
	}
	now := time.Unix(1795442712, 999)
	request, err := admin.Request(Fresh{Now: now, N: 7, Rand: bytes.NewReader(bytes.Repeat([]byte{0xff}, 16))})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := compact(t, request.Claims), `{"role":"admin","big":9007199254740993,`+nested+
		`,"session":"ffffffff-ffff-4fff-bfff-ffffffffffff",`+
		`"nested":{"b":[1,"x-7",{"at":1795442712}],"a":null,"yes":true},"scopes":["read","write"]}`; got != want {
		t.Errorf("a token of admin has\n%s\nwant\n%s", got, want)
	}
	request, err = personas[2].Request(Fresh{Now: now, N: 3})
	if err != nil {
		t.Fatal(err)
	}
	const worker = `{"auth_time":1795442412,"until":1795448112,"text":"at 1795442712 as 3","seven":3,"1":"one"}`
	if got, want := compact(t, request.Claims), worker; got != want || request.Subject != "worker-3" {
		t.Errorf("a token of %s has\n%s\nwant\n%s", request.Subject, got, want)
	}
	if request.Lifetime <= 0 {
		t.Error("a moment is no lifetime")
	}
	_, err = personas[2].Request(Fresh{Now: now.AddDate(10, 0, 0), N: 3})
	if err == nil || !strings.HasPrefix(err.Error(), "personas.yaml:20:1: the lifetime of service cannot be used: that moment has passed") {
		t.Errorf("a moment that has passed: %v", err)
	}
}

func TestPersonaWith(t *testing.T) {
	t.Parallel()
	p := parseAll(t, shop)[0]
	changed := p.With(auth.Object{
		{Name: "role", Value: jsontext.Quote("{{uuid}}")}, {Name: "session", Value: jsontext.Quote("s")}, {Name: "new", Value: []byte("1")},
	}).Without("nested")
	claims, err := changed.ClaimsOf(Fresh{N: 1})
	if err != nil || !strings.HasSuffix(compact(t, claims), `"exact":1.50,"session":"s","new":1}`) ||
		!strings.HasPrefix(compact(t, claims), `{"role":"{{uuid}}"`) {
		t.Errorf("got %s, %v", compact(t, claims), err)
	}
	if !changed.Fixed() || p.Fixed() {
		t.Error("the persona was changed, or the new one is not fixed")
	}
}

func TestPersonaUUIDs(t *testing.T) {
	t.Parallel()
	p := parseAll(t, "a:\n  claims: {x: \"{{uuid}} {{uuid}}\"}\n")[0]
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	claims, err := p.ClaimsOf(Fresh{})
	text, _ := claims.String("x")
	one, other, _ := strings.Cut(text, " ")
	if err != nil || one == other || !form.MatchString(one) || !form.MatchString(other) {
		t.Errorf("the UUIDs are %q and %q, %v", one, other, err)
	}
	if _, err := p.ClaimsOf(Fresh{Rand: strings.NewReader("short")}); err == nil {
		t.Error("no randomness is no error")
	}
}

// Tabs are allowed between tokens of YAML, in comments and as an escape sequence.
func TestPersonasTabs(t *testing.T) {
	t.Parallel()
	p := parseAll(t, "a:\t# so\n  claims:\n    escape: \"a\\tb\"\n    outside:\tg\t# h\ti\n    list: [1,\t2\t]\t\n")[0]
	if got, want := compact(t, p.Claims), `{"escape":"a\tb","outside":"g","list":[1,2]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPersonasEmpty(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# nobody\n", "---\n# nobody\n"} {
		if personas := parseAll(t, text); len(personas) != 0 {
			t.Errorf("%q has %v", text, personas)
		}
	}
	if p := parseAll(t, "a: {}\n"); len(p) != 1 || !p[0].Fixed() {
		t.Error("a persona may say nothing")
	}
}

func TestPersonasProblems(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{
			"a:\n  role: x\n",
			`2:3: a persona has no member "role"; write subject, lifetime, algorithm, key, shape, claims, extends or disabled, ` +
				`and put claims below claims`,
		},
		{"a: {}\nb: {}\na: {}\n", `3:1: "a" is set a second time; keep one of the two`},
		{"a:\n  claims:\n    x: 1\n    x: 2\n", `4:5: "x" is set a second time; keep one of the two`},
		{"a:\n  claims:\n    x: {y: 1, y: 2}\n", `3:15: "y" is set a second time; keep one of the two`},
		{"a: &x {}\nb: *x\n", "1:4: anchors and aliases are not supported; write the value out, or let one persona extend another"},
		{"a:\n  <<: {}\n", "2:3: anchors and aliases are not supported; write the value out, or let one persona extend another"},
		{"a: !!str x\n", "1:4: tags and directives are not supported; remove them, and put text in quotes"},
		{"? a\n: {}\n", "1:1: names that start with ? are not supported; write name: value"},
		{
			"- a\n",
			"1:1: the file does not list personas by name; start with a name and a colon, such as customer:, and indent the lines below it",
		},
		{"a: x\n", `1:4: "a" has no members; write subject, lifetime, algorithm, key, shape, claims, extends or disabled below it, indented`},
		{"a:\n", `1:1: "a" has no members; write subject, lifetime, algorithm, key, shape, claims, extends or disabled below it, indented`},
		{
			"-a: {}\n",
			`1:1: "-a" cannot be the name of a persona; use letters, digits and, after the first character, - _ . @ + (64 characters at most)`,
		},
		{
			"a b: {}\n",
			`1:1: "a b" cannot be the name of a persona; use letters, digits and, after the first character, - _ . @ + (64 characters at most)`,
		},
		{"a: {}\n---\nb: {}\n", "3:1: a second document starts here; keep everything in one document, without --- between its parts"},
		{"a:\n  subject: [x]\n", "2:12: subject has no value; give it one, or remove it"},
		{"a:\n  subject: a@b@c\n", "2:12: the subject cannot be used: an address can have only one @; use an email address or a user name"},
		{
			"a:\n  lifetime: 30\n",
			"2:13: the lifetime cannot be used: the lifetime has no unit; write 30m for minutes or 30h for hours",
		},
		{
			"a:\n  lifetime: until noon\n",
			"2:13: the lifetime cannot be used: the moment after until cannot be read; write until 18:00, " +
				"until 2026-12-24T18:00Z or until 2026-12-24 18:00",
		},
		{
			"a:\n  algorithm: none\n",
			"2:14: the algorithm is not supported; use one of " + strings.Join(auth.AlgorithmNames(), ", "),
		},
		{"a:\n  extends: b\n", `2:12: there is no persona "b" to extend; name a persona in this file`},
		{"a:\n  extends: a\n", `2:12: "a" extends itself through "a"; remove one of the extends`},
		{"a:\n  extends: b\nb:\n  extends: c\nc:\n  extends: a\n", `6:12: "c" extends itself through "a"; remove one of the extends`},
		{"a:\n  claims: x\n", "2:11: claims does not list claims by name; write one claim per line below it, such as role: admin"},
		{
			"a:\n  claims:\n    exp: 1\n",
			`3:5: the claim "exp" cannot be used: exp is set from the lifetime; change the lifetime instead`,
		},
		{
			"a:\n  claims:\n    jti: \"{{n}}\"\n",
			`3:5: the claim "jti" cannot be used: jti must be a string, but is a number; change it, or leave it out`,
		},
		{"a:\n  claims:\n    x:\n", "3:5: the value is missing; write null if you mean that"},
		{
			"a:\n  claims:\n    x: 0x1f\n",
			"3:8: this is a number in YAML but not in JSON; put it in quotes if it is text, or write it in decimal digits",
		},
		{
			"a:\n  claims:\n    x: 007\n",
			"3:8: this is a number in YAML but not in JSON; put it in quotes if it is text, or write it in decimal digits",
		},
		{
			"a:\n  claims:\n    x: .inf\n",
			"3:8: a claim cannot have this kind of value; write text, a number, true, false, null, a list or a mapping",
		},
		{"a:\n  claims:\n    x: {{uuid}}\n", `3:8: this placeholder is not in quotes; write it as "{{uuid}}"`},
		{"a:\n  claims:\n    x: \"{{uid}}\"\n", "3:8: there is no such placeholder; write {{uuid}}, {{now}}, {{now+1h}}, {{now-5m}} or {{n}}"},
		{
			"a:\n  claims:\n    x: [\"{{now+-1h}}\"]\n",
			"3:9: there is no such placeholder; write {{uuid}}, {{now}}, {{now+1h}}, {{now-5m}} or {{n}}",
		},
		{
			"a:\n  claims:\n    x: \"{{now+5x}}\"\n",
			"3:8: the time after now cannot be read; write {{uuid}}, {{now}}, {{now+1h}}, {{now-5m}} or {{n}}",
		},
		{
			"a:\n  claims:\n    x: \"{{n\"\n",
			"3:8: a placeholder is opened with {{ but never closed; write {{uuid}}, {{now}}, {{now+1h}}, {{now-5m}} or {{n}}",
		},
		{"a:\n  claims:\n    x: {\"{{n}}\": 1}\n", "3:9: a name contains a placeholder; use placeholders in values only"},
		{"a:\n  claims:\n    x: 'y\n", "3:8: it cannot be read as YAML: could not find end character of single-quoted text; " + quoteIt},
		{"a:\n\tclaims:\n", "2:1: it cannot be read as YAML: found character '\t' that cannot start any token; " + quoteIt},
		{"a: {subject: x\ty}\n", `1:14: this text contains a tab; put the text in double quotes, and write the tab as \t`},
		{"a:\n  claims:\n    x: y\n      \tz\n", `3:8: this text contains a tab; put the text in double quotes, and write the tab as \t`},
		{
			"a:\n  subject: x\n  claims:\n    x: \"y\tz\"\n",
			`4:8: this text contains a tab; put the text in double quotes, and write the tab as \t`,
		},
		{"a:\n  claims:\n    x: |\n      y\tz\n", `4:10: this text contains a tab; put the text in double quotes, and write the tab as \t`},
		{"a: b: c\n", "1:4: it cannot be read as YAML: mapping value is not allowed in this context; " + quoteIt},
		{"a:\n  claims:\n    x: " + strings.Repeat("[", 60) + "\n", "3:40: values are nested more than 32 levels deep; flatten them"},
		{"a:\n  claims:\n    x:\n    - - 1\n", "4:7: lists are nested on one line; give each list a line of its own"},
		{"\ufeffa: {}\n", "1: it starts with a byte order mark; save it as UTF-8 without one"},
		{"a: {}\nb: \xff\n", "2: this line is not valid UTF-8; save the file as UTF-8"},
	} {
		_, err := ParsePersonas("personas.yaml", []byte(tt.text))
		if err == nil {
			t.Errorf("%q is not refused", tt.text)
		} else if got := err.Error(); got != "personas.yaml:"+tt.want {
			t.Errorf("%q:\n got %s\nwant personas.yaml:%s", tt.text, got, tt.want)
		}
	}
}

// All problems are reported at once, in the order of their lines.
func TestPersonasEveryProblem(t *testing.T) {
	t.Parallel()
	_, err := ParsePersonas("p", []byte("b:\n  extends: z\na:\n  x: 1\n  lifetime: 1\n"))
	problems, ok := errors.AsType[Problems](err)
	if !ok || len(problems) != 3 || problems[0].Line != 2 || problems[2].Line != 5 {
		t.Errorf("got %v", err)
	}
}

func TestPersonasFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	load := func(env map[string]string, text string) ([]*Persona, error) {
		o := Options{File: write(".env", text), Lookup: lookupIn(env)}
		s, personas, err := Personas(o)
		full, loadErr := Load(o)
		if loadErr == nil && (full.PersonasFile != s.PersonasFile || full.PersonasGiven != s.PersonasGiven) {
			t.Errorf("Load finds %s and Personas %s", full.PersonasFile, s.PersonasFile)
		}
		return personas, err
	}
	if personas, err := load(nil, ""); err != nil || personas != nil {
		t.Errorf("without a file there are %v, %v", personas, err)
	}
	_, err := load(nil, "PERSONAS_FILE=none.yaml\n")
	if want := filepath.Join(dir, "none.yaml") + ": no such file; create it, or change PERSONAS_FILE"; err == nil ||
		err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	write("personas.yaml", "a: {}\n")
	write("others.yaml", "b: {}\nc: {}\n")
	// Other settings may be wrong.
	if personas, err := load(nil, "SECRET_KEY=short\n"); err != nil || len(personas) != 1 {
		t.Errorf("beside the .env there are %v, %v", personas, err)
	}
	if personas, err := load(nil, "PERSONAS_FILE=others.yaml\n"); err != nil || len(personas) != 2 {
		t.Errorf("in the file that is named there are %v, %v", personas, err)
	}
	if personas, err := load(map[string]string{"PERSONAS_FILE": filepath.Join(dir, "others.yaml")}, ""); err != nil || len(personas) != 2 {
		t.Errorf("in the file of the environment there are %v, %v", personas, err)
	}
	write("personas.yaml", "a: {}\n#"+strings.Repeat("x", maxFile))
	if _, err := load(nil, ""); err == nil ||
		!strings.HasSuffix(err.Error(), "it is larger than 64 KiB; check that it is a personas file") {
		t.Errorf("a large file: %v", err)
	}
}

func TestSigningKey(t *testing.T) {
	t.Parallel()
	secret := bytes.Repeat([]byte("0123456789abcdeF"), 4)
	one, err := auth.NewHMACKey(auth.HS256, secret, auth.WithKeyID("one"))
	if err != nil {
		t.Fatal(err)
	}
	two, err := auth.NewHMACKey(auth.HS512, secret, auth.WithKeyID("two"))
	if err != nil {
		t.Fatal(err)
	}
	s := &Settings{Key: one, Keys: []*auth.Key{one, two}}
	for _, tt := range []struct {
		persona string
		want    *auth.Key
		err     string
	}{
		{"{}", one, ""},
		{"{algorithm: HS256}", one, ""},
		{"{algorithm: HS512}", two, ""},
		{"{key: two}", two, ""},
		{
			"{key: two, algorithm: HS256}", nil,
			`p.yaml:1:1: the persona a signs with the key "two", which is not configured; set KEY_FILE, or --key-file, to a file that has it`,
		},
		{
			"{algorithm: RS256}", nil,
			"p.yaml:1:1: the persona a signs with RS256, but the key is for HS256; remove the algorithm from the persona, " +
				"or configure a matching key",
		},
	} {
		personas, err := ParsePersonas("p.yaml", []byte("a: "+tt.persona+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		key, err := s.SigningKey(personas[0])
		if key != tt.want || (err == nil) != (tt.err == "") || err != nil && err.Error() != tt.err {
			t.Errorf("%s: %v, want %s", tt.persona, err, tt.err)
		}
	}
}

// No file makes the program panic or quote a value, every line that a sentence names
// exists, and every persona that is read makes claims.
func FuzzPersonas(f *testing.F) {
	for _, seed := range []string{
		"", " ", "\n", ":", "-", "{", "[", "&", "*", "!", "|", "%", "@", "`",
		shop, "a: {b: c}\n", "a:\n  claims: {x: [1, 'y', \"\\u00e9\"]}\n", "a: |\n x\n", "? a\n", "a: &b *b\n", "--- \n...\n%X\n",
		"a:\r\n  subject: b\r\n", "a:\n  claims:\n    x: >-\n     {{now}}\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 4<<10 {
			return
		}
		for _, data := range [][]byte{text, append(bytes.Clone(text), "\nz:\n  claims:\n    exp: "+canary+"\n  lifetime: 1h\n"...)} {
			personas, err := ParsePersonas("f", data)
			problems, ok := errors.AsType[Problems](err)
			if err != nil && (!ok || len(problems) == 0) {
				t.Fatalf("the error is %v", err)
			}
			for _, p := range problems {
				if p.Line < 1 || p.Line > bytes.Count(data, []byte("\n"))+1 || p.Column < 0 {
					t.Errorf("%v is not in the file", p)
				}
				if strings.Contains(p.Error(), canary) {
					t.Errorf("a value came out: %v", p)
				}
			}
			for _, p := range personas {
				claims, err := p.ClaimsOf(example())
				if err != nil {
					t.Fatal(err)
				}
				for _, object := range []auth.Object{claims, p.Claims} {
					out, err := object.MarshalJSON()
					if err != nil {
						t.Fatal(err)
					}
					if _, err := jsontext.ParseObject(out); err != nil {
						t.Errorf("%s: %v", out, err)
					}
				}
			}
		}
	})
}
