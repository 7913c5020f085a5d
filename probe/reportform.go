package probe

import "io"

// ReportForm is a format for a report file.
type ReportForm struct {
	name, title string

	write func(r *Report, w io.Writer, toolVersion string) error
}

// ReportForms returns the forms of reports other than JSON, which [Report.WriteJSON]
// writes.
func ReportForms() []ReportForm {
	versionless := func(write func(*Report, io.Writer) error) func(*Report, io.Writer, string) error {
		return func(r *Report, w io.Writer, _ string) error { return write(r, w) }
	}
	return []ReportForm{
		{"junit", "JUnit XML", versionless((*Report).writeJUnit)},
		{"markdown", "Markdown", versionless((*Report).writeMarkdown)},
		{"sarif", "SARIF", (*Report).writeSARIF},
	}
}

// Name returns the name of the form in flags. It never changes.
func (f ReportForm) Name() string { return f.name }

// Title returns the name of the form in sentences.
func (f ReportForm) Title() string { return f.title }

// Write writes the report, with the version of the program if the form has a place
// for it.
func (f ReportForm) Write(r *Report, w io.Writer, toolVersion string) error {
	return f.write(r, w, toolVersion)
}
