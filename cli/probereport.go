package cli

import (
	"bytes"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/internal/file"
	"tokendesk/internal/visible"
	"tokendesk/probe"
)

// reportText is the report as a table by group, with its summary.
func reportText(r *probe.Report, s style) string {
	t := probeTable{style: s, outcomes: len("accepted 200")} // that of a control
	for _, result := range r.Results {
		t.outcomes = max(t.outcomes, ansi.StringWidth(explain.Outcome(result).Text))
		t.names = max(t.names, len(result.Case.Name))
	}
	t.title("controls")
	for _, control := range []struct {
		result *probe.Result // nil if the run did not get that far
		name   string
	}{{&r.Good, "a good token"}, {r.NoToken, "no token"}, {r.GoodAfter, "a good token after"}} {
		if control.result != nil {
			t.row(*control.result, control.name, control.result.Detail)
		}
	}
	group, depends := fault.Group(""), false
	for _, result := range r.Results {
		f := result.Case.Fault
		if f.Group != group {
			group = f.Group
			t.title(string(group))
		}
		var notes []string
		if result.Detail != "" {
			notes = append(notes, result.Detail)
		}
		if !result.Right && result.Outcome != probe.NotMade {
			depends = depends || result.Kind() == probe.KindPolicy
			notes = append(notes, f.Wrong)
		}
		t.row(result, f.Name, strings.Join(notes, "; "))
	}
	if depends {
		t.lines = append(t.lines, t.style.faint("~ policy: it depends on the API whether accepting it is right; --policy-file holds what you decided"))
	}
	return strings.Join(append(t.lines, "", r.Summary()), "\n")
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

// reportFiles is the files that a report goes to: their paths by the names of the
// forms.
type reportFiles map[string]*string

func (r reportFiles) flags(cmd *cobra.Command) {
	for _, form := range probe.ReportForms() {
		r[form.Name()] = cmd.Flags().String(form.Name(), "", "also write the report to this file, as "+form.Title())
	}
}

// write writes the reports, replacing those of an earlier run. They hold no token,
// so anybody may read them.
func (r reportFiles) write(report *probe.Report) error {
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
			return explain.Line{Label: path, Text: "it cannot be written", Do: "check its folder and the free space on the disk"}
		}
	}
	return nil
}
