package auth

import (
	"errors"
	"strings"
	"testing"
)

// A refused token contains the parts that were read.
func TestPartialTokens(t *testing.T) {
	t.Parallel()
	const (
		hasHeaderSegment = 1 << iota
		hasPayloadSegment
		hasHeader
		hasClaims
		hasSignature
		hasSegments = hasHeaderSegment | hasPayloadSegment
		hasAll      = hasSegments | hasHeader | hasClaims | hasSignature
	)
	header, payload, signature := b64(hs256), b64(`{"sub":"ada"}`), b64("signature")
	for _, tt := range []struct {
		name, compact string
		stage         Stage
		want          int
	}{
		{"nothing", "", StageSize, 0},
		{"too large", strings.Repeat("a.", MaxBytes), StageSize, 0},
		{"a foreign character", header + "." + payload + ".ä", StageText, hasAll &^ hasSignature},
		{"padding", header + "=." + payload + "==." + signature, StageText, hasSegments | hasClaims | hasSignature},
		{"one segment", header, StageForm, hasHeaderSegment},
		{"two segments", header + "." + payload, StageForm, hasSegments | hasHeader | hasClaims},
		{"four segments", header + "." + payload + "." + signature + ".x", StageForm, hasHeaderSegment},
		{"encrypted", b64(`{"alg":"dir"}`) + "....", StageForm, hasHeaderSegment | hasHeader},
		{"encrypted, with a broken header", "e31....", StageForm, hasHeaderSegment | hasHeader},
		{"header of an impossible length", header + "A." + payload + "." + signature, StageEncoding, hasSegments | hasClaims | hasSignature},
		{
			"payload of an impossible length", header + "." + strings.Repeat("A", 5) + "." + signature, StageEncoding,
			hasSegments | hasHeader | hasSignature,
		},
		{"signature of an impossible length", header + "." + payload + ".A", StageEncoding, hasAll &^ hasSignature},
		{"header is no JSON", b64("{") + "." + payload + "." + signature, StageHeader, hasAll &^ hasHeader},
		{"header names twice", b64(`{"alg":"a","alg":"b"}`) + "." + payload + "." + signature, StageHeader, hasAll},
		{"header and payload are no JSON", b64("{") + "." + b64("[") + "." + signature, StageHeader, hasSegments | hasSignature},
		{"payload is null", header + "." + b64("null") + "." + signature, StagePayload, hasAll &^ hasClaims},
		{"payload names twice", header + "." + b64(`{"a":1,"a":2}`) + "." + signature, StagePayload, hasAll},
		{"payload is empty", header + ".." + signature, StagePayload, (hasAll &^ hasClaims) &^ hasPayloadSegment},
		{"none", b64(`{"alg":"none"}`) + "." + payload + "." + signature, StageParameter, hasAll},
		{"no alg and a broken payload", b64("{}") + "." + b64("{") + "." + signature, StagePayload, hasAll &^ hasClaims},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Decode(tt.compact)
			var refused *DecodeError
			if !errors.As(err, &refused) || refused.Token == nil || refused.Token.Compact != tt.compact || refused.Stage != tt.stage {
				t.Fatalf("%v, want it to stop %s", err, tt.stage)
			}
			got := 0
			for bit, has := range map[int]bool{
				hasHeaderSegment:  refused.Token.HeaderSegment != "",
				hasPayloadSegment: refused.Token.PayloadSegment != "",
				hasHeader:         refused.Token.Header != nil,
				hasClaims:         refused.Token.Claims != nil,
				hasSignature:      len(refused.Token.Signature) > 0,
			} {
				if has {
					got |= bit
				}
			}
			if got != tt.want {
				t.Errorf("read %05b, want %05b", got, tt.want)
			}
		})
	}
}

