package cli

import (
	"bytes"
	"cmp"
	"errors"
	"path/filepath"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/internal/file"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/probe"
)

// reportText is the report as a table by group, with its summary.
func reportText(r *probe.Report, s style, onlyFailures bool) string {
	t := probeTable{style: s, outcomes: len("accepted 200")} // that of a control
	var shown []probe.Result
	for _, result := range r.Results {
		if !onlyFailures || r.Fails(&result) {
			shown = append(shown, result)
		}
	}
	for _, result := range shown {
		t.outcomes = max(t.outcomes, ansi.StringWidth(explain.Outcome(result).Text))
		t.names = max(t.names, len(result.Case.Name))
	}
	if !onlyFailures {
		t.title("controls")
	}
	for _, control := range []struct {
		result *probe.Result // nil if the run did not get that far
		name   string
	}{{&r.Good, "a good token"}, {r.NoToken, "no token"}, {r.GoodAfter, "a good token after"}} {
		if control.result != nil && (!onlyFailures || !control.result.Right) {
			t.row(*control.result, control.name, control.result.Detail)
		}
	}
	group, depends := fault.Group(""), false
	for _, result := range shown {
		f := result.Case.Fault
		if f.Group != group {
			group = f.Group
			t.title(string(group))
		}
		depends = depends || result.Kind() == probe.KindPolicy
		t.row(result, f.Name, strings.Join(notesOf(r, &result), "; "))
	}
	if depends {
		t.lines = append(t.lines, t.style.faint(policyLegend))
	}
	for i := range shown {
		if r.NoToken != nil && r.NoToken.Outcome == probe.Accepted {
			break // the API checks nothing
		}
		t.explain(shown[i].Case.Name, r.Explain(&shown[i]))
	}
	for _, one := range r.Needless() {
		t.lines = append(t.lines, t.style.faint("the decision of "+one.Date+" about "+one.Fault+" is needless: the API refuses it"))
	}
	t.changes(r.Changes)
	return strings.TrimLeft(strings.Join(append(t.lines, "", r.Summary()), "\n"), "\n")
}

// policyLegend explains the ~ in the table.
const policyLegend = "~ policy: it depends on the API whether accepting it is right; --policy-file holds what you decided"

// notesOf returns what the table says behind the name of a fault.
func notesOf(r *probe.Report, result *probe.Result) []string {
	var notes []string
	if result.Detail != "" {
		notes = append(notes, result.Detail)
	}
	if !result.Right && result.Outcome != probe.NotMade {
		notes = append(notes, result.Case.Wrong)
	}
	if one := r.Decisions.About(result.Case.Name); one != nil && result.Kind() == probe.KindPolicy {
		notes = append(notes, "decided on "+one.Date+": "+one.Reason)
	}
	return notes
}

// probeTable is the lines of a report, with the widths of its columns.
type probeTable struct {
	style           style
	outcomes, names int
	lines           []string
}

func (t *probeTable) title(text string) { t.lines = append(t.lines, t.style.strong(text)) }

// row adds the outcome of a request.
func (t *probeTable) row(result probe.Result, name, note string) {
	outcome := explain.Outcome(result)
	line := "  " + t.style.tone(outcome.Tone, outcome.Tone.Sign()) + " " + pad(outcome.Text, t.outcomes) +
		"  " + pad(name, t.names) + "  " + t.style.faint(visible.Text(note))
	t.lines = append(t.lines, strings.TrimRight(line, " "))
}

// mostToken is how long a token may be that is shown with its explanation.
const mostToken = 4 << 10

// explain adds what the developers of the API should know about a fault that it accepted.
func (t *probeTable) explain(name string, e *probe.Explanation) {
	if e == nil {
		return
	}
	token, curl := e.Token, e.Curl
	if len(token) > mostToken {
		token, curl = phrase.Count(len(token), "byte", "bytes")+"; tokendesk faults issue "+name+" makes the token", ""
	}
	t.lines = append(t.lines, "", t.style.strong(name))
	for _, row := range [][2]string{
		{"token", token}, {"curl", curl}, {"answered", e.Answered}, {"means", e.Means}, {"cause", e.Cause}, {"fix", e.Fix}, {"source", e.Source},
	} {
		if row[1] != "" {
			t.lines = append(t.lines, "  "+t.style.faint(pad(row[0], len("answered")))+"  "+visible.Text(row[1]))
		}
	}
}

// changes adds what differs from an earlier report.
func (t *probeTable) changes(c *probe.Changes) {
	if c == nil {
		return
	}
	since := "since " + c.Since.Format("2006-01-02 15:04 MST")
	if len(c.Faults) == 0 {
		t.lines = append(t.lines, "", "nothing has changed "+since)
		return
	}
	t.lines = append(t.lines, "", t.style.strong("changed "+since))
	for _, one := range c.Faults {
		t.lines = append(t.lines, "  "+pad(one.Fault, t.names)+"  "+cmp.Or(string(one.Before), "not tried")+" → "+string(one.Now))
	}
}

// reportFiles is the files that a report goes to: their paths by the names of the
// forms.
type reportFiles map[string]*string

func (r reportFiles) flags(cmd *cobra.Command) {
	for _, form := range probe.ReportForms() {
		r[form.Name()] = cmd.Flags().String(form.Name(), "", "also write the report to this file, as "+form.Title())
	}
}

// check returns an error if two reports go to one file.
func (r reportFiles) check() error {
	taken := map[string]string{}
	for _, form := range probe.ReportForms() {
		path := *r[form.Name()]
		if path == "" {
			continue
		}
		clean := filepath.Clean(path)
		if other, is := taken[clean]; is {
			return invalid(advise("--"+other+" and --"+form.Name()+" name the same file", "give each report a file of its own"))
		}
		taken[clean] = form.Name()
	}
	return nil
}

// write writes the reports, replacing those of an earlier run. They hold no token, so anybody
// may read them. One that cannot be written does not prevent the others.
func (r reportFiles) write(report *probe.Report) error {
	var failed []error
	for _, form := range probe.ReportForms() {
		path := *r[form.Name()]
		if path == "" {
			continue
		}
		var text bytes.Buffer
		err := form.Write(report, &text, version())
		if err == nil {
			err = file.Rewrite(path, text.Bytes(), 0o666)
		}
		if err != nil {
			failed = append(failed, explain.Line{Label: path, Text: "it cannot be written", Do: "check its folder and the free space on the disk"})
		}
	}
	return errors.Join(failed...)
}
