//go:build unix

package cli_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
)

const probeSecret = "0123456789abcdef0123456789abcdef0123456789abcde0"

// strict returns a verifier that refuses every fault of the tokens that the program
// issues at noon.
func strict(t *testing.T) *auth.Verifier {
	t.Helper()
	key, err := auth.NewHMACKey(auth.HS256, []byte(probeSecret))
	if err != nil {
		t.Fatal(err)
	}
	maker := fault.Maker{
		Issuer:  &auth.Issuer{Key: key, Now: func() time.Time { return noon }},
		Request: auth.Request{Subject: "ada"},
	}
	v, err := maker.Verifier()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// bearer returns the token in the Authorization header.
func bearer(r *http.Request) string {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return token
}

// apiOf serves an API that accepts the requests that the function accepts.
func apiOf(t *testing.T, letsIn func(*http.Request) bool) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", noon.Format(http.TimeFormat))
		if !letsIn(r) {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL + "/me"
}

// probes returns a function that probes in a folder with settings. The test fails
// unless the probe ends with the code and prints the texts.
func probes(t *testing.T) (dir string, run func(code int, want []string, args ...string) string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".env"), []byte("SECRET_KEY="+probeSecret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, func(code int, want []string, args ...string) string {
		t.Helper()
		cmd := program(t, "tokendesk", append([]string{"probe"}, args...)...)
		cmd.Dir = dir
		out, _ := cmd.CombinedOutput() // the exit code is checked
		if got := cmd.ProcessState.ExitCode(); got != code {
			t.Errorf("%q ends with %d, want %d", args, got, code)
		}
		for _, text := range want {
			if !strings.Contains(string(out), text) {
				t.Errorf("%q does not say %q:\n%s", args, text, out)
			}
		}
		for line := range strings.Lines(string(out)) { // only what explains a hole has its token
			if strings.Contains(line, "eyJ") && !strings.HasPrefix(line, "  token ") && !strings.HasPrefix(line, "  curl ") {
				t.Errorf("%q prints a token:\n%s", args, out)
			}
		}
		return string(out)
	}
}

func TestProbe(t *testing.T) {
	t.Parallel()
	_, run := probes(t)
	v := strict(t)
	valid := func(token string) bool { return v.Verify(token).Verdict == auth.VerdictValid }
	right := apiOf(t, func(r *http.Request) bool { return valid(bearer(r)) })
	none := apiOf(t, func(r *http.Request) bool {
		token := bearer(r)
		return valid(token) || strings.HasSuffix(token, ".") && v.Verify(token).Token.Algorithm() == "none"
	})

	run(0, []string{
		"controls\n  ✓ accepted 200  a good token\n  ✓ refused 401   no token\n  ✓ accepted 200  a good token after\ntime\n",
		"\n  ✓ refused 401   expired\n",
		"\n  · not made      ecdsa-zero           it needs an EC key, but the key is for HS256\n",
		"95 faults tried: all refused; 49 could not be made.\n",
	}, right, "ada")
	run(1, []string{
		"\n  ✗ accepted 200  alg-none             its alg is none, as RFC 7518 spells it, and its signature is empty\n",
		"\nalg-none\n  token     eyJ", "\n  curl      curl -H 'Authorization: Bearer eyJ", "\n  answered  200 OK\n", "\n  means     anyone can",
		"\n  cause     the library takes", "\n  fix       give the verifier", "\n  source    RFC 8725 section 3.2, CWE-347, CVE-2022-23540\n",
		"95 faults tried: 1 hole (alg-none), 94 refused; 49 could not be made.\n",
	}, none, "ada")
	run(0, []string{"3 faults tried: all refused.\n"}, none, "ada", "--only", "alg-none-title,alg-none-upper", "--only", "expired", "--rate",
		"1000", "--parallel", "1")
	out := run(0, nil, none, "ada", "--skip", "alg-none")
	if strings.Contains(out, " alg-none ") || !strings.Contains(out, "alg-none-title") {
		t.Errorf("--skip leaves out something else:\n%s", out)
	}

	// Policies are marked and fail only when that is asked for.
	lenient := strict(t)
	lenient.Leeway = 30 * time.Second
	tolerant := apiOf(t, func(r *http.Request) bool { return lenient.Verify(bearer(r)).Verdict == auth.VerdictValid })
	run(0, []string{
		"▲ accepted 200 ~  just-expired      it expired a second ago\n",
		"~ policy: it depends on the API whether accepting it is right; --policy-file holds what you decided\n",
		"tried: no holes, 1 policy, ",
	}, tolerant, "ada", "--only", "time")
	run(1, []string{"tried: no holes, 1 policy (just-expired), "}, tolerant, "ada", "--only", "time", "--policy", "fail")
	out = run(0, []string{"tried: all refused"}, tolerant, "ada", "--only", "time", "--policy", "ignore")
	if strings.Contains(out, "just-expired") {
		t.Errorf("--policy ignore tries what depends on the API:\n%s", out)
	}
	run(2, []string{"no fault is left to try"}, tolerant, "ada", "--only", "no-exp", "--policy", "ignore")
	run(2, []string{"--policy: write fail, warn or ignore"}, tolerant, "ada", "--policy", "strict")

	// Other answers.
	run(1, []string{
		"tokendesk: the good token was not accepted: answered with 401 Unauthorized; check the URL, the subject, the claims and the key\n",
	}, right, "bob@example.com", "--claim", "exp2=1", "--alg", "HS384")
	run(1, []string{"tokendesk: the good token was not accepted: connection refused; check the URL\n"}, "http://127.0.0.1:1/", "ada")
	run(0, []string{"all refused"}, right, "ada", "--accept", "200", "--refuse", "401", "--timeout", "30s")
	run(1, []string{"the good token was not accepted: answered with 200 OK"}, right, "ada", "--accept", "201,204", "--refuse", "400-499")
}

// TestProbeDecisions: what a team decided does not fail, and what it did not decide does.
func TestProbeDecisions(t *testing.T) {
	t.Parallel()
	dir, run := probes(t)
	v := strict(t)
	v.Leeway, v.MaxBytes = 30*time.Second, 0
	tolerant := apiOf(t, func(r *http.Request) bool { return v.Verify(bearer(r)).Verdict == auth.VerdictValid })
	decide := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "probe.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const decided = "decisions:\n  - fault: just-expired\n    reason: the clocks differ\n    date: 2026-11-27\n"
	flags := []string{tolerant, "ada", "--only", "just-expired,oversized,alg-none,no-exp", "--policy-file", "probe.yaml"}
	decide(decided)
	run(1, []string{
		"just-expired  it expired a second ago; decided on 2026-11-27: the clocks differ\n", "no holes, 2 policy (oversized), 2 refused",
		"\noversized\n  token     ", " bytes; tokendesk faults issue oversized makes the token\n",
	}, flags...)
	decide(decided + "  - {fault: oversized, reason: a server in front has a limit, date: 2026-11-27}\n" +
		"  - {fault: no-exp, reason: it was so, date: 2026-11-01}\n")
	run(0, []string{"the decision of 2026-11-01 about no-exp is needless: the API refuses it\n", "no holes, 2 policy, 2 refused"}, flags...)
	run(0, []string{`"decision": {
        "reason": "the clocks differ",`}, append(flags, "--json")...)
	decide("decisions:\n  - {fault: alg-none, reason: why not, date: 2026-11-27}\n")
	run(2, []string{"probe.yaml: the fault alg-none cannot be accepted by decision: no correct API accepts it; fix the API: "}, flags...)
	run(2, []string{"nowhere.yaml: no such file"}, tolerant, "ada", "--policy-file", "nowhere.yaml")
}

// TestProbeReports: a report that cannot be written does not prevent the others, and two in
// one file are refused before anything is sent.
func TestProbeReports(t *testing.T) {
	t.Parallel()
	dir, run := probes(t)
	v := strict(t)
	right := apiOf(t, func(r *http.Request) bool { return v.Verify(bearer(r)).Verdict == auth.VerdictValid })
	run(2, []string{"--junit and --sarif name the same file; give each report a file of its own\n"},
		"http://127.0.0.1:1/", "ada", "--junit", "report", "--sarif", "./report")
	run(1, []string{"tokendesk: no/report.xml: it cannot be written; check its folder and the free space on the disk\n"},
		right, "ada", "--only", "expired", "--junit", "no/report.xml", "--markdown", "report.md", "--sarif", "report.sarif")
	for _, name := range []string{"report.md", "report.sarif"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	out := run(0, []string{"tried: all refused; 49 could not be made.\n"}, right, "ada", "--only-failures")
	if strings.Count(out, "\n") != 1 {
		t.Errorf("--only-failures shows more than failures:\n%s", out)
	}
}

// TestProbeOne tries one fault, and compares with a report.
func TestProbeOne(t *testing.T) {
	t.Parallel()
	dir, run := probes(t)
	v := strict(t)
	none := apiOf(t, func(r *http.Request) bool {
		result := v.Verify(bearer(r))
		return result.Verdict == auth.VerdictValid || result.Token.Algorithm() == "none"
	})
	run(1, []string{"\nalg-none\n  token     eyJ", "1 fault tried: 1 hole (alg-none).\n"}, "fault", "alg-none", none, "ada")
	run(0, []string{"1 fault tried: all refused.\n"}, "fault", "expired", none, "ada")
	run(2, []string{"there is no fault nonsense; run tokendesk faults to list them"}, "fault", "nonsense", none, "ada")
	run(2, []string{"a fault, a URL and a subject are needed"}, "fault")
	run(2, []string{"a fault, a URL and a subject are needed"}, "fault", "expired")

	before := `{"started":"2026-11-20T10:00:00Z","results":[{"name":"alg-none","outcome":"refused"},{"name":"expired","outcome":"refused"}]}`
	if err := os.WriteFile(filepath.Join(dir, "before.json"), []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	run(1, []string{"\nchanged since 2026-11-20 10:00 UTC\n  alg-none  refused → hole\n"},
		none, "ada", "--only", "alg-none,expired", "--compare", "before.json")
	run(0, []string{"\nnothing has changed since 2026-11-20 10:00 UTC\n"}, "fault", "expired", none, "ada", "--compare", "before.json")
	run(2, []string{".env: it is not a report of a probe; write one with tokendesk probe --json"}, none, "ada", "--compare", ".env")
}

// TestProbePlaces: the token goes where the API expects it, with everything else that
// the request needs.
func TestProbePlaces(t *testing.T) {
	t.Parallel()
	dir, run := probes(t)
	v := strict(t)
	needs := func(get func(*http.Request) string) string {
		return apiOf(t, func(r *http.Request) bool { return v.Verify(get(r)).Verdict == auth.VerdictValid })
	}
	refused := []string{"all refused"}
	run(0, refused, needs(func(r *http.Request) string { return r.Header.Get("X-Token") }), "ada", "--name", "X-Token")
	run(0, refused, needs(func(r *http.Request) string {
		cookie, err := r.Cookie("session")
		if err != nil {
			return ""
		}
		return cookie.Value
	}), "ada", "--in", "cookie", "--name", "session")
	run(0, refused, needs(func(r *http.Request) string { return r.URL.Query().Get("access_token") }), "ada", "--in", "query")

	run(0, refused, needs(func(r *http.Request) string { return r.PostFormValue("access_token") }), "ada", "--in", "body", "--data", "a=b")
	quoted := needs(func(r *http.Request) string { // as the login page of the tutorial writes it
		_, value, _ := strings.Cut(r.Header.Get("Cookie"), `access_token="Bearer `)
		return strings.TrimSuffix(value, `"`)
	})
	run(0, refused, quoted, "ada", "--in", "cookie", "--value", `"Bearer {token}"`)
	run(1, []string{
		`the good token was not accepted: answered with 401 Unauthorized; the API accepts it in another place: ` +
			`add --in cookie --name access_token --value '"Bearer {token}"'`,
	}, quoted, "ada")
	bare := needs(func(r *http.Request) string { return r.Header.Get("Authorization") })
	run(1, []string{"in another place: add --value '{token}'\n"}, bare, "ada")
	query := needs(func(r *http.Request) string { return r.URL.Query().Get("token") })
	run(1, []string{"in another place: add --in query --name token\n"}, query, "ada")

	if err := os.WriteFile(filepath.Join(dir, "headers"), []byte("X-Api-Key: hunter2\n\nX-Tenant: shop\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	posted := apiOf(t, func(r *http.Request) bool {
		return r.Method == http.MethodPost && r.Header.Get("X-Api-Key") == "hunter2" && r.Header.Get("X-Tenant") == "shop" &&
			r.Header.Get("Accept") == "text/plain" && v.Verify(bearer(r)).Verdict == auth.VerdictValid
	})
	run(0, refused, posted, "ada", "--header", "@headers", "--header", "Accept: text/plain", "--data", "{}")
}

func TestProbeUsage(t *testing.T) {
	t.Parallel()
	_, run := probes(t)
	const url = "http://127.0.0.1:1/"
	for want, args := range map[string][]string{
		"a URL and a subject are needed":                                {},
		"one subject is needed":                                         {url},
		"the URL cannot be read":                                        {"ada", "ada"},
		"the URL must start with http:// or https://":                   {"ftp://127.0.0.1/", "ada"},
		"the URL contains a user name or a password":                    {"http://ada:hunter2@127.0.0.1/", "ada"},
		"--in: write header, cookie, query or body":                     {url, "ada", "--in", "path"},
		"the value does not have {token} once":                          {url, "ada", "--value", "hunter2"},
		"--accept: write status codes such as 200-299 or 401,403":       {url, "ada", "--accept", "2xx"},
		"--refuse: write status codes such as":                          {url, "ada", "--refuse", "403-401"},
		"--timeout: write a time of a second or more":                   {url, "ada", "--timeout", "soon"},
		"--rate and --parallel: write a number above 0":                 {url, "ada", "--parallel", "0"},
		"--header: write a name, a colon and a value":                   {url, "ada", "--header", "hunter2"},
		"--header: nowhere: no such file":                               {url, "ada", "--header", "@nowhere"},
		"there is no fault nonsense; run tokendesk faults to list them": {url, "ada", "--only", "nonsense"},
		"the status 200 counts both as accepted and as refused":         {url, "ada", "--refuse", "200"},
		"leeway": {url, "ada", "--leeway", "--only", "expired"},
		"the host 192.0.2.1 is neither on this machine nor in a private network; if you may probe it, add --i-own-this 192.0.2.1": {
			"http://192.0.2.1/", "ada",
		},
		"and --i-own-this names 192.0.2.2": {"http://192.0.2.1/", "ada", "--i-own-this", "192.0.2.2"},
	} {
		if out := run(2, []string{want}, args...); strings.Contains(out, "hunter2") {
			t.Errorf("%q prints a secret:\n%s", args, out)
		}
	}
}

// TestProbeStopped: a signal ends the probe, and the results so far are printed.
func TestProbeStopped(t *testing.T) {
	t.Parallel()
	dir, _ := probes(t)
	v := strict(t)
	hangs := make(chan bool, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		result := v.Verify(bearer(r))
		switch {
		case result.Verdict == auth.VerdictValid:
		case result.Verdict == auth.VerdictExpired, bearer(r) == "":
			w.WriteHeader(http.StatusUnauthorized)
		default:
			hangs <- true
			<-r.Context().Done()
		}
	}))
	t.Cleanup(server.Close)
	cmd := program(t, "tokendesk", "probe", server.URL, "ada", "--parallel", "1", "--junit", "report.xml")
	cmd.Dir = dir
	var out strings.Builder
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-hangs:
	case <-time.After(patience):
		t.Fatal("no fault was sent")
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	if exited, ok := err.(*exec.ExitError); !ok || exited.ExitCode() != 130 { //nolint:errorlint // it is not wrapped
		t.Errorf("it ends with %v, want 130", err)
	}
	for _, want := range []string{
		"  ✓ refused 401   expired\n  ✓ refused 401   just-expired\n", "Stopped after 2 of 144 faults; 2 faults tried: all refused.",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it does not say %q:\n%s", want, out.String())
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "report.xml")); err != nil {
		t.Error(err)
	}
}

