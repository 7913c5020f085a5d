//go:build unix

package cli_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/youmark/pkcs8"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/ledger"
)

// canary is something that must never be in the ledger.
type canary struct{ name, text string }

// canaryHouse is a folder with keys, whose secrets are the canaries.
type canaryHouse struct {
	t        *testing.T
	dir      string
	canaries []canary
	jwk      string // a private key
}

const (
	canarySecret     = "Zq8XvT2pLz5RkWd0yJcBf7HsNa3GuE9iOe6"
	canaryPassphrase = "walrus lantern 77 quartz"
)

func newCanaryHouse(t *testing.T) *canaryHouse {
	t.Helper()
	h := &canaryHouse{t: t, dir: t.TempDir(), canaries: []canary{{"secret", canarySecret}, {"passphrase", canaryPassphrase}}}
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	key, err := auth.NewKey(auth.RS256, private)
	if err != nil {
		t.Fatal(err)
	}
	jwk, err := key.EncodePrivate(auth.FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	h.jwk = string(jwk)
	object, err := jsontext.ParseObject(jwk)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"d", "p", "q", "dp", "dq", "qi"} {
		member, _ := object.String(name)
		h.canaries = append(h.canaries, canary{name, member})
	}
	der, err := pkcs8.MarshalPrivateKey(private, []byte(canaryPassphrase), nil)
	if err != nil {
		t.Fatal(err)
	}
	h.write(".env", "SECRET_KEY="+canarySecret+"\n")
	h.write(".env.rsa", "KEY_FILE=rsa.pem\nALGORITHM=RS256\nKEY_PASSPHRASE_FILE=pass.txt\n")
	h.write("pass.txt", canaryPassphrase+"\n")
	h.write("rsa.pem", string(pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: der})))
	h.write("empty.env", "")
	token := strings.TrimSpace(h.run("", "issue", "first"))
	h.canaries = append(h.canaries, canary{"token", token}, canary{"signature", token[strings.LastIndexByte(token, '.')+1:]})
	return h
}

func (h *canaryHouse) write(name, text string) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(h.dir, name), []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// run runs the program and returns its output. It may fail: the point is what it leaves.
func (h *canaryHouse) run(input string, args ...string) string {
	h.t.Helper()
	cmd := program(h.t, "tokendesk-real", args...)
	cmd.Dir, cmd.Stdin = h.dir, strings.NewReader(input)
	cmd.Env = append(cmd.Env, "XDG_STATE_HOME="+h.dir, "LEDGER=", "HOME="+h.dir, "USER=ada", "PATH="+os.Getenv("PATH"))
	out, err := cmd.Output()
	if _, exited := err.(*exec.ExitError); err != nil && !exited { //nolint:errorlint // Output returns it as it is
		h.t.Fatal(err)
	}
	return string(out)
}

// look searches what was written for every canary, in every encoding.
func (h *canaryHouse) look() {
	h.t.Helper()
	rows := 0
	for _, name := range []string{"ledger.jsonl", "ledger.1.jsonl", "state.json"} {
		text, err := os.ReadFile(filepath.Join(h.dir, "tokendesk", name))
		if err != nil {
			continue
		}
		rows += bytes.Count(text, []byte("\n"))
		lower := bytes.ToLower(text)
		for _, c := range h.canaries {
			raw, err := base64.RawURLEncoding.DecodeString(c.text)
			if err != nil {
				raw = nil
			}
			for _, data := range [][]byte{[]byte(c.text), raw} {
				if len(data) == 0 {
					continue
				}
				for form, is := range map[string]string{
					"itself": string(data), "base64": base64.RawStdEncoding.EncodeToString(data), "base64url": base64.RawURLEncoding.EncodeToString(data),
				} {
					if i := bytes.Index(text, []byte(is)); i >= 0 {
						h.t.Errorf("%s has the %s as %s: %s", name, c.name, form, lineAround(text, i))
					}
				}
				if i := bytes.Index(lower, []byte(hex.EncodeToString(data))); i >= 0 {
					h.t.Errorf("%s has the %s in hexadecimal digits: %s", name, c.name, lineAround(text, i))
				}
			}
		}
	}
	if rows < 50 {
		h.t.Errorf("only %d rows were written", rows)
	}
}

func lineAround(text []byte, at int) []byte {
	start := bytes.LastIndexByte(text[:at], '\n') + 1
	line, _, _ := bytes.Cut(text[start:], []byte("\n"))
	return line
}

// forms returns the ways in which people wrap a secret.
func (c canary) forms() []string {
	std := base64.StdEncoding.EncodeToString
	return []string{
		c.text, "x " + c.text + " y", std([]byte(c.text)), base64.RawURLEncoding.EncodeToString([]byte(c.text)),
		hex.EncodeToString([]byte(c.text)), "Basic " + std([]byte("ada:"+c.text)), std([]byte(std([]byte(c.text)))),
	}
}

