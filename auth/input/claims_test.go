package input

import (
	"errors"
	"slices"
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

// parse parses rows, or JSON.
func parse(text string) (jsontext.Object, int, error) {
	if strings.HasPrefix(text, "{") {
		return ParseClaims(text, refuse)
	}
	rows, line, err := ParseRows(text, refuse)
	return rows.Claims, line, err
}

// TestParseWithout: -name leaves a claim out, and a claim may have such a name.
func TestParseWithout(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"-jti": "jti", "- jti": "jti", "-sub\nrole=x\n-iat ": "sub,iat", "-a=1": "", "role=-x": "", "-header.kid": "header.kid",
	} {
		rows, line, err := ParseRows(text, func(jsontext.Member) error { return nil })
		if got := strings.Join(rows.Without, ","); err != nil || line != 0 || got != want {
			t.Errorf("%q: %q, line %d, %v, want %q", text, got, line, err, want)
		}
	}
	if rows, _, err := ParseRows("-a=1", refuse); err != nil || rows.Claims[0].Name != "-a" {
		t.Errorf("got %v, %v", rows, err)
	}
}

// TestParseRightRows: the rows that are right are there beside those that are wrong.
func TestParseRightRows(t *testing.T) {
	t.Parallel()
	rows, line, err := ParseRows("a=1\nrole\n-jti\n\na=2\nb=3\nsub=eve", refuse)
	claims, _ := rows.Claims.MarshalJSON()
	if string(claims) != `{"a":"1","b":"3"}` || !slices.Equal(rows.Without, []string{"jti"}) ||
		!slices.Equal(rows.Wrong, []int{2, 5, 7}) || line != 2 || err == nil {
		t.Errorf("got %s, %+v, line %d, %v", claims, rows, line, err)
	}
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
		claims, line, err := parse(text)
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
		{"a=1\nrole", "role has no value yet", "write role=text or role:=json", 2},
		{"-", "the row names nothing to leave out", "write -name", 1},
		{"a=1\n-a", "a is already in row 1", "keep one of them", 2},
		{":", "the claim has no =", "write name=value for text or name:=json for anything else", 1},
		{"\na:=[1,", "row 2: expected a JSON value, found the end at column 7", "", 2},
		{"a=1\n\nb=2\na=3", "a is already in row 1", "keep one of them", 4},
		{"a=1\nsub=eve", "not here", "", 2},
		{"a=1\nsub=eve\na=1", "not here", "", 2},
		{"{\n  \"a\": 1,\n  b\n}", "expected a name in double quotes, found 'b' at line 3, column 3", "", 3},
		{"{\n \"a\": 1,\n \"a\": 2}", `duplicate name "a" at line 3, column 2`, "", 3},
		{"{\n \"a\": {\"sub\":\n1},\n\"b\": [\"sub\", {}],\n \"s\\u0075b\"\n:1}", "not here", "", 5},
		{"{\"sub\":1}", "not here", "", 1},
	} {
		claims, line, err := parse(test.text)
		if strings.HasPrefix(test.text, "{") && claims != nil {
			t.Errorf("%q: %v", test.text, claims)
		}
		if err == nil || line != test.line || err.Error() != test.want || advice.Of(err) != test.advice {
			t.Errorf("%q: %v, line %d, %v (%s), want line %d, %s", test.text, claims, line, err, advice.Of(err), test.line, test.want)
		}
	}
}
