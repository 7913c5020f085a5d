package ui

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/auth/jsontext"
	"tokendesk/desk"
)

// TestInspectEveryKindOfPaste finds a token in every kind of text that may hold one.
func TestInspectEveryKindOfPaste(t *testing.T) {
	t.Parallel()
	token := handmade(t, plainHeader, goodClaims("ada"))
	for _, test := range []struct{ text, peeled string }{
		{token, ""},
		{token + "\n", "● active"},
		{`"` + token + `"`, "extracted from: quotes"},
		{"Bearer " + token, "extracted from: Bearer"},
		{"Authorization: Bearer " + token, "extracted from: the Authorization header, Bearer"},
		{"curl -H 'Authorization: Bearer " + token + "' http://localhost/", "extracted from:"},
		{`{"access_token":"` + token + `","token_type":"bearer"}`, "extracted from:"},
		{"Cookie: a=b; session=" + token + "; c=d", "extracted from:"},
		{"https://example.com/cb#access_token=" + token + "&state=1", "extracted from:"},
	} {
		d := newDesktop(t)
		d.read(test.text)
		e := d.watched()
		equal(t, "the token in "+test.text[:9], e.Token.Compact, token)
		equal(t, "the verdict", e.Result.Verdict, auth.VerdictValid)
		d.shows("● active", "29m left", "✓ valid: signed with HS256 by key")
		if test.peeled == "" {
			d.hides("extracted from")
		} else {
			d.shows(test.peeled)
		}
	}
}

// watched adds the token that is shown to the board and returns it.
func (d *desktop) watched() *desk.Entry {
	d.t.Helper()
	d.press("b")
	return d.entry()
}

func TestInspectTyped(t *testing.T) {
	t.Parallel()
	token := handmade(t, plainHeader, goodClaims("jack"))
	d := newDesktop(t)
	d.press("f4")
	d.press("enter") // there is nothing to read yet
	d.shows("Paste anything that holds a token")
	d.typed(token)
	d.press("enter")
	d.shows("sub  jack", "● active")
	d.press("esc")
	d.shows("Paste anything that holds a token", "> eyJhbGciOi…")
}

// TestInspectSeveral shows the tokens of a text one after the other.
func TestInspectSeveral(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(fmt.Sprintf(`{"id_token":%q,"refresh":%q,"access_token":%q}`,
		handmade(t, plainHeader, goodClaims("id")), handmade(t, plainHeader, goodClaims("refresh")),
		handmade(t, plainHeader, goodClaims("access"))))
	for i, want := range []string{"access", "id", "refresh", "access"} {
		d.shows("sub  "+want, "extracted from:", fmt.Sprintf("Token %d of 3", i%3+1))
		d.press("tab")
	}
	d.press("shift+tab")
	d.shows("sub  access")
	d.press("[")
	d.shows("sub  refresh")
}

