package input

import (
	"strings"
	"testing"
)

func TestCheckSubjectAccepts(t *testing.T) {
	t.Parallel()
	for _, subject := range []string{
		"ada@example.com", "first.last+tag@sub.example.co.uk", "o'hara@example.com", "dev-42", "Zoë", "Zoe\u0308",
		"ada@localhost", "a@b", "!#$%&'*+-/=?^_`{|}~@example.com", `"a@b"@example.com`, `"with space"@example.com`, `"\""@example.com`,
		"ada@[192.0.2.1]", "ada@[IPv6:2001:db8::1]", "ada@bücher.example", "ada@xn--bcher-kva.example", "чебурашка@ящик.example",
		"用户@例子.example", "أحمد", "می\u200cخواهم", "शर्मा", "佐藤", `CORP\ada`, "auth0|5f7c8ec7c33c6c004bbafe82",
		"Ada Lovelace", "00000000-0000-0000-0000-000000000000", "user:1234", "ada.", "..", "<ada>", "ada@sub-domain.example", "a",
		strings.Repeat("a", 254), strings.Repeat("a", 64) + "@example.com", "👩\u200d💻",
	} {
		if err := CheckSubject(subject); err != nil {
			t.Errorf("%q: %v", subject, err)
		}
	}
}

func TestCheckSubjectRefuses(t *testing.T) {
	t.Parallel()
	for subject, want := range map[string]string{
		"":                                 "the subject is missing; type an email address or a user name",
		"   ":                              "the subject is only white space; type an email address or a user name",
		" ada":                             "the subject starts with a space; remove it",
		"ada ":                             "the subject ends with a space; remove it",
		"ada\u00a0":                        "the subject ends with a space; remove it",
		"a\x1b[31mda":                      "the subject contains a control character (U+001B) at byte 2; remove it",
		"ada\n":                            "the subject contains a control character (U+000A) at byte 4; remove it",
		"ada\u0085":                        "the subject contains a control character (U+0085) at byte 4; remove it",
		"\u202eada":                        "the subject contains an invisible character (U+202E) at byte 1; remove it",
		"a\u200bda":                        "the subject contains an invisible character (U+200B) at byte 2; remove it",
		"a\u2028b":                         "the subject contains an invisible character (U+2028) at byte 2; remove it",
		"\xffada":                          "the subject is not valid UTF-8; retype it",
		"a@b@c":                            "an address can have only one @",
		"@ada":                             "the address has nothing before the @",
		"ada@":                             "the address has nothing after the @",
		".ada@example.com":                 "the part before the @ starts or ends with a dot, or has two in a row",
		"a..b@example.com":                 "the part before the @ starts or ends with a dot, or has two in a row",
		"a b@example.com":                  "the part before the @ contains ' ', which an address cannot contain without quotes",
		"a,b@example.com":                  "the part before the @ contains ',', which an address cannot contain without quotes",
		`"a"b"@example.com`:                `the part before the @ contains '"', which an address cannot contain without quotes`,
		"ada@example..com":                 "the domain starts or ends with a dot, or has two in a row",
		"ada@-a.com":                       `the part "-a" of the domain starts or ends with a hyphen`,
		"ada@exa_mple.com":                 "the domain contains '_', which a domain cannot contain",
		"ada@exam ple.com":                 "the domain contains ' ', which a domain cannot contain",
		"ada@[300.1.1.1]":                  "the domain in brackets is not an IP address; write one such as [192.0.2.1]",
		"ada@[192.0.2.1":                   "the domain in brackets is not an IP address; write one such as [192.0.2.1]",
		strings.Repeat("a", 255):           "the subject has 255 bytes, more than the maximum of 254",
		strings.Repeat("a", 65) + "@b.com": "the part before the @ has 65 bytes, more than the maximum of 64",
		"a@" + strings.Repeat("b", 64):     "a part of the domain has more than 63 bytes",
	} {
		if err := CheckSubject(subject); err == nil || sentence(err) != want {
			t.Errorf("%q: %v, want %s", subject, err, want)
		}
	}
}
