package probe

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// junitElement is what an element of JUnit XML may have, as junit-10.xsd of the xUnit plugin
// of Jenkins says. The required attributes come first.
type junitElement struct {
	required, optional []string
	children           []string
	text               bool
}

var junitNoteElement = junitElement{optional: []string{"type", "message"}, text: true}

// junitSchema has the elements. It has no "skipped" on testsuites.
var junitSchema = map[string]junitElement{
	"testsuites": {optional: []string{"name", "time", "tests", "failures", "errors"}, children: []string{"testsuite"}},
	"testsuite": {
		required: []string{"name", "tests", "failures", "errors"},
		optional: []string{"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
		children: []string{"testsuite", "properties", "testcase", "system-out", "system-err"},
	},
	"testcase": {
		required: []string{"name"}, optional: []string{"time", "classname", "group"},
		children: []string{"skipped", "error", "failure", "system-out", "system-err"},
	},
	"failure": junitNoteElement, "error": junitNoteElement, "skipped": junitNoteElement,
	"system-out": {text: true}, "system-err": {text: true},
}

// junitTime is the type of the time of a suite.
var junitTime = regexp.MustCompile(`^[0-9]+(\.[0-9]*)?$`)

// junitFault returns the first thing in a document that the schema does not allow, or "".
func junitFault(text string) string {
	decoder := xml.NewDecoder(strings.NewReader(text))
	var path []string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return ""
		}
		if err != nil {
			return err.Error()
		}
		switch token := token.(type) {
		case xml.StartElement:
			if fault := startFault(path, token); fault != "" {
				return fault
			}
			path = append(path, token.Name.Local)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if len(path) > 0 && !junitSchema[path[len(path)-1]].text && strings.TrimSpace(string(token)) != "" {
				return "text in " + path[len(path)-1]
			}
		}
	}
}

// startFault returns what is wrong with the start of an element.
func startFault(path []string, start xml.StartElement) string {
	name := start.Name.Local
	schema, known := junitSchema[name]
	if !known || len(path) == 0 && name != "testsuites" || len(path) > 0 && !slices.Contains(junitSchema[path[len(path)-1]].children, name) {
		return strings.Join(append(path, name), "/")
	}
	var has []string
	for _, a := range start.Attr {
		has = append(has, a.Name.Local)
		if !slices.Contains(slices.Concat(schema.required, schema.optional), a.Name.Local) {
			return name + " has " + a.Name.Local
		}
		if a.Name.Local == "time" && name != "testcase" && !junitTime.MatchString(a.Value) {
			return name + " has the time " + a.Value
		}
	}
	for _, required := range schema.required {
		if !slices.Contains(has, required) {
			return name + " has no " + required
		}
	}
	return ""
}

// The JUnit XML is valid for Jenkins, whatever the outcomes are, and the time of a suite is
// that of its cases.
func TestJUnitSchema(t *testing.T) {
	t.Parallel()
	stopped := reportOf(t)
	stopped.NoToken, stopped.GoodAfter, stopped.Stopped = nil, nil, true
	noted := reportOf(t)
	noted.NoToken.Detail, noted.Policy = "a note", PolicyFail
	noted.Results[2].Outcome, noted.Results[2].Status = WrongStatus, 500
	for _, r := range []*Report{reportOf(t), stopped, noted, {}} {
		text := written(t, r.writeJUnit)
		if fault := junitFault(text); fault != "" {
			t.Errorf("%s is not allowed in\n%s", fault, text)
		}
	}
	text := written(t, reportOf(t).writeJUnit)
	if !strings.Contains(text, `<testsuite name="probe.time" tests="2" failures="0" errors="0" skipped="1" time="1.500"`) {
		t.Errorf("the time of a suite is missing in\n%s", text)
	}
	text = written(t, noted.writeJUnit)
	if !strings.Contains(text, "<system-out>refused with the wrong status, 500 Internal Server Error</system-out>") {
		t.Errorf("the wrong status is not noted in\n%s", text)
	}
	for _, bad := range []string{
		`<testsuites skipped="1"></testsuites>`, `<testsuite name="a"></testsuite>`, `<testsuites>a</testsuites>`,
		`<testsuites><testcase name="a"/></testsuites>`, `<testsuites time="soon"/>`, `<testsuites><testsuite name="a"/></testsuites>`,
	} {
		if junitFault(bad) == "" {
			t.Errorf("the check allows %s", bad)
		}
	}
}