// TestInspectVerdicts says the verdict, the reason and what to do.
func TestInspectVerdicts(t *testing.T) {
	t.Parallel()
	good := handmade(t, plainHeader, goodClaims("ada"))
	segment := base64.RawURLEncoding.EncodeToString
	parts := strings.Split(good, ".")
	const unchecked = "the signature was not checked: anyone could have written this token"
	for _, test := range []struct {
		name, token string
		says        []string
		unchecked   bool
	}{
		{
			"another secret", handmadeWith(t, strings.Repeat("other", 8), plainHeader, goodClaims("ada")),
			[]string{
				"✗ bad signature", "bad signature: the signature was not made with the configured key",
				"check that this is the secret that signs the tokens",
			},
			false,
		},
		{
			"no signature", parts[0] + "." + parts[1] + ".",
			[]string{"✗ bad signature", "the signature is empty, so anyone could have written the token"},
			false,
		},
		{
			"another algorithm", handmade(t, `{"alg":"HS512","typ":"JWT"}`, goodClaims("ada")),
			[]string{"✗ wrong key", "the token is signed with HS512, but the configured key is for HS256"},
			true,
		},
		{"alg none", segment([]byte(`{"alg":"none"}`)) + "." + parts[1] + ".", []string{"alg is none: nothing is signed"}, true},
		{
			"expired", handmade(t, plainHeader, fmt.Sprintf(`{"sub":"ada","iat":%d,"exp":%d}`, moment.Unix()-60, moment.Unix()-12)),
			[]string{"✗ expired", "expired 12s ago", "the token expired at 2026-11-23 14:05:00 UTC", "issue a new one"},
			false,
		},
		{
			"not yet", handmade(t, plainHeader, fmt.Sprintf(`{"sub":"ada","nbf":%d}`, moment.Unix()+60)),
			[]string{
				"○ not yet valid", "valid in 1m",
				"the token is not valid before 2026-11-23 14:06:12 UTC", "wait, or check the clocks",
			},
			false,
		},
		{
			"no expiry", handmade(t, plainHeader, `{"sub":"ada"}`),
			[]string{"∞ no expiry", "there is no exp: anyone who gets hold of the token can use it indefinitely"},
			false,
		},
		{"a claim of the wrong type", handmade(t, plainHeader, `{"sub":5}`), []string{"✗ wrong claim", "wrong claim: "}, false},
		{
			"two failures", handmadeWith(t, strings.Repeat("other", 8), plainHeader, `{"sub":"ada","exp":1}`),
			[]string{"bad signature:", "expired: the token expired at 1970-01-01 00:00:01 UTC"},
			false,
		},
		{"nothing", "hello", []string{"✗ malformed", "malformed: there is no dot in it, so it is not a token"}, false},
		{"a sentence", "is there a token in this?", []string{"malformed: there is no token in this text"}, false},
		{
			"two segments", parts[0] + "." + parts[1],
			[]string{"malformed: it has two segments instead of three", "copy the whole token", "sub  ada"},
			true,
		},
		{
			"a JWE", segment([]byte(`{"alg":"dir","enc":"A256GCM"}`)) + "..AA.AA.AA",
			[]string{"unsupported: this is an encrypted token (JWE, five segments)", "A256GCM"},
			true,
		},
		{"bad base64url", parts[0] + ".a." + parts[2], []string{"malformed:", "alg"}, true},
		{
			"a broken header", segment([]byte(`{"alg":`)) + "." + parts[1] + "." + parts[2],
			[]string{"malformed: the header is not a valid JSON object", "sub"},
			true,
		},
		{
			"a broken payload", parts[0] + "." + segment([]byte(`{"sub":"ada"`)) + "." + parts[2],
			[]string{"malformed: the payload is not a valid JSON object", "alg  HS256"},
			true,
		},
		{
			"duplicate names", handmade(t, plainHeader, `{"sub":"ada","sub":"eve"}`),
			[]string{`duplicate name "sub"`, "ada", "eve", "✗ danger:"},
			true,
		},
		{
			"crit", handmade(t, `{"alg":"HS256","crit":["x"],"x":1}`, goodClaims("ada")),
			[]string{"unsupported:", "crit", "sub  ada"},
			true,
		},
		{
			"too large", strings.Repeat("x", find.MaxPasted+1),
			[]string{"the text has 65537 bytes, more than the maximum of 65536", "pass only the token"},
			false,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := newDesktop(t)
			d.read(test.token)
			d.shows(test.says...)
			if test.unchecked {
				d.shows(unchecked)
			} else {
				d.hides(unchecked)
			}
			if test.unchecked {
				d.hides("✓ signed with")
			}
			d.hides("● active")
		})
	}
}

// TestInspectThrowaway: a throw-away key vouches for nothing but its own tokens.
func TestInspectThrowaway(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, noKey)
	equal(t, "the screen", d.front(), "Start")
	d.press("down", "enter")
	equal(t, "the screen", d.front(), "Issue")
	d.shows("this run only · HS256", "▲ this key is gone when you quit, and no API knows it")
	d.issued("ada")
	d.shows("● active")
	d.read(handmade(t, plainHeader, goodClaims("ada")))
	d.shows("✗ bad signature")
}

// TestStaleReading: the answer about an older text is dropped.
func TestStaleReading(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f4")
	_, first := d.Update(pasteOf(handmade(t, plainHeader, goodClaims("first"))))
	d.shows("Reading…")
	_, second := d.Update(pasteOf(handmade(t, plainHeader, goodClaims("second"))))
	d.run(second)
	d.run(first)
	d.shows("sub  second")
}

