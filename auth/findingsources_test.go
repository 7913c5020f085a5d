package auth

import "testing"

// The codes of the findings, which scripts match, with their severity and source, the
// most serious first.
func TestFindingSources(t *testing.T) {
	t.Parallel()
	want := []Finding{
		{"alg-none", SeverityDanger, "", "RFC 8725 section 3.2"},
		{"signature-missing", SeverityDanger, "", "RFC 7515 section 5.2"},
		{"signature-length", SeverityDanger, "", "RFC 7518 section 3"},
		{"published-secret", SeverityDanger, "", "RFC 7518 section 3.2"},
		{"embedded-key", SeverityDanger, "", "RFC 8725 section 3.10"},
		{"private-key", SeverityDanger, "", "RFC 7517 section 9.2"},
		{"key-url", SeverityDanger, "", "RFC 8725 section 3.10"},
		{"kid-injection", SeverityDanger, "", "RFC 8725 section 3.10"},
		{"secret-in-claims", SeverityDanger, "", "RFC 7519 section 12"},
		{"duplicate-names", SeverityDanger, "", "RFC 7519 section 4"},
		{"weak-secret", SeverityWarning, "", "RFC 7518 section 3.2"},
		{"critical", SeverityWarning, "", "RFC 7515 section 4.1.11"},
		{"type-rules", SeverityWarning, "", "RFC 8725 section 3.12"},
		{"graph-nonce", SeverityWarning, "", "RFC 7515 section 5.2"},
		{"no-expiry", SeverityWarning, "", "RFC 7519 section 4.1.4"},
		{"long-lifetime", SeverityWarning, "", "RFC 7519 section 4.1.4"},
		{"milliseconds", SeverityWarning, "", "RFC 7519 section 2"},
		{"date-out-of-range", SeverityWarning, "", "RFC 7519 section 2"},
		{"never-valid", SeverityWarning, "", "RFC 7519 section 4.1.5"},
		{"issued-in-future", SeverityWarning, "", "RFC 7519 section 4.1.6"},
		{"wrong-type", SeverityWarning, "", "RFC 7519 section 4.1"},
		{"empty-audience", SeverityWarning, "", "RFC 7519 section 4.1.3"},
		{"name-case", SeverityWarning, "", "RFC 7519 section 10.1.1"},
		{"invisible-text", SeverityWarning, "", "RFC 8725 section 3.10"},
		{"token-in-claims", SeverityWarning, "", "RFC 7519 section 12"},
		{"no-subject", SeverityNote, "", "RFC 7519 section 4.1.2"},
		{"time-zone", SeverityNote, "", "RFC 7519 section 2"},
		{"fraction", SeverityNote, "", "RFC 7519 section 2"},
		{"inexact-number", SeverityNote, "", "RFC 8259 section 6"},
		{"large", SeverityNote, "", "RFC 6265 section 6.1"},
	}
	rows := finders()
	if len(rows) != len(want) {
		t.Fatalf("%d findings, want %d", len(rows), len(want))
	}
	for n, row := range rows {
		if got := (Finding{row.code, row.severity, "", row.source}); got != want[n] {
			t.Errorf("%+v, want %+v", got, want[n])
		}
	}
}
