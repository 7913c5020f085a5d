package explain

import (
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/auth/find"
)

// The first lines for a token of every verdict, word for word, except the reasons,
// which are those of package auth.
func TestVerdict(t *testing.T) {
	t.Parallel()
	key, kept := testKey(t), `"sub":"ada","exp":1795444512`
	good := signed(t, key, "{"+kept+"}")
	other, err := auth.NewHMACKey(auth.HS384, []byte(strings.Repeat(secret, 2)))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, compact string
		keys          []*auth.Key
		want          []string // LABEL, REASON and ADVICE stand for the words of auth
	}{
		{"valid", good, []*auth.Key{key}, []string{"✓ valid: signed with HS256 by key " + key.Fingerprint()}},
		{"malformed", "hello", []*auth.Key{key}, []string{"✗ malformed: REASON; ADVICE (RFC 7515 section 3.1)"}},
		{"unsupported", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", nil, []string{
			"✗ unsupported: REASON; ADVICE (RFC 8725 section 3.2)",
			"▲ the signature was not checked: anyone could have written this token",
		}},
		{"bad signature", good[:len(good)-4] + "AAAA", []*auth.Key{key}, []string{"✗ bad signature: REASON; ADVICE (RFC 7515 section 5.2)"}},
		{"wrong key", good, []*auth.Key{other}, []string{
			"✗ wrong key: REASON; ADVICE (RFC 8725 section 3.1)",
			"▲ the signature was not checked: anyone could have written this token",
		}},
		{"expired", signed(t, key, `{"exp":1}`), []*auth.Key{key}, []string{
			"✗ expired: REASON; ADVICE (RFC 7519 section 4.1.4)", "✓ signed with HS256 by key " + key.Fingerprint(),
		}},
		{"not yet valid", signed(t, key, `{"nbf":1795449512}`), []*auth.Key{key}, []string{
			"✗ not yet valid: REASON; ADVICE (RFC 7519 section 4.1.5)", "✓ signed with HS256 by key " + key.Fingerprint(),
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result := verified(t, test.compact, test.keys...)
			r := Token(Known{Result: result}, moment)
			want := strings.Join(test.want, "\n")
			if len(result.Failures) > 0 {
				want = strings.ReplaceAll(want, "REASON", result.Failures[0].Reason)
				want = strings.ReplaceAll(want, "ADVICE", result.Failures[0].Advice)
				equal(t, "the code", r.Failures[0].Code, strings.ReplaceAll(test.name, " ", "_"))
			}
			equal(t, "the lines", joined(r.Verdict(Clock{Now: moment})), want)
		})
	}
}

func TestVerdictListsEveryFailure(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	v := auth.Verifier{Keys: []*auth.Key{key}, Iss: "a", Typ: "at+jwt", Leeway: time.Minute, Now: func() time.Time { return moment }}
	r := Token(Known{Result: v.Verify(signed(t, key, `{"iss":"b"}`)), Leeway: time.Minute}, moment)
	lines := r.Verdict(Clock{Now: moment})
	equal(t, "how many", len(lines), 4)
	equal(t, "the first", lines[0].Label+" "+lines[0].Code+" "+lines[0].Source, "wrong claim wrong_claim RFC 8725 section 3.8")
	equal(t, "the second", lines[1].Label+" "+lines[1].Code+" "+lines[1].Source, "wrong claim wrong_claim RFC 8725 section 3.11")
	equal(t, "the rest", joined(lines[2:]), "✓ signed with HS256 by key "+key.Fingerprint()+"\n· checked with a leeway of 1m")
}

func TestVerdictOnWhatWasOnlyDecoded(t *testing.T) {
	t.Parallel()
	compact := signed(t, testKey(t), `{"sub":"ada"}`)
	r := Token(Known{Result: Decoded(compact)}, moment)
	equal(t, "a token", joined(r.Verdict(Clock{Now: moment})), "▲ the signature was not checked: anyone could have written this token")
	published, err := auth.NewHMACKey(auth.HS256, []byte("your-256-bit-secret"))
	if err != nil {
		t.Fatal(err)
	}
	r = Token(Known{Result: Decoded(signed(t, published, `{"sub":"ada"}`))}, moment)
	equal(t, "a published secret", joined(r.Verdict(Clock{Now: moment})),
		"▲ a published secret made the signature: anyone could have written this token")
	equal(t, "no token", len(Token(Known{Result: Decoded("")}, moment).Verdict(Clock{Now: moment})), 1)
	_, err = find.Tokens(strings.Repeat("a", 11), 10)
	refused, _ := err.(*auth.DecodeError) //nolint:errorlint // it is what Find returns
	r = Token(Known{Result: Unreadable(refused)}, moment)
	equal(t, "a text that is too large", joined(r.Verdict(Clock{Now: moment})), "✗ malformed: "+refused.Reason+"; pass only the token")
	equal(t, "its segments", len(r.Segments), 0)
	equal(t, "several", Unchecked(3).String(), "no signature was checked: anyone could have written these tokens")
}

func TestVerdictOnSignatureAlone(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	v := auth.Verifier{Keys: []*auth.Key{key}}
	r := Token(Known{Result: v.VerifySignature(signed(t, key, `{"exp":1}`)), SignatureOnly: true}, moment)
	equal(t, "the line", joined(r.Verdict(Clock{Now: moment})),
		"✓ signature valid: signed with HS256 by key "+key.Fingerprint()+"; times and claims were not checked")
	equal(t, "the expiry", r.Expiry(Clock{Now: moment}), "")
}

