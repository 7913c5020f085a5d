package fault

import (
	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// anyone says what an attacker gains from a verifier that accepts unsigned tokens.
const anyone = "anyone can write such a token, without any key"

// noneFaults are the tokens that claim to be unsigned.
func noneFaults() []Fault {
	const source = "RFC 8725 section 3.2"
	cve := []string{"CVE-2022-23540"}
	spellings := []struct{ name, alg, how string }{
		{"alg-none", "none", "as RFC 7518 spells it"},
		{"alg-none-title", "None", "with a capital letter"},
		{"alg-none-upper", "NONE", "in capital letters"},
		{"alg-none-mixed", "nOnE", "in mixed case"},
	}
	all := make([]Fault, 0, len(spellings))
	for _, spelling := range spellings {
		all = append(all, Fault{
			Name: spelling.name, Members: []string{"alg"}, Verdict: auth.VerdictUnsupported, Source: source,
			Wrong: "its alg is " + spelling.alg + ", " + spelling.how + ", and its signature is empty",
			Why:   anyone,
			CWE:   cweSignature, CVE: cve, Fix: fixAlgorithm,
			make: func(d *draft) (string, error) { return d.unsigned(d.good.Header, spelling.alg), nil },
		})
	}
	return grouped(GroupAlgorithm, PartHeader, append(all,
		Fault{
			Name: "none-kid-unknown", Members: []string{"alg", "kid"}, Needs: NeedKeyID, Verdict: auth.VerdictUnsupported, Source: source,
			Wrong: "its alg is none, its kid names an unknown key, and its signature is empty",
			Why:   "a verifier that finds no key for the kid may allow none: " + anyone,
			CWE:   cweSignature, CVE: cve, Fix: fixKeyID,
			make: func(d *draft) (string, error) {
				return d.unsigned(d.good.Header.Set("kid", d.unknownKeyID()), "none"), nil
			},
		},
		Fault{
			Name: "none-kid-missing", Members: []string{"alg", "kid"}, Needs: NeedKeyID, Verdict: auth.VerdictUnsupported, Source: source,
			Wrong: "its alg is none, it has no kid, and its signature is empty",
			Why:   "a verifier that finds no key without a kid may allow none: " + anyone,
			CWE:   cweSignature, CVE: cve, Fix: fixKeyID,
			make: func(d *draft) (string, error) { return d.unsigned(d.good.Header.Without("kid"), "none"), nil },
		},
		Fault{
			Name: "none-kid-empty-file", Members: []string{"alg", "kid"}, Needs: NeedKeyID, Verdict: auth.VerdictUnsupported, Source: source,
			Wrong: "its alg is none, its kid is the path of an empty file, and its signature is empty",
			Why:   "a verifier that reads its key from a file with the name in kid may allow none when the file is empty: " + anyone,
			CWE:   cwePath, CVE: cve, Fix: fixKeyID,
			make: func(d *draft) (string, error) {
				return d.unsigned(d.good.Header.Set("kid", jsontext.Quote(emptyFile)), "none"), nil
			},
		},
		Fault{
			Name: "none-signed", Members: []string{"alg"}, Verdict: auth.VerdictUnsupported, Source: checked,
			Wrong: "its alg is none, and the signature is otherwise correct",
			Why:   "alg must name the algorithm of the signature: another part of the system may believe the none and check nothing",
			CWE:   cweSignature, Fix: "refuse a token whose alg is not the algorithm that the key is for, even if the signature fits",
			make: withAlg(func(string) string { return "none" }),
		},
	)...)
}

// unsigned returns the good token with another header and "alg", without a signature.
func (d *draft) unsigned(header auth.Object, alg string) string {
	return encode(text(header.Set("alg", jsontext.Quote(alg)))) + "." + d.good.PayloadSegment + "."
}
