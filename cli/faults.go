package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/auth/fault"
	"tokendesk/cli/suite"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/copyas"
	"tokendesk/internal/phrase"
)

// faultsCommand is the command for tokens that an API must refuse.
func faultsCommand(p Program) *cobra.Command {
	var from deskFlags
	var search string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "faults",
		Short: "List the tokens that an API must refuse, issue them, write test tables",
		Long: "List the faults: tokens that are wrong in one way, each with a name. With a key the list also says which of them cannot be " +
			"made with it. issue makes one of them, export writes all of them with the answer that an API should give.",
		Example: `tokendesk faults --search alg
tokendesk faults issue expired ada@example.com
tokendesk faults export ada@example.com --output pytest > test_faults.py`,
		Args: noSuchSubcommand("write issue or export, or find faults with --search"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := from.open(cmd.Context(), p)
			if err != nil {
				return err
			}
			found := explain.Search(fault.Catalogue(), search, nil)
			if len(found) == 0 {
				return advise("no fault matches "+phrase.Excerpt(search), "run tokendesk faults to list them all")
			}
			impossible := func(fault.Fault) string { return "" }
			if d.Key() != nil {
				impossible = d.Faults(desk.Draft{}).Impossible()
			}
			if !asJSON {
				return printFaults(p, found, impossible)
			}
			for _, f := range found {
				facts := listedFault{FaultFacts: explain.Fault(f)}
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
	cmd.Flags().StringVar(&search, "search", "", "only faults with all these words anywhere in their description")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one object per fault")
	cmd.AddCommand(faultsIssue(p), faultsExport(p))
	return cmd
}

// listedFault is the JSON shape of a fault in the list.
type listedFault struct {
	explain.FaultFacts

	Impossible *string `json:"impossible"`
}

// printFaults prints a line for each fault, by group.
func printFaults(p Program, faults []fault.Fault, impossible func(fault.Fault) string) error {
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
		lines = append(lines, "  "+pad(f.Name, width)+" "+sign+" "+f.Wrong)
		if reason := impossible(f); reason != "" {
			lines = append(lines, s.faint(pad("", width+5)+"cannot be made: "+reason))
		}
	}
	if depends {
		lines = append(lines, s.faint("~ depends on the API; every correct API refuses the others"))
	}
	return p.print(strings.Join(lines, "\n"))
}

// faultsIssue makes one fault.
func faultsIssue(p Program) *cobra.Command {
	var from issueFlags
	output := newCopyFlags()
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "issue NAME [SUBJECT]",
		Short: "Issue a token that is wrong in one way",
		Long: "Issue the token of a fault and print only the token on standard output. Apart from its fault it is the token that " +
			"tokendesk issue makes from the same subject and flags.",
		Example: `tokendesk faults issue expired ada@example.com
tokendesk faults issue alg-none --persona admin --output curl --url https://api.example.com/me`,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return faultNames(), cobra.ShellCompDirectiveNoFileComp
		},
		Args: from.andSubject("a fault and a subject are needed", "give them, such as expired ada@example.com"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := exclusive(cmd, "output", "json"); err != nil {
				return err
			}
			form, err := output.form()
			if err != nil {
				return err
			}
			chosen, ok := fault.ByName(args[0])
			if !ok {
				return invalid(noFault(args[0]))
			}
			d, maker, err := from.maker(cmd.Context(), p, args[1:])
			if err != nil {
				return err
			}
			token, err := maker.Make(chosen)
			if err != nil {
				return issueError(err)
			}
			if asJSON {
				return p.printJSON(suite.LineOf(fault.Made{Fault: chosen, Token: token}))
			}
			return output.print(p, form, d, copyas.Token{Compact: token, Subject: maker.Request.Subject, Now: p.Now()})
		},
	}
	from.flags(cmd)
	output.flags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON: the fault, why it must be refused, the expected answer, and the token")
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

// noFault says that there is no fault of that name.
func noFault(name string) error {
	return advise("there is no fault "+phrase.Excerpt(name), "run tokendesk faults to list them")
}
