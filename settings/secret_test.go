package settings

import (
	"strings"
	"testing"

	"tokendesk/auth"
)

// checkSecret fails unless the key was made from exactly these bytes.
func checkSecret(t *testing.T, s *Settings, want string) {
	t.Helper()
	key, err := auth.NewHMACKey(auth.HS256, []byte(want))
	if err != nil {
		t.Fatal(err)
	}
	if s.Key == nil || s.Key.Fingerprint() != key.Fingerprint() {
		t.Error("the key was made from other bytes")
	}
}

// Every encoding yields the bytes that the text stands for, or a problem.
func TestSecretEncoding(t *testing.T) {
	t.Parallel()
	const encoded = "Q2FuYXJ5N2hXcTJMelg5bUI0dktwMVRuUjhzWWQzR2ZK" // the canary in base64
	const digits = "43616E61727937685771324C7A58396D4234764B7031546E5238735964334766"
	tests := []struct{ name, secret, encoding, want string }{
		{"utf8", canary, "utf8", canary},
		{"base64", encoded, "base64", canary},
		{"base64 with padding", encoded + "QQ==", "base64", canary + "A"},
		{"base64 without padding", encoded + "QQ", "base64", canary + "A"},
		{"base64 with some of its padding", encoded + "QQ=", "base64", ""},
		{"base64 with padding it does not need", encoded + "=", "base64", ""},
		{"base64 of the other alphabet", encoded + "_-8", "base64", ""},
		{"base64url", encoded + "_-8", "base64url", canary + "\xff\xef"},
		{"base64url with padding", encoded + "_-8=", "base64url", canary + "\xff\xef"},
		{"base64url of the other alphabet", encoded + "/+8", "base64url", ""},
		{"hex", digits, "hex", canary[:32]},
		{"hex with a space", digits[:60] + " " + digits[60:], "hex", ""},
		{"hex with an odd number of digits", digits + "0", "hex", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, err := load(t, "SECRET_KEY='"+tt.secret+"'\nSECRET_KEY_ENCODING="+tt.encoding+"\n", nil)
			if tt.want != "" {
				checkSecret(t, s, tt.want)
				return
			}
			want := ".env:1: SECRET_KEY is not valid " + tt.encoding + ", which SECRET_KEY_ENCODING says it is; correct one of the two"
			if got := sentences(s, err); len(got) != 1 || got[0] != want || s.Key != nil {
				t.Errorf("got %q, want %s", got, want)
			}
		})
	}
}

func TestTheLastLineCounts(t *testing.T) {
	t.Parallel()
	s, err := load(t, "SECRET_KEY=x\nSECRET_KEY="+canary, nil)
	if err != nil {
		t.Fatal(err)
	}
	checkSecret(t, s, canary)
	if len(s.Warnings) != 1 || s.Warnings[0].Severe || s.Warnings[0].Line != 1 {
		t.Errorf("warnings %+v, want a mild one about line 1", s.Warnings)
	}
}

// A weak secret may be allowed, with a severe warning; a value that is no secret may
// not.
func TestAllowWeakSecret(t *testing.T) {
	t.Parallel()
	s, err := load(t, "SECRET_KEY=changeme\nALLOW_WEAK_SECRET=true\n", nil)
	if err != nil || s.Key == nil || s.Key.Weakness() == nil {
		t.Fatalf("key %v, %v, want a weak one", s.Key, err)
	}
	if len(s.Warnings) != 1 || !s.Warnings[0].Severe {
		t.Errorf("warnings %+v, want a severe one", s.Warnings)
	}
	s, err = load(t, "SECRET_KEY='-----BEGIN PUBLIC KEY-----'\nALLOW_WEAK_SECRET=true\n", nil)
	if err == nil || s.Key != nil || !strings.Contains(err.Error(), "a PEM public key") {
		t.Errorf("a PEM was let through: %v", err)
	}
}
