package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"tokendesk/auth/jsontext"
)

// A detached payload is verified with the token, in base64url and as it is (RFC 7515
// appendix F, RFC 7797).
func TestDetached(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	v := Verifier{Keys: []*Key{key}, Now: clockAt(at())}
	sign := func(header, payload string) string {
		signature, err := key.Sign(nil, b64(header)+"."+payload)
		if err != nil {
			t.Fatal(err)
		}
		return b64(header) + ".." + base64.RawURLEncoding.EncodeToString(signature)
	}
	const unencoded = `{"alg":"HS256","b64":false,"crit":["b64"]}`
	const claims = `{"sub":"ada","exp":1795444512}`
	for _, tt := range []struct {
		name, compact, payload string
		want                   Verdict
		claims                 bool
	}{
		{"claims", sign(hs256, b64(claims)), claims, VerdictValid, true},
		{"expired claims", sign(hs256, b64(`{"exp":1}`)), `{"exp":1}`, VerdictExpired, true},
		{"any bytes", sign(hs256, b64("\x00\xff. any")), "\x00\xff. any", VerdictValid, false},
		{"broken claims", sign(hs256, b64(`{"a":}`)), `{"a":}`, VerdictMalformed, false},
		{"another payload", sign(hs256, b64(claims)), claims + "\n", VerdictBadSignature, true},
		{"unencoded", sign(unencoded, claims), claims, VerdictValid, true},
		{"unencoded, with a dot", sign(unencoded, "$.02"), "$.02", VerdictValid, false},
		{"unencoded, changed", sign(unencoded, "$.02"), "$.03", VerdictBadSignature, false},
		{"b64 true", sign(`{"alg":"HS256","b64":true,"crit":["b64"]}`, b64(claims)), claims, VerdictValid, true},
		{"b64 that is not critical", sign(`{"alg":"HS256","b64":false}`, claims), claims, VerdictUnsupported, true},
		{"b64 of a wrong type", sign(`{"alg":"HS256","b64":"false","crit":["b64"]}`, claims), claims, VerdictUnsupported, true},
		{"b64 that is critical and missing", sign(`{"alg":"HS256","crit":["b64"]}`, claims), claims, VerdictUnsupported, true},
		{"more that is critical", sign(`{"alg":"HS256","b64":false,"crit":["b64","x"]}`, claims), claims, VerdictUnsupported, true},
	} {
		with := Extras{Payload: []byte(tt.payload)}
		r := v.VerifyWith(tt.compact, with)
		if r.Verdict != tt.want || (r.Token.Claims != nil) != tt.claims || !r.Token.IsDetached() {
			t.Errorf("%s: %v %v, claims %v", tt.name, r.Verdict, r.Failures, r.Token.Claims)
		}
		isSigned := tt.want == VerdictValid || tt.want == VerdictExpired || tt.name == "broken claims"
		if r := v.VerifySignatureWith(tt.compact, with); (r.Verdict == VerdictValid) != isSigned {
			t.Errorf("%s, only the signature: %v %v", tt.name, r.Verdict, r.Failures)
		}
		for name, r := range map[string]Result{"Verify": v.Verify(tt.compact), "VerifySignature": v.VerifySignature(tt.compact)} {
			if r.Verdict != VerdictMalformed && r.Verdict != VerdictUnsupported || r.Key != nil || r.Token.Header == nil {
				t.Errorf("%s without the payload, %s: %v %v", tt.name, name, r.Verdict, r.Failures)
			}
		}
	}
}

