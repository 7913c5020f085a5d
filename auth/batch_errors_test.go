package auth

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/jsontext"
)

// After an error a batch returns its input and no time, and it stays usable.
func TestBatchAfterErrors(t *testing.T) {
	t.Parallel()
	i := testIssuer(t)
	i.MaxLifetime = time.Hour
	i.Rand = strings.NewReader(strings.Repeat("0123456789abcdef", 2))
	batch, err := NewBatch(i, Request{Claims: tokenOf(t, `{"team":"red"}`).Claims})
	if err != nil {
		t.Fatal(err)
	}
	first, expires, err := batch.Append(nil, Request{Subject: "ada"})
	if err != nil || !expires.Equal(at().Add(30*time.Minute)) || expires.Location() != time.UTC {
		t.Fatalf("%s, %v, %v", first, expires, err)
	}
	for want, r := range map[string]Request{
		"the lifetime 2h is above the limit of 1h":       {Subject: "ada", Lifetime: 2 * time.Hour},
		"the lifetime must be a whole number of seconds": {Subject: "ada", Lifetime: 1},
		"sub must be a string, but is null":              {Subject: "ada", Claims: tokenOf(t, `{"sub":null}`).Claims},
		`the claim "a" is set twice; keep one of the two`: {
			Subject: "ada", Claims: Object{jsontext.Text("a", ""), jsontext.Text("a", "")},
		},
		"aud must be a string or an array of strings, but is a number": {Subject: "ada", Claims: tokenOf(t, `{"aud":1}`).Claims},
	} {
		if out, expires, err := batch.Append([]byte("x"), r); string(out) != "x" || !expires.IsZero() || err == nil || sentence(err) != want {
			t.Errorf("%s, %v, %v, want %s", out, expires, sentence(err), want)
		}
	}
	out, expires, err := batch.Append([]byte("x"), Request{Subject: "ada", Lifetime: time.Minute})
	if err != nil || !expires.Equal(at().Add(time.Minute)) || !bytes.HasPrefix(out, []byte("x"+b64(hs256)+".")) {
		t.Fatalf("%s, %v, %v", out, expires, err)
	}
	const want = "read randomness for the token's id: EOF"
	for _, claims := range []string{`{}`, `{"a":{}}`} {
		r := Request{Subject: "ada", Claims: tokenOf(t, claims).Claims}
		if out, expires, err := batch.Append([]byte("x"), r); string(out) != "x" || !expires.IsZero() || err == nil || sentence(err) != want {
			t.Errorf("without randomness: %s, %v, %v, want %s", out, expires, sentence(err), want)
		}
	}
	own := Request{Subject: "ada", Claims: tokenOf(t, `{"jti":"own","team":"blue"}`).Claims}
	out, _, err = batch.Append(nil, own)
	token, decodeErr := Decode(string(out))
	if err != nil || decodeErr != nil {
		t.Fatalf("%v, %v", err, decodeErr)
	}
	const claims = `{"sub":"ada","iat":1795442712,"exp":1795444512,"team":"blue","jti":"own"}`
	if payload, _ := token.Claims.MarshalJSON(); string(payload) != claims {
		t.Errorf("with its own ID: %s", payload)
	}
}

// A batch signs with every kind of key.
func TestBatchWithEveryAlgorithm(t *testing.T) {
	t.Parallel()
	for alg, private := range testKeys() {
		key, err := NewKey(alg, private, WithKeyID("k1"))
		if err != nil {
			t.Fatal(err)
		}
		i := testIssuer(t)
		i.Key = key
		batch, err := NewBatch(i, Request{Lifetime: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			out, expires, err := batch.Append([]byte("x"), Request{Subject: "ada"})
			if err != nil {
				t.Fatal(err)
			}
			r := (&Verifier{Keys: []*Key{key}, Now: clockAt(at()), RequireKeyID: true}).Verify(string(out[1:]))
			if r.Verdict != VerdictValid || r.Token.Subject() != "ada" || !expires.Equal(at().Add(time.Minute)) {
				t.Errorf("%s: %v, expires %v", alg, r.Failures, expires)
			}
		}
		public, err := NewKey(alg, private.Public())
		if err != nil {
			t.Fatal(err)
		}
		i.Key = public
		if batch, err := NewBatch(i, Request{}); batch != nil || !errors.Is(err, ErrCannotSign) {
			t.Errorf("a batch of a public key: %v", err)
		}
		if signature, err := public.Sign(nil, "x"); signature != nil || !errors.Is(err, ErrCannotSign) {
			t.Errorf("a signature of a public key: %v", err)
		}
	}
}
