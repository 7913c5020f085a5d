package cli

import (
	"bytes"
	"errors"
	"fmt"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/file"
	"tokendesk/probe"
	"tokendesk/settings"
)

// probeFlags says how a token is sent, and what the answers mean.
type probeFlags struct {
	method, data, in, name string
	headers                []string
	accept, refuse         string
	rate                   float64
	parallel               int
	timeout                string
	insecureTLS            bool
	own                    string
}

func (p *probeFlags) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&p.method, "method", "", "the method of the requests, GET without it, POST with --data")
	f.StringArrayVar(&p.headers, "header", nil, "a header of the requests, 'Name: value', or @FILE with one a line; may be repeated")
	f.StringVar(&p.data, "data", "", "the body of the requests, or @FILE with it")
	f.StringVar(&p.in, "in", "header", "where the token goes: header, cookie or query")
	offer(cmd, "in", "header", "cookie", "query")
	f.StringVar(&p.name, "name", "", "the header, the cookie or the parameter that it goes into: Authorization, or access_token")
	f.StringVar(&p.accept, "accept", "200-299", "the statuses of a token that was let in")
	f.StringVar(&p.refuse, "refuse", "401,403", "the statuses of a token that was refused")
	f.Float64Var(&p.rate, "rate", 0, "the most requests in a second; no limit without it")
	f.IntVar(&p.parallel, "parallel", probe.DefaultParallel, "how many requests are under way at once")
	f.StringVar(&p.timeout, "timeout", "10s", "how long to wait for an answer")
	f.BoolVar(&p.insecureTLS, "insecure-tls", false, "take any certificate, for a test system")
	f.StringVar(&p.own, "i-own-this", "", "probe this host although it is not on this machine or in a private network")
	offer(cmd, "i-own-this") // nothing: it is to be typed
}

// target returns the API that the flags describe.
func (p *probeFlags) target(url string, now time.Time) (probe.Target, error) {
	t := probe.Target{URL: url, Method: strings.ToUpper(p.method), Name: p.name, InsecureTLS: p.insecureTLS}
	var err error
	if t.Accept, err = parseRanges("--accept", p.accept); err != nil {
		return t, err
	}
	if t.Refuse, err = parseRanges("--refuse", p.refuse); err != nil {
		return t, err
	}
	if t.Timeout, err = parseSpan(p.timeout, now); err != nil {
		return t, wrong(errors.New("--timeout: write a time of a second or more, such as 10s"))
	}
	switch p.in {
	case "header":
	case "cookie":
		t.In = probe.InCookie
	case "query":
		t.In = probe.InQuery
	default:
		return t, wrong(errors.New("--in: write header, cookie or query"))
	}
	if p.rate < 0 || p.parallel < 1 {
		return t, wrong(errors.New("--rate and --parallel: write a number above 0"))
	}
	if t.Body, err = atFile("--data", p.data); err != nil {
		return t, err
	}
	if t.Method == "" && p.data != "" {
		t.Method = "POST"
	}
	t.Header, err = p.header()
	return t, err
}

// header reads the headers. Their values may be secrets, and no error holds one.
func (p *probeFlags) header() (map[string][]string, error) {
	header := map[string][]string{}
	for _, given := range p.headers {
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
				return nil, wrong(errors.New("--header: write a name, a colon and a value, such as 'X-Api-Key: value', or @FILE"))
			}
			name = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
			header[name] = append(header[name], strings.TrimSpace(value))
		}
	}
	return header, nil
}

// atFile returns the text of a flag, or that of the file behind an @.
func atFile(flag, given string) ([]byte, error) {
	path, isFile := strings.CutPrefix(given, "@")
	if !isFile {
		return []byte(given), nil
	}
	text, err := settings.ReadFile(path, auth.MaxBytes)
	if err != nil {
		return nil, wrong(explain.At(flag, err))
	}
	return text, nil
}

// parseRanges reads statuses: numbers and ranges with commas between them.
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
			return nil, wrong(fmt.Errorf("%s: write statuses such as 200-299 or 401,403", flag))
		}
		ranges = append(ranges, probe.Range{First: first, Last: last})
	}
	return ranges, nil
}

// reportFiles is where reports are written besides standard output: the paths by
// the names of the forms.
type reportFiles map[string]*string

func (r reportFiles) flags(cmd *cobra.Command) {
	what := "the report"
	for _, form := range probe.ReportForms() {
		r[form.Name()] = cmd.Flags().String(form.Name(), "", "write "+what+" as "+form.Title()+" to this file too")
		what = "it"
	}
}

// write writes the reports, in place of those of an earlier run. They hold no
// token, and anybody may read them.
func (r reportFiles) write(report *probe.Report) error {
	for _, form := range probe.ReportForms() {
		path := *r[form.Name()]
		if path == "" {
			continue
		}
		var text bytes.Buffer
		err := form.Write(report, &text, version())
		if err == nil {
			err = file.Rewrite(path, text.Bytes(), 0o666)
		}
		if err != nil {
			return fmt.Errorf("%s could not be written: check its folder, and the room on the disk", path)
		}
	}
	return nil
}
