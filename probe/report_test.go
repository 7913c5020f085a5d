package probe

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/fault"
)

// reportOf returns a report with a fault of each outcome.
func reportOf(t *testing.T) *Report {
	t.Helper()
	f := faults(t, "expired", "just-expired", "bit-flipped", "ecdsa-zero", "alg-none", "jku", "wrong-issuer", "oversized")
	right := func(f fault.Fault) Result {
		return Result{Case: fault.Made{Fault: f}, Outcome: Refused, Right: true, Status: 401, Took: 1500 * time.Millisecond}
	}
	wrong := func(f fault.Fault, o Outcome, status int, detail string) Result {
		return Result{Case: fault.Made{Fault: f, Token: "sec.ret.token"}, Outcome: o, Status: status, Detail: detail}
	}
	return &Report{
		Target: "https://api.example.com/me", Started: newClock().Now(), Took: 2 * time.Second, Planned: len(f),
		Good:      Result{Outcome: Accepted, Right: true, Status: 200, Case: fault.Made{Token: "sec.ret.token"}},
		NoToken:   &Result{Outcome: Refused, Right: true, Status: 401},
		GoodAfter: &Result{Outcome: Accepted, Right: true, Status: 200},
		Results: []Result{
			right(f[0]),
			wrong(f[1], Accepted, 200, ""),
			wrong(f[2], ServerError, 500, ""),
			{Case: fault.Made{Fault: f[3], Impossible: "it needs an EC key"}, Outcome: NotMade, Detail: "it needs an EC key"},
			wrong(f[4], Accepted, 204, ""),
			wrong(f[5], NoAnswer, 0, "no answer within 10s"),
			wrong(f[6], Limited, 429, "send fewer a second"),
			wrong(f[7], OtherStatus, 431, ""),
		},
	}
}

func written(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSummary(t *testing.T) {
	t.Parallel()
	r := reportOf(t)
	want := "7 faults tried: 1 hole (alg-none), 2 fell over (bit-flipped, jku), 2 cannot be told (wrong-issuer), " +
		"1 policy, 1 refused; 1 could not be made."
	if r.Summary() != want || r.Right() {
		t.Errorf("%s\nwant %s", r.Summary(), want)
	}
	r.Results = r.Results[:1]
	if want := "1 fault tried: all refused."; r.Summary() != want || !r.Right() {
		t.Errorf("right %t: %s", r.Right(), r.Summary())
	}
	for name, spoil := range map[string]func(*Report){
		"stopped":          func(r *Report) { r.Stopped = true },
		"no control":       func(r *Report) { r.NoToken = nil },
		"no control after": func(r *Report) { r.GoodAfter = nil },
		"nothing tried":    func(r *Report) { r.Results = nil },
		"bad after":        func(r *Report) { r.GoodAfter = &Result{Outcome: Refused, Status: 401} },
	} {
		spoiled := *r
		if spoil(&spoiled); spoiled.Right() {
			t.Errorf("%s: the report is right", name)
		}
	}
}

func TestWriteJSON(t *testing.T) {
	t.Parallel()
	report := reportOf(t)
	report.target = Target{URL: "https://api.example.com/me?key=hunter2", Header: http.Header{"X-Key": {"hunter2"}}}
	text := written(t, report.WriteJSON)
	if strings.Contains(text, "hunter2") || strings.Count(text, `"token": "sec.ret.token"`) != 1 {
		t.Errorf("a secret, or not the token of the hole: %s", text)
	}
	for _, want := range []string{
		`"url": "https://api.example.com/me",`, `"started": "2026-11-23T14:05:12Z",`, `"right": false,`,
		`"counts": {
    "planned": 8,
    "refused": 1,
    "let_in": 2,
    "fell_over": 1,
    "limited": 1,
    "other_status": 1,
    "no_answer": 1,
    "not_made": 1,
    "wrong_status": 0,
    "holes": 1,
    "policy": 1
  },`,
		`"no_token": {
    "outcome": "refused",
    "right": true,
    "status": 401,
    "seconds": 0
  },`,
		`"curl": "curl -H 'Authorization: Bearer sec.ret.token' -H 'X-Key: …' 'https://api.example.com/me?key=…'",`,
		`"answered": "204 No Content",`, `"cause": "the library takes the algorithm`,
		`"outcome": "let in",`, `"outcome": "fell over",`, // JSON keeps these, whatever String returns
		`    {
      "name": "jku",
      "group": "header",`,
		`      "outcome": "no answer",
      "right": false,
      "status": null,
      "detail": "no answer within 10s",
      "seconds": 0
    },`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nis not in\n%s", want, text)
		}
	}
	empty := written(t, (&Report{Stopped: true}).WriteJSON)
	if !json.Valid([]byte(empty)) || !strings.Contains(empty, `"results": []`) ||
		!strings.Contains(empty, "\"good\": null,\n  \"no_token\": null,\n  \"good_after\": null,") {
		t.Errorf("without results: %s", empty)
	}
}

