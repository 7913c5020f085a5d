package copyas_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/internal/copyas"
	"tokendesk/internal/oneof"
)

const jws = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln-_"

var now = time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)

func ExampleForm_Render() {
	form, err := oneof.ByName("form", copyas.Forms(), "curl")
	if err != nil {
		fmt.Println(err)
		return
	}
	line, err := form.Render(copyas.Token{Compact: "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"})
	fmt.Println(line, err)
	// Output: curl -H 'Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln' http://localhost:8000/ <nil>
}

func TestForms(t *testing.T) {
	t.Parallel()
	token := copyas.Token{Compact: jws, Subject: "ada@example.com", ExpiresAt: now.Add(30 * time.Minute), Now: now}
	want := []struct{ name, text string }{
		{"token", jws},
		{"header", "Authorization: Bearer " + jws},
		{"cookie", "Cookie: access_token=" + jws},
		{"curl", "curl -H 'Authorization: Bearer " + jws + "' http://localhost:8000/"},
		{"httpie", "http --ignore-stdin --auth-type=bearer --auth='" + jws + "' http://localhost:8000/"},
		{"powershell", "Invoke-RestMethod -Uri 'http://localhost:8000/' -Headers @{ Authorization = 'Bearer " + jws + "' }"},
		{"fetch", "fetch(\"http://localhost:8000/\", {\n  headers: { Authorization: \"Bearer " + jws + "\" },\n" +
			"}).then(async (answer) => console.log(answer.status, await answer.text()));"},
		{"requests", "import requests\n\nanswer = requests.get(\n    \"http://localhost:8000/\",\n" +
			"    headers={\"Authorization\": \"Bearer " + jws + "\"},\n    timeout=10,\n)\nprint(answer.status_code, answer.text)"},
		{"http", "### ada@example.com until 2026-11-23T14:35:12Z\nGET http://localhost:8000/\nAuthorization: Bearer " + jws},
		{"env", "export TOKEN='" + jws + "'"},
		{"json", `{"access_token":"` + jws + `","token_type":"bearer","expires_in":1800}`},
	}
	forms := copyas.Forms()
	if len(forms) != len(want) {
		t.Fatalf("%d forms, want %d", len(forms), len(want))
	}
	for i, form := range forms {
		if form.Name() != want[i].name {
			t.Errorf("form %d is %s, want %s", i, form.Name(), want[i].name)
		}
		if form.Title() == "" || form.About() == "" {
			t.Errorf("%s has no title or explanation", form.Name())
		}
		text, err := form.Render(token)
		if err != nil || text != want[i].text {
			t.Errorf("%s\n got %s, %v\nwant %s", form.Name(), text, err, want[i].text)
		}
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	for claims, want := range map[string]copyas.Token{
		`{"sub":"ada"}`: {Subject: "ada"},
		`{"exp":1000}`:  {ExpiresAt: time.Unix(1000, 0).UTC()},
	} {
		want.Compact = "eyJhbGciOiJIUzI1NiJ9." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".c2ln"
		want.Now, want.Request.URL = now, "https://api.example.com/me"
		token, err := auth.Decode(want.Compact)
		if err != nil {
			t.Fatal(err)
		}
		if got := copyas.Of(token, now, want.Request); got != want {
			t.Errorf("of %s: %+v, want %+v", claims, got, want)
		}
	}
}

func TestURL(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"https://api.example.com/me", "http://127.0.0.1:8000/a?b=1&c=$d'", "https://münchen.example/ü"} {
		for _, name := range []string{"curl", "httpie", "powershell", "fetch", "requests", "http"} {
			text, err := render(t, name, copyas.Token{Compact: jws, Request: copyas.Request{URL: target}})
			shown := strings.ReplaceAll(target, "'", `'\''`)
			if name == "powershell" {
				shown = strings.ReplaceAll(target, "'", "''")
			}
			if err != nil || !strings.Contains(text, shown) && !strings.Contains(text, target) {
				t.Errorf("%s to %s: %s, %v", name, target, text, err)
			}
		}
	}
	for _, target := range []string{
		"-o/etc/passwd", "localhost:8000", "ftp://example.com/", "http://", "http://a b/", "http://a/\r\nX: y", "http://a/\u0085", "/me",
	} {
		for _, name := range []string{"curl", "httpie", "powershell", "fetch", "requests", "http"} {
			if text, err := render(t, name, copyas.Token{Compact: jws, Request: copyas.Request{URL: target}}); err == nil {
				t.Errorf("%s to %q: %q, want an error", name, target, text)
			}
		}
	}
}

// No text, however malformed, may end the header or the line that it is in.
func TestControlCharactersAreRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a\r\nX-Admin: 1", "a\nb", "a\rb", "a\x00b", "\x1b[201~", "a\x7f", "a\u0085b", "a\tb", "a\xffb"} {
		for _, form := range copyas.Forms() {
			got, err := form.Render(copyas.Token{Compact: text})
			switch form.Name() {
			case "token":
				if got != text || err != nil {
					t.Errorf("token of %q is %q, %v: want it as it is", text, got, err)
				}
			case "json":
				if strings.ContainsAny(got, "\r\n\x00\x1b\t") {
					t.Errorf("json of %q is %q", text, got)
				}
			default:
				if err == nil {
					t.Errorf("%s of %q is %q, want an error", form.Name(), text, got)
				}
			}
		}
	}
}

func TestRequestForm(t *testing.T) {
	t.Parallel()
	if text, err := render(t, "http", copyas.Token{Compact: "{{token}}"}); err == nil {
		t.Errorf("a variable of the editor got through: %s", text)
	}
	text, err := render(t, "http", copyas.Token{Compact: jws, Subject: "ada\nDELETE http://evil.example/"})
	if err != nil || strings.Count(text, "\n") != 2 {
		t.Errorf("a subject added a line: %q, %v", text, err)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		expires, now time.Time
		want         string
	}{
		"no expiry":      {time.Time{}, now, `{"access_token":"a<b>&\"c","token_type":"bearer"}`},
		"expired":        {now.Add(-time.Hour), now, `{"access_token":"a<b>&\"c","token_type":"bearer","expires_in":0}`},
		"at the moment":  {now, now, `{"access_token":"a<b>&\"c","token_type":"bearer","expires_in":0}`},
		"a begun second": {now.Add(10 * time.Second), now.Add(1), `{"access_token":"a<b>&\"c","token_type":"bearer","expires_in":9}`},
		"more than 292 yrs": {
			time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC),
			`{"access_token":"a<b>&\"c","token_type":"bearer","expires_in":253370764800}`,
		},
	}
	for name, test := range tests {
		text, err := render(t, "json", copyas.Token{Compact: `a<b>&"c`, ExpiresAt: test.expires, Now: test.now})
		if err != nil || text != test.want {
			t.Errorf("%s\n got %s, %v\nwant %s", name, text, err, test.want)
		}
		if !json.Valid([]byte(text)) {
			t.Errorf("%s: %s is not JSON", name, text)
		}
	}
	if text, err := render(t, "json", copyas.Token{Compact: "\xff"}); err == nil {
		t.Errorf("invalid UTF-8 became %s", text)
	}
}

func render(t *testing.T, name string, token copyas.Token) (string, error) {
	t.Helper()
	form, err := oneof.ByName("form", copyas.Forms(), name)
	if err != nil {
		t.Fatal(err)
	}
	return form.Render(token)
}
