package probe

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"tokendesk/auth"
)

const (
	// furthest is the largest offset that is tried, in seconds: the first power of two
	// that is more than a year.
	furthest = 1 << 25
	// maxTolerance is how far clocks may differ: RFC 7519 section 4.1.4 allows a few
	// minutes.
	maxTolerance = 5 * time.Minute
	// stalls is how often a request is repeated because the second changed while it was
	// on its way.
	stalls = 3
)

// Leeway finds the API's tolerance for "exp", "nbf" and "iat", to the second, and
// returns a finding for each. It sends a good token first, then one token after
// another, each made for the second in which it is sent, and reports every answer
// to progress unless that is nil. When the context is cancelled it returns the
// complete findings without an error.
//
// The error is a *[NotAcceptedError] when the good token was not accepted, or says why
// the target or the good token cannot be used.
func (p *Probe) Leeway(ctx context.Context, progress func(text string)) ([]LeewayFinding, error) {
	s, done, err := p.sender()
	if err != nil {
		return nil, err
	}
	defer done()
	good, err := p.good(ctx, s)
	if good == nil || err != nil {
		return nil, err
	}
	if !good.Right {
		return nil, p.notAccepted(ctx, s, good)
	}
	if progress == nil {
		progress = func(string) {}
	}
	skew := &skew{}
	findings, err := p.leeways(ctx, s, skew, progress)
	for n := range findings {
		findings[n].conclude(skew.seconds())
	}
	return findings, err
}

// leeways searches claim by claim.
func (p *Probe) leeways(ctx context.Context, s *sender, skew *skew, progress func(string)) ([]LeewayFinding, error) {
	var findings []LeewayFinding
	for _, claim := range []string{"exp", "nbf", "iat"} {
		search := &search{probe: p, sender: s, claim: claim, skew: skew, progress: progress}
		err := search.run(ctx)
		if ctx.Err() != nil {
			return findings, nil //nolint:nilerr // the findings so far are complete
		}
		if unclear, ok := errors.AsType[*unclearError](err); ok {
			search.found.Checked = false
			search.found.Sentence = claim + ": could not be determined: " + unclear.reason
		} else if err != nil {
			return findings, err
		}
		findings = append(findings, search.found)
	}
	return findings, nil
}

// unclearError says why the answers of an API are not conclusive.
type unclearError struct{ reason string }

func (e *unclearError) Error() string { return e.reason }

// search looks for the boundary of one claim. An offset is how many seconds a token
// is beyond the limit of the claim: after "exp", or before "nbf" or "iat".
type search struct {
	probe    *Probe
	sender   *sender
	claim    string
	skew     *skew
	progress func(string)
	lifetime int64 // of the good token
	in, out  int64 // the largest offset that was accepted, the smallest that was refused
	found    LeewayFinding
}

// trial is the result of one token. Because time passed while it was on its way, it
// was judged at an offset from least to most.
type trial struct {
	letIn       bool
	least, most int64
}

func (s *search) run(ctx context.Context) error {
	s.found.Claim = s.claim
	if err := s.enclose(ctx); err != nil || s.found.Unbounded {
		return err
	}
	if err := s.bisect(ctx); err != nil {
		return err
	}
	s.found.Checked = true
	s.found.Leeway = time.Duration(s.in) * time.Second
	if s.claim == "exp" { // the leeway ends at the first second that is refused
		s.found.Leeway = time.Duration(s.out) * time.Second
	}
	return s.confirm(ctx)
}

// enclose finds an offset that is accepted and a larger one that is refused. It doubles
// the offset each time.
func (s *search) enclose(ctx context.Context) error {
	t, err := s.try(ctx, 0)
	if err != nil {
		return err
	}
	if !t.letIn {
		return s.encloseBelow(ctx, t.most)
	}
	s.in = t.least
	for offset := int64(1); offset <= furthest; offset *= 2 {
		if t, err = s.try(ctx, offset); err != nil {
			return err
		}
		if !t.letIn {
			s.out = t.most
			return nil
		}
		s.in = max(s.in, t.least)
	}
	s.found.Unbounded = true
	return nil
}

// encloseBelow is enclose for an API that refuses a token at the boundary itself.
func (s *search) encloseBelow(ctx context.Context, refused int64) error {
	s.out = refused
	for offset := int64(-1); ; offset *= 2 {
		offset = max(offset, -s.lifetime)
		t, err := s.try(ctx, offset)
		if err != nil {
			return err
		}
		if t.letIn {
			s.in = t.least
			return nil
		}
		s.out = min(s.out, t.most)
		if offset == -s.lifetime {
			return &unclearError{"a token that " + s.describe(offset) + " is refused although a good one is accepted"}
		}
	}
}

