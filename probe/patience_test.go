package probe

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestPatience: time in which the process was suspended does not count.
func TestPatience(t *testing.T) {
	t.Parallel()
	for _, limit := range []time.Duration{time.Millisecond, 100 * time.Millisecond, 10 * time.Second, 5 * time.Minute} {
		now := time.Unix(1800000000, 0)
		began, slept := now, time.Duration(0)
		p := newPatience(limit, now)
		for next, n := p.step, 0; next > 0; n++ {
			now = now.Add(next)
			if n == 2 {
				now = now.Add(time.Hour)
				slept = time.Hour
			}
			next = p.pass(now)
		}
		if took := now.Sub(began) - slept; took > limit || took < limit-2*mostStep {
			t.Errorf("%s: it ends after %s", limit, took)
		}
	}
}

func TestWithPatience(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		ctx, cancel := withPatience(t.Context(), 3*time.Second)
		<-ctx.Done()
		if took := time.Since(began); took != 3*time.Second || !errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
			t.Errorf("it ends after %s with %v", took, context.Cause(ctx))
		}
		cancel()
		ctx, cancel = withPatience(t.Context(), time.Hour)
		cancel()
		<-ctx.Done()
		if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
			t.Error("a cancelled one is too late")
		}
	})
}

// TestSteps: a run says what it does, and keeps the start of what the API answers. It does
// not wait for the end of an answer, and no report has it.
func TestSteps(t *testing.T) {
	t.Parallel()
	m := makerAt(t, newClock().Now)
	url := serve(t, answersFor(verifierOf(t, m), func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, "no such\xff"+strings.Repeat("x", maxBody))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done() // never ends
	}))
	var steps []Step
	p := Probe{Target: Target{URL: url}, Maker: m, Faults: faults(t, "alg-none", "expired"), Begin: func(s Step) { steps = append(steps, s) }}
	report, err := p.Run(t.Context(), nil)
	if err != nil || !report.Right() || report.Took > 5*time.Second {
		t.Fatalf("%v %v", err, report)
	}
	if !slices.Equal(steps, []Step{GoodFirst, WithoutToken, EachFault, GoodAfter}) {
		t.Errorf("the steps are %v", steps)
	}
	for _, r := range report.Results {
		if !strings.HasPrefix(r.Body, "no such\ufffdxxx") || len(r.Body) > maxBody+2 {
			t.Errorf("the body of %s is %q", r.Case.Name, r.Body)
		}
	}
	var out bytes.Buffer
	err = report.WriteJSON(&out)
	for _, form := range ReportForms() {
		err = errors.Join(err, form.Write(report, &out, "1"))
	}
	if err != nil || strings.Contains(out.String(), "no such") {
		t.Errorf("%v, a report has the body: %s", err, &out)
	}
}
