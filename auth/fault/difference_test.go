package fault

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"testing"

	"filippo.io/mldsa"
	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/crypto/ssh"

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
	segments := strings.Split(token, ".")
	if len(segments) != 3 || f.Part == PartToken {
		return p
	}
	if signature, err := base64.RawURLEncoding.Strict().DecodeString(segments[2]); err == nil {
		p.header, p.payload, p.signature = segments[0], segments[1], signature
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
	"exp-infinite":     {"exp": "1e400"},
	"exp-false":        {"exp": "false"},
	"exp-array":        {"exp": "[1795444512]"},
	"exp-object":       {"exp": "{}"},
	"exp-empty":        {"exp": `""`},
	"exp-word":         {"exp": `"never"`},
	"nbf-string":       {"nbf": `"1795448112"`},
	"nbf-null":         {"nbf": "null"},
	"nbf-true":         {"nbf": "true"},
	"nbf-infinite":     {"nbf": "1e400"},
	"iat-string":       {"iat": `"1795442712"`},
	"payload-swapped":  {"jti": "~"},
	"alg-none":         {"alg": `"none"`},
	"alg-none-title":   {"alg": `"None"`},
	"alg-none-upper":   {"alg": `"NONE"`},
	"alg-none-mixed":   {"alg": `"nOnE"`},
	"hmac-public-pem":  {"alg": `"HS256"`},
	"hmac-public-jwk":  {"alg": `"HS256"`},

	"none-kid-unknown":    {"alg": `"none"`, "kid": `"no-such-key"`},
	"none-kid-missing":    {"alg": `"none"`, "kid": ""},
	"none-kid-empty-file": {"alg": `"none"`, "kid": `"../../../../../../../../../../dev/null"`},
	"none-signed":         {"alg": `"none"`},
	"hmac-public-trimmed": {"alg": `"HS256"`},
	"hmac-public-crlf":    {"alg": `"HS256"`},
	"hmac-public-der":     {"alg": `"HS256"`},
	"hmac-public-pkcs1":   {"alg": `"HS256"`},
	"hmac-public-ssh":     {"alg": `"HS256"`},
	"hmac-public-x509":    {"alg": `"HS256"`},
	"alg-empty":           {"alg": `""`},
	"alg-null":            {"alg": "null"},
	"alg-array":           {"alg": "~"},
	"alg-other-eddsa":     {"alg": `"Ed25519"`},

	"kid-path-empty":    {"alg": "~", "kid": `"../../../../../../../../../../dev/null"`},
	"kid-path-known":    {"alg": "~", "kid": `"../../../../../../../../../../proc/sys/kernel/ostype"`},
	"kid-path-trimmed":  {"alg": "~", "kid": `"../../../../../../../../../../proc/sys/kernel/ostype"`},
	"kid-path-absolute": {"alg": "~", "kid": `"/proc/sys/kernel/ostype"`},
	"kid-sql":           {"alg": "~", "kid": `"no-such-key' UNION SELECT 'tokendesk' -- "`},
	"key-empty":         {"alg": "~", "kid": `"no-such-key"`},
	"key-undefined":     {"alg": "~", "kid": `"no-such-key"`},
	"key-null":          {"alg": "~", "kid": `"no-such-key"`},
	"key-none":          {"alg": "~", "kid": `"no-such-key"`},
	"key-nil":           {"alg": "~", "kid": `"no-such-key"`},
	"kid-proto":         {"alg": "~", "kid": `"__proto__"`},
	"kid-constructor":   {"alg": "~", "kid": `"constructor"`},

	"x5c-self-signed": {"x5c": "~"},
	"kid-null":        {"kid": "null"},
	"kid-array":       {"kid": `["2026-11"]`},
	"kid-object":      {"kid": `{"$ne":null}`},
	"crit-string":     {"crit": `"x-unknown"`},
	"crit-null":       {"crit": "null"},
	"b64-alone":       {"b64": "false"},
	"header-nested":   {"nested": "~"},
	"payload-nested":  {"nested": "~"},

	"no-issuer":         {"iss": ""},
	"issuer-part":       {"iss": `"https://auth.example.co"`},
	"issuer-empty":      {"iss": `""`},
	"issuer-null":       {"iss": "null"},
	"issuer-array":      {"iss": `["https://issuer.example.invalid","https://auth.example.com"]`},
	"no-audience":       {"aud": ""},
	"audience-array":    {"aud": `["https://service.example.invalid"]`},
	"audience-blank":    {"aud": `""`},
	"audience-null":     {"aud": "null"},
	"audience-object":   {"aud": `{"https://api.example.com":true}`},
	"audience-prefix":   {"aud": `"https://api.example.com.example.invalid"`},
	"subject-object":    {"sub": `{"$ne":null}`},
	"subject-array":     {"sub": `["ada@example.com"]`},
	"id-token":          {"nonce": `"n-0S6_WzA2Mj"`, "at_hash": `"MTIzNDU2Nzg5MDEyMzQ1Ng"`},
	"logout-token":      {"events": `{"http://schemas.openid.net/event/backchannel-logout":{}}`},
	"dpop-bound":        {"cnf": `{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}`},
	"certificate-bound": {"cnf": `{"x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}`},
	"alg-unknown":       {"alg": `"unknown"`},
	"alg-missing":       {"alg": ""},
	"alg-lower-case":    {"alg": "~"},
	"alg-other-hmac":    {"alg": "~"},
	"alg-other-rsa":     {"alg": "~"},
	"embedded-jwk":      {"jwk": "~"},
	"jku":               {"jku": `"https://keys.example.invalid/jwks.json"`},
	"x5u":               {"x5u": `"https://keys.example.invalid/certificate.pem"`},
	"kid-unknown":       {"kid": `"no-such-key"`},
	"kid-missing":       {"kid": ""},
	"kid-number":        {"kid": "1"},
	"crit-unknown":      {"crit": `["x-unknown"]`, "x-unknown": "true"},
	"crit-empty":        {"crit": "[]"},
	"b64-false":         {"crit": `["b64"]`, "b64": "false"},
	"wrong-typ":         {"typ": `"unrelated+jwt"`},
	"duplicate-alg":     {"alg": "~"},
	"wrong-issuer":      {"iss": `"https://issuer.example.invalid"`},
	"issuer-prefix":     {"iss": `"https://auth.example.com.example.invalid"`},
	"wrong-audience":    {"aud": `"https://service.example.invalid"`},
	"audience-empty":    {"aud": "[]"},
	"no-subject":        {"sub": ""},
	"subject-number":    {"sub": "1"},
	"duplicate-exp":     {"exp": "1795444512 1795439112"},
	"duplicate-sub":     {"sub": `"stranger@example.invalid" "ada@example.com"`},
	"invalid-utf8":      {"note": "\"\xff\""},
	"oversized":         {"padding": "~"},
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
	"none-kid-unknown":    (*pair).isEmpty,
	"none-kid-missing":    (*pair).isEmpty,
	"none-kid-empty-file": (*pair).isEmpty,
	"header-nested":       (*pair).isOld,
	"hmac-public-trimmed": func(p *pair) bool {
		return p.hmacOf("HS256", []byte(strings.TrimSuffix(p.publicPEM(), "\n")))
	},
	"hmac-public-crlf": func(p *pair) bool {
		return p.hmacOf("HS256", []byte(strings.ReplaceAll(p.publicPEM(), "\n", "\r\n")))
	},
	"hmac-public-der": func(p *pair) bool {
		block, _ := pem.Decode([]byte(p.publicPEM()))
		return p.hmacOf("HS256", block.Bytes)
	},
	"hmac-public-pkcs1": func(p *pair) bool {
		der := x509.MarshalPKCS1PublicKey(p.ownVerifies.(*rsa.PublicKey)) //nolint:forcetypeassert // it needs one
		return p.hmacOf("HS256", pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: der}))
	},
	"hmac-public-ssh": func(p *pair) bool {
		public, err := ssh.NewPublicKey(p.ownVerifies)
		return err == nil && p.hmacOf("HS256", ssh.MarshalAuthorizedKey(public))
	},
	"hmac-public-x509":  func(p *pair) bool { return p.hmacOf("HS256", []byte(certificate)) },
	"hmac-published":    func(p *pair) bool { return p.hmacOf(string(p.alg), []byte("your-256-bit-secret")) },
	"hmac-word":         func(p *pair) bool { return p.hmacOf(string(p.alg), []byte("secret")) },
	"kid-path-empty":    knows(""),
	"kid-path-known":    knows("Linux\n"),
	"kid-path-trimmed":  knows("Linux"),
	"kid-path-absolute": knows("Linux\n"),
	"kid-sql":           knows("tokendesk"),
	"key-empty":         knows(""),
	"key-undefined":     knows("undefined"),
	"key-null":          knows("null"),
	"key-none":          knows("None"),
	"key-nil":           knows("<nil>"),
	"kid-proto":         knows("[object Object]"),
	"kid-constructor":   knows("function Object() { [native code] }"),
	"x5c-self-signed": func(p *pair) bool {
		_, parameters := changed(p.T, noMembers, decode(p.T, p.header))
		var chain [][]byte
		if err := json.Unmarshal([]byte(parameters["x5c"]), &chain); err != nil || len(chain) != 1 {
			return false
		}
		certificate, err := x509.ParseCertificate(chain[0])
		return err == nil && p.signedBy(string(p.alg), certificate.PublicKey) &&
			certificate.CheckSignature(certificate.SignatureAlgorithm, certificate.RawTBSCertificate, certificate.Signature) == nil
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

// knows returns a check for an HMAC with a secret that everyone knows.
func knows(secret string) func(*pair) bool {
	return func(p *pair) bool { return p.hmacOf(p.parameter("alg"), []byte(secret)) }
}

func (p *pair) publicPEM() string {
	public, err := keyOf(p.T, p.alg).EncodePublic(auth.FormatPEM)
	if err != nil {
		p.Fatal(err)
	}
	return string(public)
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
	"ecdsa-other-s": func(p *pair) bool {
		half := len(p.signature) / 2
		sum := new(big.Int).Add(new(big.Int).SetBytes(p.signature[half:]), new(big.Int).SetBytes(p.goodSignature[half:]))
		n := p.ownVerifies.(*ecdsa.PublicKey).Curve.Params().N //nolint:forcetypeassert // it needs one
		return bytes.Equal(p.signature[:half], p.goodSignature[:half]) && sum.Cmp(n) == 0 && p.signedBy(string(p.alg), p.ownVerifies)
	},
	"exp-infinity": func(p *pair) bool { return strings.HasSuffix(string(decode(p.T, p.payload)), `"exp":Infinity}`) },
	"exp-nan":      func(p *pair) bool { return strings.HasSuffix(string(decode(p.T, p.payload)), `"exp":NaN}`) },
	"alg-array": func(p *pair) bool {
		_, parameters := changed(p.T, noMembers, decode(p.T, p.header))
		return parameters["alg"] == `["`+string(p.alg)+`"]`
	},
	"header-nested":  func(p *pair) bool { return strings.Contains(string(decode(p.T, p.header)), nested()) },
	"payload-nested": func(p *pair) bool { return strings.Contains(string(decode(p.T, p.payload)), nested()) },
	"payload-empty":  func(p *pair) bool { return p.payload == "" },
	"payload-null":   func(p *pair) bool { return string(decode(p.T, p.payload)) == "null" },
	"payload-string": func(p *pair) bool { return string(decode(p.T, p.payload)) == `"these are no claims"` },
	"payload-trailing": func(p *pair) bool {
		return string(decode(p.T, p.payload)) == string(decode(p.T, p.good[1]))+`{"admin":true}`
	},
	"nested-without-cty": func(p *pair) bool { return string(decode(p.T, p.payload)) == strings.Join(p.good[:], ".") },
	"nested-stranger": func(p *pair) bool {
		outer := strings.Split(p.token, ".")
		inner := strings.Split(string(decode(p.T, outer[1])), ".")
		return verifies(string(p.alg), outer[0]+"."+outer[1], decode(p.T, outer[2]), p.ownVerifies) &&
			inner[0] == p.good[0] && inner[1] == p.good[1] &&
			verifies(string(p.alg), inner[0]+"."+inner[1], decode(p.T, inner[2]), p.stranger())
	},
	"jwe-public-key": func(p *pair) bool { return p.decrypted() == string(decode(p.T, p.good[1])) },
	"jwe-alg-none": func(p *pair) bool {
		inner := strings.Split(p.decrypted(), ".")
		return len(inner) == 3 && inner[1] == p.good[1] && inner[2] == "" && strings.Contains(string(decode(p.T, inner[0])), `"none"`)
	},
	"json-flattened": func(p *pair) bool { return p.inJSON() && !strings.Contains(p.token, "signatures") },
	"json-general":   func(p *pair) bool { return p.inJSON() && strings.Contains(p.token, "signatures") },
	"json-unsigned-alg": func(p *pair) bool {
		return p.inJSON() && strings.HasPrefix(p.token, `{"header":{"alg":"`+string(p.alg))
	},
	"json-and-compact": func(p *pair) bool { return p.inJSON() && len(strings.Split(p.token, ".")) == 3 },
	"stray-character": func(p *pair) bool {
		return strings.Replace(p.token, "*", "", 1) == strings.Join(p.good[:], ".")
	},
	"standard-base64": func(p *pair) bool {
		segments := strings.Split(p.token, ".")
		signature, err := base64.RawStdEncoding.DecodeString(segments[2])
		return err == nil && strings.ContainsAny(segments[2], "+/") &&
			verifies(string(p.alg), segments[0]+"."+segments[1], signature, p.ownVerifies)
	},
	"padded-signature": func(p *pair) bool {
		good := strings.Join(p.good[:], ".")
		return p.token != good && strings.TrimRight(p.token, "=") == good
	},
	"spare-bits": func(p *pair) bool {
		signature, err := base64.RawURLEncoding.DecodeString(strings.Split(p.token, ".")[2])
		return err == nil && bytes.Equal(signature, p.goodSignature) && p.token != strings.Join(p.good[:], ".")
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

// decrypted returns what is in an encrypted token, read by another library.
func (p *pair) decrypted() string {
	algorithms := []jose.KeyAlgorithm{jose.RSA_OAEP_256, jose.ECDH_ES}
	object, err := jose.ParseEncryptedCompact(p.token, algorithms, []jose.ContentEncryption{jose.A256GCM})
	if err != nil {
		p.Fatal(err)
	}
	plain, err := object.Decrypt(p.own)
	if err != nil {
		p.Fatal(err)
	}
	return string(plain)
}

// inJSON reports whether another library says that a token in a JSON serialization has the
// payload of the good one and a signature of the right key.
func (p *pair) inJSON() bool {
	token := p.token
	if p.alg == auth.MLDSA44 { // which the library does not know
		return json.Valid([]byte(token))
	}
	object, err := jose.ParseSigned(token, []jose.SignatureAlgorithm{jose.SignatureAlgorithm(p.alg)})
	if err != nil {
		p.Error(err)
		return false
	}
	payload, err := object.Verify(p.ownVerifies)
	return err == nil && string(payload) == string(decode(p.T, p.good[1]))
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
			if !makes(f, alg) {
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
	if closer[f.Name] != nil && !json.Valid(decode(p.T, bad)) {
		return
	}
	names, values := changed(p.T, decode(p.T, good), decode(p.T, bad))
	want := slices.Sorted(slices.Values(f.Members))
	if p.alg[0] == 'H' && slices.Equal(want, []string{"alg", "kid"}) && p.parameter("alg") == string(p.alg) {
		want = []string{"kid"} // the algorithm of the key is one with a secret already
	}
	if !slices.Equal(names, want) {
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
	if p.fault.Name == "ecdsa-other-s" {
		return // it is right, and the closer look is at it
	}
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
