package probe

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"tokendesk/auth/fault"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name      string      `xml:"name,attr"`
	Tests     int         `xml:"tests,attr"`
	Failures  int         `xml:"failures,attr"`
	Errors    int         `xml:"errors,attr"`
	Skipped   int         `xml:"skipped,attr"`
	Time      string      `xml:"time,attr"`
	Timestamp string      `xml:"timestamp,attr"`
	Cases     []junitCase `xml:"testcase"`

	took time.Duration
}

type junitCase struct {
	Name    string     `xml:"name,attr"`
	Class   string     `xml:"classname,attr"`
	Time    string     `xml:"time,attr"`
	Failure *junitNote `xml:"failure,omitempty"`
	Error   *junitNote `xml:"error,omitempty"`
	Skipped *junitNote `xml:"skipped,omitempty"`
	Output  string     `xml:"system-out,omitempty"`
}

type junitNote struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// writeJUnit writes the report as the JUnit XML that GitLab and Jenkins read, with a test
// suite for the controls and for each group, and a test case for each fault. A fault that
// makes the report wrong is a failure if the API answered, and an error if it fell over or
// limited the rate. A policy fault that was accepted and makes nothing wrong is skipped, and
// so is a fault that could not be made. A control that was not reached because the run was
// stopped is an error.
func (r *Report) writeJUnit(w io.Writer) error {
	all := junitSuites{Name: "tokendesk probe", Time: junitSeconds(r.Took)}
	for _, suite := range r.junitSuites() {
		if len(suite.Cases) == 0 {
			continue
		}
		all.Tests += suite.Tests
		all.Failures += suite.Failures
		all.Errors += suite.Errors
		all.Suites = append(all.Suites, suite)
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err == nil {
		_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	}
	return err //nolint:wrapcheck // it is the error of the writer
}

func (r *Report) junitSuites() []junitSuite {
	controls := r.junitSuite("controls")
	for _, control := range r.controls() {
		controls.add(control.name, control.result, control.result != nil && !control.result.Right)
	}
	suites := append(make([]junitSuite, 0, 1+len(fault.Groups())), controls)
	for _, group := range fault.Groups() {
		suite := r.junitSuite(string(group))
		for _, result := range r.Results {
			if result.Case.Group == group {
				suite.add(result.Case.Name, &result, r.Fails(&result))
			}
		}
		suites = append(suites, suite)
	}
	return suites
}

func (r *Report) junitSuite(name string) junitSuite {
	return junitSuite{Name: "probe." + name, Timestamp: r.Started.UTC().Format("2006-01-02T15:04:05")}
}

// add appends a test case, which may fail. The result is nil if the run did not get that far.
func (s *junitSuite) add(name string, result *Result, fails bool) {
	s.Tests++
	c := junitCase{Name: name, Class: s.Name}
	if result == nil {
		s.Errors++
		c.Error = &junitNote{Message: "the probe was stopped before this request", Type: "stopped"}
	} else {
		s.took += result.Took
		s.judge(&c, result, fails)
	}
	c.Time = junitSeconds(took(result))
	s.Time = junitSeconds(s.took)
	s.Cases = append(s.Cases, c)
}

// judge says what came of a test case.
func (s *junitSuite) judge(c *junitCase, result *Result, fails bool) {
	note := &junitNote{Message: result.verdict(), Type: string(result.Outcome), Text: result.explanation()}
	switch {
	case result.Outcome == NotMade:
		s.Skipped++
		c.Skipped = &junitNote{Message: result.Detail}
	case !fails && result.Kind() == KindPolicy, !fails && result.Kind() == KindUnknown && result.Case.Policy != "":
		s.Skipped++
		c.Skipped = &junitNote{Message: result.verdict() + "; " + result.Case.Policy}
	case !fails:
		if result.Outcome == WrongStatus || result.Detail != "" {
			c.Output = result.verdict()
		}
	case result.Outcome == Accepted || result.Outcome == OtherStatus || result.Outcome == Refused:
		s.Failures++
		c.Failure = note
	default:
		s.Errors++
		c.Error = note
	}
}

func took(r *Result) time.Duration {
	if r == nil {
		return 0
	}
	return r.Took
}

func junitSeconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
