package roster_test

import (
	"strings"
	"testing"

	"tokendesk/cli/roster"
	"tokendesk/explain"
	"tokendesk/settings"
)

// format returns a format by its name.
func format(t *testing.T, name string) roster.Format {
	t.Helper()
	for _, f := range roster.Formats() {
		if f.Name() == name {
			return f
		}
	}
	t.Fatalf("there is no format %s", name)
	return roster.Format{}
}

// written writes a persona on one line.
func written(t *testing.T, p *settings.Own) string {
	t.Helper()
	claims, err := p.Claims.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	text := p.Name + " " + p.Subject + " " + p.Lifetime + " " + string(claims)
	if p.Disabled {
		text += " disabled"
	}
	return text
}

// read reads a file, and returns the personas and then what was not taken over, a line each.
func read(t *testing.T, name, text string) string {
	t.Helper()
	got, err := format(t, name).Read([]byte(text))
	if err != nil {
		return "error: " + explain.Lines(err)[0].String()
	}
	var lines []string
	for i := range got.Personas {
		lines = append(lines, written(t, &got.Personas[i]))
	}
	for _, l := range got.Refused {
		lines = append(lines, "refused "+format(t, name).Place("f", l.Row)+": "+l.String())
	}
	for _, l := range got.Left {
		lines = append(lines, "left "+format(t, name).Place("f", l.Row)+": "+l.String())
	}
	return strings.Join(lines, "\n")
}

func TestReadCSV(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"a byte order mark", "\ufeffname,role\nada,admin\n", `ada   {"role":"admin"}`},
		{"line ends of Windows", "name,role\r\nada,admin\r\n", `ada   {"role":"admin"}`},
		{"a line end in quotes", "name,note\nada,\"a\nb, \"\"c\"\"\"\nbob,x\n", `ada   {"note":"a\nb, \"c\""}` + "\n" + `bob   {"note":"x"}`},
		{"the row after a line end in quotes", "name,n:json\nada,\"\n1\"\nbob,x\n", `ada   {"n":1}` +
			"\nrefused f:4: bob: the column n is not JSON: expected a JSON value, found 'x'"},
		{
			"types", "name,n:json,t,l:json,o:json,name:json\nada,9007199254740993,9007199254740993,[1],\"{\"\"a\"\":null}\",true\n",
			`ada   {"n":9007199254740993,"t":"9007199254740993","l":[1],"o":{"a":null},"name":true}`,
		},
		{"a number keeps its digits", "name,n:json\nada,1.50\n", `ada   {"n":1.50}`},
		{"an empty field sets nothing", "name,subject,role\nada,,\n", `ada   {}`},
		{"a name from the subject", "subject,lifetime\nada@shop.example,8h\n", `ada@shop.example ada@shop.example 8h {}`},
		{"disabled", "name,disabled\nada,TRUE\nbob,false\n", "ada   {} disabled\nbob   {}"},
		{"neither", "name,disabled\nada,1\n", "refused f:2: ada: the column disabled is neither true nor false"},
		{"a name twice", "name\nada\nada\n", "ada   {}\nrefused f:3: ada: there is already a persona with that name in the file"},
		{"too few fields", "name,role\nada\n", "refused f:2: the row has 1 fields, but there are 2 columns"},
		{"a quote in a field", "name,role\na\"da,x\nbob,y\n", `bob   {"role":"y"}` + "\nrefused f:2: a quotation mark is in the wrong place"},
		{"nothing", "", "error: it is empty; start with a line such as name,subject,lifetime,role"},
		{
			"semicolons", "name;role\nada;admin\n",
			"error: line 1: the columns are separated by semicolons; save the file with commas between them (RFC 4180)",
		},
		{"tabs", "name\trole\n", "error: line 1: the columns are separated by tabs; save the file with commas between them (RFC 4180)"},
		{"UTF-16", "\xff\xfen\x00", "error: it is UTF-16; save it as UTF-8"},
		{"a column twice", "name,role,role\n", "error: line 1: the column role is given twice; keep one"},
		{"a column without a name", "name,\n", "error: line 1: a column has no name; name it after a claim"},
		{
			"no names", "role,plan\n",
			"error: line 1: there is no column name or subject; name the column with the names of the personas name",
		},
		{"sub", "name,sub\n", "error: line 1: there is a column sub; name it subject"},
	} {
		if got := read(t, "csv", test.text); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// realm has roles that contain others, in a circle too, and groups in groups.
const realm = `{"realm":"shop","accessTokenLifespan":300,
"roles":{"realm":[
  {"name":"boss","composites":{"realm":["staff"],"client":{"orders":["write"]}}},
  {"name":"staff","composites":{"realm":["boss"]}}],
 "client":{"orders":[{"name":"write","composites":{"client":{"orders":["read"]}}},{"name":"read"}]}},
"groups":[{"name":"team","realmRoles":["guest"],"subGroups":[{"name":"night","clientRoles":{"orders":["read"]}}]}],
"users":[USERS]}`

func TestReadKeycloak(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, user, want string }{
		{"without attributes", `{"username":"ada"}`, `ada ada 5m {"preferred_username":"ada"}`},
		{"an ID", `{"username":"ada","id":"7{{n}}"}`, `ada 7\{{n}} 5m {"preferred_username":"ada"}`},
		{
			"composite roles, in a circle", `{"username":"ada","realmRoles":["boss"]}`,
			`ada ada 5m {"realm_access":{"roles":["boss","staff"]},` +
				`"resource_access":{"orders":{"roles":["write","read"]}},"preferred_username":"ada"}`,
		},
		{
			"groups in groups", `{"username":"ada","groups":["/team/night","/nowhere"]}`,
			`ada ada 5m {"realm_access":{"roles":["guest"]},"resource_access":{"orders":{"roles":["read"]}},` +
				`"groups":["/team/night","/nowhere"],"preferred_username":"ada"}`,
		},
		{"disabled", `{"username":"ada","enabled":false}`, `ada ada 5m {"preferred_username":"ada"} disabled`},
		{
			"attributes", `{"username":"ada","attributes":{"plan":["free"],"sites":["a","b"],"none":[],"bad":7,"exp":["1"]}}`,
			`ada ada 5m {"preferred_username":"ada","plan":"free","sites":["a","b"]}` +
				"\nleft f: user 1: ada: attributes.bad: an attribute must be a list of strings" +
				"\nleft f: user 1: ada: attributes.exp: exp is set from the lifetime",
		},
		{"nobody", `{"email":""}`, "refused f: user 1: username: it is missing"},
		{"no user", `7`, "refused f: user 1: it is not an object"},
	} {
		if got := read(t, "keycloak", strings.Replace(realm, "USERS", test.user, 1)); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
	for text, want := range map[string]string{
		`[`:            "error: line 1: ",
		`{"realm":"x"`: "error: line 1: ",
		`{"users":7}`:  "error: it is not a Keycloak realm; export one with its users: kc.sh export --users same_file",
		`{"users":[]}`: "error: it has no users; export the realm with its users: kc.sh export --users same_file",
	} {
		if got := read(t, "keycloak", text); !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %s", text, got)
		}
	}
}

