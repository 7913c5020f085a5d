package copyas_test

import (
	"bytes"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"tokendesk/internal/copyas"
)

// nasty are texts with characters that are special to a shell, curl or HTTPie.
var nasty = []string{
	jws,
	"it's", "''", `'\''`, `"`, `\`, `\\n`, `a\`,
	"$HOME", "${HOME}", "$(id)", "`id`", "!!", "!x", "a b", "  a  ", "*", "?", "[a-z]", "~", "{a,b}",
	"-n", "--help", "-", "@file", "#x", "a;b", "a&b", "a|b", "a>b", "a<b", "a=b", "%s", "%", "Zoë", "日本語", "🙂", "",
}

// TestShellReadsBackTheToken runs each line in a shell in which curl and http print
// their arguments.
func TestShellReadsBackTheToken(t *testing.T) {
	t.Parallel()
	shells := slices.DeleteFunc([]string{"sh", "bash", "dash", "zsh", "ksh"}, func(name string) bool {
		_, err := exec.LookPath(name)
		return err != nil
	})
	if len(shells) == 0 {
		t.Skip("there is no POSIX shell here")
	}
	const target = "http://localhost:8000/a?b=$c&d='e'"
	for _, text := range nasty {
		token := copyas.Token{Compact: text, Request: copyas.Request{URL: target}}
		want := map[string][]string{
			"curl":   {"-H", "Authorization: Bearer " + text, target},
			"httpie": {"--ignore-stdin", "--auth-type=bearer", "--auth=" + text, target},
			"env":    {text},
		}
		for name, words := range want {
			line, err := render(t, name, token)
			if err != nil {
				t.Errorf("%s of %q: %v", name, text, err)
				continue
			}
			for _, shell := range shells {
				if got := argv(t, shell, line); !slices.Equal(got, words) {
					t.Errorf("%s: %s\n got %q\nwant %q", shell, line, got, words)
				}
			}
		}
	}
}

// argv returns the arguments of the command in line, or the variable that the line
// sets.
func argv(t *testing.T, shell, line string) []string {
	t.Helper()
	script := "show() { printf '%s\\0' \"$@\"; }\n" +
		"curl() { show \"$@\"; }\nhttp() { show \"$@\"; }\n" + line + "\n" +
		"if [ -n \"${TOKEN+set}\" ]; then show \"$TOKEN\"; fi\n"
	cmd := exec.Command(shell, "-c", script)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=/nowhere"}
	var errors bytes.Buffer
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if err != nil || errors.Len() > 0 {
		t.Errorf("%s -c %q: %v %s", shell, line, err, errors.String())
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}
