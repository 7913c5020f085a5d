package probe

import (
	"io"
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
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID         string      `json:"id"`
		Short      sarifText   `json:"shortDescription"`
		Full       sarifText   `json:"fullDescription"`
		Help       sarifText   `json:"help"`
		Properties sarifLabels `json:"properties"`
	}
	sarifLabels struct {
		Tags []string `json:"tags"`
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
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
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

// writeSARIF writes the report as SARIF 2.1.0. The faults that were tried are rules,
// and each that was not refused is a result: an error if it was accepted, else a
// warning. The controls that were not right are results too, of the rules
// "control-no-token" and "control-good-after". executionSuccessful is false if the
// run was stopped. The location is the host and the path of the URL without its
// scheme: GitHub refuses files whose locations have a scheme other than "file".
func (r *Report) writeSARIF(w io.Writer, toolVersion string) error {
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "tokendesk", Version: toolVersion, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{!r.Stopped, r.Started.UTC().Format("2006-01-02T15:04:05.000Z")}},
		Results:     []sarifResult{},
	}
	place := r.sarifPlace()
	for _, control := range r.controls()[1:] { // there is no report unless the first was right
		run.add(place, sarifRule{
			ID: control.id, Short: sarifText{control.name}, Full: sarifText{control.why}, Help: sarifText{control.why},
			Properties: sarifLabels{[]string{"security", "control"}},
		}, control.result)
	}
	for _, result := range r.Results {
		if result.Outcome != NotMade {
			run.add(place, ruleOf(result.Case.Fault), &result)
		}
	}
	return writeJSON(w, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

func ruleOf(f fault.Fault) sarifRule {
	help := "Why it must be refused: " + f.Why + ". See " + f.Source + "."
	if f.Policy != "" {
		help += " It depends on the API: " + f.Policy + "."
	}
	return sarifRule{f.Name, sarifText{f.Wrong}, sarifText{f.Why}, sarifText{help}, sarifLabels{[]string{"security", string(f.Group)}}}
}

// add appends the rule, and a result if it was broken.
func (s *sarifRun) add(place string, rule sarifRule, result *Result) {
	rules := &s.Tool.Driver.Rules
	*rules = append(*rules, rule)
	if result == nil || result.Right {
		return
	}
	level := "warning"
	if result.Outcome == Accepted {
		level = "error"
	}
	s.Results = append(s.Results, sarifResult{
		rule.ID, len(*rules) - 1, level,
		sarifText{rule.Short.Text + ": " + result.verdict()},
		[]sarifLocation{{sarifPhysical{sarifArtifact{place}}}},
	})
}

// sarifPlace returns the URL without its scheme. A colon in the first segment would
// end a scheme again, and brackets are for hosts (RFC 3986 section 4.2).
func (r *Report) sarifPlace() string {
	_, place, _ := strings.Cut(r.Target, "://")
	host, path, _ := strings.Cut(place, "/")
	return strings.NewReplacer(":", "%3A", "[", "%5B", "]", "%5D").Replace(host) + "/" + path
}
