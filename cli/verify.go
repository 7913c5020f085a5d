package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/auth/input"
	"tokendesk/desk"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
)

// verify is the command that says whether tokens are good.
func (p Program) verify() *cobra.Command {
	var from deskFlags
	var checks desk.Checks
	var leeway string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify [TOKEN]",
		Short: "Say whether a token is good, and if not why",
		Long: "Check a token, or several on standard input, one a line, against the configured key: its form, its signature, its times and its claims. " +
			"The exit code is the class of the first check that failed: 10 malformed, 11 unsupported, 12 bad signature, 13 wrong key, 14 expired, 15 not yet valid, 16 wrong claim.",
		Example: `tokendesk verify "$TOKEN"
tokendesk verify --audience https://api.example.com --json < token.txt
tokendesk verify --key-file secret.txt --leeway 30s "$TOKEN"`,
		Args: tokenArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, other := range []string{"leeway", "issuer", "audience", "type"} {
				if err := exclusive(cmd, "signature-only", other); err != nil {
					return err
				}
			}
			d, err := p.openToVerify(cmd.Context(), &from)
			if err != nil {
				return err
			}
			now := p.Now()
			if checks.Leeway, err = parseLeeway(leeway, now); err != nil {
				return err
			}
			in, err := p.read(args)
			if err != nil {
				return err
			}
			tokens := p.meant(in)
			if d, err = p.withPublished(cmd.Context(), d, kidsOf(tokens)...); err != nil {
				return err
			}
			code := exitDone
			for _, found := range tokens {
				v := verified{d.Keyring().Verify(found.Compact, checks, now), checks, d.Keyring(), now}
				if code == exitDone {
					code = verdictCode(v.Result.Verdict)
				}
				if asJSON {
					err = p.printJSON(v.verification())
				} else {
					err = p.print(v.text(styleFor(p.Stdout)))
				}
				if err != nil {
					return err
				}
			}
			return exit(code)
		},
	}
	from.flags(cmd)
	from.urlFlag(cmd)
	f := cmd.Flags()
	f.StringVar(&leeway, "leeway", "", "the tolerance on times, such as 30s; none without it")
	f.StringVar(&checks.Issuer, "issuer", "", "the iss claim must be this")
	f.StringArrayVar(&checks.Audience, "audience", nil, "the aud claim must hold this; of several one is enough")
	f.StringVar(&checks.Type, "type", "", "the typ header parameter must be this, such as at+jwt")
	f.BoolVar(&checks.SignatureOnly, "signature-only", false, "check the signature alone; the payload may be anything")
	f.BoolVar(&asJSON, "json", false, "print JSON, one object a line")
	return cmd
}

// parseLeeway reads a tolerance, which may be none.
func parseLeeway(text string, now time.Time) (time.Duration, error) {
	if strings.Trim(text, "0") == "" {
		return 0, nil
	}
	leeway, err := parseSpan(text, now)
	if err != nil {
		return 0, wrong(errors.New("--leeway: write a time such as 30s or 2m"))
	}
	return leeway, nil
}

// parseSpan reads a length of time, in whole seconds and more than none.
func parseSpan(text string, now time.Time) (time.Duration, error) {
	if strings.HasPrefix(strings.TrimSpace(strings.ToLower(text)), "until") {
		return 0, errors.New("that is a moment")
	}
	return input.ParseLifetime(text, now)
}

// verified is a token with its verdict, and how that was found.
type verified struct {
	*desk.Entry

	checks desk.Checks
	ring   *desk.Keyring
	now    time.Time
}

// text writes the verdict for people.
func (v verified) text(s style) string {
	r := v.Result
	var lines []string
	if r.Verdict == auth.VerdictValid {
		text := "valid"
		what := fmt.Sprintf(": signed with %s by key %s", r.Token.Algorithm(), r.Key.Fingerprint())
		if set := v.Published; set != nil {
			what += ", kid " + visible.Text(r.Key.ID()) + " of " + visible.Text(set.From) + " as fetched " + age(set, v.now) + " ago"
		}
		if v.checks.SignatureOnly {
			text = "signature valid"
			what += "; times and claims were not looked at"
		} else {
			what += lasting(r.Token, v.now)
		}
		lines = append(lines, s.good(text)+what)
	}
	for i, f := range r.Failures {
		text := f.Verdict.String()
		if i == 0 {
			text = "not valid, " + text
		}
		lines = append(lines, s.bad(text)+": "+sentence(advise(f.Reason, f.Advice), f.Source))
	}
	if r.Verdict != auth.VerdictValid && !r.SignatureChecked {
		lines = append(lines, s.warn(unchecked))
	}
	if r.Key != nil && r.Key.Weakness() != nil {
		lines = append(lines, s.warn("the key is weak: anybody can guess it"))
	}
	if v.checks.Leeway != 0 {
		lines = append(lines, "checked with a leeway of "+auth.FormatDuration(v.checks.Leeway))
	}
	return strings.Join(lines, "\n")
}

// lasting says for how long a good token stays good.
func lasting(token *auth.Token, now time.Time) string {
	exp, ok := token.Date("exp")
	if !ok {
		return ", without an expiry"
	}
	if at, ok := exp.Time(); ok {
		return fmt.Sprintf(", expires %s, %s", phrase.Moment(at, now.Location()), phrase.Distance(exp.Sub(now), "now"))
	}
	return ", expires after the year 9999"
}

// verification is the JSON shape of verify.
type verification struct {
	Verdict          string       `json:"verdict"`
	Valid            bool         `json:"valid"`
	ExitCode         int          `json:"exit_code"`
	Failures         []problem    `json:"failures"`
	SignatureChecked bool         `json:"signature_checked"`
	Key              *keyJSON     `json:"key"`
	LeewaySeconds    int64        `json:"leeway_seconds"`
	Header           *auth.Object `json:"header"`
	Claims           *auth.Object `json:"claims"`
	Times            []moment     `json:"times"`
}

// keyJSON is the key that made the signature.
type keyJSON struct {
	Fingerprint string `json:"fingerprint"`
	Algorithm   string `json:"algorithm"`
	ID          string `json:"id"`
	Weak        bool   `json:"weak"`
	From        string `json:"from"`
	// AgeSeconds is for a key that was fetched, otherwise null.
	AgeSeconds *int64 `json:"age_seconds"`
}

func (v verified) verification() verification {
	r := v.Result
	out := verification{
		Verdict: r.Verdict.Code(), Valid: r.Verdict == auth.VerdictValid, ExitCode: verdictCode(r.Verdict),
		Failures: []problem{}, SignatureChecked: r.SignatureChecked, LeewaySeconds: int64(v.checks.Leeway / time.Second),
		Header: orNull(r.Token.Header), Claims: orNull(r.Token.Claims), Times: momentsOf(r.Token, v.now),
	}
	for _, f := range r.Failures {
		out.Failures = append(out.Failures, problem{f.Verdict.Code(), f.Reason, f.Advice, f.Source})
	}
	if r.Key != nil {
		out.Key = &keyJSON{r.Key.Fingerprint(), string(r.Key.Algorithm()), r.Key.ID(), r.Key.Weakness() != nil, v.ring.Origin(r.Key), nil}
		if set := v.Published; set != nil {
			out.Key.AgeSeconds = new(int64(max(0, v.now.Sub(set.Fetched)) / time.Second))
		}
	}
	return out
}

// kidsOf returns the IDs of the keys that tokens name.
func kidsOf(found []find.Match) []string {
	kids := make([]string, 0, len(found))
	for _, f := range found {
		token, _ := decode(f.Compact)
		kids = append(kids, token.KeyID())
	}
	return kids
}
