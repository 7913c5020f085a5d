package suite

import (
	"embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth/fault"
	"tokendesk/auth/jsontext"
)

// table is a source file with a table of tokens in it. A word between @ in its text
// is a placeholder.
type table struct {
	name, text           string // of the form, of the file with the text
	indent, open, closed string
	comment              string
	lastComma            bool // the last row may have a comma
}

//go:embed *.txt
var texts embed.FS

// tables returns the forms that are tables.
func tables() []Form {
	all := []table{
		{"pytest", "test_faults.py.txt", "    ", "(", ")", "# ", true},
		{"jest", "faults.test.js.txt", "  ", "[", "]", "// ", true},
		{"go", "faults_test.go.txt", "\t", "{", "}", "// ", true},
		{"junit", "FaultsTest.java.txt", "            ", "arguments(", ")", "// ", false},
	}
	forms := make([]Form, len(all))
	for i, t := range all {
		forms[i] = Form{t.name, t.write}
	}
	return forms
}

func (t table) write(w io.Writer, s Suite) error {
	moment := func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
	text, err := texts.ReadFile(t.text)
	if err != nil {
		return fmt.Errorf("read the text of the form: %w", err)
	}
	filled := strings.NewReplacer(
		"@written@", moment(s.Written),
		"@expires@", moment(s.Expires),
		"@unix@", strconv.FormatInt(s.Expires.Unix(), 10),
		"@good@", quote(s.Good),
		"@faults@", t.rows(s.Faults),
	).Replace(string(text))
	_, err = io.WriteString(w, filled)
	return err //nolint:wrapcheck // it is the error of the writer
}

// rows returns the table, one line per token, by group.
func (t table) rows(faults []fault.Made) string {
	var b strings.Builder
	group := fault.Group("")
	for n, made := range faults {
		if made.Group != group {
			group = made.Group
			b.WriteString(t.indent + t.comment + string(group) + "\n")
		}
		if made.Policy != "" {
			b.WriteString(t.indent + t.comment + "depends: " + made.Policy + "\n")
		}
		b.WriteString(t.indent + t.open + quote(made.Name) + ", " + quote(made.Wrong) + ", " + quote(made.Token) + t.closed)
		if t.lastComma || n < len(faults)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// quote returns a string literal. Names, descriptions and tokens are printable ASCII,
// which all four languages write as JSON does.
func quote(text string) string { return string(jsontext.Quote(text)) }
