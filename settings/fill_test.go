package settings

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFillSecret(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"PORT=80\nJWT_SECRET=\nX=1":         "PORT=80\nJWT_SECRET=" + canary + "\nX=1",
		"JWT_SECRET=":                       "JWT_SECRET=" + canary,
		"export JWT_SECRET=\"\"\r\nX=1\r\n": "export JWT_SECRET=" + canary + "\r\nX=1\r\n",
		"JWT_SECRET='' # the secret\n":      "JWT_SECRET=" + canary + " # the secret\n",
		"JWT_SECRET= # the secret\n":        "JWT_SECRET=" + canary + " # the secret\n",
		"jwt: x\nA=\"1\n2\"\nJWT_SECRET:\n": "jwt: x\nA=\"1\n2\"\nJWT_SECRET:" + canary + "\n",
		"JWT_SECRET=\nJWT_SECRET=\n":        "JWT_SECRET=\nJWT_SECRET=" + canary + "\n",
		"JWT_SECRET=x\n":                    "",
		"JWT_SECRET=${X}\n":                 "",
		"PORT=80\n":                         "",
	} {
		path := filepath.Join(t.TempDir(), ".env")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		err := FillSecret(path, "JWT_SECRET", canary)
		if want == "" {
			if err == nil {
				t.Errorf("%q was written", text)
			}
			want = text
		} else if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if got, _ := os.ReadFile(path); string(got) != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if err := FillSecret(filepath.Join(t.TempDir(), ".env"), "JWT_SECRET", canary); err == nil {
		t.Error("a file that does not exist was written")
	}
}
