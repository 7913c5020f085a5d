package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/settings"
)

// claimFlags is the flags that say what a token holds.
type claimFlags struct {
	persona                         string
	expiresIn, expiresAt, notBefore string
	claims                          []string
	parameters                      []string // of the header; each command names the flag
	claimsFile                      string
	issuer                          string
	audience                        []string
	id                              string // only issue has the flag
}

func (c *claimFlags) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&c.persona, "persona", "", "take the subject, lifetime and claims from this persona; other flags override them")
	_ = cmd.RegisterFlagCompletionFunc("persona", personaNames) // the flag exists
	f.StringVar(&c.expiresIn, "expires-in", "", "the lifetime, such as 45s, 30m, 1h30m or 7d")
	f.StringVar(&c.expiresAt, "expires-at", "", "when it expires, such as 18:00 or 2026-12-24T18:00Z")
	f.StringVar(&c.notBefore, "not-before", "", "when it becomes valid: a moment, or a time from now such as 5m")
	f.StringArrayVar(&c.claims, "claim", nil, "a claim, name=text or name:=json; may be repeated")
	f.StringVar(&c.claimsFile, "claims", "", "a file with claims as a JSON object; - is standard input")
	f.StringVar(&c.issuer, "issuer", "", "the iss claim, instead of ISSUER")
	f.StringArrayVar(&c.audience, "audience", nil, "the aud claim, instead of AUDIENCE; may be repeated")
}

// draft returns the draft that the flags and the subject, if there is one, describe.
func (c *claimFlags) draft(p Program, d *desk.Desk, subject ...string) (desk.Draft, error) {
	parameters, err := parseMembers("--header", c.parameters)
	if err != nil {
		return desk.Draft{}, err
	}
	draft := desk.Draft{Header: parameters, Issuer: c.issuer, Audience: c.audience, ID: c.id}
	if len(subject) > 0 {
		draft.Subject = subject[0]
	}
	now := d.Now()
	if draft.Lifetime, err = c.lifetime(now); err != nil {
		return draft, err
	}
	if draft.Claims, err = c.allClaims(p); err != nil {
		return draft, err
	}
	if c.notBefore != "" {
		if draft.NotBefore, err = parseStart(c.notBefore, now); err != nil {
			return draft, invalid(explain.At("--not-before", err))
		}
		if _, twice := draft.Claims.Get("nbf"); twice {
			return draft, invalid(errors.New("--not-before and an nbf claim cannot be used together"))
		}
	}
	for _, m := range draft.Claims {
		if err := auth.CheckExtraClaim(m); err != nil {
			return draft, invalid(explain.At("the claim "+m.Name, err))
		}
	}
	draft.Persona, err = c.chosenPersona(d)
	return draft, err
}

// allClaims returns the claims of --claims and --claim. Those of --claim override
// those in the file.
func (c *claimFlags) allClaims(p Program) (auth.Object, error) {
	claims, err := c.fileClaims(p)
	if err != nil {
		return nil, err
	}
	typed, err := parseMembers("--claim", c.claims)
	if err != nil {
		return nil, err
	}
	for _, m := range typed {
		claims = claims.Set(m.Name, m.Value)
	}
	return claims, nil
}

// lifetime returns the lifetime of the flags as a person types it, or nothing.
func (c *claimFlags) lifetime(now time.Time) (string, error) {
	switch {
	case c.expiresIn != "":
		if _, err := input.ParseLifetime(c.expiresIn, now); err != nil {
			return "", invalid(explain.At("--expires-in", err))
		}
		return c.expiresIn, nil
	case c.expiresAt != "":
		moment := c.expiresAt
		if at, ok := parseUnix(moment); ok {
			moment = at.Format(time.RFC3339)
		}
		_, err := input.ParseMoment(moment, now)
		until := "until " + moment
		if err == nil {
			_, err = input.ParseLifetime(until, now)
		}
		if err != nil {
			return "", invalid(explain.At("--expires-at", err))
		}
		return until, nil
	default:
		return "", nil
	}
}

// parseStart reads a moment, or a time from now.
func parseStart(text string, now time.Time) (time.Time, error) {
	if at, ok := parseUnix(text); ok {
		return at, nil
	}
	moment, err := input.ParseMoment(text, now)
	if err == nil {
		return moment, nil
	}
	if wait, waitErr := input.ParseLifetime(text, now); waitErr == nil {
		return now.Truncate(time.Second).Add(wait), nil
	}
	return time.Time{}, errors.New("write a moment such as 18:00 or 2026-12-24T18:00Z, or a time from now such as 5m")
}

// parseUnix reads a NumericDate, which has ten digits nowadays.
func parseUnix(text string) (time.Time, bool) {
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || len(text) < 9 || len(text) > 11 {
		return time.Time{}, false
	}
	return time.Unix(seconds, 0).UTC(), true
}

// parseMembers reads the values of a repeatable flag.
func parseMembers(flag string, rows []string) (auth.Object, error) {
	var members auth.Object
	for _, row := range rows {
		m, err := input.ParseClaim(row)
		if err != nil {
			return nil, invalid(explain.At(flag+" "+phrase.Excerpt(row), jsontext.InOneLine(err)))
		}
		if slices.ContainsFunc(members, func(have auth.Member) bool { return have.Name == m.Name }) {
			return nil, invalid(advise(flag+" "+m.Name+" is given twice", "keep one"))
		}
		members = append(members, m)
	}
	return members, nil
}

// fileClaims reads the claims of a file, or of standard input.
func (c *claimFlags) fileClaims(p Program) (auth.Object, error) {
	var data []byte
	var err error
	path := c.claimsFile
	switch path {
	case "":
		return nil, nil
	case "-":
		path = "standard input"
		if data, err = io.ReadAll(io.LimitReader(p.Stdin, auth.MaxBytes+1)); err != nil {
			return nil, errors.New("standard input cannot be read")
		}
		if len(data) > auth.MaxBytes { // as settings.ReadFile refuses a file
			return nil, explain.Line{
				Label: path, Text: fmt.Sprintf("it is larger than %d KiB", auth.MaxBytes>>10), Do: "check that it is the right file",
			}
		}
	default:
		if data, err = settings.ReadFile(path, auth.MaxBytes); err != nil {
			return nil, err
		}
	}
	claims, err := jsontext.ParseObject(data)
	if syntax, ok := errors.AsType[*jsontext.SyntaxError](err); ok {
		return nil, explain.Problem(&settings.Problem{
			File: path, Line: syntax.Line, Column: syntax.Column, Text: syntax.Reason, Do: "write one JSON object",
		})
	}
	return claims, err
}
