package plain_test

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/find"
	"tokendesk/auth/jsontext"
	"tokendesk/settings"
	"tokendesk/ui/plain"
)

const testTitle = "Tokendesk. Job Board 1.0.0. HS256 · key abc5cd36, from .env.\n" +
	"Type an email address or a user name, or paste a token. /help lists the commands.\n"

// adasToken is the description of the first token for ada.
const adasToken = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." +
	"eyJzdWIiOiJhZGEiLCJpYXQiOjE3OTU0NDI3MTIsImV4cCI6MTc5NTQ0NDUxMiwianRpIjoiMDEwMjAzMDQwNTA2MDcwODA5MGEwYjBjMGQwZTBmMTAifQ."

func TestPlain(t *testing.T) {
	t.Parallel()
	signed := adasSigned(t)
	issued := "Verdict: valid: signed with HS256 by key abc5cd36\n" +
		"Status: active, 30m left\n" +
		"Header alg: HS256 (HMAC with SHA-256)\n" +
		"Header typ: JWT (type of the token)\n" +
		"Claim sub: ada (subject)\n" +
		"Claim iat: 1795442712 (issued 2026-11-23 14:05:12 UTC, just now)\n" +
		"Claim exp: 1795444512 (expires 2026-11-23 14:35:12 UTC, in 30m)\n" +
		"Claim jti: 0102030405060708090a0b0c0d0e0f10 (token ID)\n" +
		"Token #1: " + signed + "\n"
	bad := handmadeWith(strings.Repeat("x", 32), testHeader, `{"sub":"eve"}`)
	file := filepath.Join(t.TempDir(), "token.txt")
	for _, test := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"the end of the input", []string{""}, "> > \n"},
		{"quit", []string{"/quit"}, "> "},
		{"issue", []string{"ada", "/q"}, "> " + issued + "> "},
		{"status and copy", []string{"ada", "/status", "/copy header", "/copy", "/copy x", "/q"}, "> " + issued +
			"> ada: active, 30m left\n> Authorization: Bearer " + signed + "\n> " + signed +
			"\n> Error: there is no form \"x\"; use one of token, header, cookie, curl, httpie, powershell, fetch, requests, http, env, json\n> "},
		{"write", []string{"ada", "/write " + file, "/write " + file, "/write", "/q"}, "> " + issued +
			"> Wrote the token to " + file + ", which only you can read.\n" +
			"> Error: " + file + " already exists and was not changed; choose another name\n" +
			"> Error: type a file name after /write\n> "},
		{"errors", []string{
			"a@b@c", "/lifetime soon", "/lifetime 0s", "/claims {", "/claims {\"exp\":\"x\"}", "/claims role", "/status", "/zzz", "/q",
		}, "> Error: an address can have only one @\n" +
			"> Error: the lifetime cannot be read; write one such as 45s, 30m, 1h30m, 7d or until 18:00\n" +
			"> Error: a token with a lifetime of zero has already expired\n" +
			"> Error: expected a name in double quotes, found the end at line 1, column 2\n" +
			"> Error: exp must be a number of seconds since 1970, but is a string\n" +
			"> Error: role has no value yet; write role=text or role:=json\n" +
			"> Error: there is no token yet; issue or read one first\n" +
			"> Error: there is no command /zzz; /help lists them\n> "},
		{"board", []string{"/board", "ada", "/board", "/q"}, "> The board is empty.\n> " + issued +
			"> #1 ada, HS256: active, 30m left\n> "},
		{"read", []string{"Bearer " + bad, "/q"}, "> Input: extracted from: Bearer\n" +
			"Verdict: bad signature: the signature was not made with the configured key, or the token was changed after it was signed; " +
			"check that this is the secret that signs the tokens (RFC 7515 section 5.2)\n" +
			"Status: bad signature (the token says no expiry)\n" +
			"Header alg: HS256 (HMAC with SHA-256)\nHeader typ: JWT (type of the token)\nClaim sub: eve (subject)\n" +
			"Finding: warning: there is no exp: anyone who gets hold of the token can use it indefinitely (RFC 7519 section 4.1.4)\n" +
			"Token #1: " + bad + "\n> "},
		{"read nonsense", []string{"/read hello", "/q"}, "> Verdict: malformed: " +
			"there is no dot in it, so it is not a token; pass three segments joined by dots (RFC 7515 section 3.1)\n" +
			"Token #1: hello\n> "},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := dialogue(t, test.lines)
			if isWithheld(err) != (test.name == "errors") || isFailed(err) != (test.name == "write" || test.name == "status and copy") {
				t.Error(err)
			}
			equal(t, "the dialogue", got, testTitle+test.want)
		})
	}
}