// Passwords and other credentials are neither taken over nor shown, wherever they are.
func TestKeycloakCredentials(t *testing.T) {
	t.Parallel()
	const canary = "Canary7hWq2LzX9mB4v"
	user := `{"username":"ada","credentials":[{"type":"password","value":"` + canary + `","secretData":"` + canary + `"}],` +
		`"federatedIdentities":[{"userId":"` + canary + `"}],"socialLinks":["` + canary + `"],"federationLink":"` + canary + `"}`
	got := read(t, "keycloak", strings.Replace(realm, "USERS", user, 1))
	if strings.Contains(got, canary) || !strings.Contains(got, "left f: user 1: ada: credentials: credentials are never imported") {
		t.Error(got)
	}
}

// What is written is read as the same personas.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	const text = `ada:
  subject: ada@shop.example
  lifetime: 8h
  claims: {role: "a, \"b\"", n: 1.50, note: "x\ny", list: [1, {a: null}], id: "{{uuid}}"}
bob: {extends: ada, subject: bob, disabled: true, claims: {name: Bob}}
cy: {}
`
	personas, err := settings.ParsePersonas("p.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	csv := format(t, "csv")
	data, left, err := csv.Write(personas)
	if err != nil || len(left) > 0 {
		t.Fatal(left, err)
	}
	back, err := csv.Read(data)
	if err != nil || len(back.Personas) != len(personas) || len(back.Refused)+len(back.Left) > 0 {
		t.Fatalf("%v, %v from\n%s", back, err, data)
	}
	for i, p := range personas {
		if !back.Personas[i].Is(p) {
			t.Errorf("%s is %s", p.Name, written(t, &back.Personas[i]))
		}
	}
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"a.csv", "{", "csv"},
		{"a.JSON", "name", "keycloak"},
		{"-", "\ufeff \n{", "keycloak"},
		{"-", "[", "keycloak"},
		{"-", "name", "csv"},
		{"a.txt", "", "csv"},
	} {
		if got := roster.Detect(test.name, []byte(test.text)).Name(); got != test.want {
			t.Errorf("%s with %q is %s", test.name, test.text, got)
		}
	}
}
