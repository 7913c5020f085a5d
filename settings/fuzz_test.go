package settings

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/joho/godotenv"

	"tokendesk/auth"
)

// No sentence quotes a value of the file, and every line that one names exists.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		"", " ", "\n", "=", "#", "x", "SECRET_KEY=x", "A=1\nB='2\n3'\nSECRET_KEY=\"y", "SECRET-KEY=x",
		"export ISSUER = a # b\r\n", "\ufeff", "X=\x00", "=\n:", "A=\\'$A",
	} {
		f.Add([]byte(seed))
	}
	path := filepath.Join(f.TempDir(), ".env")
	f.Fuzz(func(t *testing.T, text []byte) {
		text = append(text, "\nPROJECT_NAME="+canary+"\nMAX_TOKEN_MINUTES="+canary+"\nSECRET_KEY="+canary+" # "+canary+"\n"...)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load(Options{File: path, Lookup: lookupIn(nil)})
		if strings.Contains(strings.Join(sentences(s, err), "\n"), canary) {
			t.Errorf("a value came out: %v", err)
		}
		var lines []int
		for _, w := range s.Warnings {
			lines = append(lines, w.Line)
		}
		var problems Problems
		if errors.As(err, &problems) {
			for _, p := range problems {
				lines = append(lines, p.Line)
			}
		}
		for _, line := range lines {
			if line < 0 || line > bytes.Count(text, []byte("\n"))+1 {
				t.Errorf("line %d of a file with fewer lines", line)
			}
		}
	})
}

// The statements are those that godotenv finds: the same names, and the last
// statement of a name has its value, so that sentences name the line that counts.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{
		"", " ", "=", "A=1\nB=2", "A='x\ny' B=2\n", "# c\nexport A:1", "A=\"\\\"\"\nB=3", "A=1 # B=2", "A=\n\nB=''C=2",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		if checkBytes("", []byte(text)) != nil {
			return // refused before it is split
		}
		values, err := godotenv.Parse(strings.NewReader(text))
		if err != nil {
			return
		}
		lines := strings.Split(text, "\n")
		found := map[string]string{}
		for _, st := range split(text) {
			found[st.name] = st.raw
			if st.line < 1 || st.line > len(lines) || !strings.Contains(lines[st.line-1], st.name) {
				t.Errorf("%q is not on line %d of %q", st.name, st.line, text)
			}
			if _, ok := values[st.name]; !ok && st.name != "" {
				t.Errorf("%q is not in godotenv's reading %q of %q", st.name, values, text)
			}
		}
		for name, value := range values {
			raw, ok := found[name]
			if !ok && name != "" {
				t.Errorf("%q was not found in %q", name, text)
			}
			if name == "" || strings.Contains(raw, "$") {
				continue // not a setting, or a value made of others
			}
			if alone, err := godotenv.Parse(strings.NewReader("X=" + raw)); err != nil || alone["X"] != value {
				t.Errorf("%q alone is %q, %v, want %q as in %q", raw, alone["X"], err, value, text)
			}
		}
	})
}

// Whatever is in the file of a key, with every algorithm there is either a key or one problem
// in the line of KEY_FILE, and nothing of the file is quoted.
func FuzzKeyFile(f *testing.F) {
	for _, seed := range []string{
		"", " ", "\n", "\x00", "{", "[", "-", "$", "M", "\ufeff", "{}", "-----BEGIN PRIVATE KEY-----\n", `{"kty":"oct","k":"AA"}`, `{"keys":[]}`,
		"ssh-ed25519 AAAA", `{"type":"service_account","private_key":""}`, "Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ",
	} {
		f.Add([]byte(seed))
	}
	folder := f.TempDir()
	file := filepath.Join(folder, ".env")
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(filepath.Join(folder, "key"), content, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, alg := range auth.AlgorithmNames() {
			if err := os.WriteFile(file, []byte("ALGORITHM="+alg+"\nKEY_FILE=key\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := Load(Options{File: file, Lookup: lookupIn(nil)})
			problems, isProblems := errors.AsType[Problems](err)
			switch {
			case err == nil && s.Key == nil:
				t.Errorf("%s: no key and no problem", alg)
			case err != nil && (!isProblems || len(problems) != 1 || problems[0].Line != 2 || problems[0].Do == ""):
				t.Errorf("%s: %v", alg, err)
			case err != nil && len(content) > 12 && strings.Contains(err.Error(), string(content)):
				t.Errorf("%s: the error quotes the file: %v", alg, err)
			}
		}
	})
}
