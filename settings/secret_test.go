package settings

import (
	"os"
	"path/filepath"
	"slices"
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

// A weak secret makes a key, with one warning unless it is accepted; a value that is no
// secret makes none.
func TestWeakSecret(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"supersecretkeyhere!!", "secret", "changeme", "x", "Geheimer Schlüssel"} {
		s, err := load(t, "SECRET_KEY='"+secret+"'\n", nil)
		if err != nil || len(s.Warnings) == 0 {
			t.Fatalf("%s: %v, %+v", secret, err, s.Warnings)
		}
		checkSecret(t, s, secret)
		w := s.Warnings[len(s.Warnings)-1]
		if !w.Weak || w.Severe || w.Name != "SECRET_KEY" || w.Line != 1 || w.Source != auth.WeakSource {
			t.Errorf("%s: warning %+v", secret, w)
		}
		s, err = load(t, "SECRET_KEY='"+secret+"'\nALLOW_WEAK_SECRET=true\n", nil)
		weak := func(w Warning) bool { return w.Weak }
		if err != nil || s.Key == nil || s.Key.Weakness() == nil || !s.AllowWeak || slices.ContainsFunc(s.Warnings, weak) {
			t.Errorf("%s, accepted: %v, %+v", secret, err, s.Warnings)
		}
	}
	for _, allow := range []string{"true", "false"} {
		s, err := load(t, "SECRET_KEY='-----BEGIN PUBLIC KEY-----'\nALLOW_WEAK_SECRET="+allow+"\n", nil)
		if err == nil || s.Key != nil || !strings.Contains(err.Error(), "the PEM is damaged") {
			t.Errorf("a PEM was let through: %v", err)
		}
	}
}

// A key file with several weak secrets has one warning.
func TestWeakKeyFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keys.jwks")
	text := `{"keys":[{"kty":"oct","kid":"a","k":"S3g5TDI"},{"kty":"oct","kid":"b","k":"c2VjcmV0"}]}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := load(t, "KEY_FILE="+path+"\n", nil)
	want := path + ": the key is weak: the secret has only 5 bytes, and HS256 needs at least 32 random bytes; " +
		"make one with openssl rand -hex 32, or set ALLOW_WEAK_SECRET=true if a test system uses this one"
	if err != nil || len(s.Warnings) != 1 || s.Warnings[0].String() != want || len(s.Keys) != 2 {
		t.Errorf("%v, %+v", err, s.Warnings)
	}
}
