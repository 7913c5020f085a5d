package fault

import (
	"io"
	"testing"

	"tokendesk/auth"
)

// counter counts the bytes that are read.
type counter struct {
	io.Reader

	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// With too little randomness every fault fails with an error and no token, wherever the
// randomness ends.
func TestFaultsWithoutRandomness(t *testing.T) {
	t.Parallel()
	wanted := map[string]string{
		"HS256/payload-swapped": "read randomness for the token's id: EOF",
		"PS256/expired":         "sign: PS256: EOF",
		"PS256/padded-base64":   "sign: PS256: EOF",
		"PS256/another-key":     "sign: PS256: EOF",
		"EdDSA/another-key":     "make another key: EOF",
		"ES256/jku":             "make another key: EOF",
		"HS384/another-key":     "make another key: read randomness for a secret: EOF",
	}
	for _, alg := range []auth.Algorithm{auth.HS256, auth.HS384, auth.PS256, auth.ES256, auth.EdDSA} {
		t.Run(string(alg), func(t *testing.T) {
			t.Parallel()
			m := makerOf(t, alg)
			limited := func(n int64) Maker {
				issuer := *m.Issuer
				issuer.Rand = io.LimitReader(seeded(9), n)
				return Maker{Issuer: &issuer, Request: m.Request}
			}
			read := &counter{Reader: seeded(9)}
			m.Issuer.Rand = read
			if _, err := m.Good(); err != nil {
				t.Fatal(err)
			}
			good := read.n
			for _, f := range Catalogue() {
				if m.Impossible(f) != "" {
					continue
				}
				read := &counter{Reader: seeded(9)}
				m.Issuer.Rand = read
				if _, err := m.Make(f); err != nil {
					t.Fatal(err)
				}
				more := read.n - good
				if more == 0 {
					continue
				}
				if token, err := limited(good + more - 1).Make(f); token != "" || err == nil {
					t.Errorf("%s, one byte of %d missing: %q, %v", f.Name, more, token, err)
				}
				token, err := limited(good).Make(f)
				if want := wanted[string(alg)+"/"+f.Name]; token != "" || err == nil || want != "" && err.Error() != want {
					t.Errorf("%s, all of %d bytes missing: %q, %v, want %s", f.Name, more, token, err, want)
				}
			}
			const want = "read randomness for the token's id: unexpected EOF"
			if token, err := limited(5).Good(); token != "" || err == nil || err.Error() != want {
				t.Errorf("a good token: %q, %v", token, err)
			}
			if v, err := limited(5).Verifier(); v != nil || err == nil || err.Error() != want {
				t.Errorf("a verifier: %v, %v", v, err)
			}
		})
	}
}

// Reports and scripts contain the names of groups, parts and needs.
func TestNames(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		string(GroupTime): "time", string(GroupSignature): "signature", string(GroupAlgorithm): "algorithm",
		string(GroupHeader): "header", string(GroupClaims): "claims", string(GroupForm): "form",
		string(PartPayload): "payload", string(PartToken): "token",
		string(NeedPublicKey): "a key pair", string(NeedECKey): "an EC key", string(NeedRSAKey): "an RSA key",
		string(NeedSecret): "a secret", string(NeedEdKey): "an Ed25519 key", string(NeedX509Key): "an RSA, EC or Ed25519 key",
		string(NeedEncrypts): "an RSA or EC key", string(NeedKeyID): "a kid", string(NeedIssuer): "an iss", string(NeedAudience): "an aud",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if PartHeader != "header" || PartSignature != "signature" || NeedNothing != "" {
		t.Errorf("%q, %q, %q", PartHeader, PartSignature, NeedNothing)
	}
}
