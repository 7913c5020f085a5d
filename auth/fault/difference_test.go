package fault

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/asn1"
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"testing"

	"filippo.io/mldsa"
	"github.com/golang-jwt/jwt/v5"

	"tokendesk/auth"
)

// pair is the token of a fault and the good one that it was derived from.
type pair struct {
	*testing.T

	alg              auth.Algorithm
	fault            Fault
	token            string
	good             [3]string // the segments
	header, payload  string    // the segments of the token, or nothing
	signature        []byte    // the bytes of the last of three segments
	goodSignature    []byte
	own, ownVerifies any // what golang-jwt signs and verifies with
}

func pairOf(t *testing.T, alg auth.Algorithm, f Fault, good string) *pair {
	t.Helper()
	token, err := makerOf(t, alg).Make(f)
	if err != nil {
		t.Fatal(err)
	}
	p := &pair{T: t, alg: alg, fault: f, token: token, good: [3]string(strings.Split(good, "."))}
	p.goodSignature = decode(t, p.good[2])
	p.own = material()[alg]
	if p.ownVerifies = p.own; keyOf(t, alg).Public() != nil {
		p.ownVerifies = keyOf(t, alg).Public()
	}
	if segments := strings.Split(token, "."); len(segments) == 3 && f.Part != PartToken {
		p.header, p.payload, p.signature = segments[0], segments[1], decode(t, segments[2])
	}
	return p
}

// signedBy reports whether a key of the algorithm made the signature.
func (p *pair) signedBy(alg string, key any) bool {
	return verifies(alg, p.header+"."+p.payload, p.signature, key)
}

// verifies reports whether golang-jwt, or the library for ML-DSA, says that a key of the
// algorithm made the signature.
func verifies(alg, input string, signature []byte, key any) bool {
	if public, ok := key.(*mldsa.PublicKey); ok {
		return mldsa.Verify(public, []byte(input), signature, nil) == nil
	}
	return jwt.GetSigningMethod(alg).Verify(input, signature, key) == nil
}

// stranger is the other key that the maker makes.
func (p *pair) stranger() any {
	m := makerOf(p.T, p.alg)
	d, err := m.draft()
	if err != nil {
		p.Fatal(err)
	}
	key, err := anotherKey(d.key(), d.random())
	if err != nil {
		p.Fatal(err)
	}
	if key.Public() != nil {
		return key.Public()
	}
	d.maker.Issuer = &auth.Issuer{Key: key}
	secret, err := d.secret()
	if err != nil {
		p.Fatal(err)
	}
	return secret
}

// hmacOf reports whether the signature is an HMAC with this secret.
func (p *pair) hmacOf(alg string, secret []byte) bool {
	hash := map[string]func() []byte{
		"HS256": func() []byte {
			m := hmac.New(sha256.New, secret)
			m.Write([]byte(p.header + "." + p.payload))
			return m.Sum(nil)
		},
		"HS384": func() []byte {
			m := hmac.New(sha512.New384, secret)
			m.Write([]byte(p.header + "." + p.payload))
			return m.Sum(nil)
		},
		"HS512": func() []byte {
			m := hmac.New(sha512.New, secret)
			m.Write([]byte(p.header + "." + p.payload))
			return m.Sum(nil)
		},
	}
	return bytes.Equal(p.signature, hash[alg]())
}

