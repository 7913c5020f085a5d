package cli

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/cli/suite"
	"tokendesk/desk"
)

// faultChoice is the flags that choose faults from the catalogue.
type faultChoice struct{ only, skip []string }

func (c *faultChoice) flags(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&c.only, "only", nil, "only these faults or groups, separated by commas")
	cmd.Flags().StringSliceVar(&c.skip, "skip", nil, "all but these faults or groups, separated by commas")
	names := faultNames()
	for _, group := range fault.Groups() {
		names = append(names, string(group))
	}
	completeFlag(cmd, "only", names...)
	completeFlag(cmd, "skip", names...)
}

// faults returns the chosen faults in the order of the catalogue.
func (c *faultChoice) faults() ([]fault.Fault, error) {
	for _, name := range slices.Concat(c.only, c.skip) {
		if _, ok := fault.ByName(name); !ok && !slices.Contains(fault.Groups(), fault.Group(name)) {
			return nil, invalid(noFault(name))
		}
	}
	in := func(names []string, f fault.Fault) bool {
		return slices.Contains(names, f.Name) || slices.Contains(names, string(f.Group))
	}
	chosen := slices.DeleteFunc(fault.Catalogue(), func(f fault.Fault) bool {
		return len(c.only) > 0 && !in(c.only, f) || in(c.skip, f)
	})
	if len(chosen) == 0 {
		return nil, invalid(errors.New("--only and --skip leave no fault"))
	}
	return chosen, nil
}

// faultsExport writes all faults with the answer that an API should give.
func faultsExport(p Program) *cobra.Command {
	var from issueFlags
	var choice faultChoice
	output := outputFlag[suite.Form]{name: "jsonl", forms: suite.Forms()}
	cmd := &cobra.Command{
		Use:   "export [SUBJECT]",
		Short: "Write all faults with the answer that an API should give",
		Long: "Write a good token and all faults, each with the answer that an API should give, as JSON Lines, CSV, or a file for pytest, " +
			"Jest, go test or JUnit 5 that sends them to the URL in API_URL. They prove something only until the good token expires: " +
			"choose its lifetime with --expires-in.",
		Example: `tokendesk faults export ada@example.com --output pytest > test_faults.py
tokendesk faults export --persona admin --expires-in 8h --skip kid-missing,oversized > faults.jsonl`,
		Args: from.subjectArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			form, err := output.form()
			if err != nil {
				return err
			}
			chosen, err := choice.faults()
			if err != nil {
				return err
			}
			_, maker, err := from.maker(cmd.Context(), p, args)
			if err != nil {
				return err
			}
			made, err := makeSuite(p, maker, chosen)
			if err != nil {
				return issueError(err)
			}
			return outputError(form.Write(p.Stdout, made))
		},
	}
	from.flags(cmd)
	choice.flags(cmd)
	output.flags(cmd)
	return cmd
}

// maker returns the maker of the faults of the token that the flags describe.
func (f *issueFlags) maker(ctx context.Context, p Program, subject []string) (*desk.Desk, fault.Maker, error) {
	d, draft, err := f.prepare(ctx, p, subject)
	if err != nil {
		return nil, fault.Maker{}, err
	}
	maker, err := d.Faults(draft).Maker(ctx)
	if err != nil {
		return nil, maker, issueError(err)
	}
	return d, maker, nil
}

// makeSuite makes the good token and the faults. It leaves out those that cannot be
// made, and says which.
func makeSuite(p Program, maker fault.Maker, faults []fault.Fault) (suite.Suite, error) {
	made := suite.Suite{Written: p.Now()}
	var err error
	if made.Good, err = maker.Good(); err != nil {
		return made, err
	}
	good, err := auth.Decode(made.Good)
	if err != nil {
		return made, err
	}
	exp, _ := good.Date("exp")
	made.Expires = time.Unix(exp.Seconds, 0)
	for _, f := range faults {
		token, err := maker.Make(f)
		if impossible, ok := errors.AsType[*fault.ImpossibleError](err); ok {
			p.note("left out " + f.Name + ": " + impossible.Reason)
			continue
		}
		if err != nil {
			return made, err
		}
		made.Faults = append(made.Faults, fault.Made{Fault: f, Token: token})
	}
	return made, nil
}
