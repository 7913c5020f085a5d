package shell_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"tokendesk/internal/shell"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"pass show api/secret":                   {"pass", "show", "api/secret"},
		"  op\tread  op://dev/api/secret ":       {"op", "read", "op://dev/api/secret"},
		`age -d -i ~/.age/key.txt 'a b.age'`:     {"age", "-d", "-i", "/home/ada/.age/key.txt", "a b.age"},
		`a ~ ~b x~/y '~/z' "~/z" \~/z`:           {"a", "~", "~b", "x~/y", "~/z", "~/z", "~/z"},
		`a "b \"c\" \\ \$ \x" d\ e`:              {"a", `b "c" \ $ \x`, "d e"},
		`a '' "" b''c'd'"e"`:                     {"a", "", "", "bcde"},
		`a 'it'\''s' '$(x) | y;' ü`:              {"a", "it's", "$(x) | y;", "ü"},
		`vault kv get -field=key secret/app#1 *`: {"vault", "kv", "get", "-field=key", "secret/app#1", "*"},
	} {
		got, err := shell.Split(line, "/home/ada")
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", line, got, err, want)
		}
	}
	for line, want := range map[string]string{
		"":          "the command line is empty",
		" \t":       "the command line is empty",
		"a | b":     "an unquoted |",
		"a && b":    "an unquoted &",
		"a; b":      "an unquoted ;",
		"a > b":     "an unquoted >",
		"a < b":     "an unquoted <",
		"a (b)":     "an unquoted (",
		"a $(b)":    "an unquoted $",
		"a $HOME":   "an unquoted $",
		"a `b`":     "an unquoted `",
		"a\nb":      "an unquoted line break",
		`a "$HOME"`: "a $ in double quotes",
		"a \"`b`\"": "a ` in double quotes",
		"a 'b":      "a quote that is not closed",
		`a "b\"`:    "a quote that is not closed",
		`a b\`:      "ends with a backslash",
	} {
		if got, err := shell.Split(line, "/home/ada"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %q, %v, want %s", line, got, err, want)
		}
	}
}

// Whatever Split accepts without characters that match files, a shell splits alike. And
// what Quote and Word write is one word.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"", "a", `a 'b c' "d\"e" f\ g`, "~/x", "'", `\`, "a\\\nb", "\"\\\n\"", "a#b #c", "{a,b}", "!x", "a=b c"} {
		f.Add(seed)
	}
	sh, _ := exec.LookPath("sh")
	f.Fuzz(func(t *testing.T, line string) {
		for _, word := range []string{shell.Quote(line), shell.Word(line), shell.URL(line)} {
			if got, err := shell.Split(word, ""); err != nil || !slices.Equal(got, []string{line}) {
				t.Fatalf("%q: %q, %v", word, got, err)
			}
		}
		words, err := shell.Split(line, "")
		if err != nil || sh == "" || strings.ContainsAny(line, "*?[~#\x00\r\v\f=!{}") || !isPrintable(line) {
			return
		}
		out, err := exec.CommandContext(t.Context(), sh, "-c", `printf '%s\0' `+line).Output()
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if want := strings.Join(words, "\x00") + "\x00"; string(out) != want {
			t.Fatalf("%q: the shell has %q, Split %q", line, out, words)
		}
	})
}

func isPrintable(line string) bool {
	return !strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r > '~' })
}
