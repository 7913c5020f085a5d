package probe

import (
	"encoding/json"
	"time"

	"tokendesk/auth/advice"
	"tokendesk/auth/fault"
)

// Changes are what differs from an earlier report of the same API.
type Changes struct {
	Since  time.Time `json:"since"` // when the earlier run began
	Faults []Change  `json:"faults"`
}

// Change is a fault whose outcome means something else than before. Before is empty for a
// fault that was not tried then.
type Change struct {
	Fault  string `json:"fault"`
	Before Kind   `json:"before"`
	Now    Kind   `json:"now"`
}

// Earlier is a report of an earlier run.
type Earlier struct {
	started time.Time
	kinds   map[string]Kind
}

// ReadEarlier reads a report that [Report.WriteJSON] wrote, in this version or before. The
// error has advice.
func ReadEarlier(text []byte) (*Earlier, error) {
	var file struct {
		Started time.Time `json:"started"`
		Results *[]struct {
			Name    string  `json:"name"`
			Policy  string  `json:"policy"`
			Outcome Outcome `json:"outcome"`
		} `json:"results"`
	}
	if err := json.Unmarshal(text, &file); err != nil || file.Results == nil {
		return nil, advice.New("it is not a report of a probe", "write one with tokendesk probe --json")
	}
	e := &Earlier{file.Started, map[string]Kind{}}
	for _, result := range *file.Results {
		was := Result{Case: fault.Made{Fault: fault.Fault{Policy: result.Policy}}, Outcome: result.Outcome}
		e.kinds[result.Name] = was.Kind()
	}
	return e, nil
}

// Compare finds the changes since an earlier run, and keeps them in the report. A fault that
// was not tried then is a change only if it makes the report wrong.
func (r *Report) Compare(e *Earlier) {
	r.Changes = &Changes{Since: e.started, Faults: []Change{}}
	for i := range r.Results {
		result := &r.Results[i]
		before, tried := e.kinds[result.Case.Name]
		if tried && before != result.Kind() || !tried && r.Fails(result) {
			r.Changes.Faults = append(r.Changes.Faults, Change{result.Case.Name, before, result.Kind()})
		}
	}
}