// adasSigned is adasToken with its signature.
func adasSigned(t *testing.T) string {
	t.Helper()
	header, claims, _ := strings.Cut(strings.TrimSuffix(adasToken, "."), ".")
	decode := func(segment string) string {
		text, err := base64.RawURLEncoding.DecodeString(segment)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	return handmade(t, decode(header), decode(claims))
}

// TestPlainSettings uses a lifetime and claims for the next tokens.
func TestPlainSettings(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{"/lifetime 1h30m", `/claims {"role":"admin"}`, "ada", "/claims", "/again", "bob", "/board"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"The lifetime of the next tokens is 1h30m.\n", "The next tokens have 1 claim of your own: role=admin.\n", "Status: active, 1h 30m left\n",
		"Claim role: admin (roles)\n", "The next tokens have 0 claims of your own.\n",
		"#1 ada, HS256: active, 1h 30m left\n#2 ada, HS256: active, 1h 30m left\n#3 bob, HS256: active, 1h 30m left\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	equal(t, "tokens with the role", strings.Count(got, "Claim role"), 2)
}

// TestPlainExpiry tells of a token that expired since the last line.
func TestPlainExpiry(t *testing.T) {
	t.Parallel()
	calls := 0
	got, err := dialogue(t, []string{"/lifetime 45s", "ada", "", "/status"}, func(c *plain.Config, _ *settings.Settings) {
		c.Source.Now = func() time.Time { // two seconds pass at every look
			calls++
			return moment.Add(time.Duration(calls) * 2 * time.Second)
		}
	})
	if err != nil || strings.Contains(got, " expired\n") {
		t.Fatalf("%v\n%s", err, got)
	}
	got, err = dialogue(t, []string{"/lifetime 45s", "ada", "", "/status"}, func(c *plain.Config, _ *settings.Settings) {
		calls = 0
		c.Source.Now = func() time.Time {
			calls++
			return moment.Add(time.Duration(calls) * 20 * time.Second)
		}
	})
	if err != nil || strings.Count(got, "Board: the token for ada expired\n") != 1 || !strings.Contains(got, "ada: expired ") {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestPlainHostile writes nothing that a terminal obeys.
func TestPlainHostile(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"\x1b]52;c;aGVsbG8=\a",
		"\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\",
		"\x1b[" + strings.Repeat("1;", 40) + "m",
		"\x1b[31mred",
		"\x9b31m\u009b31m",
		"\u009d52;c;aGVsbG8=\u009c",
		"\x1bP" + strings.Repeat("1;", 40) + "q\x1b\\",
		"a\rb\nc\td\be\af",
		"abc\u202edef\u2066ghi\u200fjkl",
		"zero\u200bwidth\u2060joined\ufeff",
		"\u115f\u3164\u2800\u034f\U000e0100",
		"e" + strings.Repeat("\u0301", 40),
		"\x7f\x80\xff",
		"👨\u200d👩\u200d👧\u2028\u2029",
	} {
		quoted := string(jsontext.Quote(strings.ToValidUTF8(text, "")))
		token := handmade(t, `{"alg":"HS256","kid":`+quoted+`}`, `{"sub":`+quoted+`,`+quoted+`:[`+quoted+`]}`)
		line := strings.NewReplacer("\n", "", "\r", "").Replace(text)
		got, err := dialogue(t, []string{
			token, "/copy http", "/watch", "/board", "/status", "/label " + line, "/token", "/compare 1", "/edit", "/edit a=" + line, "/token 1",
			"/claims a=" + line, "/claims " + line, "/header a=" + line, "/help", "/preview " + line, "/board " + line, "/open /no/" + line,
			"/key /no/" + line, "/fault " + line, "/faults " + line, "/remove " + line, "/sort " + line, "/zone " + line, "/probe " + line,
			"/persona " + line, "/profile " + line, "/secret " + line, "/keys", "/keys " + line, "/issue " + line,
			line, "/read " + line, "/" + line, "help " + line, "/write /no/" + line, "/q",
		}, func(_ *plain.Config, s *settings.Settings) { s.ProjectName, s.KeySource = text, text })
		if err != nil && !isWithheld(err) && !isFailed(err) {
			t.Error(err)
		}
		for _, r := range got {
			if r < ' ' && r != '\n' || r >= 0x7f && r <= 0x9f || strings.ContainsRune("\u200b\u202e\u2066\u200f\u2028\ufeff", r) {
				t.Errorf("%U is written raw:\n%q", r, got)
				break
			}
		}
	}
}

// TestPlainLongLine: a line that is too long is refused, and the next one is read.
func TestPlainLongLine(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{
		strings.Repeat("x", 2*find.MaxPasted), "/board", strings.Repeat("x", find.MaxPasted+1), "/board", strings.Repeat("x", find.MaxPasted),
	})
	refused, board := "> Error: a line can have at most 65536 bytes; paste only the token\n", "> The board is empty.\n"
	want := testTitle + refused + board + refused + board + "> Error: the subject has 65536 bytes, more than the maximum of 254\n> \n"
	if !isWithheld(err) || got != want {
		t.Errorf("%v, got\n%s\nwant\n%s", err, got, want)
	}
}

// TestPlainLastLine: a last line without an end counts.
func TestPlainLastLine(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, nil, func(c *plain.Config, _ *settings.Settings) { c.Input = tempFile(t, "/board\r\n/board") })
	if want := testTitle + "> The board is empty.\n> The board is empty.\n> \n"; err != nil || got != want {
		t.Errorf("%v, got\n%s\nwant\n%s", err, got, want)
	}
}

// TestPlainOutputGone: an output that takes nothing ends the console.
func TestPlainOutputGone(t *testing.T) {
	t.Parallel()
	_, err := dialogue(t, []string{"ada"}, func(c *plain.Config, _ *settings.Settings) {
		closed := tempFile(t, "")
		_ = closed.Close()
		c.Output = closed
	})
	if !errors.Is(err, os.ErrClosed) {
		t.Errorf("the error is %v", err)
	}
}

// TestPlainHelp lists every command that there is, or what has a word.
func TestPlainHelp(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{"/help", "/lifetime 2h", "/h /lifetime", "/help /undo", "/help xyzzy", "/q"})
	if err != nil {
		t.Error(err)
	}
	for _, want := range []string{
		"> NAME: issue a token for that email address or user name.\n",
		"\n/lifetime 1h30m: set the lifetime of the next tokens. Now 30m.\n",
		"\n/sort time: sort the board: time, subject, newest, persona, label, key or origin. Now ",
		"\n/quit: leave. The ledger keeps what you issued, but no signature.\nIn the console only: marking several tokens, ",
		"> The lifetime of the next tokens is 2h.\n> /lifetime 1h30m: set the lifetime of the next tokens. Now 2h.\n" +
			"> /undo: undo the last removal, label or file on the board.\n> The help does not have that word.\n> ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

// TestPlainCommands: every command of the help does something.
func TestPlainCommands(t *testing.T) {
	t.Parallel()
	help, err := dialogue(t, []string{"/help"})
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`(?m)^/\w+`).FindAllString(help, -1)
	equal(t, "the number of commands", len(names), 38)
	for _, name := range names {
		got, err := dialogue(t, []string{name})
		if err != nil && !isFailed(err) || strings.Contains(got, "there is no command") {
			t.Errorf("%s: error %v, got\n%s", name, err, got)
		}
	}
	for _, name := range []string{"again", "status", "copy", "write", "watch", "keep", "edit", "compare", "check", "key", "label"} {
		got, err := dialogue(t, []string{"/" + name})
		if !isFailed(err) {
			t.Error(err)
		}
		equal(t, "/"+name+" without a token", got, testTitle+"> Error: there is no token yet; issue or read one first\n> \n")
	}
}

// isWithheld reports whether the error says that a token was asked for and not issued.
func isWithheld(err error) bool {
	return err != nil && err.Error() == "a token that was asked for was not issued"
}

// isFailed reports whether the error says that a command could not be done.
func isFailed(err error) bool {
	return err != nil && err.Error() == "a command could not be done; see the lines that begin with Error"
}

// A token is not issued without what was asked for: while the last claims or lifetime are
// refused, nothing is. Nor is one by another profile, or a token without its persona.
func TestRefusedFormIssuesNothing(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{`/claims {"aud":5}`, "/claims {", "/lifetime never", "/profile nosuch", "/secret nosuch"} {
		out, err := dialogue(t, []string{wrong, "ada"})
		if !isWithheld(err) {
			t.Errorf("%s: the error is %v", wrong, err)
		}
		if strings.Contains(out, "Token #") || !strings.Contains(out, "no token was issued: the last /") {
			t.Errorf("%s:\n%s", wrong, out)
		}
	}
	if _, err := dialogue(t, []string{"/persona nosuch", "ada"}); !isWithheld(err) {
		t.Errorf("a persona that there is none of: %v", err)
	}
	out, err := dialogue(t, []string{`/claims {"aud":5}`, `/claims {"role":"x"}`, "ada"})
	if !isFailed(err) || !strings.Contains(out, "Claim role: x") {
		t.Errorf("after a correction: %v\n%s", err, out)
	}
	out, err = dialogue(t, []string{`/claims {`, `/claims`, "ada"})
	if !isFailed(err) || !strings.Contains(out, "Token #") {
		t.Errorf("without claims: %v\n%s", err, out)
	}
}
