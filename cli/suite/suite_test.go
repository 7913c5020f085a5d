package suite_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"go/format"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/auth/jsontext"
	"tokendesk/cli/suite"
	"tokendesk/internal/oneof"
)

// suiteAt returns a suite made at that moment, and the verifier that refuses its
// faults.
func suiteAt(t *testing.T, now time.Time) (suite.Suite, *auth.Verifier) {
	t.Helper()
	key, err := auth.NewHMACKey(auth.HS256, []byte("Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eUz"), auth.WithKeyID("k1"))
	if err != nil {
		t.Fatal(err)
	}
	maker := fault.Maker{
		Issuer: &auth.Issuer{
			Key: key, Iss: "https://auth.example.com", Aud: []string{"https://api.example.com"},
			Now: func() time.Time { return now }, Rand: rand.NewChaCha8([32]byte{}),
		},
		Request: auth.Request{Subject: "ada@example.com"},
	}
	verifier, err := maker.Verifier()
	if err != nil {
		t.Fatal(err)
	}
	s := suite.Suite{Written: now, Expires: now.Add(auth.DefaultLifetime)}
	if s.Good, err = maker.Good(); err != nil {
		t.Fatal(err)
	}
	for _, f := range fault.Catalogue() {
		if maker.Impossible(f) != "" {
			continue
		}
		token, err := maker.Make(f)
		if err != nil {
			t.Fatal(err)
		}
		s.Faults = append(s.Faults, fault.Made{Fault: f, Token: token})
	}
	if len(s.Faults) < 50 {
		t.Fatalf("there are only %d faults", len(s.Faults))
	}
	return s, verifier
}

func noon() time.Time { return time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC) }

func written(t *testing.T, form string, s suite.Suite) string {
	t.Helper()
	f, err := oneof.ByName("form", suite.Forms(), form)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJSONLines(t *testing.T) {
	t.Parallel()
	s, _ := suiteAt(t, noon())
	lines := strings.Split(strings.TrimSuffix(written(t, "jsonl", s), "\n"), "\n")
	if len(lines) != len(s.Faults)+1 {
		t.Fatalf("there are %d lines for %d faults and a good token", len(lines), len(s.Faults))
	}
	for n, line := range lines {
		var got suite.Line
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			if got.Name != "good" || got.Expect != "accept" || got.Status != 200 || got.Verdict != "valid" || got.Token != s.Good {
				t.Errorf("the first line is %s", line)
			}
			continue
		}
		if want := suite.LineOf(s.Faults[n-1]); !reflect.DeepEqual(got, want) || got.Expect != "refuse" || got.Token != s.Faults[n-1].Token {
			t.Errorf("got %s\nwant %+v", line, want)
		}
	}
	const expired = `{"name":"expired","group":"time","part":"payload","members":["iat","exp"],"wrong":"it expired an hour ago",` +
		`"why":"otherwise a token that was stolen, revoked or replaced would stay valid forever","source":"RFC 7519 section 4.1.4",` +
		`"cwe":"CWE-613","cve":[],"fix":"compare exp with the current time on every request, with a leeway of a few minutes at most",` +
		`"policy":null,"needs":null,"status":401,"verdict":"expired","expect":"refuse","token":"`
	if !strings.HasPrefix(lines[1], expired) {
		t.Errorf("got %s\nwant %s", lines[1], expired)
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	s, _ := suiteAt(t, noon())
	rows, err := csv.NewReader(strings.NewReader(written(t, "csv", s))).ReadAll()
	if err != nil || len(rows) != len(s.Faults)+2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if got := strings.Join(rows[0], " "); got != "name group expect status verdict part members wrong why source policy token" {
		t.Errorf("the columns are %s", got)
	}
	if got := rows[1]; got[0] != "good" || got[2] != "accept" || got[3] != "200" || got[11] != s.Good {
		t.Errorf("the good token is %q", got)
	}
	for n, c := range s.Faults {
		want := []string{
			c.Name, string(c.Group), "refuse", "401", strings.ReplaceAll(c.Verdict.String(), " ", "_"), string(c.Part),
			strings.Join(c.Members, " "), c.Wrong, c.Why, c.Source, c.Policy, c.Token,
		}
		if !reflect.DeepEqual(rows[n+2], want) {
			t.Errorf("got %q\nwant %q", rows[n+2], want)
		}
	}
}

// Each table holds every token once, says when it expires, and has no placeholder
// left.
func TestTables(t *testing.T) {
	t.Parallel()
	s, _ := suiteAt(t, noon())
	for _, form := range []string{"pytest", "jest", "go", "junit"} {
		text := written(t, form, s)
		for _, want := range []string{
			"Made by tokendesk faults export on 2026-11-23 14:05:12 UTC.",
			"The good token expires on 2026-11-23 14:35:12 UTC.", "1795444512", `"` + s.Good + `"`,
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: there is no %s", form, want)
			}
		}
		if regexp.MustCompile(`@[a-z]+@`).MatchString(text) {
			t.Errorf("%s: a placeholder is left", form)
		}
		for _, c := range s.Faults {
			row := `"` + c.Name + `", "` + c.Wrong + `", ` + string(jsontext.Quote(c.Token))
			if strings.Count(text, row) != 1 {
				t.Errorf("%s: %s is there %d times", form, c.Name, strings.Count(text, row))
			}
			if c.Policy != "" && !strings.Contains(text, "depends: "+c.Policy+"\n") {
				t.Errorf("%s: %s does not say on what it depends", form, c.Name)
			}
		}
	}
	source := written(t, "go", s)
	if formatted, err := format.Source([]byte(source)); err != nil || string(formatted) != source {
		t.Errorf("gofmt would write it in another way, %v", err)
	}
	// Without it go test may show a cached result.
	if text := written(t, "go", s); !strings.Contains(text, "go test -count=1 ") {
		t.Error("go: the command may take its answer from the cache")
	}
}

