package auth

import (
	"errors"
	"strings"
	"testing"
)

// Every step of Decode: where it stops, the verdict, the exact reason, and what was read
// until then.
func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	const payload = `{"sub":"ada"}`
	good := compactOf(hs256, payload)
	segments := strings.Split(good, ".")
	header := func(text string) string { return compactOf(text, payload) }
	claims := func(text string) string { return compactOf(hs256, text) }
	nested := func(n int) string { return strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) }
	const notPayload = "the payload is not a valid JSON object: "
	const notHeader = "the header is not a valid JSON object: "
	tests := []struct {
		name, compact string
		stage         Stage
		verdict       Verdict
		reason        string
	}{
		{"nothing", "", StageSize, VerdictMalformed, "there is no token to read"},
		{
			"too large", strings.Repeat("a", MaxBytes+1), StageSize, VerdictMalformed,
			"the token has 1048577 bytes, more than the maximum of 1048576",
		},
		{
			"JSON", `{"payload":"x","signatures":[]}`, StageForm, VerdictMalformed,
			"this is JSON without a token in it",
		},
		{"a sentence", "hello world", StageText, VerdictMalformed, "there is no token in this text"},
		{
			"padding", segments[0] + "=." + segments[1] + "." + segments[2], StageText, VerdictMalformed,
			"byte 37 is '=', but a token contains only letters, digits, '-', '_' and '.'",
		},
		{
			"line feed in the signature", good[:len(good)-3] + "\n" + good[len(good)-3:], StageText, VerdictMalformed,
			"byte 97 is '\\n', but a token contains only letters, digits, '-', '_' and '.'",
		},
		{
			"standard base64", segments[0] + ".a+b/." + segments[2], StageText, VerdictMalformed,
			"byte 39 is '+', but a token contains only letters, digits, '-', '_' and '.'",
		},
		{"shortened", "eyJhbGciOi…", StageText, VerdictMalformed, "byte 11 is '…', but a token contains only letters, digits, '-', '_' and '.'"},
		{
			"escape sequence", "\x1b[31m" + good, StageText, VerdictMalformed,
			"byte 1 is '\\x1b', but a token contains only letters, digits, '-', '_' and '.'",
		},
		{"one segment", "abc", StageForm, VerdictMalformed, "there is no dot in it, so it is not a token"},
		{
			"two segments", segments[0] + "." + segments[1], StageForm, VerdictMalformed,
			"it has two segments instead of three: the signature and its dot are missing",
		},
		{"four segments", good + ".x", StageForm, VerdictMalformed, "it has 4 segments instead of three"},
		{"six segments", good + ".x.x.x", StageForm, VerdictMalformed, "it has more than five segments instead of three"},
		{"a hundred segments", strings.Repeat("x.", 100), StageForm, VerdictMalformed, "it has more than five segments instead of three"},
		{
			"encrypted", b64(`{"alg":"dir","enc":"A256GCM"}`) + "..x.y.z", StageForm, VerdictUnsupported,
			"this is an encrypted token (JWE, five segments): only the holder of its key can read it",
		},
		{"twice", good + good, StageForm, VerdictMalformed, "the same token is there twice, with nothing between"},
		{
			"five segments", good + ".x.y", StageForm, VerdictMalformed,
			"it has five segments instead of three, and its header is that of a signed token",
		},
		{
			"impossible length", segments[0] + "." + segments[1] + ".abcde", StageEncoding, VerdictMalformed,
			"the signature is not base64url: its length is impossible, so a character is missing or there is one too many",
		},
		{
			"spare bits in the signature", good[:len(good)-1] + "F", StageEncoding, VerdictMalformed,
			"the signature is not base64url: the unused bits of the last character are not zero, so it was changed or cut off",
		},
		{
			"spare bits in the payload", segments[0] + "." + b64("{}")[:2] + "1." + segments[2], StageEncoding, VerdictMalformed,
			"the payload is not base64url: the unused bits of the last character are not zero, so it was changed or cut off",
		},
		{
			"spare bits in the header", "e31." + segments[1] + "." + segments[2], StageEncoding, VerdictMalformed,
			"the header is not base64url: the unused bits of the last character are not zero, so it was changed or cut off",
		},

		{"empty header", header(""), StageHeader, VerdictMalformed, notHeader + "expected a JSON object, found the end at line 1, column 1"},
		{"header is an array", header("[]"), StageHeader, VerdictMalformed, notHeader + "expected a JSON object, found '[' at line 1, column 1"},
		{
			"duplicate alg", header(`{"alg":"none","alg":"HS256"}`), StageHeader, VerdictMalformed,
			notHeader + `duplicate name "alg" at line 1, column 15`,
		},
		{"null payload", claims("null"), StagePayload, VerdictMalformed, notPayload + "expected a JSON object, found 'n' at line 1, column 1"},
		{
			"payload is an array", claims("[1]"), StagePayload, VerdictMalformed,
			notPayload + "expected a JSON object, found '[' at line 1, column 1",
		},
		{
			"payload is text", claims("hello"), StagePayload, VerdictMalformed, notPayload + "expected a JSON object, found 'h' at line 1, column 1",
		},
		{
			"text behind the payload", claims(`{"sub":"a"} x`), StagePayload, VerdictMalformed,
			notPayload + "unexpected 'x' after the object at line 1, column 13",
		},
		{"two objects", claims(`{}{}`), StagePayload, VerdictMalformed, notPayload + "unexpected '{' after the object at line 1, column 3"},
		{"byte order mark", claims("\ufeff{}"), StagePayload, VerdictMalformed, notPayload + "unexpected byte order mark at line 1, column 1"},
		{"invalid UTF-8", claims("{\"sub\":\"\xff\"}"), StagePayload, VerdictMalformed, notPayload + "invalid UTF-8 at line 1, column 9"},
		{
			"half a surrogate pair", claims(`{"sub":"\ud800x"}`), StagePayload, VerdictMalformed,
			notPayload + "unpaired surrogate at line 1, column 9",
		},
		{
			"duplicate sub", claims(`{"sub":"a","sub":"b"}`), StagePayload, VerdictMalformed,
			notPayload + `duplicate name "sub" at line 1, column 12`,
		},
		{
			"duplicate after unescaping", claims(`{"sub":"a","s\u0075b":"b"}`), StagePayload, VerdictMalformed,
			notPayload + `duplicate name "sub" at line 1, column 12`,
		},
		{
			"duplicate at depth", claims("{\"a\":[\n{\"x\":1,\"x\":2}]}"), StagePayload, VerdictMalformed,
			notPayload + `duplicate name "x" at line 2, column 8`,
		},
		{"65 deep", claims(nested(65)), StagePayload, VerdictMalformed, notPayload + "nested more than 64 levels deep at line 1, column 321"},
		{
			"a control character in a string", claims("{\"a\":\"\n\"}"), StagePayload, VerdictMalformed,
			notPayload + "unescaped control character '\\n' in a string at line 1, column 7",
		},

		{"no alg", header(`{"typ":"JWT"}`), StageParameter, VerdictMalformed, "the header has no alg, so nothing says how the token is signed"},
		{"alg is a number", header(`{"alg":256}`), StageParameter, VerdictMalformed, "the header's alg is a number, but must be a string"},
		{"alg is null", header(`{"alg":null}`), StageParameter, VerdictMalformed, "the header's alg is null, but must be a string"},
		{
			"none", header(`{"alg":"none"}`), StageParameter, VerdictUnsupported,
			`the header's alg is "none", so the token is not signed and anyone could have written it`,
		},
		{
			"None", header(`{"alg":"None"}`), StageParameter, VerdictUnsupported,
			`the header's alg is "None", so the token is not signed and anyone could have written it`,
		},
		{
			"NONE", header(`{"alg":"NONE"}`), StageParameter, VerdictUnsupported,
			`the header's alg is "NONE", so the token is not signed and anyone could have written it`,
		},
		{
			"nOnE", header(`{"alg":"nOnE"}`), StageParameter, VerdictUnsupported,
			`the header's alg is "nOnE", so the token is not signed and anyone could have written it`,
		},
		{
			"lower case", header(`{"alg":"hs256"}`), StageParameter, VerdictUnsupported,
			`the header's alg is "hs256", but the algorithm is written HS256`,
		},
		{
			"unknown", header(`{"alg":"HS1"}`), StageParameter, VerdictUnsupported,
			`the header's alg is "HS1", which is not a supported signature algorithm`,
		},
		{
			"crit", header(`{"alg":"HS256","crit":["exp"]}`), StageParameter, VerdictUnsupported,
			`the header's crit requires ["exp"], which is not supported`,
		},
		{
			"empty crit", header(`{"alg":"HS256","crit":[]}`), StageParameter, VerdictMalformed,
			"the header's crit is empty, but must name at least one parameter",
		},
		{"crit of numbers", header(`{"alg":"HS256","crit":[1]}`), StageParameter, VerdictMalformed, "the header's crit is not an array of names"},
		{"crit is null", header(`{"alg":"HS256","crit":null}`), StageParameter, VerdictMalformed, "the header's crit is not an array of names"},
		{
			"crit is a string", header(`{"alg":"HS256","crit":"b64"}`), StageParameter, VerdictMalformed,
			"the header's crit is not an array of names",
		},
		{
			"b64", header(`{"alg":"HS256","b64":false}`), StageParameter, VerdictUnsupported,
			"the header has b64, which changes how the payload is encoded and is not supported",
		},
		{
			"zip", header(`{"alg":"HS256","zip":"DEF"}`), StageParameter, VerdictUnsupported,
			"the header has zip, but a signed token is never compressed",
		},
		{
			"typ is a number", header(`{"alg":"HS256","typ":1}`), StageParameter, VerdictMalformed,
			"the header's typ is a number, but must be a string",
		},
		{
			"kid is an object", header(`{"alg":"HS256","kid":{}}`), StageParameter, VerdictMalformed,
			"the header's kid is an object, but must be a string",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			token, err := Decode(tt.compact)
			var refused *DecodeError
			if token != nil || !errors.As(err, &refused) {
				t.Fatalf("got %v, %v, want a DecodeError", token, err)
			}
			if refused.Stage != tt.stage || refused.Verdict != tt.verdict || refused.Reason != tt.reason {
				t.Errorf("stage %q, verdict %q, reason %q\nwant  %q, %q, %q", refused.Stage, refused.Verdict, refused.Reason, tt.stage, tt.verdict,
					tt.reason)
			}
			if refused.Token == nil || refused.Token.Compact != tt.compact {
				t.Error("the error does not hold what was read")
			}
			if readHeader := tt.stage > StageHeader; readHeader && refused.Token.Header == nil {
				t.Error("the header was read and is not there")
			}
			if tt.stage == StageParameter && refused.Token.Subject() != "ada" {
				t.Error("the claims were read and are not there")
			}
		})
	}
}