// A token inside a token is verified too.
func TestNested(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	v := Verifier{Keys: []*Key{key}, Now: clockAt(at()), Iss: "a"}
	const outer = `{"alg":"HS256","cty":"JWT"}`
	inner := func(claims string) string { return signedBy(t, key, hs256, claims) }
	for _, tt := range []struct {
		name, compact string
		want          Verdict
		reason        string
	}{
		{"valid", signedBy(t, key, outer, inner(`{"iss":"a"}`)), VerdictValid, ""},
		{"cty in lower case", signedBy(t, key, `{"alg":"HS256","cty":"jwt"}`, inner(`{"iss":"a"}`)), VerdictValid, ""},
		{"expired inside", signedBy(t, key, outer, inner(`{"iss":"a","exp":1}`)), VerdictExpired, "in the token inside: the token expired"},
		{"another issuer inside", signedBy(t, key, outer, inner(`{"iss":"b"}`)), VerdictWrongClaim, "in the token inside: iss is"},
		{"changed inside", signedBy(t, key, outer, inner(`{}`)+"AA"), VerdictMalformed, "in the token inside: the signature is not base64url"},
		{"no cty", signedBy(t, key, hs256, inner(`{"iss":"a"}`)), VerdictMalformed, "the payload is another token, but the header has no cty"},
		{"twice", signedBy(t, key, outer, signedBy(t, key, outer, inner(`{"iss":"a"}`))), VerdictValid, ""},
		{"bad outside", signedBy(t, key, outer, inner(`{"iss":"a"}`))[:200] + "A" + b64("x"), VerdictMalformed, ""},
	} {
		r := v.Verify(tt.compact)
		if r.Verdict != tt.want || tt.reason != "" && !strings.HasPrefix(r.Failures[0].Reason, tt.reason) {
			t.Errorf("%s: %v %v", tt.name, r.Verdict, r.Failures)
		}
		if tt.want != VerdictMalformed && r.Innermost().Token.Claims == nil {
			t.Errorf("%s: the claims inside are not there", tt.name)
		}
	}
	deep := inner(`{"iss":"a"}`)
	for range 6 {
		deep = signedBy(t, key, outer, deep)
	}
	const tooDeep = "more than 4 tokens are nested"
	if r := v.Verify(deep); r.Verdict != VerdictUnsupported || !strings.HasSuffix(r.Failures[0].Reason, tooDeep) {
		t.Errorf("deep: %v", r.Failures)
	}
}