// Nothing of a token's signature, a secret, a passphrase or a private member reaches the
// ledger, wherever a user puts it.
func TestLedgerCanaries(t *testing.T) {
	t.Parallel()
	h := newCanaryHouse(t)
	names := []string{
		"note", "password", "client_secret", "token", "signature", "d", "k", "x5c", "secret", "deep", "https://x/y", "api-key", "Sig", "cnf", "_",
	}
	for n, c := range h.canaries {
		profile := []string{}
		if c.name != "secret" && c.name != "token" && c.name != "signature" {
			profile = []string{"--profile", "rsa"}
		}
		issue := func(args ...string) { h.run("", append(append([]string{"issue"}, profile...), args...)...) }
		for m, form := range c.forms() {
			name := names[(n+m)%len(names)]
			issue("ada", "--claim", name+"="+form)
			issue("ada", "--claim", string(jsontext.Quote(name))[1:len(name)+1]+":="+string(jsontext.QuoteAll([]string{"a", form})))
			issue("ada", "--header", name+"="+form)
			h.write("claims.json", fmt.Sprintf(`{"sub":"ada","deep":{"deeper":[{"%s":%s}]}}`, name, jsontext.Quote(form)))
			issue("--claims", "claims.json")
			h.write("payload", "no JSON: "+form+"\n")
			issue("--payload", "payload")
		}
		for _, name := range []string{"sub", "jti", "iss", "aud", "kid"} {
			if c.name != "signature" { // these may look like one, such as the kid of every key
				issue("ada", "--claim", name+"="+c.text)
			}
		}
		if c.name == "signature" {
			continue
		}
		issue(c.text)
		issue("ada", "--id", c.text)
		issue("ada", "--kid", c.text)
		issue("ada", "--issuer", c.text, "--audience", c.text)
		h.run("", append(append([]string{"batch"}, profile...), "--count", "2", "--subject", c.text+"{n}")...)
	}
	issue := func(args ...string) { h.run("", append([]string{"issue", "ada"}, args...)...) }
	issue("--claim", "note:="+h.jwk)
	issue("--header", "jwk:="+h.jwk)
	issue("--claim", "note="+h.jwk)
	issue("--claim", "note="+canarySecret+"\n", "--claim", `esc:="\u005a`+canarySecret[1:]+`"`)
	issue("--claim", canarySecret+"=name of a claim")
	issue("--claim", "num:=1", "--header", canarySecret+"=name of a parameter")
	h.personasAndFiles()
	h.plainMode()
	size := h.fill()
	h.keep()
	h.rotated(size)
	h.look()
}

// personasAndFiles puts canaries into personas and the names of files.
func (h *canaryHouse) personasAndFiles() {
	h.t.Helper()
	personas := "SECRET:\n  subject: ada\nmine:\n  subject: \"SECRET\"\n  claims: {note: \"SECRET\"}\n"
	h.write("personas.yaml", strings.ReplaceAll(personas, "SECRET", canarySecret))
	h.run("", "issue", "--persona", canarySecret)
	h.run("", "issue", "--persona", "mine")
	h.write(canarySecret+".txt", "ada\nbob\n")
	h.run("", "batch", canarySecret+".txt")
	h.run("ada\n"+canarySecret+"\n", "batch")
	h.write(canarySecret+".env", "SECRET_KEY="+canarySecret+"\n")
	h.run("", "issue", "ada", "--env-file", canarySecret+".env")
	h.write(".env."+strings.ToLower(canaryPassphrase[:6]), "SECRET_KEY="+canarySecret+"\n")
	h.run("", "issue", "ada", "--profile", strings.ToLower(canaryPassphrase[:6]))
}

// fill makes the ledger so large that the next row rotates it, and returns its size before.
func (h *canaryHouse) fill() int64 {
	h.t.Helper()
	path := filepath.Join(h.dir, "tokendesk", "ledger.jsonl")
	info, err := os.Stat(path)
	if err == nil {
		err = os.Truncate(path, ledger.MaxBytes)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return info.Size()
}

// rotated removes what [canaryHouse.fill] has added, from what is now the older file.
func (h *canaryHouse) rotated(size int64) {
	h.t.Helper()
	older := filepath.Join(h.dir, "tokendesk", "ledger.1.jsonl")
	if err := os.Truncate(older, size); err != nil {
		h.t.Fatal(err)
	}
	if size < 10_000 {
		h.t.Errorf("the older file has only %d bytes", size)
	}
}

// keep keeps tokens with canaries alive, each until it is recorded.
func (h *canaryHouse) keep() {
	h.t.Helper()
	for n, c := range h.canaries {
		path := filepath.Join(h.dir, fmt.Sprintf("kept-%d.txt", n))
		args := []string{"keep", path, "ada", "--claim", "note=" + c.text, "--header", "h=" + c.text}
		if !slices.Contains([]string{"secret", "token", "signature"}, c.name) {
			args = append(args, "--profile", "rsa")
		}
		cmd := program(h.t, "tokendesk-real", args...)
		cmd.Dir, cmd.Env = h.dir, append(cmd.Env, "XDG_STATE_HOME="+h.dir, "LEDGER=", "HOME="+h.dir)
		says, err := cmd.StderrPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			h.t.Fatal(err)
		}
		lines := bufio.NewScanner(says) // the program is killed if it never says it
		for lines.Scan() && !strings.Contains(lines.Text(), "wrote a token") {
		}
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait() // it says how it ended
		token, err := os.ReadFile(path)
		if err != nil {
			h.t.Fatal(err)
		}
		text := strings.TrimSpace(string(token))
		h.canaries = append(h.canaries, canary{"signature of keep", text[strings.LastIndexByte(text, '.')+1:]})
	}
}

// plainMode types canaries into the console line by line: subjects, claims, labels, edits.
func (h *canaryHouse) plainMode() {
	h.t.Helper()
	token := h.canaries[slices.IndexFunc(h.canaries, func(c canary) bool { return c.name == "token" })].text
	lines := []string{
		"ada", "/label " + canarySecret, "/label " + token, "/claims note=" + canarySecret, "bob", "/claims password=" + token, "bob",
		"/claims note=x", "carl", "/edit note=" + canarySecret, "/edit x", "/remove", canarySecret, "/label fine",
		"/header note=" + canarySecret, "dora",
	}
	out := h.run(strings.Join(lines, "\n")+"\n", "--plain")
	if !strings.Contains(out, "carl") {
		h.t.Errorf("the plain mode wrote %s", out)
	}
}
