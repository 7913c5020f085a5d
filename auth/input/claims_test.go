package input

import (
	"errors"
	"strings"
	"testing"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// refuse is a check that refuses the claim "sub".
func refuse(m jsontext.Member) error {
	if m.Name == "sub" {
		return errors.New("not here")
	}
	return nil
}

func TestParseClaims(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                    `null`,
		" \n ":                                `null`,
		"role=admin\n\nlevel:= 3 ":            `{"role":"admin","level":3}`,
		"{}":                                  `{}`,
		"{\n \"a\" : [1, 2],\n \"b\": 1.10 }": `{"a":[1,2],"b":1.10}`,
	} {
		claims, line, err := ParseClaims(text, strings.HasPrefix(text, "{"), refuse)
		written := []byte("null")
		if claims != nil {
			written, _ = claims.MarshalJSON()
		}
		if err != nil || line != 0 || string(written) != want {
			t.Errorf("%q: %s, line %d, %v, want %s", text, written, line, err, want)
		}
	}
}

func TestParseClaimsRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text, want, advice string
		line               int
	}{
		{"a=1\nrole", "the claim has no =", "write name=value for text or name:=json for anything else", 2},
		{"\na:=[1,", "row 2: expected a JSON value, found the end at column 7", "", 2},
		{"a=1\n\nb=2\na=3", "a is already in row 1", "keep one of them", 4},
		{"a=1\nsub=eve", "not here", "", 2},
		{"a=1\nsub=eve\na=1", "not here", "", 2},
		{"{\n  \"a\": 1,\n  b\n}", "expected a name in double quotes, found 'b' at line 3, column 3", "", 3},
		{"{\n \"a\": 1,\n \"a\": 2}", `duplicate name "a" at line 3, column 2`, "", 3},
		{"{\n \"a\": {\"sub\":\n1},\n\"b\": [\"sub\", {}],\n \"s\\u0075b\"\n:1}", "not here", "", 5},
		{"{\"sub\":1}", "not here", "", 1},
	} {
		claims, line, err := ParseClaims(test.text, test.text[0] == '{', refuse)
		if err == nil || claims != nil || line != test.line || err.Error() != test.want || advice.Of(err) != test.advice {
			t.Errorf("%q: %v, line %d, %v (%s), want line %d, %s", test.text, claims, line, err, advice.Of(err), test.line, test.want)
		}
	}
}
