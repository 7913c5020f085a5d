package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tokendesk/internal/oneof"
	"tokendesk/internal/shell"
)

// noSuchCommand allows no arguments, and says for which command the first one could be
// meant.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	do := meant("", args[0], commandNames(cmd))
	for _, sub := range cmd.Commands() {
		if slices.Contains(sub.SuggestFor, args[0]) {
			do = "did you mean " + sub.Name() + "?"
		}
	}
	if do == "" && strings.Contains(args[0], "@") {
		do = "to issue a token, run tokendesk issue " + shell.Word(args[0])
	}
	return misused(cmd, "there is no such command", do)
}

// noSuchSubcommand is noSuchCommand for a command with subcommands.
func noSuchSubcommand(do string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		near := meant("", args[0], commandNames(cmd))
		if near == "" {
			near = do
		}
		return misused(cmd, "there is no such subcommand", near)
	}
}

func commandNames(cmd *cobra.Command) (names []string) {
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return names
}

// flagError explains why the flags of a command line cannot be read.
func flagError(cmd *cobra.Command, err error) error {
	unknown, ok := errors.AsType[*pflag.NotExistError](err)
	switch {
	case !ok:
	case strings.HasPrefix(err.Error(), "unknown shorthand flag"):
		err = advise(err.Error(), "put a name that starts with - after --")
	default:
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		err = advise(err.Error(), meant("--", unknown.GetSpecifiedName(), names))
	}
	return &exitError{exitUsage, err, cmd.CommandPath()}
}

// meant asks whether one of the names was meant, or is empty.
func meant(prefix, wrong string, names []string) string {
	near := oneof.Near(wrong, names)
	if len(near) == 0 {
		return ""
	}
	for i := range near {
		near[i] = prefix + near[i]
	}
	return "did you mean " + oneof.Or(near) + "?"
}
