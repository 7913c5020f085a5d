package probe

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"strings"

	"tokendesk/auth/fault"
)

type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name        string      `json:"name"`
		Version     string      `json:"version,omitempty"`
		Information string      `json:"informationUri"`
		Rules       []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID         string      `json:"id"`
		Short      sarifText   `json:"shortDescription"`
		Full       sarifText   `json:"fullDescription"`
		Help       sarifText   `json:"help"`
		Properties sarifLabels `json:"properties"`
	}
	sarifLabels struct {
		Tags     []string `json:"tags"`
		Severity string   `json:"security-severity"`
	}
	sarifInvocation struct {
		Successful bool   `json:"executionSuccessful"`
		Started    string `json:"startTimeUtc"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Prints    sarifPrints     `json:"partialFingerprints"`
	}
	sarifPrints struct {
		Fault string `json:"tokendeskFault/v1"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
		Kind string `json:"kind"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
)

// informationURI is where the program is described.
const informationURI = "https://github.com/example/tokendesk"

// writeSARIF writes the report as SARIF 2.1.0. The faults that were tried are rules, and
// each that was not refused is a result: an error if it is a hole, a note if it depends on
// the API or was refused with the wrong status, else a warning. A policy fault that makes
// the report wrong is an error. The controls that were not right are results too, of the
// rules "control-no-token" and "control-good-after". executionSuccessful is false if the run
// was stopped. The location is the host and the path of the URL, without its scheme and
// port: GitHub refuses locations with a scheme other than "file", and the port of a test
// server changes. The whole URL is the logical location.
func (r *Report) writeSARIF(w io.Writer, toolVersion string) error {
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "tokendesk", Version: toolVersion, Information: informationURI, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{!r.Stopped, r.Started.UTC().Format("2006-01-02T15:04:05.000Z")}},
		Results:     []sarifResult{},
	}
	place := r.sarifLocation()
	for _, control := range r.controls()[1:] { // there is no report unless the first was right
		level := ""
		if control.result != nil && !control.result.Right {
			level = "error"
		}
		run.add(place, sarifRule{
			ID: control.id, Short: sarifText{control.name}, Full: sarifText{control.why}, Help: sarifText{control.why},
			Properties: sarifLabels{[]string{"security", "control", "external/cwe/cwe-306"}, "9.8"},
		}, control.result, level)
	}
	for _, result := range r.Results {
		if result.Outcome != NotMade {
			run.add(place, ruleOf(result.Case.Fault), &result, r.sarifLevel(&result))
		}
	}
	return writeJSON(w, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

func ruleOf(f fault.Fault) sarifRule {
	help := "Why it must be refused: " + f.Why + ". See " + f.Source + "."
	if f.Policy != "" {
		help += " It depends on the API: " + f.Policy + "."
	}
	help += " To fix it: " + f.Fix + "."
	labels := sarifLabels{[]string{"security", string(f.Group)}, f.Severity()}
	if f.CWE != "" {
		labels.Tags = append(labels.Tags, "external/cwe/"+strings.ToLower(f.CWE))
	}
	return sarifRule{f.Name, sarifText{f.Wrong}, sarifText{f.Why}, sarifText{help}, labels}
}

// sarifLevel returns the level of a result, or nothing if it is none.
func (r *Report) sarifLevel(result *Result) string {
	switch kind := result.Kind(); {
	case kind == KindRefused || kind == KindNotMade:
		return ""
	case kind == KindHole || kind == KindPolicy && r.Fails(result):
		return "error"
	case kind == KindPolicy || kind == KindWrongStatus:
		return "note"
	default:
		return "warning"
	}
}

// add appends the rule, and a result if it has a level.
func (s *sarifRun) add(place sarifLocation, rule sarifRule, result *Result, level string) {
	rules := &s.Tool.Driver.Rules
	*rules = append(*rules, rule)
	if level == "" {
		return
	}
	mark := sha256.Sum256([]byte(rule.ID + "\n" + place.Physical.Artifact.URI))
	s.Results = append(s.Results, sarifResult{
		rule.ID, len(*rules) - 1, level,
		sarifText{rule.Short.Text + ": " + result.verdict()},
		[]sarifLocation{place},
		sarifPrints{hex.EncodeToString(mark[:16])},
	})
}

// sarifLocation returns where the API is. A colon in the first segment of a path would end
// a scheme (RFC 3986 section 4.2).
func (r *Report) sarifLocation() sarifLocation {
	place := "api"
	if u, err := url.Parse(r.Target); err == nil {
		place = strings.ReplaceAll(u.Hostname(), ":", "-") + "/" + strings.TrimPrefix(u.EscapedPath(), "/")
	}
	return sarifLocation{sarifPhysical{sarifArtifact{place}}, []sarifLogical{{r.Target, "resource"}}}
}
