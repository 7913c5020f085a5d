package cli

import (
	"github.com/spf13/cobra"

	"tokendesk/internal/oneof"
)

// outputFlag adds --output, which takes the name of one of the forms.
func outputFlag[F oneof.Named](cmd *cobra.Command, name *string, usual string, forms []F) {
	names := oneof.Names(forms)
	cmd.Flags().StringVarP(name, "output", "o", usual, "the form: "+oneof.Or(names))
	offer(cmd, "output", names...)
}
