package copyas

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

// awkward are texts with characters that end a string or are expanded in one.
var awkward = []string{
	"", "plain", "it's", `say "x"`, `back\slash`, `\`, "$HOME", "${env:PATH}", "$(whoami)", "`n", "`",
	"a`\"b", "a\nb", "a\r\n\tb", "\x00\x1b\x7f",
	"‘a’ ‚b‛", "“a” „b”", "''", "'; Remove-Item x; '", "@{}", "%PATH%", "{0}", "#", "-x",
	"Zoë", "日本語", "🙂", "\u2028\u2029", "</script>", "</", "${x}",
}

// No PowerShell runs here: the table says how it must read each text. In a string in
// single quotes only a quote means something, and PowerShell takes U+2018 to U+201B for
// one, too.
func TestQuotePowerShell(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                  "''",
		"it's":              "'it''s'",
		"''":                "''''''",
		"'; Remove-Item x;": "'''; Remove-Item x;'",
		"‘a’ ‚b‛":           "'‘‘a’’ ‚‚b‛‛'",
		"“a” \"b\"":         "'“a” \"b\"'",
		"$HOME $(x) `n \\":  "'$HOME $(x) `n \\'",
		"a\nb":              "'a\nb'",
		"Zoë 日本語 🙂":         "'Zoë 日本語 🙂'",
	} {
		if got := quotePowerShell(text); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
	for _, text := range awkward {
		if got, ok := readPowerShell(quotePowerShell(text)); !ok || got != text {
			t.Errorf("%q is read as %q, %t", text, got, ok)
		}
	}
}

// readPowerShell reads a string in single quotes as the tokenizer of PowerShell does: of
// two quotes in a row it keeps the first, and a single one ends the string.
func readPowerShell(quoted string) (text string, whole bool) {
	isQuote := func(r rune) bool { return strings.ContainsRune("'‘’‚‛", r) }
	runes := []rune(quoted)
	var b strings.Builder
	for i := 1; i < len(runes); i++ {
		if isQuote(runes[i]) {
			if i+1 == len(runes) {
				return b.String(), runes[0] == '\''
			}
			if !isQuote(runes[i+1]) {
				return b.String(), false
			}
			i++
			b.WriteRune(runes[i-1])
			continue
		}
		b.WriteRune(runes[i])
	}
	return b.String(), false
}

// Both languages read back each text. Each runs once, where it is installed.
func TestQuoteScript(t *testing.T) {
	t.Parallel()
	var list []string
	for _, text := range awkward {
		quoted := quoteScript(text)
		if strings.ContainsAny(quoted, "\n\r\u2028\u2029") || strings.Contains(quoted, "</") {
			t.Errorf("%q is %s", text, quoted)
		}
		list = append(list, quoted)
	}
	all := "[" + strings.Join(list, ", ") + "]"
	for name, args := range map[string][]string{
		"node":    {"-e", "process.stdout.write(JSON.stringify(" + all + "))"},
		"python3": {"-X", "utf8", "-c", "import json; print(json.dumps(" + all + "))"},
	} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		out, err := exec.Command(path, args...).Output()
		var got []string
		if err == nil {
			err = json.Unmarshal(out, &got)
		}
		if err != nil || strings.Join(got, "|") != strings.Join(awkward, "|") {
			t.Errorf("%s reads %q, %v", name, got, err)
		}
	}
}
