package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
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

// probe is the command that sends faults to an API.
func (p Program) probe() *cobra.Command {
	var from deskFlags
	var claims claimFlags
	var choice faultChoice
	var requests probeFlags
	files := reportFiles{}
	var leeway, asJSON bool
	cmd := &cobra.Command{
		Use:   "probe URL [SUBJECT]",
		Short: "Send faulty tokens to an API, and say which were let in",
		Long: "Send a good token, which must be let in, to a URL of your API, then every fault in a request of its own, and say which were " +
			"let in. The exit code is 0 only when every answer was right. With --leeway, find out to the second how long past its times " +
			"a token is let in.",
		Example: `tokendesk probe http://localhost:8000/users/me ada@example.com
tokendesk probe https://api.example.com/orders --persona customer --i-own-this api.example.com --junit report.xml
tokendesk probe --leeway http://localhost:8000/users/me ada@example.com`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misused(cmd, "a URL and a subject are needed", "give them, such as http://localhost:8000/me ada@example.com")
			}
			return claims.subjectArgs(cmd, args[1:])
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
			target, err := requests.target(args[0], p.Now())
			if err != nil {
				return err
			}
			chosen, err := choice.faults()
			if err != nil {
				return err
			}
			d, draft, err := p.prepare(cmd.Context(), &from, &claims, args[1:])
			if err != nil {
				return err
			}
			maker, err := d.Faults(draft).Maker(cmd.Context())
			if err != nil {
				return issueError(err)
			}
			maker.Issuer.Now = p.Now // each token is made when it is sent
			if target.AllowPublic, err = p.confirmHost(cmd.Context(), &target, requests.ownHost); err != nil {
				return err
			}
			run := &probe.Probe{
				Target: target, Maker: maker,
				Faults: chosen, Parallel: requests.parallel, Rate: requests.rate,
			}
			if leeway {
				return p.probeLeeway(cmd.Context(), run, asJSON)
			}
			return p.probeFaults(cmd.Context(), run, files, asJSON)
		},
	}
	from.flags(cmd)
	from.signFlags(cmd)
	claims.flagsButHeader(cmd)
	cmd.Flags().StringArrayVar(&claims.parameters, "token-header", nil,
		"a header parameter of the tokens, name=text or name:=json; may be repeated")
	choice.flags(cmd)
	requests.flags(cmd)
	files.flags(cmd)
	cmd.Flags().BoolVar(&leeway, "leeway", false, "find the tolerance of the API on exp, nbf and iat instead")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return cmd
}