// changed returns the names of the members that differ in the second object, and their
// values, in order.
func changed(t *testing.T, good, bad []byte) ([]string, map[string]string) {
	t.Helper()
	values := func(object []byte) map[string]string {
		all := map[string]string{}
		for _, m := range membersOf(t, object) {
			all[m.Name] += string(m.Value) + " "
		}
		return all
	}
	before, after := values(good), values(bad)
	var names []string
	for name := range before {
		if before[name] != after[name] {
			names = append(names, name)
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for name, value := range after {
		after[name] = strings.TrimSpace(value)
	}
	return names, after
}

// memberValues are the values that the changed members have. Removed members have an
// empty value, and ~ marks a value with its own check.
var memberValues = map[string]map[string]string{
	"expired":          {"iat": "1795437312", "exp": "1795439112"},
	"just-expired":     {"iat": "1795440911", "exp": "1795442711"},
	"not-yet-valid":    {"nbf": "1795448112", "exp": "1795449912"},
	"issued-in-future": {"iat": "1795448112", "exp": "1795449912"},
	"no-exp":           {"exp": ""},
	"exp-zero":         {"exp": "0"},
	"exp-negative":     {"exp": "-1"},
	"exp-string":       {"exp": `"1795444512"`},
	"exp-null":         {"exp": "null"},
	"exp-beyond-9999":  {"exp": "253402300800"},
	"exp-milliseconds": {"exp": "1795444512000"},
	"payload-swapped":  {"jti": "~"},
	"alg-none":         {"alg": `"none"`},
	"alg-none-title":   {"alg": `"None"`},
	"alg-none-upper":   {"alg": `"NONE"`},
	"alg-none-mixed":   {"alg": `"nOnE"`},
	"hmac-public-pem":  {"alg": `"HS256"`},
	"hmac-public-jwk":  {"alg": `"HS256"`},
	"alg-unknown":      {"alg": `"unknown"`},
	"alg-missing":      {"alg": ""},
	"alg-lower-case":   {"alg": "~"},
	"alg-other-hmac":   {"alg": "~"},
	"alg-other-rsa":    {"alg": "~"},
	"embedded-jwk":     {"jwk": "~"},
	"jku":              {"jku": `"https://keys.example.invalid/jwks.json"`},
	"x5u":              {"x5u": `"https://keys.example.invalid/certificate.pem"`},
	"kid-unknown":      {"kid": `"no-such-key"`},
	"kid-missing":      {"kid": ""},
	"kid-number":       {"kid": "1"},
	"crit-unknown":     {"crit": `["x-unknown"]`, "x-unknown": "true"},
	"crit-empty":       {"crit": "[]"},
	"b64-false":        {"crit": `["b64"]`, "b64": "false"},
	"wrong-typ":        {"typ": `"unrelated+jwt"`},
	"duplicate-alg":    {"alg": "~"},
	"wrong-issuer":     {"iss": `"https://issuer.example.invalid"`},
	"issuer-prefix":    {"iss": `"https://auth.example.com.example.invalid"`},
	"wrong-audience":   {"aud": `"https://service.example.invalid"`},
	"audience-empty":   {"aud": "[]"},
	"no-subject":       {"sub": ""},
	"subject-number":   {"sub": "1"},
	"duplicate-exp":    {"exp": "1795444512 1795439112"},
	"duplicate-sub":    {"sub": `"stranger@example.invalid" "ada@example.com"`},
	"invalid-utf8":     {"note": "\"\xff\""},
	"oversized":        {"padding": "~"},
}

// signatures are the checks of signatures that are not made by the right key over the
// text before them.
var signatures = map[string]func(*pair) bool{
	"payload-swapped": (*pair).isOld,
	"header-swapped":  (*pair).isOld,
	"bit-flipped": func(p *pair) bool {
		difference := 0
		for i, b := range p.signature {
			for x := b ^ p.goodSignature[i]; x != 0; x &= x - 1 {
				difference++
			}
		}
		return len(p.signature) == len(p.goodSignature) && difference == 1
	},
	"signature-empty": (*pair).isEmpty,
	"another-key":     func(p *pair) bool { return p.signedBy(string(p.alg), p.stranger()) },
	"signature-truncated": func(p *pair) bool {
		return bytes.Equal(p.signature, p.goodSignature[:len(p.goodSignature)/2])
	},
	"ecdsa-zero": func(p *pair) bool { return bytes.Equal(p.signature, make([]byte, len(p.goodSignature))) },
	"ecdsa-der": func(p *pair) bool {
		var numbers struct{ R, S *big.Int }
		rest, err := asn1.Unmarshal(p.signature, &numbers)
		if err != nil || len(rest) != 0 {
			return false
		}
		half := len(p.goodSignature) / 2
		return bytes.Equal(p.goodSignature, append(numbers.R.FillBytes(make([]byte, half)), numbers.S.FillBytes(make([]byte, half))...))
	},
	"alg-none":       (*pair).isEmpty,
	"alg-none-title": (*pair).isEmpty,
	"alg-none-upper": (*pair).isEmpty,
	"alg-none-mixed": (*pair).isEmpty,
	"hmac-public-pem": func(p *pair) bool {
		public, err := keyOf(p.T, p.alg).EncodePublic(auth.FormatPEM)
		return err == nil && bytes.HasPrefix(public, []byte("-----BEGIN PUBLIC KEY-----\n")) && p.hmacOf("HS256", public)
	},
	"hmac-public-jwk": func(p *pair) bool {
		public, err := keyOf(p.T, p.alg).EncodePublic(auth.FormatJWK)
		return err == nil && json.Valid(public) && p.hmacOf("HS256", public)
	},
	"alg-other-hmac": func(p *pair) bool {
		alg := p.parameter("alg")
		return alg != string(p.alg) && p.hmacOf(alg, p.own.([]byte)) //nolint:forcetypeassert // it needs a secret
	},
	"alg-other-rsa": func(p *pair) bool {
		alg := p.parameter("alg")
		return alg[:2] != string(p.alg[:2]) && alg[2:] == string(p.alg[2:]) && p.signedBy(alg, p.ownVerifies)
	},
	"hmac-empty-secret": func(p *pair) bool { return p.hmacOf(string(p.alg), nil) },
	"embedded-jwk": func(p *pair) bool {
		_, parameters := changed(p.T, noMembers, decode(p.T, p.header))
		keys, err := auth.ParseKeys([]byte(parameters["jwk"]), "")
		if err != nil || keys[0].Algorithm() != p.alg || keys[0].Fingerprint() == keyOf(p.T, p.alg).Fingerprint() {
			return false
		}
		isPrivate := strings.Contains(parameters["jwk"], `"d":`)
		return !isPrivate && p.signedBy(string(p.alg), p.stranger()) &&
			(&auth.Verifier{Keys: keys, Now: noon}).Verify(p.token).Verdict == auth.VerdictValid
	},
	"jku": func(p *pair) bool { return p.signedBy(string(p.alg), p.stranger()) },
	"x5u": func(p *pair) bool { return p.signedBy(string(p.alg), p.stranger()) },
}

// noMembers is an object without members.
var noMembers = []byte("{}")

func (p *pair) isOld() bool   { return bytes.Equal(p.signature, p.goodSignature) }
func (p *pair) isEmpty() bool { return strings.HasSuffix(p.token, ".") && len(p.signature) == 0 }

// parameter returns a header parameter that is a string.
func (p *pair) parameter(name string) string {
	text, _ := membersOf(p.T, decode(p.T, p.header)).String(name)
	return text
}

// closer are the checks of faults that no rule covers.
var closer = map[string]func(*pair) bool{
	"header-swapped": func(p *pair) bool {
		return p.header != p.good[0] && strings.HasPrefix(string(decode(p.T, p.header)), `{"kid":`)
	},
	"payload-swapped": func(p *pair) bool {
		jti, _ := membersOf(p.T, decode(p.T, p.payload)).String("jti")
		return len(jti) == 32
	},
	"alg-lower-case": func(p *pair) bool {
		return p.parameter("alg") == strings.ToLower(string(p.alg))
	},
	"duplicate-alg": func(p *pair) bool {
		_, parameters := changed(p.T, noMembers, decode(p.T, p.header))
		return parameters["alg"] == `"`+string(p.alg)+`" "none"`
	},
	"oversized":          func(p *pair) bool { return len(p.token) > oversize && len(p.token) < 20<<10 },
	"signature-stripped": func(p *pair) bool { return p.token == p.good[0]+"."+p.good[1] },
	"two-parts":          func(p *pair) bool { return p.token == p.good[0]+"."+p.good[2] },
	"four-parts":         func(p *pair) bool { return p.token == strings.Join(p.good[:], ".")+".e30" },
	"white-space": func(p *pair) bool {
		i := strings.Index(p.token, " ")
		return i > len(p.good[0])+len(p.good[1])+2 && i < len(p.token)-1 && strings.Replace(p.token, " ", "", 1) == strings.Join(p.good[:], ".")
	},
	"padded-base64": func(p *pair) bool {
		segments := strings.Split(p.token, ".")
		input := segments[0] + "." + segments[1]
		signature := decode(p.T, strings.TrimRight(segments[2], "="))
		payload := strings.TrimSuffix(string(decode(p.T, strings.TrimRight(segments[1], "="))), " ")
		return strings.HasSuffix(segments[1], "=") && strings.TrimRight(segments[0], "=") == p.good[0] &&
			len(segments[0])%4 == 0 && len(segments[1])%4 == 0 && len(segments[2])%4 == 0 &&
			payload == string(decode(p.T, p.good[1])) && verifies(string(p.alg), input, signature, p.ownVerifies)
	},
	"empty":         func(p *pair) bool { return p.token == "" },
	"not-json":      func(p *pair) bool { return !json.Valid(decode(p.T, p.payload)) },
	"payload-array": func(p *pair) bool { return string(decode(p.T, p.payload)) == "["+string(decode(p.T, p.good[1]))+"]" },
}

// Each token differs from the good one exactly as its fault says: in one part, in the
// members that are wrong, and with a signature of the right key unless the signature is
// the defect.
func TestDifferences(t *testing.T) {
	t.Parallel()
	forEachKey(t, func(t *testing.T, alg auth.Algorithm) {
		good, err := makerOf(t, alg).Good()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range Catalogue() {
			if !fits(f.Needs, alg) {
				continue
			}
			p := pairOf(t, alg, f, good)
			check, hasCheck := closer[f.Name]
			if hasCheck && !check(p) {
				t.Errorf("%s: %s is not what it says", f.Name, p.token)
			}
			if p.header == "" { // the form as a whole is wrong
				if !hasCheck {
					t.Errorf("%s: nothing looks at %s", f.Name, p.token)
				}
				continue
			}
			p.compareParts()
			p.compareSignature()
		}
	})
}

// compareParts compares header and payload, of which at most one differs.
func (p *pair) compareParts() {
	f := p.fault
	if p.header != p.good[0] && f.Part != PartHeader {
		p.Errorf("%s: the header is %s", f.Name, decode(p.T, p.header))
	}
	if p.payload != p.good[1] && f.Part != PartPayload {
		p.Errorf("%s: the payload is %s", f.Name, decode(p.T, p.payload))
	}
	var good, bad string
	switch f.Part {
	case PartHeader:
		good, bad = p.good[0], p.header
	case PartPayload:
		good, bad = p.good[1], p.payload
	case PartSignature, PartToken:
		return
	}
	if len(f.Members) == 0 {
		if closer[f.Name] == nil {
			p.Errorf("%s: nothing looks at the %s", f.Name, f.Part)
		}
		return
	}
	names, values := changed(p.T, decode(p.T, good), decode(p.T, bad))
	if want := slices.Sorted(slices.Values(f.Members)); !slices.Equal(names, want) {
		p.Errorf("%s: %v changed, want %v", f.Name, names, want)
	}
	for _, name := range f.Members {
		want, listed := memberValues[f.Name][name]
		if !listed || want != "~" && values[name] != want {
			p.Errorf("%s: %s is %s, want %s", f.Name, name, values[name], want)
		}
	}
}

// compareSignature checks the signature with the right key, or as the table says.
func (p *pair) compareSignature() {
	isOwn := p.signedBy(string(p.alg), p.ownVerifies)
	if check, special := signatures[p.fault.Name]; special {
		if isOwn || !check(p) {
			p.Errorf("%s: the signature is not what it says", p.fault.Name)
		}
		return
	}
	if !isOwn {
		p.Errorf("%s: the signature is not the key's", p.fault.Name)
	}
}