func TestWriteJUnit(t *testing.T) {
	t.Parallel()
	var all junitSuites
	if err := xml.Unmarshal([]byte(written(t, reportOf(t).writeJUnit)), &all); err != nil {
		t.Fatal(err)
	}
	if all.Tests != 11 || all.Failures != 1 || all.Errors != 3 || len(all.Suites) != 7 {
		t.Errorf("%+v", all)
	}
	kinds := map[string]string{}
	tests := 0
	for _, suite := range all.Suites {
		tests += suite.Tests
		if suite.Tests != len(suite.Cases) || suite.Timestamp != "2026-11-23T14:05:12" {
			t.Errorf("%+v", suite)
		}
		for _, c := range suite.Cases {
			for kind, note := range map[string]*junitNote{"failure": c.Failure, "error": c.Error, "skipped": c.Skipped} {
				if note != nil {
					kinds[c.Class+"/"+c.Name] += kind + " " + note.Message
				}
			}
		}
	}
	for name, want := range map[string]string{
		"probe.time/expired":          "",
		"probe.time/just-expired":     "skipped accepted, 200 OK; " + faults(t, "just-expired")[0].Policy,
		"probe.signature/bit-flipped": "error server error, 500 Internal Server Error",
		"probe.signature/ecdsa-zero":  "skipped it needs an EC key",
		"probe.header/jku":            "error no answer: no answer within 10s",
		"probe.claims/wrong-issuer":   "error limited, 429 Too Many Requests: send fewer a second",
		"probe.form/oversized":        "skipped other status, 431 Request Header Fields Too Large; " + faults(t, "oversized")[0].Policy,
	} {
		if kinds[name] != want {
			t.Errorf("%s: %q, want %q", name, kinds[name], want)
		}
	}
	if tests != all.Tests {
		t.Errorf("%d tests in the suites, %d in all", tests, all.Tests)
	}
	stopped := reportOf(t)
	stopped.GoodAfter = nil
	if text := written(t, stopped.writeJUnit); !strings.Contains(text,
		`<error message="the probe was stopped before this request" type="stopped"></error>`) {
		t.Errorf("a stopped run: %s", text)
	}
}

func TestWriteMarkdown(t *testing.T) {
	t.Parallel()
	text := written(t, reportOf(t).writeMarkdown)
	for _, want := range []string{
		"# What `https://api.example.com/me` accepts\n\n✗ 7 faults tried: 1 hole (alg-none), ",
		"| ✓ | no token at all | refused, 401 Unauthorized |\n",
		"\n## time\n\n| | fault | what is wrong | outcome | source |\n|---|---|---|---|---|\n| ✓ | `expired` | it expired an hour ago | " +
			"refused, 401 Unauthorized | RFC 7519 section 4.1.4 |\n",
		"| ~ | `just-expired` | it expired a second ago | accepted, 200 OK | RFC 7519 section 4.1.4 |\n",
		"| – | `ecdsa-zero` |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q\nis not in\n%s", want, text)
		}
	}
	if strings.Count(text, "## time") != 1 {
		t.Error("a group has two headings")
	}
}

