package explain

import (
	"errors"
	"slices"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/auth/find"
	"tokendesk/internal/phrase"
	"tokendesk/ledger"
)

// Known is everything that is known about a token.
type Known struct {
	// Result is the result of a verifier, or [Decoded] without one.
	Result auth.Result
	// SignatureOnly says that the verifier checked only the signature.
	SignatureOnly bool
	// Leeway is the tolerance with which the times were checked.
	Leeway time.Duration
	// Origin is where the key that made the signature comes from.
	Origin Origin
	// Form is the serialization of the token, or what the text is instead. Around says what
	// was around it, outermost first. Folded says that it was split over several lines.
	// Others is how many more tokens are in the same text.
	Form   find.Form
	Around []string
	Folded bool
	Others int
	// Fault is the fault of a faulty token, or nil.
	Fault *fault.Fault
	// From says of claims where they come from, by name.
	From map[string]string
	// Checked are the claims that were compared with those of the settings, such as "iss and
	// aud", or nothing.
	Checked string
	// AllowWeak says that the secret of the key may be weak, so that no finding says so.
	AllowWeak bool
	// Row is what the ledger knows of a token that is not signed, or nil.
	Row *ledger.Row
}

// Decoded returns the result for a token that is read but not verified. It has no
// verdict, unless the token cannot be read.
func Decoded(compact string) auth.Result {
	token, err := auth.Decode(compact)
	if refused, ok := errors.AsType[*auth.DecodeError](err); ok {
		return Unreadable(refused)
	}
	return auth.Result{Token: token}
}

// Read is [Decoded] for a token that was found in a text, with everything that came with
// it.
func Read(m find.Match) Known {
	known := Known{Form: m.Form, Around: m.Around, Folded: m.Folded}
	token, err := m.Decode()
	if refused, ok := errors.AsType[*auth.DecodeError](err); ok {
		known.Result = Unreadable(refused)
	} else {
		known.Result = auth.Result{Token: token}
	}
	readInside(&known.Result, maxInside)
	return known
}

// maxInside is how many tokens inside each other are read.
const maxInside = 4

// readInside reads the token inside a token.
func readInside(r *auth.Result, depth int) {
	if r.Token.Nested == "" || depth == 0 {
		return
	}
	inner := Decoded(r.Token.Nested)
	readInside(&inner, depth-1)
	r.Inner = &inner
}

// Unreadable returns the result for a token or a text that could not be read.
func Unreadable(refused *auth.DecodeError) auth.Result {
	return auth.Result{
		Verdict: refused.Verdict, Token: refused.Token,
		Failures: []auth.Failure{{Verdict: refused.Verdict, Reason: refused.Reason, Advice: refused.Advice, Source: refused.Source}},
	}
}

// Report describes a token. Its fields hold for the instant at which it was made;
// everything that changes every second is a method that takes the time.
type Report struct {
	// Token is the token, or the part of it that could be read.
	Token *auth.Token
	// Failures are the checks that failed, in order. There are none for a token that is
	// valid or was not verified.
	Failures []Line
	// Findings say what is odd or dangerous, the most serious first.
	Findings []Line
	// Header and Claims are the members in their order, or nil if the part could not be
	// read.
	Header, Claims []Member
	// Unprotected are the header parameters that nothing signs, and Disclosures the claims
	// that came with the token.
	Unprotected, Disclosures []Member
	// Kind says what the token is, if it is more than a signed token: "DPoP proof (RFC 9449
	// section 4.2)".
	Kind string
	// Inner is the report on the token inside this one, or nil.
	Inner *Report
	// Segments are the parts of the compact serialization. Joined they are all of it.
	Segments []Segment
	// Around says what the token was extracted from, and Others that there are more;
	// either may be empty.
	Around, Others string
	// Fault describes the fault of a faulty token, or is nil.
	Fault *FaultFacts
	// Key is the key that made the signature, or nil.
	Key *KeyFacts

	known  Known
	result *auth.Result // of known
	at     time.Time
}

