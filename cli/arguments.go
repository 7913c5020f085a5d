package cli

import "github.com/spf13/cobra"

// arguments requires from least to most arguments. The texts say what is wrong with
// another number, and what to do.
func arguments(least, most int, text, do string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return misused(cmd, text, do)
		}
		return nil
	}
}

// noArgs allows no arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	return arguments(0, 0, cmd.Name()+" takes no arguments", "")(cmd, args)
}

// tokenArgs allows one token, or none.
func tokenArgs() cobra.PositionalArgs {
	return arguments(0, 1, "only one token can be an argument", "pipe in several, one per line")
}
