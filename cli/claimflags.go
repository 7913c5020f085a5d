package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
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
	persona, shape                  string
	expiresIn, expiresAt, notBefore string
	issuedAt                        string
	claims                          []string
	parameters                      []string // of the header
	headerFlag                      string   // the name of the flag for them
	claimsFile                      string
	issuer                          string
	audience                        []string
	without                         []string
	id, payload                     string // only issue has the flags
	at                              atFlag // only issue and batch have it
}

func (c *claimFlags) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&c.persona, "persona", "", "take the subject, lifetime and claims from this persona; other flags override them")
	_ = cmd.RegisterFlagCompletionFunc("persona", personaNames) // the flag exists
	f.StringVar(&c.shape, "shape", "",
		"use the header and claims of this vendor's tokens, such as keycloak-access; other flags override them")
	_ = cmd.RegisterFlagCompletionFunc("shape", shapeNames) // the flag exists
	f.StringVar(&c.expiresIn, "expires-in", "", "the lifetime, such as 45s, 30m, 1h30m or 7d")
	f.StringVar(&c.expiresAt, "expires-at", "", "when it expires, such as 18:00 or 2026-12-24T18:00Z")
	f.StringVar(&c.notBefore, "not-before", "", "when it becomes valid: a moment, or a time from now such as 5m")
	f.StringVar(&c.issuedAt, "issued-at", "", "the iat claim, instead of now: a moment, or a time from now such as -1m")
	f.StringArrayVar(&c.claims, "claim", nil, "a claim, name=text or name:=json; may be repeated")
	f.StringVar(&c.claimsFile, "claims", "", "a file with claims as a JSON object, or with the output of inspect --json; - is standard input")
	f.StringArrayVar(&c.without, "without", nil, "leave out this claim or header parameter; may be repeated")
	f.StringVar(&c.issuer, "issuer", "", "the iss claim, instead of ISSUER")
	f.StringArrayVar(&c.audience, "audience", nil, "the aud claim, instead of AUDIENCE; may be repeated")
}

// draft returns the draft that the flags and the subject, if there is one, describe.
func (f *issueFlags) draft(p Program, d *desk.Desk, subject ...string) (desk.Draft, error) {
	draft := desk.Draft{Issuer: f.issuer, Audience: f.audience, ID: f.id, Without: f.without}
	if len(subject) > 0 {
		draft.Subject = subject[0]
	}
	var err error
	if draft.Header, err = parseMembers(f.headerFlag, f.parameters); err != nil {
		return draft, err
	}
	if draft.Claims, err = parseMembers("--claim", f.claims); err != nil {
		return draft, err
	}
	wrong := contradictionsOf(f, subject, draft.Claims, draft.Header)
	if err := wrong.first(); err != nil {
		return draft, err
	}
	now := d.Now()
	if draft.Lifetime, err = f.lifetime(now); err != nil {
		return draft, err
	}
	if draft.NotBefore, err = parseInstant("--not-before", f.notBefore, "5m", now); err != nil {
		return draft, err
	}
	if draft.IssuedAt, err = parseInstant("--issued-at", f.issuedAt, "-1m", now); err != nil {
		return draft, err
	}
	if draft.Payload, err = f.filePayload(p); err != nil {
		return draft, err
	}
	if f.payload != "" {
		draft.Bytes, _, err = readInput(p, f.payload)
		draft.Bytes = append([]byte{}, draft.Bytes...) // not nil if it is empty
		return draft, err
	}
	if draft.Persona, err = f.chosenPersona(d); err != nil {
		return draft, err
	}
	if f.shape == settings.NoShape && draft.Persona != nil {
		draft.Persona = settings.InShape(draft.Persona, nil)
	}
	draft.Shape, err = chosenShape(d, f.shape)
	return draft, err
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
		if at, ok := input.ParseUnix(moment); ok {
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

// parseInstant reads the moment, or the time from now, of a flag. It is zero without one.
func parseInstant(flag, text, example string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := input.ParseInstant(text, now)
	if err != nil {
		return at, invalid(explain.At(flag,
			errors.New("write a moment such as 18:00 or 2026-12-24T18:00Z, or a time from now such as "+example)))
	}
	return at, nil
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

// filePayload reads the claims of a file, or of standard input, or returns nil without
// any.
func (c *claimFlags) filePayload(p Program) (*desk.Payload, error) {
	if c.claimsFile == "" {
		return nil, nil
	}
	data, name, err := readInput(p, c.claimsFile)
	if err != nil {
		return nil, err
	}
	payload, err := desk.ParsePayload(data)
	if syntax, ok := errors.AsType[*jsontext.SyntaxError](err); ok {
		return nil, explain.Problem(&settings.Problem{
			File: name, Line: syntax.Line, Column: syntax.Column, Text: syntax.Reason, Do: "write one JSON object",
		})
	}
	return payload, explain.At(name, err)
}

// readInput reads a file, or standard input instead of -, and returns its name, too.
func readInput(p Program, path string) (data []byte, name string, err error) {
	return readLarge(p, path, auth.MaxBytes)
}

// readLarge is readInput for a text of at most limit bytes.
func readLarge(p Program, path string, limit int64) (data []byte, name string, err error) {
	if path != "-" {
		data, err = settings.ReadFile(path, limit)
		return data, path, err
	}
	const stdin = "standard input"
	data, err = io.ReadAll(io.LimitReader(p.Stdin, limit+1))
	switch {
	case err != nil:
		return nil, stdin, errors.New(stdin + " cannot be read")
	case int64(len(data)) > limit: // as settings.ReadFile refuses a file
		return nil, stdin, explain.Line{
			Label: stdin, Text: fmt.Sprintf("it is larger than %d KiB", limit>>10), Do: "check that it is the right file",
		}
	}
	return data, stdin, nil
}
