package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/auth/fault"
	"tokendesk/cli/suite"
	"tokendesk/desk"
	"tokendesk/internal/copyas"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
)

// faults is the command for tokens that an API must refuse.
func (p Program) faults() *cobra.Command {
	var from deskFlags
	var search string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "faults",
		Short: "List the tokens that an API must refuse, make them, write test tables",
		Long: "List the faults: tokens that are wrong in one way, each with a name. With a key it says too which of them cannot be made with that. " +
			"issue makes one of them, export writes all with what is expected of an API.",
		Example: `tokendesk faults --search alg
tokendesk faults issue expired ada@example.com
tokendesk faults export ada@example.com --output pytest > test_faults.py`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return &usageError{errors.New("say issue or export, or look for faults with --search"), cmd.CommandPath()}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := p.open(cmd.Context(), &from)
			if err != nil {
				return err
			}
			found := searchFaults(search)
			if len(found) == 0 {
				return fmt.Errorf("no fault has %s in it: tokendesk faults lists them all", phrase.Excerpt(search))
			}
			impossible := func(fault.Fault) string { return "" }
			if d.Key() != nil {
				impossible = d.Faults(desk.Draft{}).Impossible()
			}
			if !asJSON {
				return p.printFaults(found, impossible)
			}
			for _, f := range found {
				facts := listedFault{Facts: suite.Describe(f)}
				if reason := impossible(f); reason != "" {
					facts.Impossible = &reason
				}
				if err := p.printJSON(facts); err != nil {
					return err
				}
			}
			return nil
		},
	}
	from.flags(cmd)
	cmd.Flags().StringVar(&search, "search", "", "only faults with these words in their names, groups or descriptions")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one object a fault")
	cmd.AddCommand(p.faultsIssue(), p.faultsExport())
	return cmd
}

// listedFault is the JSON shape of a fault in the list.
type listedFault struct {
	suite.Facts

	Impossible *string `json:"impossible"`
}

// searchFaults returns the faults that have all the words in them.
func searchFaults(words string) []fault.Fault {
	var found []fault.Fault
	for _, f := range fault.Catalogue() {
		text := strings.ToLower(strings.Join([]string{f.Name, string(f.Group), f.Wrong, f.Why, f.Source, f.Policy}, "\n"))
		has := true
		for _, word := range strings.Fields(strings.ToLower(words)) {
			has = has && strings.Contains(text, word)
		}
		if has {
			found = append(found, f)
		}
	}
	return found
}

// printFaults prints a line for each, by group.
func (p Program) printFaults(faults []fault.Fault, impossible func(fault.Fault) string) error {
	s := styleFor(p.Stdout)
	width, depends := 0, false
	for _, f := range faults {
		width = max(width, len(f.Name))
		depends = depends || f.Policy != ""
	}
	var lines []string
	group := fault.Group("")
	for _, f := range faults {
		if f.Group != group {
			group = f.Group
			lines = append(lines, s.strong(string(group)))
		}
		sign := " "
		if f.Policy != "" {
			sign = "~"
		}
		lines = append(lines, fmt.Sprintf("  %-*s %s %s", width, f.Name, sign, f.Wrong))
		if reason := impossible(f); reason != "" {
			lines = append(lines, s.faint(fmt.Sprintf("  %*s   cannot be made: %s", width, "", reason)))
		}
	}
	if depends {
		lines = append(lines, s.faint("~ depends on the API, the others are refused by every correct one"))
	}
	return p.print(strings.Join(lines, "\n"))
}

// faultsIssue makes one fault.
func (p Program) faultsIssue() *cobra.Command {
	var from deskFlags
	var holds claimFlags
	var output, url string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "issue NAME [SUBJECT]",
		Short: "Issue a token that is wrong in one way",
		Long: "Issue the token of a fault and print it, and nothing but it, on standard output. But for what is wrong with it, " +
			"it is the token that issue makes of the same subject and flags.",
		Example: `tokendesk faults issue expired ada@example.com
tokendesk faults issue alg-none --persona admin --output curl --url https://api.example.com/me`,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return faultNames(), cobra.ShellCompDirectiveNoFileComp
		},
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &usageError{errors.New("name a fault and a subject, such as expired ada@example.com"), cmd.CommandPath()}
			}
			return holds.subjectArgs(cmd, args[1:])
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := exclusive(cmd, "expires-in", "expires-at"); err != nil {
				return err
			}
			if err := exclusive(cmd, "output", "json"); err != nil {
				return err
			}
			form, err := copyas.ByName(output)
			if err != nil {
				return wrong(fmt.Errorf("--output: %w", err))
			}
			chosen, ok := fault.ByName(args[0])
			if !ok {
				return wrong(noFault(args[0]))
			}
			d, draft, err := p.prepare(cmd.Context(), &from, &holds, args[1:])
			if err != nil {
				return err
			}
			maker, err := d.Faults(draft).Maker(cmd.Context())
			if err != nil {
				return explainIssue(err)
			}
			token, err := maker.Make(chosen)
			if err != nil {
				return explainIssue(err)
			}
			if asJSON {
				return p.printJSON(suite.Case{Fault: chosen, Token: token}.Line())
			}
			text, err := form.Render(copyas.Token{Compact: token, Subject: maker.Request.Subject, Now: p.Now(), URL: url})
			if err != nil {
				return wrong(err)
			}
			return p.print(visible.Block(text))
		},
	}
	from.flags(cmd)
	from.signFlags(cmd)
	holds.flags(cmd)
	outputFlag(cmd, &output, "token", copyas.Forms())
	cmd.Flags().StringVar(&url, "url", "", "where the request goes in the forms that are one")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON: what is wrong, why, what is expected, and the token")
	return cmd
}

func faultNames() []string {
	all := fault.Catalogue()
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = f.Name
	}
	return names
}

// noFault says that there is no fault of that name, and what to look for.
func noFault(name string) error {
	return fmt.Errorf("there is no fault %s: tokendesk faults lists them", phrase.Excerpt(name))
}