// bisect halves the distance until the offsets are a second apart. If the second
// keeps changing while requests are on their way, the offset that the token was made
// for counts.
func (s *search) bisect(ctx context.Context) error {
	stalled := 0
	for s.out-s.in > 1 {
		offset := s.in + (s.out-s.in)/2
		t, err := s.try(ctx, offset)
		if err != nil {
			return err
		}
		if stalled == stalls {
			s.found.Within = max(s.found.Within, time.Duration(t.most-t.least)*time.Second)
			t.least, t.most = offset, offset
		}
		switch {
		case t.letIn && t.least > s.in:
			s.in, stalled = t.least, 0
		case !t.letIn && t.most < s.out:
			s.out, stalled = t.most, 0
		default:
			stalled++
		}
	}
	return nil
}

// confirm tries again on both sides of the boundary and far beyond it.
func (s *search) confirm(ctx context.Context) error {
	for _, offset := range []int64{s.in, s.out, s.out + 3600, s.out + 24*3600, furthest} {
		t, err := s.try(ctx, offset)
		if err != nil {
			return err
		}
		if t.letIn && t.least >= s.out || !t.letIn && t.most <= s.in {
			s.found.Contradicts = true
			word := map[bool]string{true: "accepts", false: "refuses"}
			s.found.Sentence = fmt.Sprintf("%s: the answers contradict each other: it %s a token that %s, but %s one that %s; "+
				"the cause may be several servers with different clocks, or a cache",
				s.claim, word[!t.letIn], s.describe(map[bool]int64{true: s.out, false: s.in}[t.letIn]), word[t.letIn], s.describe(offset))
			return nil
		}
	}
	return nil
}

// try sends a token at an offset.
func (s *search) try(ctx context.Context, offset int64) (trial, error) {
	if !s.sender.wait(ctx) {
		return trial{}, context.Cause(ctx)
	}
	token, made, err := s.token(offset)
	if err != nil {
		return trial{}, err
	}
	a := s.sender.send(ctx, &token)
	if a.wasCancelled {
		return trial{}, context.Cause(ctx)
	}
	s.found.Requests++
	s.skew.add(a)
	outcome, result := NoAnswer, Result{Status: a.status, Detail: a.detail}
	if a.status != 0 {
		outcome, result.Detail = s.sender.target.outcome(&a, false)
	}
	s.progress(fmt.Sprintf("%s: a token that %s: %s", s.claim, s.describe(offset), outcome))
	if outcome != Accepted && outcome != Refused && outcome != WrongStatus {
		return trial{}, &unclearError{"a token that " + s.describe(offset) + " was neither accepted nor refused: " + result.answer()}
	}
	then := offset + a.came.Unix() - made
	if s.claim != "exp" {
		then = offset - (a.came.Unix() - made)
	}
	return trial{outcome == Accepted, min(offset, then), max(offset, then)}, nil
}

// token returns the good token with the claim at an offset from now, and the second
// that now is. Its lifetime is that of the good token. If the good token has an
// "nbf", it is moved so that it does not interfere with "exp".
func (s *search) token(offset int64) (string, int64, error) {
	compact, err := s.probe.Maker.Good()
	if err != nil {
		return "", 0, err
	}
	good, err := auth.Decode(compact)
	if err != nil {
		return "", 0, err
	}
	iat, _ := good.Date("iat")
	exp, _ := good.Date("exp")
	now, claims := iat.Seconds, good.Claims
	s.lifetime = exp.Seconds - now
	set := func(name string, second int64) { claims = claims.Set(name, strconv.AppendInt(nil, second, 10)) }
	if s.claim == "exp" {
		set("iat", now-offset-s.lifetime)
		set("exp", now-offset)
		if _, has := claims.Get("nbf"); has {
			set("nbf", now-offset-s.lifetime)
		}
	} else {
		set(s.claim, now+offset)
		set("exp", now+max(offset, 0)+s.lifetime)
	}
	issuer := *s.probe.Maker.Issuer
	issuer.MaxLifetime = 0 // the good token respects it
	token, err := issuer.Sign(good.Header, claims)
	if err != nil {
		return "", 0, err
	}
	return token.Compact, now, nil
}