// A broken segment does not prevent the others from being read.
func TestDecodeKeepsWhatItRead(t *testing.T) {
	t.Parallel()
	_, err := Decode(b64(`{"alg":`) + "." + b64(`{"sub":"ada"}`) + ".")
	var refused *DecodeError
	if !errors.As(err, &refused) || refused.Token.Subject() != "ada" {
		t.Errorf("the payload is lost behind a broken header: %v", err)
	}
	_, err = Decode(b64(hs256) + "." + b64(`{"sub":"ada","sub":"eve"}`) + ".")
	if !errors.As(err, &refused) || len(refused.Token.Claims) != 2 {
		t.Errorf("the claims should hold both members of a duplicate: %v", err)
	}
	_, err = Decode(b64(hs256) + "." + b64(`{"sub":"ada"}`) + ".abcde")
	if !errors.As(err, &refused) || refused.Token.Algorithm() != HS256 || refused.Token.Subject() != "ada" {
		t.Errorf("header and payload are lost behind a broken signature: %v", err)
	}
}

func TestDecodeKeepsOrderAndNumbers(t *testing.T) {
	t.Parallel()
	const payload = `{"z":9007199254740993,"a":1.50,"m":-0,"n":1E400,"s":"\u00e9","deep":{"b":[1,{"c":null}]}}`
	token, err := Decode(compactOf(`{"typ":"JWT","alg":"HS256"}`, payload))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range token.Claims {
		names = append(names, m.Name+"="+string(m.Value))
	}
	want := `z=9007199254740993 a=1.50 m=-0 n=1E400 s="\u00e9" deep={"b":[1,{"c":null}]}`
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if token.Header[0].Name != "typ" {
		t.Error("the header lost its order")
	}
}

func TestDecodeAccepts(t *testing.T) {
	t.Parallel()
	for name, compact := range map[string]string{
		"64 deep":             compactOf(hs256, strings.Repeat(`{"a":`, 64)+"1"+strings.Repeat("}", 64)),
		"white space":         compactOf(hs256, " \r\n\t{ \"sub\" : \"ada\" } \n"),
		"no signature":        b64(hs256) + "." + b64("{}") + ".",
		"another algorithm":   compactOf(`{"alg":"RS256"}`, "{}"),
		"RFC 9864":            compactOf(`{"alg":"Ed25519"}`, "{}"),
		"key URLs are inert":  compactOf(`{"alg":"HS256","jku":"https://evil.example","x5c":[1]}`, "{}"),
		"a surrogate pair":    compactOf(hs256, `{"sub":"\ud83d\ude00"}`),
		"dates of wrong type": compactOf(hs256, `{"exp":"tomorrow"}`),
	} {
		if token, err := Decode(compact); err != nil || token == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
