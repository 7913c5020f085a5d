package explain

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/jwks"
	"tokendesk/settings"
)

func TestLine(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		line                Line
		text, said, advised string
	}{
		{Line{Text: "a"}, "a", "a", ""},
		{Line{Label: "l", Text: "a"}, "l: a", "a", ""},
		{Line{Text: "a", Do: "b"}, "a; b", "a; b", "b"},
		{Line{Text: "a", Source: "RFC 1"}, "a (RFC 1)", "a (RFC 1)", "(RFC 1)"},
		{Line{Label: "l", Text: "a", Do: "b", Source: "RFC 1"}, "l: a; b (RFC 1)", "a; b (RFC 1)", "b (RFC 1)"},
	} {
		equal(t, "the line", test.line.String(), test.text)
		equal(t, "without its label", test.line.Said(), test.said)
		equal(t, "the advice", test.line.Advice(), test.advised)
		equal(t, "the error", test.line.Error(), test.text)
	}
	equal(t, "the signs", Quiet.Sign()+Good.Sign()+Warn.Sign()+Bad.Sign(), "·✓▲✗")
}

func TestLines(t *testing.T) {
	t.Parallel()
	missing := &settings.Problem{File: ".env", Line: 3, Column: 7, Name: "X", Text: "X is wrong", Do: "write it"}
	other := &settings.Problem{File: "environment", Text: "Y is wrong"}
	_, decodeErr := auth.Decode("hello")
	refused, _ := errors.AsType[*auth.DecodeError](decodeErr)
	limit := &auth.LimitError{Lifetime: 2 * time.Hour, Limit: time.Hour}
	above := "the lifetime 2h is above the limit of 1h; choose a shorter one, or raise MAX_TOKEN_MINUTES"
	for _, test := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{errors.New("it broke"), "✗ it broke"},
		{missing, "✗ .env:3:7: X is wrong; write it"},
		{settings.Problems{missing, other}, "✗ .env:3:7: X is wrong; write it\n✗ environment: Y is wrong"},
		{fmt.Errorf("read: %w", settings.Problems{other}), "✗ environment: Y is wrong"},
		{decodeErr, "✗ " + refused.Reason + "; " + refused.Advice + " (" + refused.Source + ")"},
		{limit, "✗ " + above},
		{auth.ErrNoKey, "✗ there is no key to sign with; set SECRET_KEY or KEY_FILE"},
		{Line{Tone: Warn, Text: "a", Do: "b"}, "✗ a; b"},
		{At("--lifetime", errors.New("it broke")), "✗ --lifetime: it broke"},
		{At("--lifetime", Line{Text: "a", Do: "b"}), "✗ --lifetime: a; b"},
		{At("--key-file", Line{Label: "a.pem", Text: "a", Do: "b"}), "✗ --key-file: a.pem: a; b"},
		{fmt.Errorf("outside: %w", At("a", At("b", missing))), "✗ a: b: .env:3:7: X is wrong; write it"},
		{At("--lifetime", limit), "✗ --lifetime: " + above},
	} {
		equal(t, fmt.Sprint(test.err), joined(Lines(test.err)), test.want)
	}
	placed := At("--alg", missing)
	if problem, ok := errors.AsType[*settings.Problem](placed); !ok || problem != missing {
		t.Error("what is behind the place is lost")
	}
	equal(t, "an error with its place", placed.Error(), "--alg: "+missing.Error())
	equal(t, "no error at a place", At("--alg", nil), nil)
}

func TestSettingsLines(t *testing.T) {
	t.Parallel()
	w := settings.Warning{File: ".env", Line: 1, Name: "SECRET_KEY", Text: "others can read it", Do: "run chmod 600 .env"}
	equal(t, "a warning", Warning(w), Line{Tone: Warn, Label: ".env:1", Text: w.Text, Do: w.Do})
	w.Severe, w.Line = true, 0
	equal(t, "a severe one", Warning(w), Line{Tone: Bad, Label: ".env", Text: w.Text, Do: w.Do})
	equal(t, "no key in the file", NoKey(&settings.Settings{File: ".env", Found: true}).String(),
		".env: there is no key: neither SECRET_KEY nor KEY_FILE is set; set SECRET_KEY to the output of openssl rand -hex 32, or set KEY_FILE")
	equal(t, "no file", NoKey(&settings.Settings{File: ".env"}).String(),
		".env: there is no key: the file does not exist; run tokendesk init to create it")
}

func TestPublished(t *testing.T) {
	t.Parallel()
	set := &jwks.Set{From: "https://a.example/jwks", Fetched: moment.Add(-2 * time.Hour)}
	equal(t, "a good set", len(Published(set, moment)), 0)
	equal(t, "its origin", FetchedFrom(set).Text(moment), "https://a.example/jwks, fetched 2h ago")
	set.Problem = errors.New("https://a.example/jwks answers 500")
	set.Remarks = []*auth.SetRemark{
		{Key: `key 2 ("x")`, Reason: errors.New("it is for encryption"), Ignored: true, Expected: true},
		{Key: `key 3 ("y")`, Reason: errors.New("it has no n"), Ignored: true},
	}
	equal(t, "an old one", joined(Published(set, moment)), "▲ the published keys are 2h old: https://a.example/jwks answers 500\n"+
		`· https://a.example/jwks: ignored key 2 ("x"): it is for encryption`+"\n"+
		`▲ https://a.example/jwks: ignored key 3 ("y"): it has no n`)
	equal(t, "none", joined([]Line{Unfetched(set.Problem)}),
		"▲ the published keys could not be fetched: https://a.example/jwks answers 500")

	key, err := auth.NewHMACKey(auth.HS256, []byte("Qx7pL2"), auth.WithKeyID("one"))
	if err != nil {
		t.Fatal(err)
	}
	set = &jwks.Set{From: "https://a.example/jwks", Fetched: moment.Add(-12 * time.Second), Keys: []*auth.Key{key}}
	equal(t, "a kid that it does not have", Lacking(set, moment), "the set of https://a.example/jwks, fetched 12s ago, does not have it")
	equal(t, "what to do", AskAgain(set, moment), "check that the token is from this issuer")
	set.Cached = true
	equal(t, "what to do about a copy", AskAgain(set, moment), "if the key is new, fetch the published keys again")
	equal(t, "a fresh one", Lacking(set, set.Fetched), "the set of https://a.example/jwks, fetched just now, does not have it")
}
