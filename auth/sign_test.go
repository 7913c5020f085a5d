package auth

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/jsontext"
)

// A caller may pass members that it did not parse. A token that could not be read back is
// not signed.
func TestSignRefusesWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	header := testIssuer(t).Header()
	claim := func(value string) Object { return Object{{Name: "a", Value: json.RawMessage(value)}} }
	tests := []struct {
		name           string
		header, claims Object
		want           string
	}{
		{
			"duplicate claim", header,
			Object{{Name: "a", Value: []byte("1")}, {Name: "a", Value: []byte("2")}},
			`write the claims: duplicate name "a" at line 1, column 8`,
		},
		{"duplicate at depth", header, claim(`{"x":1,"x":2}`), `write the claims: duplicate name "x" at line 1, column 13`},
		{"duplicate parameter", append(header[:2:2], header[1]), nil, `write the header: duplicate name "typ" at line 1, column 28`},
		{"value is not UTF-8", header, claim("\"\xff\""), "write the claims: invalid UTF-8 at line 1, column 7"},
		{"name is not UTF-8", header, Object{{Name: "\xff", Value: []byte("1")}}, "write the claims: a name is not valid UTF-8"},
		{
			"too deep", header, claim(strings.Repeat("[", 64) + strings.Repeat("]", 64)),
			"write the claims: nested more than 64 levels deep at line 1, column 69",
		},
		{"half a surrogate pair", header, claim(`"\ud800"`), "write the claims: unpaired surrogate at line 1, column 7"},
		{"two values in one", header, claim(`1,"sub":"eve"`), "write the claims: unexpected ',' after the value at line 1, column 7"},
		{"no value", header, Object{{Name: "a"}}, "a has no value"},
		{"parameter without a value", append(header[:1:1], Member{Name: "typ"}), nil, "the header's typ is nothing, but must be a string"},
		{"crit without a value", append(header[:1:1], Member{Name: "crit"}), nil, "the header's crit is not an array of names"},
		{
			"larger than anything reads", header, claim(`"` + strings.Repeat("x", MaxBytes) + `"`),
			"the token would have 1398193 bytes, more than the maximum of 1048576",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			token, err := testIssuer(t).Sign(tt.header, tt.claims)
			if token != nil || err == nil || sentence(err) != tt.want {
				t.Errorf("got %v, %v\nwant %s", token, sentence(err), tt.want)
			}
			without, _, _ := strings.Cut(tt.want, " have ") // a size includes the signature
			if err := testIssuer(t).Check(tt.header, tt.claims); err == nil || !strings.HasPrefix(err.Error(), without) {
				t.Errorf("without signing: got %v\nwant %s", err, tt.want)
			}
		})
	}
}

// Decode reads every token that Sign makes back as the same token.
func TestSignedTokensReadBackEqual(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	pieces := []string{
		`1`, `-0.50`, `1e400`, `9007199254740993`, ` "x" `, `"\u00e9\n"`, `"é"`, `"<&>"`, `null`, `[ 1, {"b" : 2} ]`, `{"b":[],"a":{}}`,
		`"\ud83d\ude00"`, `"\ud83d"`, `[`, ``,
	}
	names := []string{"a", "b", "é", "sub", "<x>", `"`, "\xff", "exp", "aud"}
	i := testIssuer(t)
	accepted := 0
	for range 5000 {
		var claims Object
		for range random.IntN(4) {
			claims = append(claims, Member{Name: names[random.IntN(len(names))], Value: json.RawMessage(pieces[random.IntN(len(pieces))])})
		}
		token, err := i.Sign(i.Header(), claims)
		if err != nil {
			continue
		}
		accepted++
		back, err := Decode(token.Compact)
		if err != nil || !reflect.DeepEqual(back, token) {
			t.Fatalf("%q: signed %+v, read %+v, %v", claims, token, back, err)
		}
	}
	if accepted < 1000 {
		t.Errorf("only %d were accepted, too few to tell", accepted)
	}
}

