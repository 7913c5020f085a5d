package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/internal/oneof"
	"tokendesk/internal/phrase"
	"tokendesk/internal/progress"
	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
	"tokendesk/probe"
)

// probeCommand is the command that sends faults to an API.
func probeCommand(p Program) *cobra.Command {
	var choice faultChoice
	var leeway bool
	f := probeRun{output: probeOutput{files: reportFiles{}}}
	cmd := &cobra.Command{
		Use:   "probe URL [SUBJECT]",
		Short: "Send faulty tokens to an API and report which ones it accepts",
		Long: "Send a good token, which must be accepted, to a URL of your API, then every fault in a request of its own, and report " +
			"which faults the API accepts. The exit code is 1 if it accepts one that no correct API accepts, or falls over. With " +
			"--leeway, measure to the second how long before and after its times a token is accepted.",
		Example: `tokendesk probe http://localhost:8000/users/me ada@example.com
tokendesk probe https://api.example.com/orders --persona customer --i-own-this api.example.com --junit report.xml
tokendesk probe --leeway http://localhost:8000/users/me ada@example.com
tokendesk probe fault alg-none http://localhost:8000/users/me ada@example.com`,
		Args: f.from.andSubject("a URL and a subject are needed", "give them, such as http://localhost:8000/me ada@example.com"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := exclusive(cmd, "leeway", append([]string{"only", "skip"}, oneof.Names(probe.ReportForms())...)...); err != nil {
				return err
			}
			chosen, err := choice.faults()
			if err != nil {
				return err
			}
			run, err := f.prepare(cmd.Context(), p, chosen, args)
			if err != nil {
				return err
			}
			if leeway {
				return probeLeeway(cmd.Context(), p, run, f.output.asJSON)
			}
			return probeFaults(cmd.Context(), p, run, &f.output)
		},
	}
	f.flags(cmd)
	choice.flags(cmd)
	cmd.Flags().BoolVar(&leeway, "leeway", false, "measure the tolerance of the API on exp, nbf and iat instead")
	cmd.AddCommand(probeFault(p))
	return cmd
}

// probeFault is the command that sends one fault again.
func probeFault(p Program) *cobra.Command {
	f := probeRun{output: probeOutput{files: reportFiles{}}}
	cmd := &cobra.Command{
		Use:   "fault NAME URL [SUBJECT]",
		Short: "Send one faulty token to an API",
		Long: "Send one fault to an API, with the good tokens around it, and explain it if the API accepts it. The flags are those of " +
			"tokendesk probe.",
		Example: "tokendesk probe fault alg-none http://localhost:8000/users/me ada@example.com",
		Args: func(cmd *cobra.Command, args []string) error {
			const text, do = "a fault, a URL and a subject are needed", "give them, such as alg-none http://localhost:8000/me ada@example.com"
			if len(args) == 0 {
				return misused(cmd, text, do)
			}
			return f.from.andSubject(text, do)(cmd, args[1:])
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return faultNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			chosen, ok := fault.ByName(args[0])
			if !ok {
				return invalid(noFault(args[0]))
			}
			run, err := f.prepare(cmd.Context(), p, []fault.Fault{chosen}, args[1:])
			if err != nil {
				return err
			}
			return probeFaults(cmd.Context(), p, run, &f.output)
		},
	}
	f.flags(cmd)
	return cmd
}

// probeRun is the flags of the commands that probe.
type probeRun struct {
	from     issueFlags
	requests probeFlags
	output   probeOutput
}

func (f *probeRun) flags(cmd *cobra.Command) {
	f.from.flagsFor(cmd, "token-header", "a header parameter of the tokens, name=text or name:=json; may be repeated")
	f.requests.flags(cmd)
	f.output.flags(cmd)
}

// prepare returns the probe that the flags describe. The arguments are the URL and the subject.
func (f *probeRun) prepare(ctx context.Context, p Program, faults []fault.Fault, args []string) (*probe.Probe, error) {
	target, err := f.requests.target(args[0], p.Now())
	if err != nil {
		return nil, err
	}
	run := &probe.Probe{Target: target, Faults: faults, Parallel: f.requests.parallel, Rate: f.requests.rate}
	if err := f.requests.judge(run); err != nil {
		return nil, err
	}
	if err := f.output.check(); err != nil {
		return nil, err
	}
	if _, run.Maker, err = f.from.maker(ctx, p, args[1:]); err != nil {
		return nil, err
	}
	run.Maker.Issuer.Now = p.Now // each token is made when it is sent
	run.Target.AllowPublic, err = f.requests.confirmHost(ctx, p, &run.Target)
	return run, err
}