// TestVerdictTurns at exactly exp, with the second's tick.
func TestVerdictTurns(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(handmade(t, plainHeader, goodClaims("ada")))
	e := d.watched()
	d.after(1740*time.Second - time.Millisecond)
	equal(t, "a moment before", e.Result.Verdict, auth.VerdictValid)
	d.shows("▲ expires soon · 1s left")
	d.after(1740 * time.Second)
	equal(t, "at exp", e.Result.Verdict, auth.VerdictExpired)
	d.shows("✗ expired", "expired just now", "the token expired at 2026-11-23 14:34:12 UTC")
	d.hides("expires soon", "· 1s left")
	d.after(0)
	equal(t, "after the clock was put back", e.Result.Verdict, auth.VerdictValid)
	d.shows("● active", "29m left")
	d.hides("the token expired at")
}

func TestWatch(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(handmade(t, plainHeader, goodClaims("ada")))
	d.press("b")
	d.shows("✓ added to the board", "2 Board 1")
	d.hides("add to board") // there is nothing more to add
	d.press("b")
	equal(t, "tokens", d.ctx.Board.Len(), 1)
	d.read("nothing")
	d.press("b")
	equal(t, "tokens", d.ctx.Board.Len(), 1)
}

// TestInspectAgain issues a token like one that was read.
func TestInspectAgain(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(handmadeWith(t, strings.Repeat("other", 8), plainHeader,
		fmt.Sprintf(`{"sub":"ada","iat":%d,"exp":%d,"jti":"x","iss":"elsewhere","role":"admin"}`, moment.Unix()-7200, moment.Unix()-3600)))
	d.press("r")
	equal(t, "the screen", d.front(), "Issue")
	token := d.entry().Token
	for name, want := range map[string]string{
		"sub": `"ada"`, "role": `"admin"`, "iss": `"elsewhere"`, "exp": fmt.Sprint(moment.Unix() + 3600),
	} {
		raw, _ := token.Claims.Get(name)
		equal(t, name, string(raw), want)
	}
	if jti, _ := token.Claims.String("jti"); jti == "x" {
		t.Error("the jti is the old one")
	}
}

// TestPasteOffer offers to read a token that is pasted on another screen.
func TestPasteOffer(t *testing.T) {
	t.Parallel()
	token := handmade(t, plainHeader, goodClaims("ada"))
	t.Run("read it", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.paste("Bearer " + token)
		d.shows("The pasted text holds 1 token.", "enter read it in Inspect", "esc discard it", "p insert it anyway")
		equal(t, "the subject", d.field("Subject"), "")
		d.press("enter")
		equal(t, "the screen", d.front(), "Inspect")
		d.shows("sub  ada", "extracted from: Bearer")
	})
	t.Run("discard it", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.paste(token)
		d.typed("xyz1")
		d.press("esc")
		equal(t, "the screen", d.front(), "Issue")
		equal(t, "the subject", d.field("Subject"), "")
		d.typed("ada")
		equal(t, "the subject", d.field("Subject"), "ada")
	})
	t.Run("put it into the field", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.press("tab", "tab")
		d.typed("prev=")
		d.paste(token)
		d.press("p")
		equal(t, "the dialogs over the screen", d.over(), "")
		d.issued("bob")
		prev, _ := d.entry().Token.Claims.String("prev")
		equal(t, "the claim", prev, token)
	})
	t.Run("on the board", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.press("f3")
		d.paste(token)
		equal(t, "the dialogs over the screen", d.over(), "")
		d.shows("1 token of the pasted text added")
		equal(t, "the board", d.onBoard(), "ada")
	})
	t.Run("nothing in it", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.press("f3")
		d.paste("hello")
		d.shows("no token was found in the pasted text")
	})
	t.Run("over a token that is shown", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t)
		d.issued("bob")
		d.paste(token)
		d.press("enter")
		d.shows("sub  ada")
	})
}

// TestScroll also reads another token, which is shown from its top.
func TestScroll(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(80, 12)
	d.read(handmade(t, plainHeader, `{"sub":"ada","long":`+string(jsontext.Quote(strings.Repeat("word ", 200)))+`}`))
	d.press("down", "f", "home")
	d.shows("more lines ↓")
	first := d.screenText()
	d.press("down")
	if d.screenText() == first {
		t.Error("down did nothing")
	}
	d.press("up", "up")
	equal(t, "the top", d.screenText(), first)
	d.press("end")
	d.hides("more lines ↓")
	last := d.screenText()
	d.press("down", "pgdown")
	equal(t, "the bottom", d.screenText(), last)
	d.press("home")
	equal(t, "the top", d.screenText(), first)
	d.press("end")
	d.paste(handmade(t, plainHeader, `{"sub":"bob"}`))
	d.shows("▌ sub  bob") // the top of another token
}

