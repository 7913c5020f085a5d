package input

import (
	"regexp"
	"strings"
	"testing"
)

// Among all short texts of letters, digits, separators and their neighbours in ASCII,
// exactly the ordinary ones skip the checks, and they would pass every check.
func TestOrdinarySubjects(t *testing.T) {
	t.Parallel()
	ordinary := regexp.MustCompile(`^[A-Za-z0-9]+([._+-][A-Za-z0-9]+)*(@[A-Za-z0-9]+([.-][A-Za-z0-9]+)*)?$`)
	try := func(subject string) {
		want := ordinary.MatchString(subject) && len(subject) < 64
		if got := isOrdinary(subject); got != want {
			t.Errorf("%q: ordinary %v", subject, got)
		}
		if err := checkSubject(subject); err != nil && want {
			t.Errorf("%q: %v", subject, err)
		}
	}
	all := func(alphabet string, length int) {
		texts := []string{""}
		for range length {
			var longer []string
			for _, text := range texts {
				for i := range len(alphabet) {
					longer = append(longer, text+alphabet[i:i+1])
				}
			}
			texts = longer
			for _, text := range texts {
				try(text)
			}
		}
	}
	all("azAZ09@.-_+`{[/:, \x80", 3)
	all("a@.-_", 6)
	for _, n := range []int{62, 63, 64, 65} {
		try(strings.Repeat("a", n))
	}
}

// A subject passes at its limits. With one more byte the error says which part is too
// long.
func TestSubjectLimits(t *testing.T) {
	t.Parallel()
	a := strings.Repeat("a", 300)
	for _, subject := range []string{
		a[:254],
		a[:64] + "@b.example",
		`"` + a[:62] + `"@b.example`,
		"_@" + a[:63] + ".example",
		"_@" + strings.Repeat("é", 32) + ".example",
		a[:64] + "@" + a[:63] + "." + a[:63] + "." + a[:61],
	} {
		if err := CheckSubject(subject); err != nil {
			t.Errorf("%q: %v", subject, err)
		}
	}
	for subject, want := range map[string]string{
		a[:255]:                           "the subject has 255 bytes, more than the maximum of 254",
		a[:65] + "@b.example":             "the part before the @ has 65 bytes, more than the maximum of 64",
		`"` + a[:63] + `"@b.example`:      "the part before the @ has 65 bytes, more than the maximum of 64",
		"_@" + a[:64] + ".example":        "a part of the domain has more than 63 bytes",
		"a\u0300 b@c.example":             "the part before the @ contains ' ', which an address cannot contain without quotes",
		"é\u00a0b@c.example":              "the part before the @ contains a space; remove it",
		"a@b.-c":                          `the part "-c" of the domain starts or ends with a hyphen`,
		"a@b-.c":                          `the part "b-" of the domain starts or ends with a hyphen`,
		"a@b.c.":                          "the domain starts or ends with a dot, or has two in a row",
		"a@€.example":                     "the domain contains '€', which a domain cannot contain",
		"a.@b.example":                    "the part before the @ starts or ends with a dot, or has two in a row",
		"é\u2060b":                        "the subject contains an invisible character (U+2060) at byte 3; remove it",
		"é\u0085b":                        "the subject contains a control character (U+0085) at byte 3; remove it",
		"\u3000":                          "the subject is only white space; type an email address or a user name",
		strings.Repeat(" ", 255):          "the subject is only white space; type an email address or a user name",
		strings.Repeat("a", 254) + "\xff": "the subject is not valid UTF-8; retype it",
	} {
		if err := CheckSubject(subject); err == nil || sentence(err) != want {
			t.Errorf("%q: %v, want %s", subject, err, want)
		}
	}
}

// Only atext needs no quotes among the characters of ASCII (RFC 5322 section 3.2.3).
func TestUnquotedLocalParts(t *testing.T) {
	t.Parallel()
	const atext = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~."
	for c := byte(' '); c <= '~'; c++ {
		err := CheckSubject("a" + string(c) + "b@example.com")
		if ok := strings.IndexByte(atext, c) >= 0; (err == nil) != ok {
			t.Errorf("%q: %v, want accepted %v", c, err, ok)
		}
	}
}

// A domain may contain letters, marks and digits of any script, hyphens and the middle
// dot of Catalan.
func TestDomainCharacters(t *testing.T) {
	t.Parallel()
	for c := byte(' '); c <= '~'; c++ {
		err := CheckSubject("_@a" + string(c) + "b")
		ok := isLetterOrDigit(rune(c)) || c == '-' || c == '.'
		if c != '@' && (err == nil) != ok {
			t.Errorf("%q: %v, want accepted %v", c, err, ok)
		}
	}
	for r, ok := range map[rune]bool{
		'é': true, 'я': true, '例': true, '\u0301': true, '٣': true, '·': true, '\u200d': true, '\u200c': true,
		'€': false, '½': false, '。': false, '\u00a0': false, '…': false, '\u2044': false,
	} {
		if err := CheckSubject("_@a" + string(r) + "b"); (err == nil) != ok {
			t.Errorf("%q: %v, want accepted %v", r, err, ok)
		}
	}
}