// TestProbeConfirmed: the terminal asks for the name of a host that may belong to
// somebody else, and without it nothing is sent.
func TestProbeConfirmed(t *testing.T) {
	t.Parallel()
	dir, _ := probes(t)
	cmd := program(t, "tokendesk", "probe", "http://192.0.2.1/", "ada", "--timeout", "1s")
	cmd.Dir = dir
	x := newTerminal(t, cmd)
	cmd.Env = append(cmd.Env, "TERMINAL_OF_TEST="+x.tty.Name())
	x.start()
	x.shows("Type its name to continue: ", 1)
	if _, err := x.master.WriteString("no\n"); err != nil {
		t.Fatal(err)
	}
	x.shows("the name is wrong, so nothing was sent", 1)
	x.ends(2)
	if !strings.Contains(x.written(), "The host 192.0.2.1 is neither on this machine nor in a private network.") {
		t.Errorf("it says %q", x.written())
	}
}

// TestProbeLeeway finds the tolerance of an API whose clock stands still.
func TestProbeLeeway(t *testing.T) {
	t.Parallel()
	_, run := probes(t)
	v := strict(t)
	v.Leeway, v.MaxLifetime = 30*time.Second, 0
	tolerant := apiOf(t, func(r *http.Request) bool { return v.Verify(bearer(r)).Verdict == auth.VerdictValid })
	run(0, []string{"✓ exp: accepts a token for up to 30 s after its expiry\n", "✓ nbf: ", "✓ iat: "}, "--leeway", tolerant, "ada")
	run(0, []string{`{"claim":"exp","right":true,"leeway_seconds":30,`}, "--leeway", "--json", tolerant, "ada")
	forever := apiOf(t, func(r *http.Request) bool {
		result := v.Verify(bearer(r))
		return result.Verdict == auth.VerdictValid || result.Verdict == auth.VerdictExpired
	})
	run(1, []string{"✗ exp: accepts a token that expired a year ago, so it does not check exp\n"}, "--leeway", forever, "ada")
}
