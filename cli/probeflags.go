package cli

import (
	"errors"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/oneof"
	"tokendesk/probe"
	"tokendesk/settings"
)

// probeFlags is the flags that say how to send a token and what the answers mean.
type probeFlags struct {
	method, data, in, name, value string
	headers                       []string
	accept, refuse                string
	rate                          float64
	parallel                      int
	timeout                       string
	insecureTLS                   bool
	ownHost                       string
	policy, policyFile            string
}

func (r *probeFlags) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&r.method, "method", "", "the method of the requests; GET by default, POST with --data")
	f.StringArrayVar(&r.headers, "header", nil, "a header of the requests, 'Name: value', or @FILE with one per line; may be repeated")
	f.StringVar(&r.data, "data", "", "the body of the requests, or @FILE with it")
	f.StringVar(&r.in, "in", "header", "where the token goes: header, cookie, query or body")
	completeFlag(cmd, "in", oneof.Names(probe.Places())...)
	f.StringVar(&r.name, "name", "", "the name of that header, cookie or parameter; by default Authorization or access_token")
	f.StringVar(&r.value, "value", "", "the value there, with {token} in place of the token; by default 'Bearer {token}' in Authorization")
	f.StringVar(&r.accept, "accept", "200-299", "the status codes that mean the token was accepted")
	f.StringVar(&r.refuse, "refuse", "", "the status codes that mean the token was refused; by default 401, 403, and in some cases 400")
	f.StringVar(&r.policy, "policy", "warn", "what an accepted fault means that depends on the API: fail, warn or ignore")
	f.StringVar(&r.policyFile, "policy-file", "", "a YAML file with what you decided about such faults, each with a reason and a date")
	completeFlag(cmd, "policy", oneof.Names(probe.Policies())...)
	f.Float64Var(&r.rate, "rate", 0, "the maximum number of requests per second; 0 is no limit")
	f.IntVar(&r.parallel, "parallel", probe.DefaultParallel, "the maximum number of requests at a time")
	f.StringVar(&r.timeout, "timeout", "10s", "how long to wait for an answer")
	f.BoolVar(&r.insecureTLS, "insecure-tls", false, "accept any certificate, for a test system")
	f.StringVar(&r.ownHost, "i-own-this", "", "probe this host although it is neither on this machine nor in a private network")
	completeFlag(cmd, "i-own-this") // no completion: the user must type it
}

// target returns the API that the flags describe.
func (r *probeFlags) target(url string, now time.Time) (probe.Target, error) {
	t := probe.Target{URL: url, Method: strings.ToUpper(r.method), InsecureTLS: r.insecureTLS}
	t.Name, t.Value = r.name, r.value
	var err error
	if t.Accept, err = parseRanges("--accept", r.accept); err != nil {
		return t, err
	}
	if r.refuse != "" {
		if t.Refuse, err = parseRanges("--refuse", r.refuse); err != nil {
			return t, err
		}
	}
	if t.Timeout, err = parseSpan(r.timeout, now); err != nil {
		return t, invalid(errors.New("--timeout: write a time of a second or more, such as 10s"))
	}
	if t.In, err = oneof.ByName("place", probe.Places(), r.in); err != nil {
		return t, invalid(errors.New("--in: write header, cookie, query or body"))
	}
	if r.rate < 0 || r.parallel < 1 {
		return t, invalid(errors.New("--rate and --parallel: write a number above 0"))
	}
	if t.Body, err = atFile("--data", r.data); err != nil {
		return t, err
	}
	if t.Method == "" && r.data != "" {
		t.Method = "POST"
	}
	t.Header, err = r.header()
	return t, err
}

// judge sets what the probe makes of faults that depend on the API.
func (r *probeFlags) judge(p *probe.Probe) error {
	var err error
	if p.Policy, err = oneof.ByName("policy", probe.Policies(), r.policy); err != nil {
		return invalid(errors.New("--policy: write fail, warn or ignore"))
	}
	if p.Faults = p.Policy.Of(p.Faults); len(p.Faults) == 0 {
		return invalid(errors.New("no fault is left to try: --policy ignore leaves out those that depend on the API"))
	}
	if r.policyFile == "" {
		return nil
	}
	text, err := settings.ReadFile(r.policyFile, auth.MaxBytes)
	if err == nil {
		p.Decisions, err = probe.ReadDecisions(text)
	}
	if err != nil {
		return invalid(explain.At(r.policyFile, err))
	}
	return nil
}

// header reads the headers. Their values may be secrets, and no error holds one.
func (r *probeFlags) header() (map[string][]string, error) {
	header := map[string][]string{}
	for _, given := range r.headers {
		text, err := atFile("--header", given)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSpace(line)
			if line == "" {
				continue
			}
			name, value, ok := strings.Cut(line, ":")
			if !ok {
				return nil, invalid(errors.New("--header: write a name, a colon and a value, such as 'X-Api-Key: value', or @FILE"))
			}
			name = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
			header[name] = append(header[name], strings.TrimSpace(value))
		}
	}
	return header, nil
}

// atFile returns the value of a flag, or the content of the file after an @.
func atFile(flag, given string) ([]byte, error) {
	path, isFile := strings.CutPrefix(given, "@")
	if !isFile {
		return []byte(given), nil
	}
	text, err := settings.ReadFile(path, auth.MaxBytes)
	if err != nil {
		return nil, invalid(explain.At(flag, err))
	}
	return text, nil
}

// parseRanges reads status codes: numbers and ranges, separated by commas.
func parseRanges(flag, text string) ([]probe.Range, error) {
	var ranges []probe.Range
	for part := range strings.SplitSeq(text, ",") {
		from, to, isRange := strings.Cut(strings.TrimSpace(part), "-")
		if !isRange {
			to = from
		}
		first, err := strconv.Atoi(strings.TrimSpace(from))
		last, other := strconv.Atoi(strings.TrimSpace(to))
		if err != nil || other != nil || first < 100 || last > 999 || first > last {
			return nil, invalid(explain.At(flag, errors.New("write status codes such as 200-299 or 401,403")))
		}
		ranges = append(ranges, probe.Range{First: first, Last: last})
	}
	return ranges, nil
}
