package auth

import (
	"errors"
	"testing"
	"time"
)

// The error of a result is every verdict of its failures, and no other.
func TestResultErr(t *testing.T) {
	t.Parallel()
	all := []error{ErrMalformed, ErrUnsupported, ErrBadSignature, ErrWrongKey, ErrExpired, ErrNotYetValid, ErrWrongClaim}
	key := testKey(t)
	late := func() time.Time { return at().Add(time.Hour) }
	good, err := testIssuer(t).Issue(Request{Subject: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		compact string
		now     func() time.Time
		keys    []*Key
		iss     string
		want    []error
		text    string
	}{
		"valid":     {compact: good.Compact, keys: []*Key{key}},
		"malformed": {compact: "x", want: []error{ErrMalformed}, text: "there is no dot in it, so it is not a token"},
		"unsupported": {
			compact: compactOf(`{"alg":"x"}`, "{}"), want: []error{ErrUnsupported},
			text: `the header's alg is "x", which is not a supported signature algorithm`,
		},
		"bad signature": {
			compact: compactOf(hs256, "{}"), keys: []*Key{key}, want: []error{ErrBadSignature},
			text: "the signature was not made with the configured key, or the token was changed after it was signed",
		},
		"wrong key": {compact: good.Compact, want: []error{ErrWrongKey}, text: "no key is configured"},
		"expired": {
			compact: good.Compact, keys: []*Key{key}, now: late, want: []error{ErrExpired}, text: "the token expired at 2026-11-23 14:35:12 UTC",
		},
		"not yet valid": {
			compact: signedBy(t, key, hs256, `{"nbf":1795442713}`), keys: []*Key{key}, want: []error{ErrNotYetValid},
			text: "the token is not valid before 2026-11-23 14:05:13 UTC",
		},
		"two": {
			compact: good.Compact, keys: []*Key{key}, now: late, iss: "me", want: []error{ErrExpired, ErrWrongClaim},
			text: `the token expired at 2026-11-23 14:35:12 UTC; iss is missing, expected "me"`,
		},
	} {
		now := clockAt(at())
		if tt.now != nil {
			now = tt.now
		}
		err := (&Verifier{Keys: tt.keys, Iss: tt.iss, Now: now}).Verify(tt.compact).Err()
		if (err == nil) != (tt.text == "") || err != nil && sentence(err) != tt.text {
			t.Errorf("%s: %v, want %s", name, sentence(err), tt.text)
		}
		for _, sentinel := range all {
			want := false
			for _, one := range tt.want {
				want = want || sentinel == one //nolint:errorlint // they are sentinels
			}
			if errors.Is(err, sentinel) != want {
				t.Errorf("%s: is %v: %t", name, sentinel, !want)
			}
		}
	}
	if (Result{}).Err() == nil {
		t.Error("a result without verification has no error")
	}
}

func TestDecodeErrorIsItsVerdict(t *testing.T) {
	t.Parallel()
	_, malformed := Decode("x")
	_, unsupported := Decode(compactOf(`{"alg":"none"}`, "{}"))
	if !errors.Is(malformed, ErrMalformed) || errors.Is(malformed, ErrUnsupported) || !errors.Is(unsupported, ErrUnsupported) ||
		errors.Is(unsupported, ErrMalformed) {
		t.Errorf("%v, %v", malformed, unsupported)
	}
	if errors.Is(&DecodeError{}, nil) {
		t.Error("an error without a verdict is nil")
	}
}
