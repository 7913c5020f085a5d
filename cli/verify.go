package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
)

// wanted is what verify asks of a token, besides what every token must be.
type wanted struct {
	leeway        string
	issuer, typ   string
	audience      []string
	signatureOnly bool
}

// verify is the command that says whether tokens are good.
func (p Program) verify() *cobra.Command {
	var from source
	var want wanted
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
			set, err := p.loadToVerify(&from)
			if err != nil {
				return err
			}
			verifier, err := want.verifier(p.Now())
			if err != nil {
				return err
			}
			in, err := p.read(args)
			if err != nil {
				return err
			}
			tokens := p.meant(in)
			ring, err := p.keyring(cmd.Context(), set, kidsOf(tokens)...)
			if err != nil {
				return err
			}
			verifier.Keys = ring.keys()
			code := exitDone
			for _, found := range tokens {
				result := want.check(verifier, found.Compact)
				if code == exitDone {
					code = verdictCode(result.Verdict)
				}
				if asJSON {
					err = p.printJSON(verificationOf(result, verifier, ring))
				} else {
					err = p.print(p.judge(result, verifier, ring, want.signatureOnly))
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
	f.StringVar(&want.leeway, "leeway", "", "the tolerance on times, such as 30s; none without it")
	f.StringVar(&want.issuer, "issuer", "", "the iss claim must be this")
	f.StringArrayVar(&want.audience, "audience", nil, "the aud claim must hold this; of several one is enough")
	f.StringVar(&want.typ, "type", "", "the typ header parameter must be this, such as at+jwt")
	f.BoolVar(&want.signatureOnly, "signature-only", false, "check the signature alone; the payload may be anything")
	f.BoolVar(&asJSON, "json", false, "print JSON, one object a line")
	return cmd
}

// verifier returns what checks, without keys and with the clock standing at now.
func (w *wanted) verifier(now time.Time) (*auth.Verifier, error) {
	v := &auth.Verifier{
		Iss: w.issuer, Aud: w.audience, Typ: w.typ,
		Now: func() time.Time { return now },
	}
	if w.leeway == "" || strings.Trim(w.leeway, "0") == "" {
		return v, nil
	}
	leeway, err := parseSpan(w.leeway, now)
	if err != nil {
		return nil, wrong(errors.New("--leeway: write a time such as 30s or 2m"))
	}
	v.Leeway = leeway
	return v, nil
}

// parseSpan reads a length of time, in whole seconds and more than none.
func parseSpan(text string, now time.Time) (time.Duration, error) {
	if strings.HasPrefix(strings.TrimSpace(strings.ToLower(text)), "until") {
		return 0, errors.New("that is a moment")
	}
	return input.ParseLifetime(text, now)
}

func (w *wanted) check(v *auth.Verifier, compact string) auth.Result {
	if w.signatureOnly {
		return v.VerifySignature(compact)
	}
	return v.Verify(compact)
}

// judge writes a verdict for people.
func (p Program) judge(r auth.Result, v *auth.Verifier, ring *keyring, signatureOnly bool) string {
	s := styleFor(p.Stdout)
	var lines []string
	if r.Verdict == auth.VerdictValid {
		text := "valid"
		what := fmt.Sprintf(": signed with %s by key %s", r.Token.Algorithm(), r.Key.Fingerprint())
		if ring.isPublished(r.Key) {
			what += ", kid " + visible.Text(r.Key.ID()) + " of " + visible.Text(ring.origin(r.Key)) + " as fetched " + age(ring.published, v.Now()) + " ago"
		}
		if signatureOnly {
			text = "signature valid"
			what += "; times and claims were not looked at"
		} else {
			what += lasting(r.Token, v.Now())
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
	if v.Leeway != 0 {
		lines = append(lines, "checked with a leeway of "+auth.FormatDuration(v.Leeway))
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

func verificationOf(r auth.Result, v *auth.Verifier, ring *keyring) verification {
	out := verification{
		Verdict: word(r.Verdict), Valid: r.Verdict == auth.VerdictValid, ExitCode: verdictCode(r.Verdict),
		Failures: []problem{}, SignatureChecked: r.SignatureChecked, LeewaySeconds: int64(v.Leeway / time.Second),
		Header: orNull(r.Token.Header), Claims: orNull(r.Token.Claims), Times: momentsOf(r.Token, v.Now()),
	}
	for _, f := range r.Failures {
		out.Failures = append(out.Failures, problem{word(f.Verdict), f.Reason, f.Advice, f.Source})
	}
	if r.Key != nil {
		out.Key = &keyJSON{r.Key.Fingerprint(), string(r.Key.Algorithm()), r.Key.ID(), r.Key.Weakness() != nil, ring.origin(r.Key), nil}
		if ring.isPublished(r.Key) {
			out.Key.AgeSeconds = new(int64(max(0, v.Now().Sub(ring.published.Fetched)) / time.Second))
		}
	}
	return out
}
