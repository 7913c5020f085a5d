// Package probe sends faulty tokens to an API and says which were accepted.
//
// A [Probe] sends a good token first, which must be accepted: otherwise a refusal
// proves nothing. Then it sends a request without a token, one request for each
// fault with a token made just before, and a good token again, at the end and after each
// fault that was accepted. Whatever the server
// does is a [Result], never an error.
//
// A probe connects only to the URL of its [Target]: it follows no redirect, uses no
// proxy and keeps no cookie. No error and no report contains a token.
package probe

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/fault"
	"tokendesk/internal/trace"
)

// DefaultParallel is how many requests are sent in parallel by default.
const DefaultParallel = 4

// Probe tries faults on an API. Its fields are set once and then only read.
type Probe struct {
	Target Target
	// Maker makes the tokens. The probe uses its clock.
	Maker fault.Maker
	// Faults are tried in this order.
	Faults []fault.Fault
	// Parallel is how many requests are sent in parallel; zero is [DefaultParallel].
	Parallel int
	// Rate is how many requests are sent per second at most; zero is no limit.
	Rate float64
	Rules
	// Begin is called when a step of [Probe.Run] begins, unless it is nil.
	Begin func(Step)
}

// Step is a part of a run.
type Step int

// The steps, in their order.
const (
	GoodFirst    Step = iota // a good token
	WithoutToken             // a request without one
	EachFault
	GoodAfter // a good token again
)

// NotAcceptedError says that the good token was not accepted, so that the probe can
// prove nothing.
type NotAcceptedError struct {
	Status int    // 0 when there was no answer
	Detail string // why there was none, or what the status means
	// Elsewhere is one of the usual other places where a good token was accepted, or nil.
	Elsewhere *Placing
}

// Error returns one sentence that says how the good token was answered.
func (e *NotAcceptedError) Error() string {
	answer := Result{Status: e.Status, Detail: e.Detail}
	return "the good token was not accepted: " + answer.answer()
}

// Advice returns what to do so that the good token is accepted.
func (e *NotAcceptedError) Advice() string {
	switch {
	case e.Elsewhere != nil:
		return "the API accepts it in another place: add " + e.Elsewhere.Flags()
	case e.Status == 0:
		return "check the URL"
	case e.Status == http.StatusNotFound:
		return "check the path in the URL"
	case e.Status == http.StatusMethodNotAllowed:
		return "check the method"
	case e.Status == http.StatusTooManyRequests:
		return "send fewer requests per second (--rate)"
	case e.Status >= 300 && e.Status <= 399:
		return "probe the URL that the redirect leads to"
	case e.Status >= 500:
		return "fix the API before you probe it"
	default:
		return "check the URL, the subject, the claims and the key"
	}
}

// Run sends the requests and calls progress, unless it is nil, with the result of
// each fault as it arrives, never concurrently. When the context is cancelled it
// returns at once with the results so far and without an error.
//
// The error is a *[NotAcceptedError] when the good token was not accepted, or says why
// the target, the good token or a fault cannot be used.
func (p *Probe) Run(ctx context.Context, progress func(Result)) (*Report, error) {
	s, done, err := p.sender()
	if err != nil {
		return nil, err
	}
	defer done()
	if progress == nil {
		progress = func(Result) {}
	}
	report := &Report{
		Target: s.bareURL(), Started: s.now(), Planned: len(p.Faults),
		Rules: p.Rules, target: p.Target,
	}
	if err := p.run(ctx, s, report, progress); err != nil {
		return nil, err
	}
	report.Stopped = ctx.Err() != nil && report.GoodAfter == nil
	report.Took = s.now().Sub(report.Started)
	return report, nil
}

// run fills the report.
func (p *Probe) run(ctx context.Context, s *sender, report *Report, progress func(Result)) error {
	p.begin(GoodFirst)
	good, err := p.good(ctx, s)
	if good == nil || err != nil {
		return err
	}
	report.Good = *good
	if !good.Right {
		return p.notAccepted(ctx, s, good)
	}
	if !s.wait(ctx) {
		return nil
	}
	p.begin(WithoutToken)
	if report.NoToken = s.try(ctx, fault.Made{}, nil, Refused); report.NoToken == nil {
		return nil
	}
	p.begin(EachFault)
	if report.Results, err = p.tryAll(ctx, s, progress); err != nil || !s.wait(ctx) {
		return err
	}
	p.begin(GoodAfter)
	report.GoodAfter, err = p.good(ctx, s)
	return err
}

func (p *Probe) begin(s Step) {
	if p.Begin != nil {
		p.Begin(s)
	}
}

// sender checks the target and returns a sender to it, with a function that ends it.
func (p *Probe) sender() (*sender, func(), error) {
	address, err := p.Target.check()
	if err != nil {
		return nil, nil, err
	}
	if !(p.Rate >= 0) || p.Parallel < 0 || p.Target.Timeout < 0 { // catches NaN too
		return nil, nil, errors.New("the rate, the number of parallel requests and the timeout must not be negative")
	}
	s := &sender{target: &p.Target, url: address, transport: p.Target.Transport, now: p.now}
	if s.transport == nil {
		s.transport = newTransport(&p.Target)
	}
	if p.Rate == 0 {
		return s, func() {}, nil
	}
	interval := min(float64(time.Second)/p.Rate, float64(24*time.Hour))
	ticker := time.NewTicker(max(time.Duration(interval), time.Nanosecond))
	s.ticks = ticker.C
	return s, ticker.Stop, nil
}