// TestWhole folds and unfolds a long token.
func TestWhole(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	token := handmade(t, plainHeader, `{"sub":"ada","long":"`+strings.Repeat("word", 400)+`"}`)
	d.read(token)
	unbroken := func() string {
		return strings.NewReplacer(" ", "", "\n", "", "│", "", "payload", "", "signature", "").Replace(d.screenText())
	}
	if strings.Contains(unbroken(), token) {
		t.Error("the token is not folded")
	}
	d.shows(fmt.Sprintf("f unfolds · %d bytes", len(token)))
	d.press("end", "f")
	d.resize(120, 120)
	if !strings.Contains(unbroken(), token) {
		t.Errorf("the token is not shown whole:\n%s", d.screenText())
	}
	d.shows("f folds · ")
	d.press("f")
	if strings.Contains(unbroken(), token) {
		t.Error("the token is not folded again")
	}
}

// TestFoldedSaysSo: the screen says when it leaves out a part of a token.
func TestFoldedSaysSo(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(120, 120) // where all of it is seen
	for length := range 80 {
		token := handmade(t, plainHeader, `{"sub":"`+strings.Repeat("longword", 10*length)+`"}`)
		d.read(token)
		d.hides("more lines ↓")
		text := d.screenText()
		if strings.Contains(text, "…") && !strings.Contains(text, "f unfolds") {
			t.Fatalf("a token of %d bytes is folded without a word", len(token))
		}
	}
}

// TestInspectSegments: every part has its own name, and none is left out.
func TestInspectSegments(t *testing.T) {
	t.Parallel()
	const header = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0"
	for _, test := range []struct {
		text string
		says []string
	}{
		{header + "..BBBB.CCCC.DDDD", []string{
			"header " + header, "encrypted key .", "initialization vector .BBBB", "ciphertext .CCCC", "tag .DDDD",
		}},
		{header + ".AAAA.BBBB.CCCC", []string{"header " + header, "rest .AAAA.BBBB.CCCC"}},
		{header + ".AAAA.BBBB.CCCC.DDDD.EEEE.FFFF", []string{"header " + header, "rest .AAAA.BBBB.CCCC.DDDD.EEEE.FFFF"}},
		{header + ".AAAA", []string{"header " + header, "payload .AAAA"}},
		{"abc", []string{"text abc"}},
	} {
		d := newDesktop(t)
		d.read(test.text)
		d.press("end", "f")
		d.shows(test.says...)
		if strings.Count(test.text, ".") > 2 {
			d.hides("payload .", "signature .")
		}
	}
}

// TestInspectEmoji: a sequence of emoji is readable, and the frame stands where
// it did by the way in which the terminal measures.
func TestInspectEmoji(t *testing.T) {
	t.Parallel()
	const family, flag = "👩\u200d👩\u200d👧\u200d👦", "🏳\ufe0f\u200d🌈"
	for _, size := range [][2]int{{80, 24}, {40, 20}, {120, 40}} {
		for _, sub := range []string{family + flag, "❤\ufe0f", "👍🏽 " + family, "ada " + flag + " \u200d"} {
			d := newDesktop(t)
			d.resize(size[0], size[1])
			d.read(handmade(t, plainHeader, `{"exp":1795444512,"sub":"`+sub+`"}`))
			d.press("end")
			d.shows(strings.ReplaceAll(sub, " \u200d", " <U+200D>"))
			for line := range strings.SplitSeq(d.View().Content, "\n") {
				equal(t, "the cells of "+ansi.Strip(line), ansi.StringWidthWc(line), size[0])
			}
			d.send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
			for line := range strings.SplitSeq(d.View().Content, "\n") {
				equal(t, "the cells of "+ansi.Strip(line), ansi.StringWidth(line), size[0])
			}
			d.send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeNotRecognized})
			equal(t, "clusters", d.wishes.clusters, false)
		}
	}
}

// TestKeysSayWhyNot: a key of the token that does nothing now says why.
func TestKeysSayWhyNot(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f4")
	d.paste(handmade(t, plainHeader, goodClaims("ada")))
	d.press("i")
	equal(t, "i without ISSUER and AUDIENCE", d.said().Text, ".env sets neither ISSUER nor AUDIENCE")
	d.press("b")
	equal(t, "b", d.said().Text, "added to the board")
	d.press("b")
	equal(t, "b again", d.said().Text, "the token is on the board")
}
