package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"tokendesk/auth/advice"
)

// jwkWith returns the private half of a key as a JWK with its members changed; nil removes one.
func jwkWith(t *testing.T, key *Key, changes map[string]any) string {
	t.Helper()
	text, err := key.EncodePrivate(FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	members := map[string]any{}
	if err := json.Unmarshal(text, &members); err != nil {
		t.Fatal(err)
	}
	delete(members, "use")
	delete(members, "alg")
	for name, value := range changes {
		members[name] = value
		if value == nil {
			delete(members, name)
		}
	}
	text, err = json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// sealed returns an encrypted token.
func sealed(t *testing.T, alg jose.KeyAlgorithm, enc jose.ContentEncryption, key any, text string) string {
	t.Helper()
	e, err := jose.NewEncrypter(enc, jose.Recipient{Algorithm: alg, Key: key}, nil)
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

type members = map[string]any

// A private JWK for encryption decrypts, alone or in a set, and neither signs nor verifies.
func TestDecryptionJWK(t *testing.T) {
	t.Parallel()
	rsaKey, ecKey, signer := generatedKey(t, RS256), generatedKey(t, ES256), generatedKey(t, ES256)
	dir, err := NewHMACKey(HS256, []byte("0123456789abcdef0123456789abcdeg"))
	if err != nil {
		t.Fatal(err)
	}
	signed := signedBy(t, signer, `{"alg":"ES256"}`, `{"sub":"ada","exp":1795444512}`)
	forRSA := sealed(t, jose.RSA_OAEP_256, jose.A256GCM, rsaKey.Public(), signed)
	forEC := sealed(t, jose.ECDH_ES, jose.A128CBC_HS256, ecKey.Public(), signed)
	forDir := sealed(t, jose.DIRECT, jose.A256GCM, []byte("0123456789abcdef0123456789abcdeg"), signed)
	for _, tt := range []struct {
		name    string
		jwk     string
		alg     Algorithm
		compact string
	}{
		{"use and alg", jwkWith(t, rsaKey, members{"use": "enc", "alg": "RSA-OAEP-256"}), "RSA-OAEP-256", forRSA},
		{"use", jwkWith(t, rsaKey, members{"use": "enc"}), "RSA-OAEP-256", forRSA},
		{"alg", jwkWith(t, rsaKey, members{"alg": "RSA-OAEP-256"}), "RSA-OAEP-256", forRSA},
		{"unwrapKey", jwkWith(t, rsaKey, members{"key_ops": []string{"unwrapKey"}}), "RSA-OAEP-256", forRSA},
		{"decrypt", jwkWith(t, rsaKey, members{"key_ops": []string{"encrypt", "decrypt"}, "kid": "e"}), "RSA-OAEP-256", forRSA},
		{"EC", jwkWith(t, ecKey, members{"use": "enc", "alg": "ECDH-ES"}), "ECDH-ES", forEC},
		{"EC, deriveBits", jwkWith(t, ecKey, members{"key_ops": []string{"deriveBits"}}), "ECDH-ES", forEC},
		{"secret", jwkWith(t, dir, members{"use": "enc", "alg": "dir"}), "dir", forDir},
		{"secret for one content", jwkWith(t, dir, members{"alg": "A256GCM"}), "dir", forDir},
	} {
		keys, err := ParseKeys([]byte(tt.jwk), "")
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		key := keys[0]
		if key.Algorithm() != tt.alg || !key.OnlyDecrypts() || key.CanSign() || key.Bits() == 0 || len(key.Fingerprint()) != 8 {
			t.Errorf("%s: %s, signs %v, %d bits", tt.name, key.Algorithm(), key.CanSign(), key.Bits())
		}
		if _, err := key.Sign(nil, "a.b"); !errors.Is(err, ErrOnlyDecrypts) {
			t.Errorf("%s signs: %v", tt.name, err)
		}
		if _, err := (&Issuer{Key: key}).Issue(Request{Subject: "ada"}); !errors.Is(err, ErrOnlyDecrypts) {
			t.Errorf("%s issues: %v", tt.name, err)
		}
		set, err := ParseKeys(fmt.Appendf(nil, `{"keys":[%s,%s]}`, tt.jwk, jwkWith(t, signer, nil)), "")
		if err != nil || len(set) != 2 {
			t.Errorf("%s in a set: %v", tt.name, err)
			continue
		}
		v := Verifier{Keys: set, Now: clockAt(at())}
		r := v.Verify(tt.compact)
		if r.Verdict != VerdictValid || r.Decryption != set[0] || r.Inner == nil || r.Inner.Key != set[1] {
			t.Errorf("%s in a set: %v %v", tt.name, r.Verdict, r.Failures)
		}
		v.Keys = keys
		r = v.Verify(tt.compact)
		if r.Verdict != VerdictWrongKey || r.Decryption != key || r.SignatureChecked ||
			!strings.Contains(r.Failures[0].Reason, "is for decryption ("+string(tt.alg)+") and cannot verify") {
			t.Errorf("%s alone: %v %v", tt.name, r.Verdict, r.Failures)
		}
		same, err := key.EncodePrivate(FormatJWK)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		back, err := ParseKeys(same, "")
		if err != nil || !back[0].OnlyDecrypts() || back[0].Fingerprint() != key.Fingerprint() {
			t.Errorf("%s is written as %v", tt.name, err)
		}
	}
}

// A key for encryption has the ID of its JWK, else the one in the options, else its thumbprint.
func TestDecryptionJWKID(t *testing.T) {
	t.Parallel()
	key := generatedKey(t, RS256)
	for _, tt := range []struct {
		kid, option, want any
	}{{"own", "given", "own"}, {"", "given", "given"}, {nil, "given", "given"}, {nil, "", key.ID()}} {
		jwk := jwkWith(t, key, members{"use": "enc", "kid": tt.kid})
		keys, err := ParseKeys([]byte(jwk), "", WithKeyID(tt.option.(string)))
		if err != nil || keys[0].ID() != tt.want {
			t.Errorf("kid %v, option %v: %v, %q", tt.kid, tt.option, err, keys[0].ID())
		}
	}
}

// A key for encryption never verifies a signature, not even one that its material made.
func TestDecryptionJWKVerifiesNothing(t *testing.T) {
	t.Parallel()
	rsaKey, ecKey, secret := generatedKey(t, RS256), generatedKey(t, ES256), testKey(t)
	long, err := NewHMACKey(HS256, []byte(testSecret[:32]))
	if err != nil {
		t.Fatal(err)
	}
	for alg, key := range map[string]*Key{"RS256": rsaKey, "ES256": ecKey, "HS256": long} {
		compact := signedBy(t, key, `{"alg":"`+alg+`"}`, `{"sub":"ada"}`)
		keys, err := ParseKeys([]byte(jwkWith(t, key, members{"use": "enc"})), "")
		if err != nil {
			t.Fatal(err)
		}
		for _, others := range [][]*Key{nil, {secret}} {
			v := Verifier{Keys: append(keys, others...), Now: clockAt(at())}
			if r := v.Verify(compact); r.Verdict == VerdictValid || r.Key != nil {
				t.Errorf("%s: %v by %v", alg, r.Verdict, r.Key)
			}
		}
	}
	name := string(jose.RSA_OAEP_256)
	keys, err := ParseKeys([]byte(jwkWith(t, rsaKey, members{"use": "enc"})), "")
	if err != nil {
		t.Fatal(err)
	}
	if r := (&Verifier{Keys: keys}).Verify(signedBy(t, rsaKey, `{"alg":"`+name+`"}`, `{"sub":"ada"}`)); r.Verdict == VerdictValid {
		t.Errorf("a signature with %s is %v", name, r.Verdict)
	}
}

// What cannot decrypt is refused as before, and what is wrong with a key that could is said.
func TestDecryptionJWKRefused(t *testing.T) {
	t.Parallel()
	const isEncryption = `the use of the JWK is "enc", not sig (RFC 7517 section 4.2)`
	rsaKey, short := generatedKey(t, RS256), testKey(t)
	for _, tt := range []struct{ name, jwk, want string }{
		{
			"SHA-1", jwkWith(t, rsaKey, members{"use": "enc", "alg": "RSA-OAEP"}),
			`the alg of the JWK is "RSA-OAEP", which is supported neither to sign nor to decrypt`,
		},
		{
			"SHA-1 by alg", jwkWith(t, rsaKey, members{"alg": "RSA-OAEP"}),
			`the alg of the JWK is "RSA-OAEP", which is supported neither to sign nor to decrypt`,
		},
		{
			"to sign and to encrypt", jwkWith(t, rsaKey, members{"use": "sig", "alg": "RSA-OAEP-256"}),
			`the alg of the JWK is "RSA-OAEP-256", which is not a supported signature algorithm`,
		},
		{"to encrypt", jwkWith(t, rsaKey, members{"use": "enc", "key_ops": []string{"encrypt"}}), isEncryption},
		{"no such use", jwkWith(t, rsaKey, members{"use": "other"}), `the use of the JWK is "other", not sig (RFC 7517 section 4.2)`},
		{"another type", jwkWith(t, generatedKey(t, EdDSA), members{"use": "enc"}), isEncryption},
		{"damaged", jwkWith(t, rsaKey, members{"use": "enc", "n": nil}), "the RSA JWK has no n"},
		{
			"size", jwkWith(t, short, members{"use": "enc"}),
			"the k of the JWK for encryption has " + inBytes(len(testSecret)) + ", but must have 16, 24, 32, 48 or 64 (RFC 7518 section 4.5)",
		},
		{"empty", `{"kty":"oct","k":"","use":"enc"}`, "the secret is empty"},
	} {
		if _, err := ParseKeys([]byte(tt.jwk), ""); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v\nwant %s", tt.name, err, tt.want)
		}
	}
	const weak = `{"kty":"oct","k":"Y2hhbmdlbWVjaGFuZ2VtZQ","use":"enc"}`
	keys, err := ParseKeys([]byte(weak), "")
	if err != nil || keys[0].Weakness() == nil {
		t.Errorf("weak: %v", err)
	}
	if got := advice.Of(ErrOnlyDecrypts); got != "use a key for signatures to sign" {
		t.Error(got)
	}
}