// The members are those that the schema of SARIF 2.1.0 requires.
func TestWriteSARIF(t *testing.T) {
	t.Parallel()
	var log sarifLog
	decoder := json.NewDecoder(strings.NewReader(written(t, func(w io.Writer) error { return reportOf(t).writeSARIF(w, "1.2.3") })))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	driver := run.Tool.Driver
	if log.Version != "2.1.0" || driver.Name != "tokendesk" || driver.Version != "1.2.3" || len(driver.Rules) != 9 ||
		!run.Invocations[0].Successful {
		t.Errorf("%+v", log)
	}
	levels := map[string]string{}
	for _, result := range run.Results {
		levels[result.RuleID] = result.Level + " " + result.Message.Text
		if driver.Rules[result.RuleIndex].ID != result.RuleID || result.Locations[0].Physical.Artifact.URI != "api.example.com/me" ||
			len(result.Prints.Fault) != 32 {
			t.Errorf("%+v", result)
		}
	}
	if len(levels) != 6 ||
		levels["alg-none"] != "error its alg is none, as RFC 7518 spells it, and its signature is empty: accepted, 204 No Content" ||
		levels["just-expired"] != "note it expired a second ago: accepted, 200 OK" ||
		levels["bit-flipped"] != "warning one bit of the signature is flipped: server error, 500 Internal Server Error" {
		t.Errorf("%v", levels)
	}
	for _, rule := range driver.Rules {
		if rule.Properties.Severity == "" || !strings.Contains(strings.Join(rule.Properties.Tags, " "), "external/cwe/cwe-") ||
			rule.Short.Text == "" || rule.Full.Text == "" || rule.Help.Text == "" {
			t.Errorf("%+v", rule)
		}
	}
	if local := (&Report{Target: "http://[::1]:8000"}).sarifLocation().Physical.Artifact.URI; local != "--1/" {
		t.Errorf("a place that is no relative reference: %s", local)
	}
	open := reportOf(t)
	open.Stopped, open.NoToken = true, &Result{Outcome: Accepted, Status: 200}
	text := written(t, func(w io.Writer) error { return open.writeSARIF(w, "") })
	if !strings.Contains(text, `"executionSuccessful": false`) || !strings.Contains(text, `"no token at all: accepted, 200 OK"`) {
		t.Errorf("an open API, stopped: %s", text)
	}
}

// No report of a real run contains a token or a secret of the request, and none
// hides an error in writing it.
func TestReportsHoldNoSecret(t *testing.T) {
	t.Parallel()
	var tokens []string
	p := &Probe{Maker: makerAt(t, newClock().Now), Faults: fault.Catalogue(), Parallel: 1}
	p.Target.URL = serve(t, func(w http.ResponseWriter, r *http.Request) {
		if token, ok := bearer(r); ok && token != "" {
			tokens = append(tokens, token)
		}
		w.Header().Set("X-Echo", r.Header.Get("Authorization"))
		_, _ = io.WriteString(w, r.Header.Get("Authorization"))
	}) + "/me?api_key=hunter2#hunter2"
	p.Target.Header = http.Header{"X-Key": {"hunter2"}}
	report, err := p.Run(t.Context(), nil)
	if err != nil || len(tokens) < 50 {
		t.Fatalf("%d tokens, %v", len(tokens), err)
	}
	for _, write := range []func(io.Writer) error{
		report.writeJUnit, report.writeMarkdown,
		func(w io.Writer) error { return report.writeSARIF(w, "1") },
	} {
		text := written(t, write)
		for _, token := range append(tokens, "hunter2") {
			if strings.Contains(text, token) {
				t.Fatalf("a report holds %s", token)
			}
		}
		if err := write(broken{}); err == nil {
			t.Error("a report that cannot be written is no error")
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
