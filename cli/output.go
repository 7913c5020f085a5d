package cli

import (
	"github.com/spf13/cobra"

	"tokendesk/explain"
	"tokendesk/internal/oneof"
)

// outputFlag is the flag --output, whose value is the name of a form.
type outputFlag[F oneof.Named] struct {
	name   string // at first that of the default
	forms  []F
	json   string // the form that --json stands for; without one there is no such flag
	asJSON bool
}

func (o *outputFlag[F]) flags(cmd *cobra.Command) {
	names := oneof.Names(o.forms)
	cmd.Flags().StringVarP(&o.name, "output", "o", o.name, "the form: "+oneof.Or(names))
	completeFlag(cmd, "output", names...)
	if o.json != "" {
		cmd.Flags().BoolVar(&o.asJSON, "json", false, "the same as --output "+o.json)
	}
}

// form returns the form that was chosen.
func (o *outputFlag[F]) form() (F, error) {
	if o.asJSON {
		o.name = o.json
	}
	form, err := oneof.ByName("form", o.forms, o.name)
	if err != nil {
		return form, invalid(explain.At("--output", err))
	}
	return form, nil
}