// Token explains a token at an instant.
func Token(known Known, now time.Time) *Report {
	if known.Form == "" && known.Result.Token.Header != nil {
		known.Form = formOf(known.Result.Token)
	}
	r := &Report{Token: known.Result.Token, known: known, at: now}
	r.result = &r.known.Result
	r.Kind, r.Inner = kind(known), inside(known, Clock{Now: now})
	if known.Fault != nil {
		r.Fault = new(Fault(*known.Fault))
	}
	if known.Result.Key != nil {
		r.Key = new(Key(known.Result.Key, 0, known.Origin))
	}
	for _, f := range known.Result.Failures {
		line := failure(f)
		line.Do = advise(known, f)
		if r.Fault != nil {
			line.Do = "" // the token is faulty on purpose
		}
		r.Failures = append(r.Failures, line)
	}
	r.Around = around(known)
	if known.Others > 0 {
		r.Others = Others(known.Others)
	}
	r.Segments = segments(r.Token, known.Fault)
	if r.Token.Header != nil {
		r.Header = members(r.Token.Header, parameter, atFault(known.Fault, fault.PartHeader))
	}
	if r.Token.Claims != nil {
		r.Claims = members(r.Token.Claims, claim, atFault(known.Fault, fault.PartPayload))
		comeFrom(r.Claims, known.From)
	}
	if r.Token.Unprotected != nil {
		r.Unprotected = members(r.Token.Unprotected, parameter, nil)
	}
	r.Disclosures = disclosed(r.Token)
	for _, f := range known.Result.Findings(now) {
		line := finding(f)
		if !isAboutSecret(line) || known.Result.Key == nil || !known.AllowWeak {
			r.Findings = append(r.Findings, line)
		}
	}
	if r.Inner != nil {
		for _, line := range r.Inner.Findings {
			line.Text = "in the token inside: " + line.Text
			r.Findings = append(r.Findings, line)
		}
	}
	return r
}

// failure says which check a token failed.
func failure(f auth.Failure) Line {
	return Line{Tone: Bad, Code: f.Verdict.Code(), Label: f.Verdict.String(), Text: f.Reason, Do: f.Advice, Source: f.Source}
}

// advise says what to do about a failed check in the words of the settings and the
// commands.
func advise(known Known, f auth.Failure) string {
	switch known.Result.Form {
	case auth.SecretDecodedBase64:
		return "set SECRET_KEY_ENCODING=base64"
	case auth.SecretDecodedBase64URL:
		return "set SECRET_KEY_ENCODING=base64url"
	case auth.SecretDecodedHex:
		return "set SECRET_KEY_ENCODING=hex"
	case auth.SecretInBase64, auth.SecretInBase64URL, auth.SecretInHex:
		return f.Advice + ", or remove SECRET_KEY_ENCODING"
	default:
	}
	if known.Form == find.FormDetached && known.Result.Token.LacksPayload() {
		return "verify it with its payload: tokendesk verify --payload FILE"
	}
	return f.Advice
}

func finding(f auth.Finding) Line {
	tones := map[auth.Severity]Tone{auth.SeverityDanger: Bad, auth.SeverityWarning: Warn, auth.SeverityNote: Quiet}
	return Line{Tone: tones[f.Severity], Code: f.Code, Label: f.Severity.String(), Text: f.Text, Source: f.Source}
}

// Warnings returns the findings that a verdict alone would hide: a secret that anyone can
// guess, a token that nobody else can verify, and dates that a verifier accepts or refuses
// for a reason that nobody meant.
func (r *Report) Warnings() []Line {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(l Line) bool {
		if l.Code == "graph-nonce" { // a bad signature says so by itself
			return r.result.Verdict == auth.VerdictBadSignature
		}
		isAboutDates := (l.Code == "milliseconds" || l.Code == "time-zone") && r.result.Verdict != auth.VerdictNotYetValid
		return !isAboutDates && !isAboutSecret(l)
	})
}

func isAboutSecret(l Line) bool { return l.Code == "published-secret" || l.Code == "weak-secret" }

// around says what a token was extracted from, or nothing. White space alone is not worth
// saying.
func around(known Known) string {
	var parts []string
	if len(known.Around) > 0 && !slices.Equal(known.Around, []string{find.WhiteSpace}) {
		parts = append(parts, "extracted from: "+strings.Join(known.Around, ", "))
	}
	if known.Folded {
		parts = append(parts, "joined from several lines")
	}
	return strings.Join(parts, "; ")
}

// Others says that a text holds more tokens.
func Others(n int) string {
	return "the text holds " + phrase.Count(n, "more token", "more tokens")
}

// Unchecked says that the signatures of that many tokens were not checked.
func Unchecked(tokens int) Line {
	if tokens == 1 {
		return Line{Tone: Warn, Text: "the signature was not checked: anyone could have written this token"}
	}
	return Line{Tone: Warn, Text: "no signature was checked: anyone could have written these tokens"}
}
