package cli

import (
	"github.com/spf13/cobra"

	"tokendesk/internal/oneof"
)

// outputFlag adds --output, whose value is the name of a form.
func outputFlag[F oneof.Named](cmd *cobra.Command, name *string, usual string, forms []F) {
	names := oneof.Names(forms)
	cmd.Flags().StringVarP(name, "output", "o", usual, "the form: "+oneof.Or(names))
	completeFlag(cmd, "output", names...)
}
