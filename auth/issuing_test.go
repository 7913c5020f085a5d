package auth

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/jsontext"
)

// The header describes the key and contains what the issuer adds.
func TestIssuerHeader(t *testing.T) {
	t.Parallel()
	named, err := NewKey(ES256, testKeys()[ES256], WithKeyID("k\"1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		key        *Key
		parameters string
		want       string
	}{
		{testKey(t), `{}`, `{"alg":"HS256","typ":"JWT"}`},
		{named, `{}`, `{"alg":"ES256","typ":"JWT","kid":"k\"1"}`},
		{named, `{"x":[1],"typ":"at+jwt","kid":"other","y":"z"}`, `{"alg":"ES256","typ":"at+jwt","kid":"other","x":[1],"y":"z"}`},
	} {
		i := testIssuer(t)
		i.Key, i.Parameters = tt.key, tokenOf(t, tt.parameters).Claims
		if got, err := i.Header().MarshalJSON(); err != nil || string(got) != tt.want {
			t.Errorf("%s, %v, want %s", got, err, tt.want)
		}
		token, err := i.Issue(Request{Subject: "ada"})
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := token.Header.MarshalJSON(); string(got) != tt.want {
			t.Errorf("issued with %s, want %s", got, tt.want)
		}
	}
	if header := (&Issuer{}).Header(); header != nil {
		t.Errorf("without a key: %v", header)
	}
	i := testIssuer(t)
	for parameters, want := range map[string]string{
		`{"alg":"HS384"}`: `the header's alg must be "HS256", the algorithm of the key`,
		`{"crit":["x"]}`:  `the header's crit requires ["x"], which is not supported`,
		`{"kid":1}`:       "the header's kid is a number, but must be a string",
	} {
		i.Parameters = tokenOf(t, parameters).Claims
		if token, err := i.Issue(Request{Subject: "ada"}); token != nil || err == nil || sentence(err) != want {
			t.Errorf("%s: %v, want %s", parameters, sentence(err), want)
		}
		if batch, err := NewBatch(i, Request{}); batch != nil || err == nil || sentence(err) != want {
			t.Errorf("a batch with %s: %v, want %s", parameters, sentence(err), want)
		}
	}
}

// An issuer without its own clock and randomness uses those of the machine.
func TestIssuerOfTheMachine(t *testing.T) {
	t.Parallel()
	i := &Issuer{Key: testKey(t)}
	before := time.Now().Unix()
	one, err := i.Issue(Request{Subject: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	two, err := i.Issue(Request{Subject: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	iat, _ := one.Date("iat")
	first, _ := one.Claims.String("jti")
	second, _ := two.Claims.String("jti")
	if iat.Seconds < before || iat.Seconds > time.Now().Unix() || len(first) != 32 || first == second {
		t.Errorf("issued at %v with the IDs %s and %s", iat, first, second)
	}
	if r := (&Verifier{Keys: []*Key{testKey(t)}}).Verify(one.Compact); r.Verdict != VerdictValid {
		t.Errorf("%v", r.Failures)
	}
	if lifetime, ok := one.Lifetime(); !ok || lifetime != 30*time.Minute {
		t.Errorf("good for %v", lifetime)
	}
	batch, err := NewBatch(i, Request{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		out, expires, err := batch.Append(nil, Request{Subject: "ada"})
		token, decodeErr := Decode(string(out))
		if err != nil || decodeErr != nil || expires.Unix() < before+1800 {
			t.Fatalf("%v, %v, expires %v", err, decodeErr, expires)
		}
		id, _ := token.Claims.String("jti")
		if id == first || len(id) != 32 {
			t.Errorf("the ID %s is there twice", id)
		}
		first = id
	}
}

// A single audience is a string, several are an array.
func TestIssuerAudience(t *testing.T) {
	t.Parallel()
	for want, audience := range map[string][]string{
		`"a"`: {"a"}, `["a","b"]`: {"a", "b"}, `["a","b\"","é"]`: {"a", `b"`, "é"}, `""`: {""}, "": nil,
	} {
		i := testIssuer(t)
		i.Aud = audience
		token, err := i.Issue(Request{Subject: "ada"})
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := token.Claims.Get("aud"); string(got) != want || ok != (want != "") {
			t.Errorf("%q: %s, want %s", audience, got, want)
		}
	}
}

// A duplicate claim is refused, however many there are. Claims that the issuer sets are
// replaced in place.
func TestExtraClaims(t *testing.T) {
	t.Parallel()
	i := testIssuer(t)
	i.Iss, i.Aud = "me", []string{"api"}
	for _, n := range []int{1, 15, 16, 17, 30} {
		var many Object
		for k := range n {
			many = append(many, jsontext.Text(fmt.Sprint("c", k), "x"))
		}
		for _, again := range []int{0, n / 2, n - 1} {
			want := fmt.Sprintf(`the claim "c%d" is set twice; keep one of the two`, again)
			request := Request{Subject: "ada", Claims: append(many[:n:n], many[again])}
			if token, err := i.Issue(request); token != nil || err == nil || sentence(err) != want {
				t.Errorf("%d claims: %v, want %s", n, sentence(err), want)
			}
			if _, err := NewBatch(i, request); err == nil || sentence(err) != want {
				t.Errorf("a batch of %d claims: %v, want %s", n, sentence(err), want)
			}
		}
		i.Rand = strings.NewReader(strings.Repeat("0123456789abcdef", 4))
		if token, err := i.Issue(Request{Subject: "ada", Claims: many}); err != nil || len(token.Claims) != 6+n {
			t.Errorf("%d claims: %v", n, err)
		}
	}
	long := strings.Repeat("n", 300)
	want := `the claim "` + long[:199] + "… is set twice; keep one of the two"
	twice := Object{jsontext.Text(long, ""), jsontext.Text(long, "")}
	if _, err := i.Issue(Request{Subject: "ada", Claims: twice}); err == nil || sentence(err) != want {
		t.Errorf("a long name: %v", sentence(err))
	}
	i.Rand = strings.NewReader("")
	token, err := i.Issue(Request{Subject: "ada", Claims: tokenOf(t, `{"x":1,"jti":"own","aud":["b"],"iss":"you","nbf":5}`).Claims})
	if err != nil {
		t.Fatal(err)
	}
	const payload = `{"sub":"ada","iss":"you","aud":["b"],"iat":1795442712,"exp":1795444512,"x":1,"jti":"own","nbf":5}`
	if got, _ := token.Claims.MarshalJSON(); string(got) != payload {
		t.Errorf("%s, want %s", got, payload)
	}
}

// A subject may be any valid UTF-8.
func TestOddSubjects(t *testing.T) {
	t.Parallel()
	for _, subject := range []string{"", " ", "a@b@c", "\x00\n", "\u202e", "<&>", `"\`, strings.Repeat("x", 1000)} {
		token, err := testIssuer(t).Issue(Request{Subject: subject})
		if err != nil || token.Subject() != subject {
			t.Errorf("%q: %v", subject, err)
		}
	}
	const want = "the subject is not valid UTF-8"
	if token, err := testIssuer(t).Issue(Request{Subject: "a\xff"}); token != nil || err == nil || sentence(err) != want {
		t.Errorf("%v, want %s", sentence(err), want)
	}
	batch, err := NewBatch(testIssuer(t), Request{})
	if err != nil {
		t.Fatal(err)
	}
	if out, expires, err := batch.Append([]byte("x"), Request{Subject: "a\xff"}); string(out) != "x" || !expires.IsZero() || err == nil ||
		sentence(err) != want {
		t.Errorf("%s, %v, %v, want %s", out, expires, sentence(err), want)
	}
}

// A token of the maximum size is signed and read back. One byte more is not signed.
func TestLargestTokenIsSigned(t *testing.T) {
	t.Parallel()
	i := testIssuer(t)
	room := (MaxBytes - len(b64(hs256)) - 43 - 2) * 3 / 4
	empty := len(`{"sub":"ada","iat":1795442712,"exp":1795444512,"jti":"x","x":""}`)
	claims := func(n int) Object {
		return Object{jsontext.Text("jti", "x"), jsontext.Text("x", strings.Repeat("x", n))}
	}
	batch, err := NewBatch(i, Request{})
	if err != nil {
		t.Fatal(err)
	}
	request := Request{Subject: "ada", Claims: claims(room - empty)}
	token, err := i.Issue(request)
	if err != nil || len(token.Compact) != MaxBytes {
		t.Fatalf("%v", err)
	}
	if r := (&Verifier{Keys: []*Key{testKey(t)}, Now: clockAt(at())}).Verify(token.Compact); r.Verdict != VerdictValid {
		t.Errorf("the largest token: %v", r.Failures)
	}
	noID, err := NewBatch(i, Request{Claims: claims(0)[:1]})
	if err != nil {
		t.Fatal(err)
	}
	request.Claims = request.Claims[1:]
	if out, _, err := noID.Append([]byte("before "), request); err != nil || string(out) != "before "+token.Compact {
		t.Errorf("the largest token of a batch has %d bytes: %v", len(out), err)
	}
	const want = "the token would have 1048577 bytes, more than the maximum of 1048576"
	request.Claims = claims(room - empty + 1)
	if token, err := i.Issue(request); token != nil || err == nil || sentence(err) != want {
		t.Errorf("one byte more: %v, want %s", sentence(err), want)
	}
	for _, b := range []*Batch{batch, noID} {
		out, expires, err := b.Append([]byte("before "), request)
		if string(out) != "before " || !expires.IsZero() || err == nil || sentence(err) != want {
			t.Errorf("one byte more in a batch: %d bytes, %v, %v, want %s", len(out), expires, sentence(err), want)
		}
	}
	request.Claims = request.Claims[1:]
	if out, expires, err := noID.Append(nil, request); out != nil || !expires.IsZero() || err == nil || sentence(err) != want {
		t.Errorf("one byte more behind the claims of a batch: %d bytes, %v, %v, want %s", len(out), expires, sentence(err), want)
	}
}

// The segments and bytes of a signed token are those of its compact form.
func TestSignedTokenIsWhole(t *testing.T) {
	t.Parallel()
	token, err := testIssuer(t).Issue(Request{Subject: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	signature, err := base64.RawURLEncoding.DecodeString(token.SignatureSegment)
	if err != nil || !bytes.Equal(signature, token.Signature) || len(signature) != 32 {
		t.Errorf("the signature %x, %v", token.Signature, err)
	}
	if token.Compact != token.HeaderSegment+"."+token.PayloadSegment+"."+token.SignatureSegment || token.HeaderSegment != b64(hs256) {
		t.Errorf("%s is not its segments", token.Compact)
	}
	if payload, _ := token.Claims.MarshalJSON(); token.PayloadSegment != b64(string(payload)) {
		t.Errorf("the payload %s is not %s", token.PayloadSegment, payload)
	}
	if token.Algorithm() != HS256 || token.KeyID() != "" || token.Subject() != "ada" {
		t.Errorf("%s, %s, %s", token.Algorithm(), token.KeyID(), token.Subject())
	}
}