// now returns the time by the clock of the tokens.
func (p *Probe) now() time.Time {
	if p.Maker.Issuer == nil || p.Maker.Issuer.Now == nil {
		return time.Now()
	}
	return p.Maker.Issuer.Now()
}

// bareURL returns the URL without the parts that may contain a secret.
func (s *sender) bareURL() string {
	bare := *s.url
	bare.RawQuery, bare.Fragment, bare.RawFragment, bare.ForceQuery = "", "", "", false
	return bare.String()
}

// good sends a fresh good token. The result is nil when it was cancelled.
func (p *Probe) good(ctx context.Context, s *sender) (*Result, error) {
	token, err := p.Maker.Good()
	if err != nil {
		return nil, err
	}
	return s.try(ctx, fault.Made{Token: token}, &token, Accepted), nil
}

// try sends one request and returns its result, or nil when it was cancelled.
func (s *sender) try(ctx context.Context, c fault.Made, token *string, want Outcome) *Result {
	a := s.send(ctx, token)
	if a.wasCancelled {
		return nil
	}
	result := &Result{Case: c, Outcome: NoAnswer, Status: a.status, Detail: a.detail, Body: a.body, Took: a.came.Sub(a.sent)}
	if a.status != 0 {
		result.Outcome, result.Detail = s.target.outcome(&a, token == nil || c.Verdict == auth.VerdictMalformed)
	}
	result.Right = result.Outcome == want
	if token == nil && (result.Outcome == Refused && a.status == http.StatusBadRequest || result.Outcome == WrongStatus) {
		result.Right, result.Detail = true, "RFC 6750 section 3.1 has 401 for a request without a token"
	}
	if want == Accepted && result.Outcome == Refused {
		var clock skew
		if clock.add(a); clock.seconds() != 0 {
			result.Detail = clockText(clock.seconds())
		}
	}
	return result
}

// numbered is the result of fault number n. Without a result it says that a worker
// has ended, with an error or because no fault is left.
type numbered struct {
	n      int
	result *Result
	err    error
}

// tryAll tries all faults with several workers and returns the results that arrived,
// in the order of the faults.
func (p *Probe) tryAll(ctx context.Context, s *sender, progress func(Result)) ([]Result, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := min(cmp.Or(p.Parallel, DefaultParallel), len(p.Faults))
	news := make(chan numbered, len(p.Faults)+workers) // so that no worker waits for progress
	var next atomic.Int64
	for range workers {
		go p.work(ctx, s, &next, news)
	}
	results := make([]*Result, len(p.Faults))
	var failed error
	for workers > 0 {
		got := <-news
		if got.result != nil {
			results[got.n] = got.result
			progress(*got.result)
			continue
		}
		workers--
		if got.err != nil && failed == nil {
			failed = got.err
			cancel()
		}
	}
	var known []Result
	for _, result := range results {
		if result != nil {
			known = append(known, *result)
		}
	}
	return known, failed
}

// work tries one fault after the other until there is none left.
func (p *Probe) work(ctx context.Context, s *sender, next *atomic.Int64, news chan<- numbered) {
	end := numbered{}
	defer func() {
		if trace.From(ctx).Caught(recover()) {
			end.err = advice.New("a fault could not be tried because of an internal error", "please report it")
		}
		news <- end
	}()
	for {
		n := int(next.Add(1)) - 1
		if n >= len(p.Faults) {
			return
		}
		result, err := p.tryOne(ctx, s, p.Faults[n])
		if result == nil || err != nil {
			end.err = err
			return
		}
		news <- numbered{n: n, result: result}
	}
}

// tryOne makes the token of a fault and sends it. The result is nil when it was
// cancelled.
func (p *Probe) tryOne(ctx context.Context, s *sender, f fault.Fault) (*Result, error) {
	if ctx.Err() != nil {
		return nil, nil //nolint:nilerr // it was cancelled
	}
	if reason := p.Maker.Impossible(f); reason != "" {
		return &Result{Case: fault.Made{Fault: f, Impossible: reason}, Outcome: NotMade, Detail: reason}, nil
	}
	if !s.wait(ctx) {
		return nil, nil
	}
	token, err := p.Maker.Make(f)
	if err != nil {
		return nil, fmt.Errorf("make the fault %s: %w", f.Name, err)
	}
	if reason := s.target.cannotCarry(token); reason != "" {
		return &Result{Case: fault.Made{Fault: f, Token: token, Impossible: reason}, Outcome: NotMade, Detail: reason}, nil
	}
	result := s.try(ctx, fault.Made{Fault: f, Token: token}, &token, Refused)
	if result == nil || result.Outcome != Accepted || !s.wait(ctx) {
		return result, nil
	}
	result.GoodAfter, err = p.good(ctx, s)
	return result, err
}

// statusText returns a status and its name.
func statusText(status int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))
}
