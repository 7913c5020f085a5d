package probe

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"tokendesk/auth/advice"
	"tokendesk/auth/fault"
	"tokendesk/internal/phrase"
)

// Decision says that a team has decided to accept a policy fault.
type Decision struct {
	Fault  string `yaml:"fault" json:"-"`
	Reason string `yaml:"reason" json:"reason"`
	Date   string `yaml:"date" json:"date"` // such as 2026-11-27
}

// Decisions are what a team has decided about policy faults.
type Decisions struct{ all []Decision }

// ReadDecisions reads decisions from YAML:
//
//	decisions:
//	  - fault: no-exp
//	    reason: the gateway ends the sessions
//	    date: 2026-11-27
//
// Each needs a reason and a date, and only a fault that depends on the API can be decided
// about. The error names the fault and has advice.
func ReadDecisions(text []byte) (*Decisions, error) {
	var file struct {
		Decisions []Decision `yaml:"decisions"`
	}
	err := yaml.NewDecoder(bytes.NewReader(text), yaml.DisallowUnknownField()).Decode(&file)
	if err != nil && !errors.Is(err, io.EOF) {
		line := ""
		if at, ok := errors.AsType[yaml.Error](err); ok && at.GetToken() != nil {
			line = fmt.Sprintf(" in line %d", at.GetToken().Position.Line)
		}
		return nil, advice.New("the decisions cannot be read"+line, "write a list decisions, each with fault, reason and date")
	}
	seen := map[string]bool{}
	for _, d := range file.Decisions {
		if err := d.check(); err != nil {
			return nil, err
		}
		if seen[d.Fault] {
			return nil, advice.New("the fault "+d.Fault+" is decided twice", "remove one of the two")
		}
		seen[d.Fault] = true
	}
	return &Decisions{file.Decisions}, nil
}

// check returns why the decision is none.
func (d Decision) check() error {
	name := phrase.Excerpt(d.Fault)
	f, known := fault.ByName(d.Fault)
	switch {
	case d.Fault == "":
		return advice.New("a decision names no fault", "write the name of one as its fault")
	case !known:
		return advice.New("there is no fault "+name, "run tokendesk faults to list them")
	case f.Policy == "":
		return advice.New("the fault "+name+" cannot be accepted by decision: no correct API accepts it", "fix the API: "+f.Fix)
	case strings.TrimSpace(d.Reason) == "":
		return advice.New("the decision about "+name+" has no reason", "write why your API accepts it")
	}
	if _, err := time.Parse(time.DateOnly, d.Date); err != nil {
		return advice.New("the decision about "+name+" has no date", "write the day as 2026-11-27")
	}
	return nil
}

// About returns the decision about a fault, or nil.
func (d *Decisions) About(name string) *Decision {
	if d == nil {
		return nil
	}
	at := slices.IndexFunc(d.all, func(one Decision) bool { return one.Fault == name })
	if at < 0 {
		return nil
	}
	return &d.all[at]
}

// Needless returns the decisions about faults that were refused.
func (r *Report) Needless() []Decision {
	var needless []Decision
	for i := range r.Results {
		result := &r.Results[i]
		if one := r.Decisions.About(result.Case.Name); one != nil && (result.Kind() == KindRefused || result.Kind() == KindWrongStatus) {
			needless = append(needless, *one)
		}
	}
	return needless
}
