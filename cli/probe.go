package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"tokendesk/auth/fault"
	"tokendesk/internal/oneof"
	"tokendesk/internal/phrase"
	"tokendesk/internal/progress"
	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
	"tokendesk/probe"
)

// probe is the command that tries faults on an API.
func (p Program) probe() *cobra.Command {
	var from deskFlags
	var holds claimFlags
	var choice faultChoice
	var how probeFlags
	files := reportFiles{}
	var leeway, asJSON bool
	cmd := &cobra.Command{
		Use:   "probe URL [SUBJECT]",
		Short: "Try faulty tokens on an API, and say which were let in",
		Long: "Send a good token to a URL of an API of yours, which must be let in, and then every fault, each in a request of its own, and say which were let in. " +
			"The exit code is 0 only when every refusal was right. With --leeway find out to the second how long past its times a token is let in.",
		Example: `tokendesk probe http://localhost:8000/users/me ada@example.com
tokendesk probe https://api.staging.example.com/orders --persona customer --i-own-this api.staging.example.com --junit report.xml
tokendesk probe --leeway http://localhost:8000/users/me ada@example.com`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &usageError{errors.New("name the URL and a subject, such as http://localhost:8000/me ada@example.com"), cmd.CommandPath()}
			}
			return holds.subjectArgs(cmd, args[1:])
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := exclusive(cmd, "expires-in", "expires-at"); err != nil {
				return err
			}
			for _, other := range append([]string{"only", "skip"}, oneof.Names(probe.ReportForms())...) {
				if err := exclusive(cmd, "leeway", other); err != nil {
					return err
				}
			}
			target, err := how.target(args[0], p.Now())
			if err != nil {
				return err
			}
			chosen, err := choice.faults()
			if err != nil {
				return err
			}
			d, draft, err := p.prepare(cmd.Context(), &from, &holds, args[1:])
			if err != nil {
				return err
			}
			maker, err := d.Faults(draft).Maker(cmd.Context())
			if err != nil {
				return explainIssue(err)
			}
			maker.Issuer.Now = p.Now // each token is made when it is sent
			if target.AllowPublic, err = p.confirmHost(cmd.Context(), &target, how.own); err != nil {
				return err
			}
			run := &probe.Probe{
				Target: target, Maker: maker,
				Faults: chosen, Parallel: how.parallel, Rate: how.rate,
			}
			if leeway {
				return p.probeLeeway(cmd.Context(), run, asJSON)
			}
			return p.probeFaults(cmd.Context(), run, files, asJSON)
		},
	}
	from.flags(cmd)
	from.signFlags(cmd)
	holds.flagsButHeader(cmd)
	cmd.Flags().StringArrayVar(&holds.parameters, "token-header", nil, "a header parameter of the tokens, name=text or name:=json; may be repeated")
	choice.flags(cmd)
	how.flags(cmd)
	files.flags(cmd)
	cmd.Flags().BoolVar(&leeway, "leeway", false, "find the tolerance of the API on exp, nbf and iat instead")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return cmd
}

