package old

import (
	"errors"
	"fmt"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/auth/input"
	"tokendesk/settings"
)

// desk is what tokens are made and checked with.
type desk struct {
	settings  *settings.Settings
	issuer    auth.Issuer
	verifier  auth.Verifier
	published *Published // whose keys the verifier has too, or nil
	throwaway bool       // the key is for this run only
	allowed   bool       // the name of the protected profile was typed
	issued    int        // how many tokens were asked for, the {{n}} of a persona
}

// newDesk makes a desk from the settings. It has no key when they have none.
func newDesk(set *settings.Settings, now func() time.Time, random io.Reader) desk {
	d := desk{
		settings: set,
		issuer: auth.Issuer{
			Key: set.Key, Lifetime: set.Lifetime, MaxLifetime: set.MaxLifetime,
			Iss: set.Issuer, Aud: set.Audience, Now: now, Rand: random,
		},
		verifier: auth.Verifier{Now: now},
	}
	if set.Key != nil {
		d.verifier.Keys = set.Verifying()
	}
	return d
}

// useThrowaway gives the desk a fresh key that is never written down.
func (d *desk) useThrowaway(key *auth.Key) {
	d.issuer.Key, d.verifier.Keys, d.throwaway = key, []*auth.Key{key}, true
}

// protected reports whether the key is that of a protected profile, and guarded
// whether its name is still to be typed.
func (d *desk) protected() bool { return d.settings.Protected && !d.throwaway }
func (d *desk) guarded() bool   { return d.protected() && !d.allowed }

// name says which profile signs.
func (d *desk) name() string {
	if d.throwaway {
		return thisRun
	}
	return d.settings.Profile
}

// thisRun is where a key is from that is never written down.
const thisRun = "this run only"

func (d *desk) key() *auth.Key { return d.issuer.Key }

// lifetime reads a lifetime and holds it against the limit.
func (d *desk) lifetime(text string, now time.Time) (time.Duration, error) {
	lifetime, err := input.ParseLifetime(text, now)
	if err != nil {
		return 0, err
	}
	err = d.issuer.CheckLifetime(lifetime)
	if limit, ok := errors.AsType[*auth.LimitError](err); ok {
		return 0, fmt.Errorf("%s is above the %s of MAX_TOKEN_MINUTES", auth.FormatDuration(limit.Lifetime), auth.FormatDuration(limit.Limit))
	}
	return lifetime, err
}

// issue returns the command that issues a token for the draft.
func (d *desk) issue(from draft) tea.Cmd {
	d.issued++
	here := *d
	return func() tea.Msg {
		now := here.issuer.Now()
		if here.guarded() { // whoever calls this is to ask first
			return issuedMsg{now: now, err: errors.New("the profile is protected, and its name was not typed")}
		}
		lifetime, err := here.lifetime(from.lifetime, now)
		if err != nil {
			return issuedMsg{now: now, err: err}
		}
		issuer, request, err := here.request(from, lifetime, now)
		if err != nil {
			return issuedMsg{now: now, err: err}
		}
		token, err := issuer.Issue(request)
		if err != nil {
			return issuedMsg{now: now, err: err}
		}
		return issuedMsg{now: now, entry: here.enter(token, from, now)}
	}
}

// request returns what a token of the draft is to hold, and what issues it: with
// the key of its persona.
func (d *desk) request(from draft, lifetime time.Duration, now time.Time) (auth.Issuer, auth.Request, error) {
	request := auth.Request{Subject: from.subject, Lifetime: lifetime, Claims: from.claims}
	issuer, p := d.issuer, from.persona
	if p == nil {
		return issuer, request, input.CheckSubject(from.subject)
	}
	fresh := settings.Fresh{Now: now, N: d.issued, Rand: issuer.Rand}
	var err error
	if issuer.Key, err = d.settings.SigningKey(p); err != nil {
		return issuer, request, err
	}
	if request.Subject, err = p.SubjectOf(fresh); err != nil {
		return issuer, request, err
	}
	if request.Claims, err = p.ClaimsOf(fresh); err != nil {
		return issuer, request, err
	}
	return issuer, request, input.CheckSubject(request.Subject)
}

// enter makes the entry of a token that was issued here.
func (d *desk) enter(token *auth.Token, from draft, now time.Time) *entry {
	e := &entry{token: token, draft: from}
	d.verify(e, now)
	return e
}

// verify checks the entry's token at an instant, with the keys it was first
// checked with: those of the profile it was issued or read in.
func (d *desk) verify(e *entry, now time.Time) {
	if e.keys == nil {
		e.keys, e.profile = d.verifier.Keys, d.name()
	}
	v := d.verifier
	v.Keys = e.keys
	if e.verifier != nil {
		v = *e.verifier
	}
	v.Now = func() time.Time { return now }
	e.result = v.Verify(e.token.Compact)
	if p := d.publisher(e.result.Key); p != nil {
		e.publisher = p
	}
	e.token = e.result.Token
	e.state = e.token.Status(now).State
}

// reading is what Inspect made of a text.
type reading struct {
	found []find.Match
	err   *auth.DecodeError // the text was too large to look at
}

// read returns the command that looks for tokens in a text.
func (d *desk) read(text string, generation int) tea.Cmd {
	now := d.issuer.Now
	return func() tea.Msg {
		found, err := find.Tokens(text, find.MaxPasted)
		refused, _ := errors.AsType[*auth.DecodeError](err)
		return readMsg{generation: generation, now: now(), reading: reading{found, refused}}
	}
}

// inspect makes the entry of a token that was read, good or not.
func (d *desk) inspect(r reading, index int, now time.Time) *entry {
	e := &entry{}
	if r.err != nil {
		e.token = r.err.Token
		e.result = auth.Result{
			Verdict: r.err.Verdict, Token: e.token,
			Failures: []auth.Failure{{Verdict: r.err.Verdict, Reason: r.err.Reason, Advice: r.err.Advice, Source: r.err.Source}},
		}
		return e
	}
	e.token = &auth.Token{Compact: r.found[index].Compact}
	d.verify(e, now)
	e.draft = draftOf(e.token, d.issuer.Lifetime)
	return e
}