func TestDecodeRefusesMore(t *testing.T) {
	t.Parallel()
	const claims = `{"sub":"ada"}`
	const notHeader = "the header is not a valid JSON object: "
	const notPayload = "the payload is not a valid JSON object: "
	brackets := func(n int) string { return `{"a":` + strings.Repeat("[", n) + strings.Repeat("]", n) + "}" }
	for compact, want := range map[string]string{
		compactOf(`{"alg":"HS256","crit":[null]}`, claims):             "the header's crit is not an array of names",
		compactOf(`{"alg":"HS256","crit":["a",1]}`, claims):            "the header's crit is not an array of names",
		compactOf(`{"alg":"HS256","crit":{}}`, claims):                 "the header's crit is not an array of names",
		compactOf(`{"alg":"HS256","crit":false}`, claims):              "the header's crit is not an array of names",
		compactOf(`{"alg":"HS256","crit":["b64"],"b64":true}`, claims): `the header's crit requires ["b64"], which is not supported`,
		compactOf(`{"alg":"HS256","b64":true}`, claims): "the header has b64, " +
			"which changes how the payload is encoded and is not supported",
		compactOf(`{"alg":"HS256","b64":null}`, claims): "the header has b64, " +
			"which changes how the payload is encoded and is not supported",
		compactOf(`{"alg":"HS256","zip":null}`, claims): "the header has zip, but a signed token is never compressed",
		compactOf(`{"alg":["HS256"]}`, claims):          "the header's alg is an array, but must be a string",
		compactOf(`{"alg":true}`, claims):               "the header's alg is a boolean, but must be a string",
		compactOf(`{"Alg":"HS256"}`, claims):            "the header has no alg, so nothing says how the token is signed",
		compactOf(`{"alg":""}`, claims):                 `the header's alg is "", which is not a supported signature algorithm`,
		compactOf(`{"alg":"HS256 "}`, claims): `the header's alg is "HS256 ", ` +
			`which is not a supported signature algorithm`,
		compactOf(`{"alg":"A256KW"}`, claims): `the header's alg is "A256KW", ` +
			`which is not a supported signature algorithm`,
		compactOf(`{"alg":"eddsa"}`, claims):                          `the header's alg is "eddsa", but the algorithm is written EdDSA`,
		compactOf(`{"alg":"HS256","typ":null}`, claims):               "the header's typ is null, but must be a string",
		compactOf(`{"alg":"HS256","kid":["a"]}`, claims):              "the header's kid is an array, but must be a string",
		compactOf(`{"alg":"HS256","kid":7}`, claims):                  "the header's kid is a number, but must be a string",
		compactOf(`null`, claims):                                     notHeader + "expected a JSON object, found 'n' at line 1, column 1",
		compactOf("\ufeff"+hs256, claims):                             notHeader + "unexpected byte order mark at line 1, column 1",
		compactOf(hs256+"x", claims):                                  notHeader + "unexpected 'x' after the object at line 1, column 28",
		compactOf(hs256+"\x00", claims):                               notHeader + `unexpected '\x00' after the object at line 1, column 28`,
		compactOf(`{"alg":"HS256","a\u006cg":"none"}`, claims):        notHeader + `duplicate name "alg" at line 1, column 16`,
		compactOf("{\"alg\":\"HS256\",\"kid\":\"\xc3\x28\"}", claims): notHeader + "invalid UTF-8 at line 1, column 23",
		compactOf(hs256, brackets(64)):                                notPayload + "nested more than 64 levels deep at line 1, column 69",
		compactOf(hs256, `{"a":"\udc00\ud800"}`):                      notPayload + "unpaired surrogate at line 1, column 7",
		compactOf(hs256, `{"a":"\ud800"}`):                            notPayload + "unpaired surrogate at line 1, column 7",
		compactOf(hs256, `{"a":"\ud800\u0041"}`):                      notPayload + "unpaired surrogate at line 1, column 7",
		compactOf(hs256, "{\"a\":\"\xed\xa0\x80\"}"):                  notPayload + "invalid UTF-8 at line 1, column 7",
		compactOf(hs256, "{\"a\":\"\xc0\x80\"}"):                      notPayload + "invalid UTF-8 at line 1, column 7",
		compactOf(hs256, `{"\ud83d\ude00":1,"😀":2}`):                  notPayload + `duplicate name "😀" at line 1, column 19`,
		compactOf(hs256, `{"":1,"":2}`):                               notPayload + `duplicate name "" at line 1, column 7`,
		compactOf(hs256, `{"a":1,}`): notPayload + "expected a name in double quotes, " +
			"found '}' at line 1, column 8",
		compactOf(hs256, `{"a":1 /* x */}`): notPayload + "expected a comma or '}', found '/' at line 1, column 8",
		compactOf(hs256, `{'a':1}`):         notPayload + "expected a name in double quotes, found '\\'' at line 1, column 2",
		compactOf(hs256, `{"a":-}`):         notPayload + "invalid number at line 1, column 6",
		compactOf(hs256, `{"a":1e}`):        notPayload + "invalid number at line 1, column 6",
		compactOf(hs256, `{"a":0x1}`):       notPayload + "expected a comma or '}', found 'x' at line 1, column 7",
		compactOf(hs256, `{"a":`):           notPayload + "expected a JSON value, found the end at line 1, column 6",
		compactOf(hs256, "{}\f"):            notPayload + `unexpected '\f' after the object at line 1, column 3`,
	} {
		if _, err := Decode(compact); err == nil || sentence(err) != want {
			t.Errorf("got  %v\nwant %s", sentence(err), want)
		}
	}
	if _, err := Decode(compactOf(hs256, brackets(63))); err != nil {
		t.Errorf("64 deep: %v", err)
	}
}

// Every error about which something can be done says what.
func TestDecodeAdvice(t *testing.T) {
	t.Parallel()
	good := compactOf(hs256, "{}")
	for compact, want := range map[string]string{
		good + "=":       "encode it as base64url without padding, not as base64",
		good[:30] + "…":  "copy the whole token, not a shortened one",
		good + "\n":      "copy the token again in one piece",
		good + ";":       "copy the token again, without the text around it",
		"a.b":            "copy the whole token",
		"a.b.c.d.e":      "verify it with that key",
		good + "AA":      "copy the whole token again",
		`{"payload":""}`: "pass three segments joined by dots, or a JWS in the JSON serialization",
		b64(`{"alg":"none"}`) + "." + b64("{}") + ".": "ask for a signed token",
	} {
		_, err := Decode(compact)
		var refused *DecodeError
		if !errors.As(err, &refused) || refused.Advice != want {
			t.Errorf("%s: %+v, want %s", compact, refused, want)
		}
	}
}