// confirmHost asks before a host is probed that may belong to somebody else, and
// reports whether it may be probed.
func (p Program) confirmHost(ctx context.Context, target *probe.Target, ownHost string) (bool, error) {
	host, err := target.Public(ctx, nil)
	switch {
	case err != nil:
		return false, invalid(err)
	case host == "":
		return false, nil
	case ownHost != "" && strings.EqualFold(ownHost, host):
		return true, nil
	}
	text := "the host " + host + " is neither on this machine nor in a private network"
	if ownHost != "" {
		text += ", and --i-own-this names " + phrase.Excerpt(ownHost)
	}
	tty, err := p.TTY()
	if err != nil || ownHost != "" || !term.IsTerminal(p.Stderr.Fd()) {
		return false, invalid(advise(text, "if you may probe it, add --i-own-this "+host))
	}
	defer tty.Close()
	answer := ""
	err = terminal.Follow(ctx, func(context.Context) error {
		fmt.Fprintf(tty, "The host %s is neither on this machine nor in a private network. Probe only your own.\nType its name to go on: ",
			visible.Text(host))
		answer, _ = bufio.NewReader(tty).ReadString('\n') // the end of the input is no answer
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("ask for the host's name: %w", err)
	}
	if !strings.EqualFold(strings.TrimSpace(answer), host) {
		return false, invalid(errors.New("that is not its name, so nothing was sent"))
	}
	return true, nil
}

// probeFaults sends the faults and prints the outcomes, also when a signal ends the
// run.
func (p Program) probeFaults(ctx context.Context, run *probe.Probe, files reportFiles, asJSON bool) error {
	var report *probe.Report
	line := progress.New(p.Stderr, p.Now)
	stopped := terminal.Follow(ctx, func(ctx context.Context) error {
		tried, letIn := 0, 0
		line.Say("trying " + phrase.Count(len(run.Faults), "fault", "faults") + " …")
		var err error
		report, err = run.Run(ctx, func(r probe.Result) {
			tried++
			if r.Outcome == probe.LetIn {
				letIn++
			}
			line.Say(fmt.Sprintf("%d of %d tried, %d let in", tried, len(run.Faults), letIn))
		})
		return err
	})
	line.Clear()
	if report == nil {
		return probeError(stopped)
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
		return exitWith(exitFailed)
	}
	return stopped
}

// probeError is [issueError], but for a signal and for a good token that was refused.
func probeError(err error) error {
	_, stopped := errors.AsType[*terminal.Stopped](err)
	_, notLetIn := errors.AsType[*probe.NotLetInError](err)
	if err == nil || stopped || notLetIn {
		return err
	}
	return issueError(err)
}

// reportText is the report as a table by group, with its summary.
func (p Program) reportText(r *probe.Report) string {
	t := probeTable{style: styleFor(p.Stdout)}
	for _, result := range r.Results {
		t.outcomes = max(t.outcomes, ansi.StringWidth(explain.Outcome(result).Text))
		t.names = max(t.names, len(result.Case.Fault.Name))
	}
	t.title("controls")
	t.row(r.Good, "a good token", r.Good.Detail)
	if r.NoToken != nil {
		t.row(*r.NoToken, "no token", r.NoToken.Detail)
	}
	if r.GoodAfter != nil {
		t.row(*r.GoodAfter, "a good token after", r.GoodAfter.Detail)
	}
	group, depends := fault.Group(""), false
	for _, result := range r.Results {
		f := result.Case.Fault
		if f.Group != group {
			group = f.Group
			t.title(string(group))
		}
		var notes []string
		if result.Detail != "" {
			notes = append(notes, result.Detail)
		}
		if !result.Right && result.Outcome != probe.NotMade {
			wrong := f.Wrong
			if f.Policy != "" {
				wrong, depends = wrong+" ~", true
			}
			notes = append(notes, wrong)
		}
		t.row(result, f.Name, strings.Join(notes, "; "))
	}
	if depends {
		t.lines = append(t.lines, t.style.faint("~ depends on the API; use --skip for those that yours may let in"))
	}
	return strings.Join(append(t.lines, "", r.Summary()), "\n")
}

// probeTable is the lines of a report, with the widths of its columns.
type probeTable struct {
	style           style
	outcomes, names int
	lines           []string
}

func (t *probeTable) title(text string) { t.lines = append(t.lines, t.style.strong(text)) }

// row adds the outcome of a request.
func (t *probeTable) row(result probe.Result, name, note string) {
	outcome := explain.Outcome(result)
	line := "  " + t.style.tone(outcome.Tone, outcome.Tone.Sign()) + " " + pad(outcome.Text, t.outcomes) +
		"  " + pad(name, t.names) + "  " + t.style.faint(visible.Text(note))
	t.lines = append(t.lines, strings.TrimRight(line, " "))
}

// probeLeeway finds the tolerance of the API and prints it.
func (p Program) probeLeeway(ctx context.Context, run *probe.Probe, asJSON bool) error {
	var found []probe.LeewayFinding
	line := progress.New(p.Stderr, p.Now)
	err := terminal.Follow(ctx, func(ctx context.Context) error {
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
		var printed error
		if asJSON {
			printed = p.printJSON(describeLeeway(finding))
		} else {
			printed = p.print(s.tone(tone, tone.Sign()) + " " + visible.Text(finding.Sentence))
		}
		if printed != nil {
			return printed
		}
	}
	if err == nil && !right {
		return exitWith(exitFailed)
	}
	return probeError(err)
}

// leewayFacts is the JSON shape of the tolerance on a claim.
type leewayFacts struct {
	Claim string `json:"claim"`
	Right bool   `json:"right"`
	// LeewaySeconds is null where no boundary was found.
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