// The Go table passes against an API that verifies. Against one that accepts anything
// each fault fails under its name. After the good token has expired it says so.
func TestGoTableRuns(t *testing.T) {
	t.Parallel()
	s, verifier := suiteAt(t, time.Now())
	verifies := server(t, func(token string) bool { return verifier.Verify(token).Verdict == auth.VerdictValid })
	takesAll := server(t, func(string) bool { return true })
	refusesAll := server(t, func(string) bool { return false })

	fresh := build(t, written(t, "go", s))
	if out, ok := run(t, fresh, verifies); !ok || strings.Count(out, "--- PASS") != len(s.Faults)+2 {
		t.Errorf("against an API that verifies:\n%s", out)
	}
	out, ok := run(t, fresh, takesAll)
	if ok || !strings.Contains(out, "--- PASS: TestFaultsBeginWithAGoodToken") {
		t.Errorf("against an API that accepts anything:\n%s", out)
	}
	for _, c := range s.Faults {
		if !strings.Contains(out, "--- FAIL: TestFaultsAreRefused/"+c.Name+" ") ||
			!strings.Contains(out, "the API answered 200 to a token although "+c.Wrong+"\n") {
			t.Errorf("%s does not fail against an API that accepts anything", c.Name)
		}
	}
	if out, ok := run(t, fresh, refusesAll); ok || !strings.Contains(out, "the API answered 401 to the good token") {
		t.Errorf("against an API that refuses all:\n%s", out)
	}

	s.Expires = time.Now().Add(-time.Second)
	if out, ok := run(t, build(t, written(t, "go", s)), verifies); ok || !strings.Contains(out, "the tokens have expired: export them again") {
		t.Errorf("after the good token has expired:\n%s", out)
	}
}

// server is an API that accepts the tokens that accepts returns true for.
func server(t *testing.T, accepts func(token string) bool) string {
	t.Helper()
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := strings.TrimPrefix(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer"), " ")
		if !accepts(token) {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	t.Cleanup(api.Close)
	return api.URL + "/users/me?fields=all"
}

// build compiles a test file in a module of its own.
func build(t *testing.T, source string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module faults\n\ngo 1.22\n", "faults_test.go": source} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	binary := filepath.Join(dir, "faults.test.exe")
	cmd := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", binary, ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=", "GOTOOLCHAIN=local", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return binary
}

// run runs a test binary and reports whether it passed.
func run(t *testing.T, binary, url string) (string, bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary, "-test.v")
	cmd.Env = append(os.Environ(), "API_URL="+url)
	out, err := cmd.CombinedOutput()
	return string(out), err == nil
}
