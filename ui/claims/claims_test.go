package claims

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/settings"
	"tokendesk/ui/widget"
)

// equal fails the test when two values differ.
func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// claimsOf types into the claims of a fresh form.
func claimsOf(t *testing.T, asJSON bool, text string) *Editor {
	t.Helper()
	c := New(settings.CheckFormClaim)
	c.AsJSON = asJSON
	c.Text.Set(text)
	c.Check()
	return &c
}

func compactJSON(t *testing.T, o auth.Object) string {
	t.Helper()
	data, err := o.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestClaimsRoundTrip switches from rows to JSON and back. The claims are the
// same in every form, whatever is in them.
func TestClaimsRoundTrip(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, rows, json string }{
		{"nothing", "", ""},
		{"text", "role=admin", `{"role":"admin"}`},
		{"empty text", "role=", `{"role":""}`},
		{"a value with =", "query=a=b=c", `{"query":"a=b=c"}`},
		{"text that looks like JSON", "n=42\nt=true", `{"n":"42","t":"true"}`},
		{"a list", `scopes:=["read","write"]`, `{"scopes":["read","write"]}`},
		{"nested", `a:={"b":{"c":[1,{"d":null}]}}`, `{"a":{"b":{"c":[1,{"d":null}]}}}`},
		{"exact numbers", "big:=9007199254740993\nsmall:=1.10", `{"big":9007199254740993,"small":1.10}`},
		{"order", "z=1\na=2\nm=3", `{"z":"1","a":"2","m":"3"}`},
		{"a line break", `text:="a\nb"`, `{"text":"a\nb"}`},
		{"spaces around", "text= a ", `{"text":" a "}`},
		{"quotes and backslashes", `text=say "\"`, `{"text":"say \"\\\""}`},
		{"other scripts", "name=Зоя 漢字 مرحبا", `{"name":"Зоя 漢字 مرحبا"}`},
		{"names with spaces inside", "a b=c", `{"a b":"c"}`},
		{"a registered claim", `aud:=["a","b"]`, `{"aud":["a","b"]}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := claimsOf(t, false, test.rows)
			if c.Err != nil {
				t.Fatal(c.Err)
			}
			for range 3 {
				if note := c.Toggle(); note != "" {
					t.Fatal(note)
				}
				want := test.json
				if want == "" {
					want = "{}"
				}
				if got := compactJSON(t, c.Claims); got != want && (got != "null" || test.json != "") {
					t.Errorf("the claims became %s, want %s, from\n%s", got, want, c.Text.Value())
				}
				if !c.AsJSON {
					equal(t, "the rows", c.Text.Value(), test.rows)
				}
			}
		})
	}
}

// TestClaimsInvisible: an invisible character is written as an escape, and means
// the same.
func TestClaimsInvisible(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"a":"\u202eb"}`, `{"a":"\u200b"}`, `{"a":"\u0000"}`, `{"a":"\u009b31m"}`, `{"a":["\u2066"]}`,
		`{"a":"\ud83d\udc68\u200d\ud83d\udc69"}`,
	} {
		c := claimsOf(t, true, text)
		want := unescaped(t, c.Claims)
		for range 2 {
			if note := c.Toggle(); note != "" {
				t.Fatalf("%s: %s", text, note)
			}
			if refuse := widget.Refuse(c.Text.Value(), Max, true); refuse != nil {
				t.Errorf("%s is shown as %q: %s", text, c.Text.Value(), refuse)
			}
			equal(t, "the meaning of "+text, unescaped(t, c.Claims), want)
		}
	}
}

// unescaped is the claims with every string as it is meant.
func unescaped(t *testing.T, o auth.Object) string {
	t.Helper()
	var b strings.Builder
	for _, m := range o {
		text, ok := (auth.Object{m}).String(m.Name)
		if !ok {
			var value bytes.Buffer
			_ = json.Compact(&value, m.Value)
			text = value.String()
		}
		b.WriteString(m.Name + "=" + text + "\n")
	}
	return b.String()
}

// TestClaimsOnlyJSON has names that no row can hold.
func TestClaimsOnlyJSON(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{"a=b":1}`, `{" a":1}`, `{"a ":1}`, `{"a\nb":1}`, `{"":1}`, `{"a\u202e":1}`} {
		c := claimsOf(t, true, text)
		if c.Err != nil {
			continue // such a name is refused altogether
		}
		note := c.Toggle()
		if note == "" {
			t.Errorf("%s became the row %q", text, c.Text.Value())
			continue
		}
		equal(t, "the note", note, "one of these names can only be written as JSON")
		equal(t, "the form", c.AsJSON, true)
		equal(t, "the text", c.Text.Value(), text)
	}
}

// TestClaimsWithout: a row leaves a claim out, which JSON cannot.
func TestClaimsWithout(t *testing.T) {
	t.Parallel()
	c := claimsOf(t, false, "role=admin\n-jti")
	equal(t, "what is left out", strings.Join(c.Without, ","), "jti")
	equal(t, "the note of the toggle", c.Toggle(), "-jti can only be written as a row")
	equal(t, "the shape", c.AsJSON, false)
}

// TestWrappedRows: a row that goes on is marked, and those after it keep their place.
func TestWrappedRows(t *testing.T) {
	t.Parallel()
	theme := widget.NewTheme("dark", true)
	c := claimsOf(t, false, "a=0123456789\nb=1\nc")
	c.Text.Layout(c.Look(theme, widget.Rect{W: 10, H: 6}))
	want := []string{"  a=012345", "└ 6789", "  b=1", "✗ c", "", ""}
	for i, line := range strings.Split(ansi.Strip(c.Text.View()), "\n") {
		equal(t, "a row", strings.TrimRight(line, " "), want[i])
	}
}

// TestHeader: a header has no placeholder and not another algorithm.
func TestHeader(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"alg=none":              "alg is the algorithm of the key; choose another key instead",
		"kid={{n}}":             `kid cannot have a placeholder; write \{{ for the text`,
		`kid=\{{n}}` + "\n-typ": "",
	} {
		h := NewHeader()
		h.Text.Set(text)
		h.Check()
		got := ""
		if h.Err != nil {
			got = h.Note().Text
		} else if kid, _ := h.Claims.String("kid"); kid != "{{n}}" || h.Without[0] != "typ" {
			t.Errorf("got %v without %v", h.Claims, h.Without)
		}
		equal(t, text, got, want)
	}
}

func TestClaimsErrors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		asJSON bool
		text   string
		line   int
		says   string
	}{
		{"no sign", false, "a=1\nrole", 1, "role has no value yet; write role=text or role:=json"},
		{"no name", false, "=1", 0, "name"},
		{"broken JSON in a row", false, "\na:=[1,", 1, "row 2: expected a JSON value, found the end at column 7"},
		{"twice", false, "a=1\nb=2\na=3", 2, "a is already in row 1; keep one of them"},
		{"no date", false, "a=1\nexp=eve", 1, "exp"},
		{"the wrong type", false, "a=1\naud:=5", 1, "aud"},
		{"the date is a string", false, "nbf=tomorrow", 0, "nbf"},
		{"broken JSON", true, "{\n  \"a\": 1,\n  b\n}", 2, "expected a name in double quotes, found 'b' at line 3, column 3"},
		{"never closed", true, "{\n  \"a\": [1", 1, "expected a comma or ']', found the end at line 2, column 10"},
		{"duplicates", true, "{\n \"a\": 1,\n \"a\": 2}", 2, `duplicate name "a" at line 3, column 2`},
		{"duplicates inside", true, "{\"o\": {\n \"a\": 1,\n \"\\u0061\": 2}}", 2, `duplicate name "a" at line 3, column 2`},
		{"no object", true, "[]", 0, "expected a JSON object, found '[' at line 1, column 1"},
		{"no date, in JSON", true, "{\n \"a\": 1,\n \"exp\": \"x\"}", 2, "exp"},
		{"the name stands in a value too", true, "{\n \"a\": \"exp\",\n \"exp\": true}", 2, "exp"},
		{"the name is escaped", true, "{\n \"a\": 1,\n \"e\\u0078p\": [1]}", 2, "exp"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := claimsOf(t, test.asJSON, test.text)
			if c.Err == nil {
				t.Fatal("no error")
			}
			equal(t, "the line", c.errLine, test.line)
			if note := c.Note().Text; !strings.Contains(note, test.says) {
				t.Errorf("the note is %q, want %q in it", note, test.says)
			}
			equal(t, "the note of the toggle", c.Toggle(), "fix the claims first, then switch")
			equal(t, "the text", c.Text.Value(), test.text)
		})
	}
}