// The request of the caller is not changed.
func TestIssueLeavesTheRequestAlone(t *testing.T) {
	t.Parallel()
	i := testIssuer(t)
	i.Iss, i.Aud = "me", []string{"a", "b"}
	claims := Object{{Name: "iss", Value: jsontext.Quote("other")}, {Name: "x", Value: []byte(`[ 1 ]`)}}
	token, err := i.Issue(Request{Subject: "ada", Claims: claims})
	if err != nil {
		t.Fatal(err)
	}
	if string(claims[1].Value) != "[ 1 ]" || string(claims[0].Value) != `"other"` || i.Iss != "me" {
		t.Errorf("the request became %q", claims)
	}
	payload, _ := token.Claims.MarshalJSON()
	want := `{"sub":"ada","iss":"other","aud":["a","b"],"iat":1795442712,"exp":1795444512,` +
		`"jti":"30313233343536373839616263646566","x":[1]}`
	if string(payload) != want {
		t.Errorf("claims\n%s\nwant\n%s", payload, want)
	}
}

func TestIssueRefusesTextThatIsNotUTF8(t *testing.T) {
	t.Parallel()
	i := testIssuer(t)
	i.Iss = "a\xff"
	const want = "the issuer or the audience is not valid UTF-8"
	if _, err := i.Issue(Request{Subject: "ada"}); err == nil || sentence(err) != want {
		t.Errorf("issuer: %v, want %s", sentence(err), want)
	}
	i.Iss, i.Aud = "", []string{"ok", "\xff"}
	if _, err := i.Issue(Request{Subject: "ada"}); err == nil || sentence(err) != want {
		t.Errorf("audience: %v, want %s", sentence(err), want)
	}
	if _, err := NewHMACKey(HS256, []byte(testSecret), WithKeyID("\xff")); err == nil || sentence(err) != "the key ID is not valid UTF-8" {
		t.Errorf("key ID: %v", sentence(err))
	}
}

// The limit also applies to a token without iat.
func TestSignKeepsTheLimit(t *testing.T) {
	t.Parallel()
	i := testIssuer(t)
	i.MaxLifetime = time.Hour
	for claims, want := range map[string]time.Duration{
		`{"iat":1795442712,"exp":1795446313}`: time.Hour + time.Second,
		`{"exp":1795446313}`:                  time.Hour + time.Second,
		`{"iat":1900000000,"exp":1900000060}`: 1900000060*time.Second - 1795442712*time.Second,
		`{"iat":-1e400,"exp":1795446313}`:     time.Hour + time.Second,
		`{"iat":"x","exp":1795446313}`:        0,
	} {
		object, err := jsontext.ParseObject([]byte(claims))
		if err != nil {
			t.Fatal(err)
		}
		_, err = i.Sign(i.Header(), object)
		if check := i.Check(i.Header(), object); check == nil || check.Error() != err.Error() {
			t.Errorf("%s: without signing: %v", claims, check)
		}
		var limit *LimitError
		if errors.As(err, &limit) != (want > 0) || err == nil || want > 0 && limit.Lifetime != want {
			t.Errorf("%s: %v", claims, err)
		}
	}
}

// unread is randomness that must not be read.
type unread struct{ t *testing.T }

func (r unread) Read([]byte) (int, error) {
	r.t.Error("something was signed")
	return 0, errors.New("no randomness")
}

// Check makes no signature, as one with PS256 would read randomness.
func TestCheckDoesNotSign(t *testing.T) {
	t.Parallel()
	key, err := NewKey(PS256, testKeys()[PS256])
	if err != nil {
		t.Fatal(err)
	}
	i := Issuer{Key: key, Rand: unread{t}}
	claims := Object{{Name: "sub", Value: jsontext.Quote("ada")}}
	if err := i.Check(i.Header(), claims); err != nil {
		t.Error(err)
	}
}
