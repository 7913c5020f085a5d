package fault

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

func TestCatalogue(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	group := 0
	for _, f := range Catalogue() {
		if names[f.Name] || !regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(f.Name) {
			t.Errorf("the name %q is there twice or not in kebab case", f.Name)
		}
		if len(f.Name) > len("signature-truncated") { // for which the console has room
			t.Errorf("the name %s is too long", f.Name)
		}
		names[f.Name] = true
		if at := slices.Index(Groups(), f.Group); at < group {
			t.Errorf("%s: the group %s is out of order", f.Name, f.Group)
		} else {
			group = at
		}
		if !slices.Contains([]Part{PartHeader, PartPayload, PartSignature, PartToken}, f.Part) {
			t.Errorf("%s: the part is %q", f.Name, f.Part)
		}
		if strings.HasSuffix(f.Wrong, ".") || strings.Contains(f.Wrong, "\n") || len(f.Wrong) < 10 {
			t.Errorf("%s: wrong is %q, a line without a full stop", f.Name, f.Wrong)
		}
		for _, text := range []string{f.Why, f.Policy, f.Fix} {
			if strings.HasSuffix(text, ".") || strings.ContainsAny(text, "\n|;") {
				t.Errorf("%s: %q is not one sentence without a full stop", f.Name, text)
			}
		}
		if f.Why == "" || !regexp.MustCompile(`^(RFC \d{4} section|CWE-\d)`).MatchString(f.Source) {
			t.Errorf("%s: why %q, source %q", f.Name, f.Why, f.Source)
		}
		if !regexp.MustCompile(`^CWE-\d+$`).MatchString(f.CWE) || len(f.Fix) < 20 || f.Fix[0] < 'a' || f.Fix[0] > 'z' {
			t.Errorf("%s: %q, fix %q", f.Name, f.CWE, f.Fix)
		}
		for _, cve := range f.CVE {
			if !regexp.MustCompile(`^CVE-20\d\d-\d{4,}$`).MatchString(cve) {
				t.Errorf("%s: %q", f.Name, cve)
			}
		}
		if f.Status != 401 || f.StatusWhy != "" || f.Verdict <= auth.VerdictValid {
			t.Errorf("%s: status %d %q, verdict %s", f.Name, f.Status, f.StatusWhy, f.Verdict)
		}
		if got, ok := ByName(f.Name); !ok || got.Wrong != f.Wrong {
			t.Errorf("%s is not found by its name", f.Name)
		}
	}
	if group != len(Groups())-1 {
		t.Error("the last group has no faults")
	}
	for _, name := range strings.Fields(`
		expired just-expired not-yet-valid issued-in-future no-exp exp-zero exp-negative exp-string exp-null exp-beyond-9999 exp-milliseconds
		bit-flipped signature-stripped signature-empty another-key signature-truncated header-swapped payload-swapped ecdsa-zero ecdsa-der
		alg-none alg-none-title alg-none-upper alg-none-mixed
		hmac-public-pem hmac-public-jwk alg-unknown alg-missing alg-lower-case alg-other-hmac
		embedded-jwk jku x5u kid-unknown kid-missing kid-number crit-unknown crit-empty b64-false wrong-typ duplicate-alg
		wrong-issuer issuer-prefix wrong-audience audience-empty no-subject subject-number duplicate-exp duplicate-sub
		two-parts four-parts padded-base64 white-space not-json payload-array invalid-utf8 empty oversized`) {
		if !names[name] {
			t.Errorf("there is no %s", name)
		}
	}
	if _, ok := ByName("no-such-fault"); ok {
		t.Error("an unknown name has a fault")
	}
	if _, err := makerOf(t, auth.HS256).Make(Fault{}); err == nil || err.Error() != "unknown fault" {
		t.Errorf("an unknown fault was made: %v", err)
	}
}