func TestVerdictOnWeakAndPublishedKeys(t *testing.T) {
	t.Parallel()
	weak, err := auth.NewHMACKey(auth.HS256, []byte("Qx7pL2"), auth.WithKeyID("k1"))
	if err != nil {
		t.Fatal(err)
	}
	origin := Origin{From: "https://auth.example.com/jwks", Fetched: moment.Add(-3 * time.Minute)}
	r := Token(Known{Result: verified(t, signed(t, weak, `{"exp":1795444512}`), weak), Origin: origin}, moment)
	equal(t, "the lines", joined(r.Verdict(Clock{Now: moment})),
		"✓ valid: signed with HS256 by key "+weak.Fingerprint()+", kid k1 of https://auth.example.com/jwks, fetched 3m ago")
	const finding = "▲ warning: the secret has only 6 bytes, and HS256 needs at least 32 random bytes (RFC 7518 section 3.2)"
	equal(t, "about the secret", joined(r.Warnings()), finding)
	equal(t, "the findings", joined(r.Findings[:1]), finding)
	r = Token(Known{Result: r.known.Result, Origin: origin, AllowWeak: true}, moment)
	equal(t, "about a secret that is accepted", len(r.Warnings()), 0)
	equal(t, "the expiry", r.Expiry(Clock{Now: moment}), "expires 2026-11-23 14:35:12 UTC, in 30m")
	equal(t, "a minute later", r.Expiry(Clock{Now: moment.Add(time.Minute), Brief: true}), "expires 14:35:12 UTC, in 29m")
	equal(t, "no expiry", Token(Known{Result: Decoded(signed(t, weak, `{}`))}, moment).Expiry(Clock{Now: moment}), "no expiry")
}

// Findings have a tone, their severity as the label, and the words of auth.
func TestFindings(t *testing.T) {
	t.Parallel()
	tones := map[auth.Severity]Tone{auth.SeverityDanger: Bad, auth.SeverityWarning: Warn, auth.SeverityNote: Quiet}
	labels := map[auth.Severity]string{auth.SeverityDanger: "danger", auth.SeverityWarning: "warning", auth.SeverityNote: "note"}
	result := Decoded("eyJhbGciOiJub25lIn0.eyJleHAiOjE3OTU0NDI3MTIwMDB9.")
	want := auth.Findings(result.Token, moment)
	r := Token(Known{Result: result}, moment)
	equal(t, "how many", len(r.Findings), len(want))
	seen := map[auth.Severity]bool{}
	for i, f := range want {
		equal(t, f.Code, r.Findings[i], Line{Tone: tones[f.Severity], Code: f.Code, Label: labels[f.Severity], Text: f.Text, Source: f.Source})
		seen[f.Severity] = true
	}
	equal(t, "how many severities", len(seen), 3)
}

func TestAround(t *testing.T) {
	t.Parallel()
	r := Token(Known{Result: Decoded("a.b.c"), Around: []string{"the Authorization header", "Bearer"}, Others: 1}, moment)
	equal(t, "around", r.Around, "extracted from: the Authorization header, Bearer")
	r = Token(Known{Result: Decoded("a.b.c"), Around: []string{"quotes"}, Folded: true}, moment)
	equal(t, "around, and folded", r.Around, "extracted from: quotes; joined from several lines")
	equal(t, "the extracted parts", strings.Join(r.Inspection().TakenOff, ", "), "quotes, line breaks inside the token")
	equal(t, "folded", Token(Known{Result: Decoded("a.b.c"), Folded: true}, moment).Around, "joined from several lines")
	r = Token(Known{Result: Decoded("a.b.c"), Others: 1}, moment)
	equal(t, "others", r.Others, "the text holds 1 more token")
	equal(t, "several", Others(2), "the text holds 2 more tokens")
	r = Token(Known{Result: Decoded("a.b.c")}, moment)
	equal(t, "nothing", r.Around+r.Others, "")
}

// The joined segments are the whole text, whatever it is.
func TestSegments(t *testing.T) {
	t.Parallel()
	const header = "eyJhbGciOiJIUzI1NiJ9"
	for compact, want := range map[string]string{
		"":                        "",
		"hello":                   "text=hello",
		"hello there":             "text=hello there",
		header:                    "text=" + header,
		header + ".a":             "header=" + header + "|payload=.a|signature=",
		header + ".a.":            "header=" + header + "|payload=.a|signature=.",
		header + ".a.b":           "header=" + header + "|payload=.a|signature=.b",
		header + ".a.b.c":         "header=" + header + "|rest=.a.b.c",
		header + ".a.b.c.d":       "header=" + header + "|encrypted key=.a|initialization vector=.b|ciphertext=.c|authentication tag=.d",
		header + ".a.b.c.d.e.f.g": "header=" + header + "|rest=.a.b.c.d.e.f.g",
	} {
		var parts []string
		whole := ""
		for _, s := range Token(Known{Result: Decoded(compact)}, moment).Segments {
			parts = append(parts, s.Label+"="+s.Text)
			whole += s.Text
		}
		equal(t, compact, strings.Join(parts, "|"), want)
		equal(t, "all of "+compact, whole, compact)
	}
}

// The report on a faulty token marks the members with the fault, and gives no advice.
func TestTokenWithFault(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	expired, _ := fault.ByName("expired")
	r := Token(Known{Result: verified(t, signed(t, key, `{"iat":1,"exp":2,"sub":"a"}`), key), Fault: &expired}, moment)
	equal(t, "advice", r.Failures[0].Do, "")
	equal(t, "the fault", r.Fault.Name, "expired")
	marked := ""
	for _, m := range append(r.Header, r.Claims...) {
		if m.AtFault {
			marked += " " + m.Name
		}
	}
	for _, s := range r.Segments {
		if s.AtFault {
			marked += " " + s.Label
		}
	}
	equal(t, "marked", marked, " iat exp payload")
}
