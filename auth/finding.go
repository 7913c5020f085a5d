package auth

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Severity says how serious a finding is.
type Severity int

// The severities, the most serious first.
const (
	SeverityDanger  Severity = iota + 1 // a verifier that accepts this can be attacked
	SeverityWarning                     // probably a mistake
	SeverityNote                        // worth knowing
)

var severities = [...]string{unknown, SeverityDanger: "danger", SeverityWarning: "warning", SeverityNote: "note"}

// String returns "danger", "warning" or "note".
func (s Severity) String() string { return rowOf(severities[:], s) }

// Finding is something odd or dangerous about a token, whatever the verdict.
type Finding struct {
	Code     string // a stable name, such as "alg-none"
	Severity Severity
	Text     string // one sentence
	Source   string // the RFC section of the rule
}

// finder is one row of the table: a kind of finding, its severity and its source. find
// returns a sentence for each occurrence.
type finder struct {
	code     string
	severity Severity
	source   string
	find     func(*view) []string
}

// view is the token for the finders, with the key that verified it, if any, and the strings
// in its claims, which are collected once for all of them.
type view struct {
	*Token
	key     *Key
	now     time.Time
	strings []claimString
}

// maxFindings is how many sentences of one kind are made at most. A hostile token could
// cause a hundred thousand.
const maxFindings = 5

// tally collects the sentences of one kind. It makes the first few and only counts the
// others.
type tally []string

func (t *tally) add(sentence func() string) {
	text := ""
	if len(*t) < maxFindings {
		text = sentence()
	}
	*t = append(*t, text)
}

// Findings returns what is odd or dangerous about a token at an instant, the most serious
// first and otherwise in the order of the table. The token may be malformed and readable
// only in part.
func Findings(t *Token, now time.Time) []Finding { return (&Result{Token: t}).Findings(now) }

// Findings is [Findings] for a token that was verified: it knows the key.
func (r *Result) Findings(now time.Time) []Finding {
	v := view{r.Token, r.Key, now, claimStrings(r.Token.Claims)}
	var findings []Finding
	for _, f := range finders() {
		texts := f.find(&v)
		if more := len(texts) - maxFindings; more > 0 {
			texts = texts[:maxFindings]
			texts[maxFindings-1] += fmt.Sprintf(" (and %d more like it)", more)
		}
		source := f.source
		if f.code == "type-rules" { // each type has its own source
			source = r.Token.Type().Source()
		}
		for _, text := range texts {
			findings = append(findings, Finding{f.code, f.severity, text, source})
		}
	}
	slices.SortStableFunc(findings, func(a, b Finding) int { return cmp.Compare(a.Severity, b.Severity) })
	return findings
}

func finders() []finder {
	return []finder{
		{"alg-none", SeverityDanger, "RFC 8725 section 3.2", findAlgNone},
		{"signature-missing", SeverityDanger, "RFC 7515 section 5.2", findSignatureMissing},
		{"signature-length", SeverityDanger, "RFC 7518 section 3", findSignatureLength},
		{"published-secret", SeverityDanger, "RFC 7518 section 3.2", findPublishedSecret},
		{"embedded-key", SeverityDanger, "RFC 8725 section 3.10", findEmbeddedKey},
		{"private-key", SeverityDanger, "RFC 7517 section 9.2", findPrivateKey},
		{"key-url", SeverityDanger, "RFC 8725 section 3.10", findKeyURL},
		{"kid-injection", SeverityDanger, "RFC 8725 section 3.10", findKidInjection},
		{"secret-in-claims", SeverityDanger, "RFC 7519 section 12", findSecrets},
		{"duplicate-names", SeverityDanger, "RFC 7519 section 4", findDuplicates},
		{"weak-secret", SeverityWarning, "RFC 7518 section 3.2", findWeakSecret},
		{"critical", SeverityWarning, "RFC 7515 section 4.1.11", findCritical},
		{"type-rules", SeverityWarning, "RFC 8725 section 3.12", findTypeRules},
		{"graph-nonce", SeverityWarning, "RFC 7515 section 5.2", findGraphNonce},
		{"no-expiry", SeverityWarning, "RFC 7519 section 4.1.4", findNoExpiry},
		{"long-lifetime", SeverityWarning, "RFC 7519 section 4.1.4", findLongLifetime},
		{"milliseconds", SeverityWarning, "RFC 7519 section 2", findMilliseconds},
		{"date-out-of-range", SeverityWarning, "RFC 7519 section 2", findOutOfRange},
		{"never-valid", SeverityWarning, "RFC 7519 section 4.1.5", findNeverValid},
		{"issued-in-future", SeverityWarning, "RFC 7519 section 4.1.6", findIssuedInFuture},
		{"wrong-type", SeverityWarning, "RFC 7519 section 4.1", findWrongTypes},
		{"empty-audience", SeverityWarning, "RFC 7519 section 4.1.3", findEmptyAudience},
		{"name-case", SeverityWarning, "RFC 7519 section 10.1.1", findNameCase},
		{"invisible-text", SeverityWarning, "RFC 8725 section 3.10", findInvisible},
		{"token-in-claims", SeverityWarning, "RFC 7519 section 12", findNestedToken},
		{"no-subject", SeverityNote, "RFC 7519 section 4.1.2", findNoSubject},
		{"time-zone", SeverityNote, "RFC 7519 section 2", findTimeZone},
		{"fraction", SeverityNote, "RFC 7519 section 2", findFraction},
		{"inexact-number", SeverityNote, "RFC 8259 section 6", findInexactNumbers},
		{"large", SeverityNote, "RFC 6265 section 6.1", findLarge},
	}
}
