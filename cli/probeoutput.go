package cli

import (
	"github.com/spf13/cobra"

	"tokendesk/explain"
	"tokendesk/internal/file"
	"tokendesk/probe"
)

// probeOutput is the flags that say how the report of a probe is written.
type probeOutput struct {
	files                reportFiles
	asJSON, onlyFailures bool
	compare              string
	earlier              *probe.Earlier // read from compare
}

func (o *probeOutput) flags(cmd *cobra.Command) {
	o.files.flags(cmd)
	cmd.Flags().StringVar(&o.compare, "compare", "", "also say what has changed since this report, which --json wrote")
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "print the report as JSON")
	cmd.Flags().BoolVar(&o.onlyFailures, "only-failures", false, "show only what makes the exit code 1")
}

// check reads the report to compare with, and returns an error if flags contradict each other.
func (o *probeOutput) check() error {
	if err := o.files.check(); err != nil || o.compare == "" {
		return err
	}
	text, err := file.Read(o.compare, mostReport)
	if err == nil {
		o.earlier, err = probe.ReadEarlier(text)
	}
	if err != nil {
		return invalid(explain.At(o.compare, err))
	}
	return nil
}

// mostReport is how many bytes of a report are read.
const mostReport = 16 << 20

// write prints the report and writes it to the files.
func (o *probeOutput) write(p Program, report *probe.Report) error {
	if o.earlier != nil {
		report.Compare(o.earlier)
	}
	var err error
	if o.asJSON {
		err = outputError(report.WriteJSON(p.Stdout))
	} else {
		err = p.print(reportText(report, styleFor(p.Stdout), o.onlyFailures))
	}
	if err != nil {
		return err
	}
	return o.files.write(report)
}
