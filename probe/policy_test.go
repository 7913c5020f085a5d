package probe

import (
	"net/http"
	"testing"

	"tokendesk/auth"
	"tokendesk/auth/fault"
)

// Policy faults that were accepted make a report wrong only if that was asked for.
func TestPolicy(t *testing.T) {
	t.Parallel()
	f := faults(t, "expired", "no-exp", "alg-none")
	report := func(policy Policy, outcomes ...Outcome) *Report {
		r := &Report{
			Rules: Rules{Policy: policy}, Good: Result{Right: true, Outcome: Accepted},
			NoToken: &Result{Right: true, Outcome: Refused}, GoodAfter: &Result{Right: true, Outcome: Accepted},
		}
		for i, outcome := range outcomes {
			r.Results = append(r.Results, Result{Case: fault.Made{Fault: f[i]}, Outcome: outcome, Right: outcome == Refused})
		}
		return r
	}
	for _, tt := range []struct {
		report *Report
		right  bool
		want   string
	}{
		{report(PolicyWarn, Refused, Accepted, Refused), true, "3 faults tried: no holes, 1 policy, 2 refused."},
		{report(PolicyFail, Refused, Accepted, Refused), false, "3 faults tried: no holes, 1 policy (no-exp), 2 refused."},
		{report(PolicyWarn, Refused, Accepted, Accepted), false, "3 faults tried: 1 hole (alg-none), 1 policy, 1 refused."},
		{report(PolicyWarn, Refused, ServerError, Refused), false, "3 faults tried: no holes, 1 fell over (no-exp), 2 refused."},
		{
			report(PolicyWarn, WrongStatus, OtherStatus, Refused), true,
			"3 faults tried: no holes, 1 cannot be told, 1 refused with the wrong status, 1 refused.",
		},
		{report(PolicyWarn, Refused, OtherStatus, OtherStatus), false, "3 faults tried: no holes, 2 cannot be told (alg-none), 1 refused."},
		{report(PolicyWarn, NotMade, NotMade, NotMade), false, "0 faults tried; 3 could not be made."},
		{report(PolicyWarn, Refused, Refused), true, "2 faults tried: all refused."},
	} {
		if got := tt.report.Summary(); got != tt.want || tt.report.Right() != tt.right {
			t.Errorf("right %t: %s\nwant %s", tt.report.Right(), got, tt.want)
		}
	}
	if left := PolicyIgnore.Of(f); len(left) != 2 || left[0].Name != "expired" || left[1].Name != "alg-none" || len(PolicyWarn.Of(f)) != 3 {
		t.Errorf("to ignore them leaves %v", left)
	}
}

// What cannot be read may be answered with 400, and a status that a broken server sends is
// a refusal when the answer says that the token was judged.
func TestStatusOfRefusal(t *testing.T) {
	t.Parallel()
	m := makerAt(t, newClock().Now)
	v := verifierOf(t, m)
	for _, tt := range []struct {
		fault, body string
		status      int
		refuse      []Range
		want        Outcome
	}{
		{"signature-stripped", "", 400, nil, Refused},
		{"signature-stripped", "", 400, []Range{{401, 401}}, OtherStatus},
		{"expired", "", 400, nil, OtherStatus},
		{"expired", "jwt expired", 400, nil, WrongStatus},
		{"expired", `{"statusCode":500,"code":"FAST_JWT_EXPIRED","message":"The token has expired at 2026"}`, 500, nil, WrongStatus},
		{"expired", "jwt expired", 500, []Range{{500, 500}}, Refused},
		{"expired", "Internal Server Error", 500, nil, ServerError},
		{"expired", "the token has expired", 302, nil, OtherStatus},
	} {
		p := &Probe{Maker: m, Faults: faults(t, tt.fault)}
		p.Target.Refuse = tt.refuse
		if tt.refuse != nil {
			p.Target.Refuse = append(tt.refuse, Range{401, 401})
		}
		p.Target.URL = serve(t, answersFor(v, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(tt.status)
			_, _ = w.Write([]byte(tt.body))
		}))
		report, err := p.Run(t.Context(), nil)
		if err != nil || report.Results[0].Outcome != tt.want {
			t.Errorf("%s with %d %q: %v, %+v, want %s", tt.fault, tt.status, tt.body, err, report, tt.want)
		}
	}
	for status, note := range map[int]bool{401: false, 400: true} {
		p := &Probe{Maker: m, Faults: faults(t, "expired")}
		p.Target.URL = serve(t, func(w http.ResponseWriter, r *http.Request) {
			token, ok := bearer(r)
			if !ok {
				w.WriteHeader(status)
			} else if v.Verify(token).Verdict != auth.VerdictValid {
				w.WriteHeader(http.StatusUnauthorized)
			}
		})
		report, err := p.Run(t.Context(), nil)
		if err != nil || !report.Right() || (report.NoToken.Detail != "") != note {
			t.Errorf("no token, %d: %v, %+v", status, err, report.NoToken)
		}
	}
}
