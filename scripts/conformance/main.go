// Conformance checks package auth against public test vectors, and prints a table of
// how many in each group it judges right:
//
//	go run ./scripts/conformance FOLDER
//
// The folder has cases as JSON Lines, with "token", "key_file" and the verdict on the
// signature alone: the Wycheproof cases in 01-wycheproof, the examples of the JOSE RFCs
// in 02-jose-rfc. The exit code is 1 if a case is judged wrong.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/explain"
)

// testCase is a token and the expected verdict.
type testCase struct {
	ID         string `json:"id"`
	Group      string `json:"group"`
	Token      string `json:"token"`
	KeyFile    string `json:"key_file"`
	ExpectJWS  string `json:"expect_jws"`
	Wycheproof string `json:"wycheproof_result"`
	Expect     struct {
		Signature string `json:"signature"`
	} `json:"expect"`
}

// deliberate are the cases that are refused on purpose; docs/keys.md says why.
var deliberate = []string{
	"cookbook-rfc7797-hmac-sha2_b64_false", // b64 changes the signed bytes
}

// named are the cases whose key names no algorithm and is not for the default one.
var named = map[string]auth.Algorithm{"rfc7520_4.2": auth.PS384, "cookbook-jws-4_2.rsa-pss_signature": auth.PS384}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./scripts/conformance FOLDER")
		os.Exit(2)
	}
	wrong, err := run(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, explain.Lines(err)[0])
	}
	if err != nil || wrong > 0 {
		os.Exit(1)
	}
}

// run prints the table and returns how many cases were judged wrong.
func run(folder string) (wrong int, err error) {
	fmt.Println("| cases | group | correct | of |")
	fmt.Println("|---|---|---|---|")
	for _, file := range []string{"01-wycheproof/jws-cases.jsonl", "01-wycheproof/jwk-cases.jsonl", "02-jose-rfc/cases.jsonl"} {
		cases, err := read(filepath.Join(folder, file))
		if err != nil {
			return wrong, err
		}
		right, all := map[string]int{}, map[string]int{}
		var groups []string
		for _, c := range cases {
			want := wanted(c)
			if want == "" {
				continue
			}
			if !slices.Contains(groups, c.Group) {
				groups = append(groups, c.Group)
			}
			all[c.Group]++
			if got := judge(c, filepath.Join(folder, filepath.Dir(file))); got == want {
				right[c.Group]++
			} else {
				wrong++
				fmt.Fprintf(os.Stderr, "%s: %s, want %s\n", c.ID, got, want)
			}
		}
		for _, group := range groups {
			fmt.Printf("| %s | %s | %d | %d |\n", filepath.ToSlash(file), group, right[group], all[group])
		}
	}
	return wrong, nil
}

func read(path string) ([]testCase, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, advice.New(path+" cannot be read", "pass the folder with the vectors")
	}
	defer f.Close()
	var cases []testCase
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		c := testCase{Group: "examples"}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		cases = append(cases, c)
	}
	return cases, lines.Err() //nolint:wrapcheck // it names the file
}

// wanted returns "valid" or "invalid", or nothing for a case without a verdict.
func wanted(c testCase) string {
	want := c.ExpectJWS
	if want == "" {
		want = c.Expect.Signature
	}
	if want == "" {
		want = c.Wycheproof
	}
	switch {
	case c.KeyFile == "" || want != "valid" && want != "invalid":
		return ""
	case slices.Contains(deliberate, c.ID):
		return "invalid"
	}
	return want
}

// judge reads the key and checks only the signature. If the key is refused, so is the
// token, and so is one of a short secret, which Tokendesk uses and calls weak.
func judge(c testCase, folder string) string {
	data, err := os.ReadFile(filepath.Join(folder, c.KeyFile))
	if err != nil {
		return err.Error()
	}
	keys, err := auth.ParseKeys(data, named[c.ID])
	short := func(k *auth.Key) bool { return k.Bits() < 8*k.Algorithm().MinSecretBytes() }
	if err != nil || slices.ContainsFunc(keys, short) || (&auth.Verifier{Keys: keys}).VerifySignature(c.Token).Verdict != auth.VerdictValid {
		return "invalid"
	}
	return "valid"
}
