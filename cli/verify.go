package cli

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/auth/input"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// verifyCommand is the command that says whether tokens are valid.
func verifyCommand(p Program) *cobra.Command {
	var from deskFlags
	var checks desk.Checks
	var leeway, payload string
	var at atFlag
	var asJSON bool
	cmd := &cobra.Command{
		Use:        "verify [TOKEN]",
		SuggestFor: []string{"check", "validate"},
		Short:      "Say whether a token is valid, and if not, why",
		Long: "Check a token, or several on standard input, one per line, against the configured keys: its form, its signature, its times " +
			"and its claims. The exit code is the class of the first check that failed: 10 malformed, 11 unsupported, 12 bad signature, " +
			"13 wrong key, 14 expired, 15 not yet valid, 16 wrong claim.",
		Example: `tokendesk verify "$TOKEN"
tokendesk verify --audience https://api.example.com --json < token.txt
tokendesk verify --key-file secret.txt --leeway 30s "$TOKEN"
tokendesk verify --at 'in 2h' "$TOKEN"`,
		Args: tokenArgs(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := exclusive(cmd, "signature-only", "at", "leeway", "issuer", "audience", "type"); err != nil {
				return err
			}
			p, err := at.stop(p)
			if err != nil {
				return err
			}
			d, err := from.openToVerify(cmd.Context(), p)
			if err != nil {
				return err
			}
			now := p.Now()
			if checks.Leeway, err = parseLeeway(leeway, now); err != nil {
				return err
			}
			in, err := p.readTokens(args)
			if err != nil {
				return err
			}
			tokens := p.chooseTokens(in)
			if checks.Payload, err = readPayload(payload, tokens); err != nil {
				return err
			}
			if d, err = withKeysOf(cmd.Context(), p, &from, d, tokens, checks); err != nil {
				return err
			}
			return printVerdicts(p, d.Keyring(), tokens, checks, at.given(), asJSON)
		},
	}
	from.flags(cmd)
	from.urlFlag(cmd)
	f := cmd.Flags()
	f.StringVar(&leeway, "leeway", "", "the tolerance on times, such as 30s; none by default")
	f.StringVar(&checks.Issuer, "issuer", "", "the expected iss claim")
	f.StringArrayVar(&checks.Audience, "audience", nil, "an expected aud claim; may be repeated, and one match is enough")
	f.StringVar(&checks.Type, "type", "", "the expected typ header parameter, such as at+jwt")
	f.BoolVar(&checks.SignatureOnly, "signature-only", false, "check only the signature; the payload may be anything")
	at.flag(cmd, "verify as of this time instead of now")
	f.StringVar(&payload, "payload", "", "the `file` with the payload of a detached token")
	f.BoolVar(&asJSON, "json", false, "print JSON, one object per line")
	return cmd
}

// readPayload reads the payload of a detached token, byte for byte. The payload is nil
// without a file.
func readPayload(path string, tokens []find.Match) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	for _, m := range tokens {
		if m.Form != find.FormDetached {
			return nil, invalid(advise("--payload: the token has its own payload", "leave the flag out, or pass the detached token"))
		}
	}
	data, err := settings.ReadFile(path, auth.MaxBytes)
	if err != nil {
		return nil, invalid(explain.At("--payload", err))
	}
	return append([]byte{}, data...), nil
}

// parseLeeway reads a tolerance, which may be zero.
func parseLeeway(text string, now time.Time) (time.Duration, error) {
	if strings.Trim(text, "0") == "" {
		return 0, nil
	}
	leeway, err := parseSpan(text, now)
	if err != nil {
		return 0, invalid(errors.New("--leeway: write a time such as 30s or 2m"))
	}
	return leeway, nil
}

// parseSpan reads a span of time, in whole seconds and longer than zero.
func parseSpan(text string, now time.Time) (time.Duration, error) {
	if strings.HasPrefix(strings.TrimSpace(strings.ToLower(text)), "until") {
		return 0, errors.New("that is a moment")
	}
	return input.ParseLifetime(text, now)
}

// printVerdicts verifies tokens and prints the verdict on each, with its moment if it is not
// now. It ends with the exit code of the first that is not valid.
func printVerdicts(p Program, keys *desk.Keyring, tokens []find.Match, checks desk.Checks, moved, asJSON bool) error {
	code, now := exitDone, p.Now()
	clock := explain.Clock{Now: now, Zone: now.Location()}
	for _, found := range tokens {
		known := keys.VerifyMatch(found, checks, now).Known()
		known.Moved = moved
		report := explain.Token(known, now)
		verification := report.Verification()
		setExitCodes(&verification, &known.Result)
		code = cmp.Or(code, verification.ExitCode)
		expiry := ""
		if !checks.SignatureOnly {
			expiry = report.Expiry(clock)
		}
		lines := append(report.Verdict(clock), report.Warnings()...)
		if at := report.AsOf(clock); at != "" {
			lines = append(lines, explain.Line{Text: "as of " + at})
		}
		if report.Around != "" {
			lines = append(lines, explain.Line{Text: report.Around})
		}
		text := verdictText(lines, expiry, styleFor(p.Stdout))
		if err := p.show(asJSON, verification, text); err != nil {
			return err
		}
	}
	return exitWith(code)
}

// setExitCodes sets the exit codes of a token and of the tokens inside it.
func setExitCodes(v *explain.Verification, r *auth.Result) {
	v.ExitCode = verdictExit(r.Verdict)
	if v.Inside != nil {
		setExitCodes(v.Inside, r.Inner)
	}
}

// verdictText returns the verdict for people. A valid token has its expiry, if there
// is one to tell, on the same line.
func verdictText(verdict []explain.Line, expiry string, s style) string {
	lines := make([]string, 0, len(verdict))
	for _, line := range verdict {
		text := visible.Text(line.Said())
		switch {
		case line.Label != "":
			text = s.tone(line.Tone, line.Label) + ": " + text
		case line.Tone == explain.Warn:
			text = s.tone(line.Tone, text)
		}
		if line.Code == auth.VerdictValid.Code() && expiry != "" {
			text += ", " + expiry
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}
