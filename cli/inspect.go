package cli

import (
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/internal/phrase"
)

// unchecked is what goes with everything that inspect says.
const unchecked = "no signature was checked: anybody can have written this"

// inspect is the command that reads tokens without judging them. It needs no
// key and no settings.
func (p Program) inspect() *cobra.Command {
	var asJSON, utc bool
	cmd := &cobra.Command{
		Use:   "inspect [TOKEN]",
		Short: "Read a token, without checking its signature",
		Long: "Read a token from the argument or from standard input, bare or inside a header, a curl command, JSON, a cookie or a URL, " +
			"or several tokens, one a line. Nothing is fetched and no signature is checked.",
		Example: `tokendesk inspect eyJhbGciOi...
curl -s http://localhost:8000/token | tokendesk inspect
tokendesk inspect --json < token.txt`,
		Args: tokenArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			in, err := p.read(args)
			if err != nil {
				return err
			}
			now := p.Now()
			if utc {
				now = now.UTC()
			}
			code := exitDone
			for i, found := range in.found {
				token, refused := decode(found.Compact)
				if refused != nil && code == exitDone {
					code = verdictCode(refused.Verdict)
				}
				if asJSON {
					err = p.printJSON(inspectionOf(found, token, refused, now))
				} else {
					err = p.print(p.describe(found, token, refused, now, i > 0))
				}
				if err != nil {
					return err
				}
			}
			return exit(code)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one object a line")
	cmd.Flags().BoolVar(&utc, "utc", false, "show times in UTC only")
	return cmd
}

// decode returns what could be read, and why that is not all.
func decode(compact string) (*auth.Token, *auth.DecodeError) {
	token, err := auth.Decode(compact)
	if refused, ok := errors.AsType[*auth.DecodeError](err); ok {
		return refused.Token, refused
	}
	return token, nil
}

// describe writes a token for people.
func (p Program) describe(found find.Match, token *auth.Token, refused *auth.DecodeError, now time.Time, another bool) string {
	g := page{style: styleFor(p.Stdout), now: now}
	if another {
		g.add("")
	}
	g.line("token", phrase.Count(len(token.Compact), "byte", "bytes"))
	if len(found.Around) > 0 {
		g.line("taken off", strings.Join(found.Around, ", "))
	}
	if refused != nil {
		g.add(g.style.bad(pad(refused.Verdict.String(), titleWidth)) + sentence(advise(refused.Reason, refused.Advice), refused.Source))
	}
	g.object("header", token.Header, headerNote)
	g.object("claims", token.Claims, g.claimNote)
	if token.Header != nil {
		g.line("signature", phrase.Count(len(token.Signature), "byte", "bytes"))
	}
	if token.Claims != nil {
		g.line("expiry", expiry(token, now))
	}
	g.findings(auth.Findings(token, now))
	g.add(g.style.warn(unchecked))
	return strings.Join(g.lines, "\n")
}

// expiry says where the token stands in time. It is no judgement: nobody knows
// who wrote the times.
func expiry(token *auth.Token, now time.Time) string {
	status := token.Status(now)
	switch status.State {
	case auth.StateNotYetValid:
		return "begins in " + auth.FormatDuration(status.Left)
	default:
		return status.String()
	}
}

// inspection is the JSON shape of inspect.
type inspection struct {
	Token            string        `json:"token"`
	TakenOff         []string      `json:"taken_off"`
	Problem          *problem      `json:"problem"`
	Header           *auth.Object  `json:"header"`
	Claims           *auth.Object  `json:"claims"`
	SignatureBytes   int           `json:"signature_bytes"`
	SignatureChecked bool          `json:"signature_checked"`
	Times            []moment      `json:"times"`
	Expired          bool          `json:"expired"`
	Findings         []findingJSON `json:"findings"`
}

// problem is why a token could not be read, or a check that it failed.
type problem struct {
	Class  string `json:"class"`
	Reason string `json:"reason"`
	Advice string `json:"advice"`
	Source string `json:"source"`
}

// moment is a claim that holds a date.
type moment struct {
	Claim string `json:"claim"`
	// Time is null outside of years 1 to 9999.
	Time *string `json:"time"`
	// FromNow is counted from the whole second of now, negative in the past.
	FromNow int64 `json:"seconds_from_now"`
}

type findingJSON struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Text     string `json:"text"`
	Source   string `json:"source"`
}

func inspectionOf(found find.Match, token *auth.Token, refused *auth.DecodeError, now time.Time) inspection {
	out := inspection{
		Token: token.Compact, TakenOff: append([]string{}, found.Around...),
		Header: orNull(token.Header), Claims: orNull(token.Claims), SignatureBytes: len(token.Signature),
		Times: momentsOf(token, now), Findings: []findingJSON{},
		Expired: token.Status(now).State == auth.StateExpired,
	}
	if refused != nil {
		out.Problem = &problem{refused.Verdict.Code(), refused.Reason, refused.Advice, refused.Source}
	}
	for _, f := range auth.Findings(token, now) {
		out.Findings = append(out.Findings, findingJSON{f.Code, f.Severity.String(), f.Text, f.Source})
	}
	return out
}

func momentsOf(token *auth.Token, now time.Time) []moment {
	moments := []moment{}
	for _, m := range token.Claims {
		date, ok := auth.ParseNumericDate(m.Value)
		if !ok || !auth.IsDate(m.Name) {
			continue
		}
		at := moment{Claim: m.Name, FromNow: max(date.Seconds, -1<<62) - now.Unix()}
		if t, ok := date.Time(); ok {
			at.Time = new(t.Format(time.RFC3339))
		}
		moments = append(moments, at)
	}
	return moments
}

// orNull returns the object, or null for one that could not be read.
func orNull(o auth.Object) *auth.Object {
	if o == nil {
		return nil
	}
	return &o
}
