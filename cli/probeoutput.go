package cli

import (
	"github.com/spf13/cobra"

	"tokendesk/probe"
)

// probeOutput is the flags that say how the report of a probe is written.
type probeOutput struct {
	files                reportFiles
	asJSON, onlyFailures bool
}

func (o *probeOutput) flags(cmd *cobra.Command) {
	o.files.flags(cmd)
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "print the report as JSON")
	cmd.Flags().BoolVar(&o.onlyFailures, "only-failures", false, "show only what makes the exit code 1")
}

// check returns an error if the flags contradict each other.
func (o *probeOutput) check() error { return o.files.check() }

// write prints the report and writes it to the files.
func (o *probeOutput) write(p Program, report *probe.Report) error {
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