// confirmHost asks before a host is probed that somebody else may own, and reports
// whether it may be.
func (p Program) confirmHost(ctx context.Context, target *probe.Target, own string) (bool, error) {
	host, err := target.Public(ctx, nil)
	switch {
	case err != nil:
		return false, wrong(err)
	case host == "":
		return false, nil
	case own != "" && strings.EqualFold(own, host):
		return true, nil
	}
	say := fmt.Sprintf("the host %s is not on this machine or in a private network", visible.Text(host))
	if own != "" {
		return false, wrong(fmt.Errorf("%s, and --i-own-this names %s", say, phrase.Excerpt(own)))
	}
	tty, err := p.TTY()
	if err != nil || !term.IsTerminal(p.Stderr.Fd()) {
		return false, wrong(fmt.Errorf("%s: if you may probe it, give --i-own-this %s", say, host))
	}
	defer tty.Close()
	answer := ""
	err = terminal.RunLines(ctx, func(context.Context) error {
		fmt.Fprintf(tty, "%s. Probe only what is yours.\nType its name to go on: ", strings.ToUpper(say[:1])+say[1:])
		answer, _ = bufio.NewReader(tty).ReadString('\n') // the end of the input is no answer
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("ask for the host's name: %w", err)
	}
	if !strings.EqualFold(strings.TrimSpace(answer), host) {
		return false, wrong(errors.New("that is not its name, so nothing was sent"))
	}
	return true, nil
}

// probeFaults tries the faults and prints what came of them, also of a run that a
// signal ended.
func (p Program) probeFaults(ctx context.Context, run *probe.Probe, files reportFiles, asJSON bool) error {
	var report *probe.Report
	line := progress.New(p.Stderr, p.Now)
	stopped := terminal.RunLines(ctx, func(ctx context.Context) error {
		count, holes := 0, 0
		line.Say(fmt.Sprintf("trying %s …", phrase.Count(len(run.Faults), "fault", "faults")))
		var err error
		report, err = run.Run(ctx, func(r probe.Result) {
			count++
			if r.Outcome == probe.LetIn {
				holes++
			}
			line.Say(fmt.Sprintf("%d of %d tried, %d let in", count, len(run.Faults), holes))
		})
		return err
	})
	line.Clear()
	if report == nil {
		return explainProbe(stopped)
	}
	var err error
	if asJSON {
		err = outputError(report.WriteJSON(p.Stdout))
	} else {
		err = p.print(p.reportText(report))
	}
	if err == nil {
		err = files.write(report)
	}
	if err != nil {
		return err
	}
	if stopped == nil && !report.Right() {
		return exit(exitFailed)
	}
	return stopped
}

// explainProbe says which fault of the command line or of the API ended a probe.
func explainProbe(err error) error {
	_, stopped := errors.AsType[*terminal.Stopped](err)
	_, notLetIn := errors.AsType[*probe.NotLetInError](err)
	if err == nil || stopped || notLetIn {
		return err
	}
	return explainIssue(err)
}

// outcomeSign stands before what came of a request.
func outcomeSign(s style, r probe.Result) string {
	switch {
	case r.Outcome == probe.NotMade:
		return s.faint("–")
	case r.Right:
		return s.good("✓")
	case r.Outcome == probe.LetIn:
		return s.bad("✗")
	default:
		return s.warn("▲")
	}
}

// reportText is the report as a table by group, and its summary.
func (p Program) reportText(r *probe.Report) string {
	s := styleFor(p.Stdout)
	words, names := 0, 0
	for _, result := range r.Results {
		words = max(words, len(result.Outcome))
		names = max(names, len(result.Case.Fault.Name))
	}
	var lines []string
	row := func(result probe.Result, name, note string) {
		status := ""
		if result.Status != 0 {
			status = fmt.Sprint(result.Status)
		}
		lines = append(lines, strings.TrimRight(fmt.Sprintf("  %s %-*s  %3s  %-*s  %s",
			outcomeSign(s, result), words, result.Outcome, status, names, name, s.faint(visible.Text(note))), " "))
	}
	lines = append(lines, s.strong("controls"))
	row(r.Good, "a good token", r.Good.Detail)
	if r.NoToken != nil {
		row(*r.NoToken, "no token", r.NoToken.Detail)
	}
	if r.GoodAfter != nil {
		row(*r.GoodAfter, "a good token after", r.GoodAfter.Detail)
	}
	group, depends := fault.Group(""), false
	for _, result := range r.Results {
		f := result.Case.Fault
		if f.Group != group {
			group = f.Group
			lines = append(lines, s.strong(string(group)))
		}
		note := result.Detail
		if !result.Right && result.Outcome != probe.NotMade {
			note = strings.TrimPrefix(note+"; "+f.Wrong, "; ")
			if f.Policy != "" {
				note, depends = note+" ~", true
			}
		}
		row(result, f.Name, note)
	}
	if depends {
		lines = append(lines, s.faint("~ whether this must be refused depends on the API; --skip leaves out what yours may let in"))
	}
	lines = append(lines, "", r.Summary())
	return strings.Join(lines, "\n")
}

// probeLeeway finds the tolerance of the API and prints it.
func (p Program) probeLeeway(ctx context.Context, run *probe.Probe, asJSON bool) error {
	var found []probe.LeewayFinding
	line := progress.New(p.Stderr, p.Now)
	err := terminal.RunLines(ctx, func(ctx context.Context) error {
		var err error
		found, err = run.Leeway(ctx, line.Say)
		return err
	})
	line.Clear()
	if len(found) == 0 {
		return explainProbe(err)
	}
	s := styleFor(p.Stdout)
	right := true
	for _, finding := range found {
		right = right && finding.Right
		sign := s.good("✓ ")
		if !finding.Right {
			sign = s.bad("✗ ")
		}
		var printed error
		if asJSON {
			printed = p.printJSON(describeLeeway(finding))
		} else {
			printed = p.print(sign + visible.Text(finding.Sentence))
		}
		if printed != nil {
			return printed
		}
	}
	if err == nil && !right {
		return exit(exitFailed)
	}
	return explainProbe(err)
}

// leewayFacts is the JSON shape of what was found out about a claim.
type leewayFacts struct {
	Claim string `json:"claim"`
	Right bool   `json:"right"`
	// LeewaySeconds is null where there is no boundary.
	LeewaySeconds *int64 `json:"leeway_seconds"`
	WithinSeconds int64  `json:"within_seconds"`
	SkewSeconds   int64  `json:"skew_seconds"`
	Unbounded     bool   `json:"unbounded"`
	Contradicts   bool   `json:"contradicts"`
	Requests      int    `json:"requests"`
	Sentence      string `json:"sentence"`
}

func describeLeeway(f probe.LeewayFinding) leewayFacts {
	seconds := func(d time.Duration) int64 { return int64(d / time.Second) }
	facts := leewayFacts{
		Claim: f.Claim, Right: f.Right, WithinSeconds: seconds(f.Within), SkewSeconds: seconds(f.Skew),
		Unbounded: f.Unbounded, Contradicts: f.Contradicts, Requests: f.Requests, Sentence: f.Sentence,
	}
	if f.Checked {
		facts.LeewaySeconds = new(seconds(f.Leeway))
	}
	return facts
}