// Encrypted tokens are decrypted with configured keys within closed lists, and what is
// inside is verified.
func TestEncrypted(t *testing.T) {
	t.Parallel()
	secret, rsaKey, ecKey := testKey(t), generatedKey(t, RS256), generatedKey(t, ES256)
	dir, err := NewHMACKey(HS256, []byte(testSecret[:32]))
	if err != nil {
		t.Fatal(err)
	}
	v := Verifier{Keys: []*Key{secret, rsaKey, ecKey, dir}, Now: clockAt(at())}
	signed := signedBy(t, secret, hs256, `{"sub":"ada","exp":1795444512}`)
	seal := func(alg jose.KeyAlgorithm, enc jose.ContentEncryption, key any, text string, options *jose.EncrypterOptions) string {
		e, err := jose.NewEncrypter(enc, jose.Recipient{Algorithm: alg, Key: key}, options)
		if err != nil {
			t.Fatal(err)
		}
		object, err := e.Encrypt([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		compact, err := object.CompactSerialize()
		if err != nil {
			t.Fatal(err)
		}
		return compact
	}
	other := generatedKey(t, RS256)
	for _, tt := range []struct {
		name, compact string
		want          Verdict
		reason        string
	}{
		{"RSA", seal(jose.RSA_OAEP_256, jose.A256GCM, rsaKey.Public(), signed, nil), VerdictValid, ""},
		{"RSA, CBC", seal(jose.RSA_OAEP_256, jose.A128CBC_HS256, rsaKey.Public(), signed, nil), VerdictValid, ""},
		{"EC", seal(jose.ECDH_ES, jose.A256CBC_HS512, ecKey.Public(), signed, nil), VerdictValid, ""},
		{"dir", seal(jose.DIRECT, jose.A256GCM, []byte(testSecret[:32]), signed, nil), VerdictValid, ""},
		{"dir with claims", seal(jose.DIRECT, jose.A128CBC_HS256, []byte(testSecret[:32]), `{"sub":"ada"}`, nil), VerdictValid, ""},
		{"dir with expired claims", seal(jose.DIRECT, jose.A256GCM, []byte(testSecret[:32]), `{"exp":1}`, nil), VerdictExpired, ""},
		{
			"RSA with claims", seal(jose.RSA_OAEP_256, jose.A256GCM, rsaKey.Public(), `{"sub":"ada"}`, nil), VerdictUnsupported,
			"the token is encrypted but not signed",
		},
		{
			"expired inside", seal(jose.DIRECT, jose.A256GCM, []byte(testSecret[:32]), signedBy(t, secret, hs256, `{"exp":1}`), nil),
			VerdictExpired, "in the token inside",
		},
		{
			"no JSON inside", seal(jose.DIRECT, jose.A256GCM, []byte(testSecret[:32]), `hello`, nil), VerdictMalformed,
			"the token was decrypted, but",
		},
		{"another RSA key", seal(jose.RSA_OAEP_256, jose.A256GCM, other.Public(), signed, nil), VerdictWrongKey, "no configured key decrypts"},
		{
			"RSA-OAEP", seal(jose.RSA_OAEP, jose.A256GCM, rsaKey.Public(), signed, nil), VerdictUnsupported,
			`the token is encrypted (JWE) with "RSA-OAEP"`,
		},
		{
			"ECDH-ES+A128KW", seal(jose.ECDH_ES_A128KW, jose.A256GCM, ecKey.Public(), signed, nil), VerdictUnsupported,
			`the token is encrypted (JWE) with "ECDH-ES+A128KW"`,
		},
		{
			"PBES2", seal(jose.PBES2_HS256_A128KW, jose.A256GCM, []byte(testSecret), signed, nil), VerdictUnsupported,
			`the token is encrypted (JWE) with "PBES2`,
		},
		{"no such size", seal(jose.DIRECT, jose.A128GCM, []byte(testSecret[:16]), signed, nil), VerdictUnsupported, "this is an encrypted token"},
		{
			"compressed", seal(jose.DIRECT, jose.A256GCM, []byte(testSecret[:32]), signed, &jose.EncrypterOptions{Compression: jose.DEFLATE}),
			VerdictUnsupported, "the header of the encrypted token has zip",
		},
		{"no alg", b64(`{"enc":"A256GCM"}`) + "..AA.AA.AA", VerdictUnsupported, "the token is encrypted (JWE) with missing"},
		{"no enc", b64(`{"alg":"dir"}`) + "..AA.AA.AA", VerdictUnsupported, "the content of the token is encrypted (JWE)"},
		{"another enc", b64(`{"alg":"dir","enc":"XC20P"}`) + "..AA.AA.AA", VerdictUnsupported, "the content of the token is encrypted (JWE)"},
		{"no header", "e30x..AA.AA.AA", VerdictMalformed, ""},
		{"garbage", b64(`{"alg":"dir","enc":"A256GCM"}`) + "..AA.AA.AA", VerdictWrongKey, "no configured key decrypts"},
	} {
		r := v.Verify(tt.compact)
		if r.Verdict != tt.want || tt.reason != "" && !strings.HasPrefix(r.Failures[0].Reason, tt.reason) {
			t.Errorf("%s: %v %v", tt.name, r.Verdict, r.Failures)
		}
		opens := tt.want == VerdictValid || tt.want == VerdictExpired || strings.Contains(tt.name, "with claims") || tt.name == "no JSON inside"
		if (r.Decryption != nil) != opens {
			t.Errorf("%s: decrypted with %v", tt.name, r.Decryption)
		}
	}
	expired := seal(jose.DIRECT, jose.A256GCM, []byte(testSecret[:32]), signedBy(t, secret, hs256, `{"exp":1}`), nil)
	if r := v.VerifySignature(expired); r.Verdict != VerdictValid || r.Inner == nil || r.Inner.Key != secret {
		t.Errorf("only the signature: %v", r.Failures)
	}
	v.Keys = []*Key{secret}
	r := v.Verify(seal(jose.RSA_OAEP_256, jose.A256GCM, rsaKey.Public(), signed, nil))
	if r.Verdict != VerdictUnsupported || r.Failures[0].Advice != "configure the private RSA key to decrypt it" {
		t.Errorf("without the key: %+v", r.Failures)
	}
}

// The disclosures of an SD-JWT belong to it, and its key binding JWT to both (RFC 9901).
func TestDisclosures(t *testing.T) {
	t.Parallel()
	key, holder := testKey(t), generatedKey(t, ES256)
	hashed := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return base64.RawURLEncoding.EncodeToString(sum[:])
	}
	name, element := b64(`["salt","given_name","Zoë"]`), b64(`["salt",["DE"]]`)
	deep := b64(`["salt","address",{"_sd":["` + hashed(b64(`["s","city","Rome"]`)) + `"]}]`)
	city := b64(`["s","city","Rome"]`)
	public, err := (&jose.JSONWebKey{Key: holder.Public()}).MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	jwk := string(public)
	compact := signedBy(t, key, hs256, `{"_sd_alg":"sha-256","_sd":["`+hashed(name)+`","`+hashed(deep)+`"],"nat":[{"...":"`+hashed(element)+
		`"}],"cnf":{"jwk":`+jwk+`}}`)
	v := Verifier{Keys: []*Key{key}, Now: clockAt(at())}
	for _, tt := range []struct {
		name   string
		with   []string
		want   Verdict
		reason string
	}{
		{"none", nil, VerdictValid, ""},
		{"all", []string{name, element, deep, city}, VerdictValid, ""},
		{"one", []string{element}, VerdictValid, ""},
		{"without the one around it", []string{city}, VerdictMalformed, `disclosure 1 ("city") does not belong to the token`},
		{"another", []string{name, b64(`["salt","admin",true]`)}, VerdictMalformed, `disclosure 2 ("admin") does not belong to the token`},
		{"twice", []string{name, name}, VerdictMalformed, `disclosure 2 ("given_name") is there twice`},
		{"no array", []string{b64(`{}`)}, VerdictMalformed, "disclosure 1 is not an array"},
		{"no JSON", []string{b64(`[`)}, VerdictMalformed, "disclosure 1 is not valid JSON"},
		{"no base64url", []string{"A"}, VerdictMalformed, "disclosure 1 is not base64url"},
		{"no name", []string{b64(`["s","_sd",1]`)}, VerdictMalformed, "disclosure 1 does not have the name of a claim"},
		{"too many", make([]string, maxDisclosures+1), VerdictMalformed, "the token has more than 1000 disclosures"},
	} {
		r := v.VerifyWith(compact, Extras{Disclosures: tt.with})
		if r.Verdict != tt.want || tt.reason != "" && !strings.HasPrefix(r.Failures[0].Reason, tt.reason) ||
			tt.want == VerdictValid && len(r.Token.Disclosures) != len(tt.with) {
			t.Errorf("%s: %v %v", tt.name, r.Verdict, r.Failures)
		}
	}
	bound := func(by *Key, disclosures ...string) Extras {
		presented := compact + "~" + strings.Join(append(disclosures, ""), "~")
		return Extras{
			Disclosures: disclosures,
			KeyBinding: signedBy(t, by, `{"alg":"ES256","typ":"kb+jwt"}`, `{"iat":1795442712,"aud":"x","nonce":"y",`+
				`"sd_hash":"`+hashed(presented)+`"}`),
		}
	}
	if r := v.VerifyWith(compact, bound(holder, name)); r.Verdict != VerdictValid {
		t.Errorf("with a key binding: %v", r.Failures)
	}
	if r := v.VerifyWith(compact, bound(generatedKey(t, ES256), name)); r.Verdict != VerdictBadSignature {
		t.Errorf("with the key binding of another key: %v", r.Failures)
	}
	fewer := bound(holder, name, element)
	fewer.Disclosures = fewer.Disclosures[:1]
	if r := v.VerifyWith(compact, fewer); r.Verdict != VerdictWrongClaim {
		t.Errorf("with fewer disclosures than were bound: %v", r.Failures)
	}
}

// What is in the unprotected header is a hint and no more.
func TestUnprotectedHeader(t *testing.T) {
	t.Parallel()
	key := testKey(t, WithKeyID("k1"))
	v := Verifier{Keys: []*Key{key}, Now: clockAt(at())}
	good := signedBy(t, key, hs256, `{}`)
	beside := func(name, value string) Extras { return Extras{Unprotected: Object{jsontext.Text(name, value)}} }
	if r := v.VerifyWith(good, beside("kid", "k1")); r.Verdict != VerdictValid || r.Token.KeyID() != "k1" {
		t.Errorf("kid: %v", r.Failures)
	}
	if r := v.VerifyWith(good, beside("kid", "k2")); r.Verdict != VerdictWrongKey {
		t.Errorf("another kid: %v", r.Failures)
	}
	_, unprotected, _ := strings.Cut(good, ".")
	if r := v.VerifyWith("."+unprotected, beside("alg", "HS256")); r.Verdict != VerdictUnsupported || r.SignatureChecked {
		t.Errorf("nothing protected: %v", r.Failures)
	}
	none := signedBy(t, key, `{"typ":"JWT"}`, `{}`)
	if r := v.VerifyWith(none, beside("alg", "HS256")); r.Verdict != VerdictUnsupported || r.SignatureChecked {
		t.Errorf("alg: %v", r.Failures)
	}
}

// Padded and standard base64 are refused, and what is in them is read; whether the
// signature is right is said.
func TestOtherBase64(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	v := Verifier{Keys: []*Key{key}, Now: clockAt(at())}
	for name, encoding := range map[string]*base64.Encoding{"padded": base64.URLEncoding, "standard": base64.StdEncoding} {
		input := encoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"} `)) + "." + encoding.EncodeToString([]byte(`{"sub":"ada>>>???"}`))
		signature, err := key.Sign(nil, input)
		if err != nil {
			t.Fatal(err)
		}
		r := v.Verify(input + "." + encoding.EncodeToString(signature))
		if r.Verdict != VerdictMalformed || r.Key != key || r.Token.Subject() != "ada>>>???" || len(r.Failures) != 1 {
			t.Errorf("%s: %v, key %v, %v", name, r.Failures, r.Key != nil, r.Token.Claims)
		}
		signature[0] ^= 1
		r = v.Verify(input + "." + encoding.EncodeToString(signature))
		if r.Key != nil || len(r.Failures) != 2 || r.Failures[1].Verdict != VerdictBadSignature {
			t.Errorf("%s, changed: %v", name, r.Failures)
		}
	}
}

func generatedKey(t *testing.T, alg Algorithm) *Key {
	t.Helper()
	key, err := GenerateKey(alg, 0, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}
