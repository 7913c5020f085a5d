package fault

import (
	"tokendesk/auth"
)

func algorithmFaults() []Fault {
	var all []Fault
	for _, spelling := range []struct{ name, alg, how string }{
		{"alg-none", "none", "as RFC 7518 writes it"},
		{"alg-none-title", "None", "with a capital letter"},
		{"alg-none-upper", "NONE", "in capital letters"},
		{"alg-none-mixed", "nOnE", "in small and capital letters"},
	} {
		all = append(all, Fault{
			Name: spelling.name, Group: Algorithm, Part: InHeader, Members: []string{"alg"}, Verdict: auth.Unsupported, Source: "RFC 8725 section 3.2, CVE-2015-9235",
			Wrong: "its alg is " + spelling.alg + ", " + spelling.how + ", and its signature is empty",
			Why:   "Anybody can write such a token: a verifier that takes it has no secret at all.",
			make: func(d *draft) (string, error) {
				return encode(text(d.good.Header.Set("alg", auth.Quote(spelling.alg)))) + "." + d.good.PayloadSegment + ".", nil
			},
		})
	}
	return all
}