// Every fault is refused with the verdict that the catalogue names. A fault that does not
// depend on the API is also refused by a verifier that checks only issuer and audience.
func TestFaultsAreRefused(t *testing.T) {
	t.Parallel()
	forEachKey(t, func(t *testing.T, alg auth.Algorithm) {
		strict, err := makerOf(t, alg).Verifier()
		if err != nil {
			t.Fatal(err)
		}
		plain := &auth.Verifier{Keys: strict.Keys, Iss: strict.Iss, Aud: strict.Aud, Now: noon}
		good, err := makerOf(t, alg).Good()
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []*auth.Verifier{strict, plain} {
			if r := v.Verify(good); r.Verdict != auth.VerdictValid {
				t.Errorf("the good token is refused: %v", r.Failures)
			}
		}
		for _, f := range Catalogue() {
			token, err := makerOf(t, alg).Make(f)
			if impossible, ok := errors.AsType[*ImpossibleError](err); ok {
				if impossible.Fault != f.Name || makes(f, alg) {
					t.Errorf("%s: %v", f.Name, err)
				}
				continue
			}
			if err != nil || !makes(f, alg) {
				t.Errorf("%s: made %q, %v", f.Name, token, err)
				continue
			}
			if r := strict.Verify(token); r.Verdict != f.Verdict {
				t.Errorf("%s: %s, want %s: %v", f.Name, r.Verdict, f.Verdict, r.Failures)
			}
			if r := plain.Verify(token); f.Policy == "" && r.Verdict != f.Verdict {
				t.Errorf("%s, without asking for more: %s, want %s: %v", f.Name, r.Verdict, f.Verdict, r.Failures)
			}
		}
	})
}

// makes reports which keys can make a fault, if all it may need apart from the key is there.
func makes(f Fault, alg auth.Algorithm) bool {
	noSpareBits := alg == auth.HS384 || alg == auth.ES384 || alg == auth.ES512
	return fits(f.Needs, alg) && (f.Name != "spare-bits" || !noSpareBits)
}

// fits reports which keys can make a fault. The good token of the tests has all claims.
func fits(n Need, alg auth.Algorithm) bool {
	switch n {
	case NeedSecret:
		return alg[0] == 'H'
	case NeedPublicKey:
		return alg[0] != 'H'
	case NeedECKey:
		return alg[:2] == "ES"
	case NeedEdKey:
		return alg == auth.EdDSA
	case NeedX509Key:
		return alg[0] != 'H' && alg != auth.MLDSA44
	case NeedEncrypts:
		return alg[:2] == "RS" || alg[:2] == "PS" || alg[:2] == "ES"
	case NeedRSAKey:
		return alg[:2] == "RS" || alg[:2] == "PS"
	default:
		return true
	}
}

// A fault that needs something the good token lacks cannot be made.
func TestImpossible(t *testing.T) {
	t.Parallel()
	key, err := auth.NewHMACKey(auth.HS256, material()[auth.HS256].([]byte)) //nolint:forcetypeassert // it is a secret
	if err != nil {
		t.Fatal(err)
	}
	bare := Maker{Issuer: &auth.Issuer{Key: key, Now: noon, Rand: seeded(9)}, Request: auth.Request{Subject: "ada"}}
	public, err := auth.NewKey(auth.ES256, keyOf(t, auth.ES256).Public())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		fault string
		maker Maker
		want  string
	}{
		{"ecdsa-zero", bare, "the fault ecdsa-zero cannot be made: it needs an EC key, but the key is for HS256"},
		{
			"ecdsa-der", makerOf(t, auth.RS256),
			"the fault ecdsa-der cannot be made: it needs an EC key, but the key is for RS256",
		},
		{"alg-other-rsa", bare, "the fault alg-other-rsa cannot be made: it needs an RSA key, but the key is for HS256"},
		{
			"alg-other-hmac", makerOf(t, auth.EdDSA),
			"the fault alg-other-hmac cannot be made: it needs a secret, but the key is for EdDSA",
		},
		{"hmac-public-pem", bare, "the fault hmac-public-pem cannot be made: it needs a key pair, but the key is for HS256"},
		{
			"kid-missing", bare,
			"the fault kid-missing cannot be made: it needs a kid, but the good token has none",
		},
		{"issuer-prefix", bare, "the fault issuer-prefix cannot be made: it needs an iss, but the good token has none"},
		{"audience-empty", bare, "the fault audience-empty cannot be made: it needs an aud, but the good token has none"},
		{"expired", Maker{}, "there is no key to sign with"},
		{"expired", Maker{Issuer: &auth.Issuer{Key: public}, Request: auth.Request{Subject: "ada"}}, "the key is public and can only verify"},
		{"expired", Maker{Issuer: bare.Issuer, Request: auth.Request{Subject: "\xff"}}, "the subject is not valid UTF-8"},
		{
			"expired",
			Maker{Issuer: bare.Issuer, Request: auth.Request{Subject: "ada", Claims: auth.Object{{Name: "nbf", Value: []byte("1795442713")}}}},
			"the good token is not valid: the token is not valid before 2026-11-23 14:05:13 UTC",
		},
	} {
		f, _ := ByName(tt.fault)
		if token, err := tt.maker.Make(f); token != "" || err == nil || err.Error() != tt.want {
			t.Errorf("%s: %q, %v\nwant %s", tt.fault, token, err, tt.want)
		}
	}
}