// confirmHost asks before a host is probed that may belong to somebody else, and
// reports whether it may be probed.
func (r *probeFlags) confirmHost(ctx context.Context, p Program, target *probe.Target) (bool, error) {
	host, err := target.Public(ctx, nil)
	switch {
	case err != nil:
		return false, invalid(err)
	case host == "":
		return false, nil
	case strings.EqualFold(r.ownHost, host):
		return true, nil
	}
	text := "the host " + host + " is neither on this machine nor in a private network"
	if r.ownHost != "" {
		text += ", and --i-own-this names " + phrase.Excerpt(r.ownHost)
	}
	tty, err := p.TTY()
	if err != nil || r.ownHost != "" || !term.IsTerminal(p.Stderr.Fd()) {
		return false, invalid(advise(text, "if you may probe it, add --i-own-this "+host))
	}
	defer tty.Close()
	answer := ""
	err = terminal.RunLines(ctx, func(context.Context) error {
		fmt.Fprintf(tty, "The host %s is neither on this machine nor in a private network. Probe only your own.\nType its name to continue: ",
			visible.Text(host))
		answer, _ = bufio.NewReader(tty).ReadString('\n') // the end of the input is no answer
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("ask for the host's name: %w", err)
	}
	if !strings.EqualFold(strings.TrimSpace(answer), host) {
		return false, invalid(errors.New("the name is wrong, so nothing was sent"))
	}
	return true, nil
}

// probeFaults sends the faults and prints the outcomes, also when a signal ends the
// run.
func probeFaults(ctx context.Context, p Program, run *probe.Probe, output *probeOutput) error {
	var report *probe.Report
	line := progress.New(p.Stderr, p.Now)
	stopped := terminal.RunLines(ctx, func(ctx context.Context) error {
		tried, holes := 0, 0
		line.Say("trying " + phrase.Count(len(run.Faults), "fault", "faults") + " …")
		var err error
		report, err = run.Run(ctx, func(r probe.Result) {
			tried++
			if r.Kind() == probe.KindHole {
				holes++
			}
			line.Say(fmt.Sprintf("%d of %d tried, %s", tried, len(run.Faults), phrase.Count(holes, "hole", "holes")))
		})
		return err
	})
	line.Clear()
	if report == nil {
		return probeError(stopped)
	}
	if err := output.write(p, report); err != nil {
		return err
	}
	if stopped == nil && !report.Right() {
		return exitWith(exitFailed)
	}
	return stopped
}

// probeError is [issueError], but for a signal and for a good token that was refused.
func probeError(err error) error {
	_, stopped := errors.AsType[*terminal.Stopped](err)
	_, notAccepted := errors.AsType[*probe.NotAcceptedError](err)
	if err == nil || stopped || notAccepted {
		return err
	}
	return issueError(err)
}

// probeLeeway finds the tolerance of the API and prints it.
func probeLeeway(ctx context.Context, p Program, run *probe.Probe, asJSON bool) error {
	var found []probe.LeewayFinding
	line := progress.New(p.Stderr, p.Now)
	err := terminal.RunLines(ctx, func(ctx context.Context) error {
		var err error
		found, err = run.Leeway(ctx, line.Say)
		return err
	})
	line.Clear()
	if len(found) == 0 {
		return probeError(err)
	}
	s := styleFor(p.Stdout)
	right := true
	for _, finding := range found {
		right = right && finding.Right
		tone := explain.Good
		if !finding.Right {
			tone = explain.Bad
		}
		text := s.tone(tone, tone.Sign()) + " " + visible.Text(finding.Sentence)
		if err := p.show(asJSON, finding.Facts(), text); err != nil {
			return err
		}
	}
	if err == nil && !right {
		return exitWith(exitFailed)
	}
	return probeError(err)
}
