package input

import (
	"strings"
	"testing"
)

func TestSubjectsThatAreInvisible(t *testing.T) {
	t.Parallel()
	const joiner = "the subject starts or ends with an invisible joiner; remove it"
	for subject, want := range map[string]string{
		"\u200d":        joiner,
		"ada\u200c":     joiner,
		"\u200dada":     joiner,
		"\u3164":        "the subject contains an invisible character (U+3164) at byte 1; remove it",
		"a\u2800":       "the subject contains an invisible character (U+2800) at byte 2; remove it",
		"a\u115fb":      "the subject contains an invisible character (U+115F) at byte 2; remove it",
		"a\u034fb":      "the subject contains an invisible character (U+034F) at byte 2; remove it",
		"a\uffa0@b.com": "the subject contains an invisible character (U+FFA0) at byte 2; remove it",
		"a\u00adb":      "the subject contains an invisible character (U+00AD) at byte 2; remove it",
		"\ufeffada":     "the subject contains an invisible character (U+FEFF) at byte 1; remove it",
		"ada\u3000":     "the subject ends with a space; remove it",
		"\u2003ada":     "the subject starts with a space; remove it",
		"a\u2029b":      "the subject contains an invisible character (U+2029) at byte 2; remove it",
		"a\x7f":         "the subject contains a control character (U+007F) at byte 2; remove it",
		"a\x00b":        "the subject contains a control character (U+0000) at byte 2; remove it",
	} {
		if err := CheckSubject(subject); err == nil || sentence(err) != want {
			t.Errorf("%q: %v, want %s", subject, err, want)
		}
	}
	for _, subject := range []string{"葛\U000e0100城", "❤\ufe0f", "क्\u200dष", "a\u00a0b", "दा\u200dता@उदाहरण.परीक्षा"} {
		if err := CheckSubject(subject); err != nil {
			t.Errorf("%q: %v", subject, err)
		}
	}
}

// RFC 5321 section 4.1.3: IPv6 has a tag and IPv4 has none.
func TestAddressLiterals(t *testing.T) {
	t.Parallel()
	for domain, ok := range map[string]bool{
		"[192.0.2.1]": true, "[IPv6:2001:db8::1]": true, "[ipv6:::1]": true, "[IPv6:::ffff:192.0.2.1]": true,
		"[2001:db8::1]": false, "[IPv6:192.0.2.1]": false, "[IPv6:fe80::1%eth0]": false, "[192.0.2]": false, "[192.0.2.01]": false,
		"[]": false, "[": false, "[IPv6:]": false, "[192.0.2.1": false, "192.0.2.1]": false, "[192.0.2.1].com": false, "[ 192.0.2.1]": false,
	} {
		if err := CheckSubject("ada@" + domain); (err == nil) != ok {
			t.Errorf("%s: %v, want accepted %t", domain, err, ok)
		}
	}
}

func TestQuotedLocalParts(t *testing.T) {
	t.Parallel()
	for local, ok := range map[string]bool{
		`"a b"`: true, `"a@b"`: true, `"a\"b"`: true, `"a\\"`: true, `"Zoë"`: true, `"."`: true, `".."`: true,
		`""`: false, `"`: false, `"a`: false, `a"`: false, `"a"b"`: false, `"a\"`: false, `"a"."b"`: false, `a\@b`: false,
	} {
		if err := CheckSubject(local + "@example.com"); (err == nil) != ok {
			t.Errorf("%s: %v, want accepted %t", local, err, ok)
		}
	}
	if err := CheckSubject(`"` + strings.Repeat("x", 63) + `"@example.com`); err == nil ||
		sentence(err) != "the part before the @ has 65 bytes, more than the maximum of 64" {
		t.Errorf("a long quoted local part: %v", err)
	}
}

func TestDomains(t *testing.T) {
	t.Parallel()
	for domain, ok := range map[string]bool{
		"example.com": true, "localhost": true, "a-b.c": true, "1.example": true, "xn--bcher-kva.example": true, "bücher.example": true,
		"l·l.example": true, strings.Repeat("a", 63) + ".com": true,
		"example.com.": false, ".com": false, "a..b": false, "-a.com": false, "a-.com": false, "a_b.com": false, "a b.com": false,
		"a,b": false, "a/b": false, "a:80": false, strings.Repeat("a", 64) + ".com": false,
	} {
		if err := CheckSubject("ada@" + domain); (err == nil) != ok {
			t.Errorf("%s: %v, want accepted %t", domain, err, ok)
		}
	}
}