// A claim of the request replaces the configured one and counts as it does.
func TestImpossibleLooksAtTheRequest(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		fault, claim, value string
		impossible          bool
	}{
		{"wrong-issuer", "iss", `"me"`, false},
		{"wrong-issuer", "iss", `""`, true},
		{"wrong-audience", "aud", `"api"`, false},
		{"wrong-audience", "aud", `["api"]`, false},
		{"wrong-audience", "aud", "[ ]", true},
		{"wrong-audience", "aud", `""`, true},
		{"expired", "aud", `""`, false},
		{"wrong-audience", "role", "1", false}, // of the issuer
	} {
		m := makerOf(t, auth.HS256)
		m.Request.Claims = auth.Object{{Name: tt.claim, Value: []byte(tt.value)}}
		f, _ := ByName(tt.fault)
		if got := m.Impossible(f); (got != "") != tt.impossible {
			t.Errorf("%s with %s %s: %q", tt.fault, tt.claim, tt.value, got)
		}
		if _, err := m.Make(f); (err != nil) != tt.impossible {
			t.Errorf("%s with %s %s: %v", tt.fault, tt.claim, tt.value, err)
		}
	}
	public, err := auth.NewKey(auth.ES256, keyOf(t, auth.ES256).Public())
	if err != nil {
		t.Fatal(err)
	}
	if got := (Maker{Issuer: &auth.Issuer{Key: public}}).Impossible(Fault{}); got != "the key is public and can only verify" {
		t.Errorf("with a public key: %q", got)
	}
	if got := (Maker{}).Impossible(Fault{}); got != "there is no key to sign with" {
		t.Errorf("without a key: %q", got)
	}
}

// If the good token already has the value of a fault, the fault gets another value, so
// that it is neither refused nor accepted for the value that both share.
func TestFaultsAreUnlikeTheGoodToken(t *testing.T) {
	t.Parallel()
	issuer := *makerOf(t, auth.HS256).Issuer
	secret := material()[auth.HS256].([]byte) //nolint:forcetypeassert // it is a secret
	key, err := auth.NewHMACKey(auth.HS256, secret, auth.WithKeyID("no-such-key"))
	if err != nil {
		t.Fatal(err)
	}
	issuer.Key = key
	issuer.Iss = "https://issuer.example.invalid"
	issuer.Aud = []string{"https://api.example.com", "https://service.example.invalid"}
	issuer.Parameters = auth.Object{{Name: "typ", Value: jsontext.Quote("Unrelated+JWT")}}
	m := Maker{Issuer: &issuer, Request: auth.Request{Subject: "stranger@example.invalid"}}
	v, err := m.Verifier()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"kid-unknown", "wrong-typ", "wrong-issuer", "issuer-prefix", "wrong-audience"} {
		f, _ := ByName(name)
		token, err := m.Make(f)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if r := v.Verify(token); r.Verdict != f.Verdict {
			t.Errorf("%s: %s, want %s: %v", name, r.Verdict, f.Verdict, r.Failures)
		}
	}
	f, _ := ByName("duplicate-sub")
	token, err := m.Make(f)
	if err != nil {
		t.Fatal(err)
	}
	claims := membersOf(t, decode(t, strings.Split(token, ".")[1]))
	if first, last := string(claims[0].Value), string(claims[1].Value); first == last || last != `"stranger@example.invalid"` {
		t.Errorf("duplicate-sub has %s and %s", first, last)
	}
}

// The same clock and randomness make the same tokens, and other randomness makes others.
func TestFaultsAreDeterministic(t *testing.T) {
	t.Parallel()
	without := []string{"empty", "not-json", "payload-empty", "payload-null", "payload-string"} // a jti
	forEachKey(t, func(t *testing.T, alg auth.Algorithm) {
		for _, f := range Catalogue() {
			one, err := makerOf(t, alg).Make(f)
			if err != nil {
				continue // TestFaultsAreRefused knows which
			}
			if two, err := makerOf(t, alg).Make(f); err != nil || one != two {
				t.Errorf("%s: %s, then %s, %v", f.Name, one, two, err)
			}
			m := makerOf(t, alg)
			m.Issuer.Rand = seeded(10)
			if other, err := m.Make(f); err != nil || one == other && !slices.Contains(without, f.Name) {
				t.Errorf("%s: other randomness makes the same token, %v", f.Name, err)
			}
		}
	})
}
