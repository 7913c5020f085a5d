package plain

import (
	"context"
	"errors"
	"strings"

	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/probe"
)

// step is after how many faults a probe says how far it is.
const step = 10

// probeAPI sends every fault to an API, says what it lets in as it comes, and sums up.
func probeAPI(ctx context.Context, c *console, url string) error {
	run := probe.Probe{Target: probe.Target{URL: url}}
	if url == "" {
		c.fail(explain.Line{Text: "type the URL of one of your APIs after /probe"})
		return nil
	}
	host, err := run.Target.Public(ctx, nil)
	if reason := ended(ctx, err); reason != nil {
		return reason
	}
	if c.refused(err) {
		return nil
	}
	if host != "" {
		if run.Target.AllowPublic, err = confirmHost(ctx, c, host); !run.Target.AllowPublic {
			return err
		}
	}
	if opened, err := c.ready(ctx); !opened {
		return err
	}
	draft := faultDraft(c)
	if run.Maker, err = c.desk.Faults(draft).Maker(ctx); c.refused(err) {
		return nil
	}
	run.Faults = fault.Catalogue()
	c.sayf("Sending a valid token and then %s, for %s. ctrl+c stops it and leaves.",
		phrase.Count(len(run.Faults), "fault", "faults"), draft.For())
	_ = c.out.Flush() // the next prompt reports an error
	report, err := run.Run(ctx, probeProgress(c, len(run.Faults)))
	if err != nil {
		c.refused(err)
		return ended(ctx, nil)
	}
	c.sayf("%s", report.Summary())
	if !report.Right() {
		*c.failed = true
	}
	return ended(ctx, nil)
}

// probeProgress returns the function that tells the results of a probe: at once what should have been
// refused and was not, and how far it is.
func probeProgress(c *console, of int) func(probe.Result) {
	tried, holes := 0, 0
	return func(r probe.Result) {
		tried++
		if r.Kind() == probe.KindHole {
			holes++
		}
		if !r.Right && r.Outcome != probe.NotMade && r.Kind() != probe.KindPolicy {
			c.sayf("%s: %s: %s", explain.Outcome(r).Text, r.Case.Name, r.Case.Wrong)
		}
		if tried%step == 0 && tried < of {
			c.sayf("%d of %d tried, %s.", tried, of, probe.KindHole.Count(holes))
		}
		_ = c.out.Flush() // likewise
	}
}

// confirmHost asks for the name of a host that may belong to somebody else.
func confirmHost(ctx context.Context, c *console, host string) (bool, error) {
	c.sayf("The host %s is neither on this machine nor in a private network.", host)
	c.sayf("Probe only your own systems, and type its name to continue.")
	answer, err := c.ask(ctx, "host> ")
	if err != nil {
		return false, err
	}
	if strings.EqualFold(strings.TrimSpace(answer), host) {
		return true, nil
	}
	c.refused(errors.New("the name is wrong, so nothing was sent"))
	return false, nil
}
