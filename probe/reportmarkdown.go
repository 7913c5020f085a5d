package probe

import (
	"fmt"
	"io"
	"strings"

	"tokendesk/auth/fault"
)

// writeMarkdown writes the report for people: the summary, the controls, and a table
// for each group. The URL is written as code, so that nothing in it is markup.
func (r *Report) writeMarkdown(w io.Writer) error {
	var b strings.Builder
	sign := map[bool]string{true: "✓", false: "✗"}
	fmt.Fprintf(&b, "# What `%s` accepts\n\n%s %s\n\n", strings.ReplaceAll(r.Target, "`", "%60"), sign[r.Right()], r.Summary())
	b.WriteString("## Controls\n\n| | request | outcome |\n|---|---|---|\n")
	for _, control := range r.controls() {
		if control.result == nil {
			fmt.Fprintf(&b, "| – | %s | not reached |\n", control.name)
			continue
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", sign[control.result.Right], control.name, cell(control.result.verdict()))
	}
	depends := false
	for _, group := range fault.Groups() {
		heading := fmt.Sprintf("\n## %s\n\n| | fault | what is wrong | outcome | source |\n|---|---|---|---|---|\n", group)
		for _, result := range r.Results {
			f := result.Case.Fault
			if f.Group != group {
				continue
			}
			b.WriteString(heading)
			heading = ""
			mark := r.mark(&result)
			depends = depends || mark == "~"
			fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s |\n", mark, f.Name, cell(f.Wrong), cell(result.verdict()), cell(f.Source))
		}
	}
	if depends {
		b.WriteString("\n~ depends on the API: a correct one may accept it.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err //nolint:wrapcheck // it is the error of the writer
}

// mark returns the sign of a result: ✗ if it makes the report wrong, ~ if it depends on the
// API, ▲ for another status than 401, – for what could not be made, and ✓.
func (r *Report) mark(result *Result) string {
	switch kind := result.Kind(); {
	case kind == KindNotMade:
		return "–"
	case r.Fails(result):
		return "✗"
	case kind == KindPolicy, kind == KindUnknown:
		return "~"
	case kind == KindWrongStatus:
		return "▲"
	default:
		return "✓"
	}
}

// cell escapes the text for a cell of a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
