package input

import (
	"errors"
	"testing"

	"tokendesk/auth/jsontext"
)

func TestParseClaim(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		"role=admin":                 `role="admin"`,
		"role = admin ":              `role=" admin "`,
		"n=42":                       `n="42"`,
		"n:=42":                      `n=42`,
		"big:=9007199254740993":      `big=9007199254740993`,
		"ok:=true":                   `ok=true`,
		"none:=null":                 `none=null`,
		`scopes:=["read","write"]`:   `scopes=["read","write"]`,
		"b64=YWJj==":                 `b64="YWJj=="`,
		"eq:=\"a=b\"":                `eq="a=b"`,
		"empty=":                     `empty=""`,
		"https://a.example/r=x":      `https://a.example/r="x"`,
		"html=<b>&":                  `html="<b>&"`,
		`quote="x"`:                  `quote="\"x\""`,
		"o:={\"a\": [1, {\"b\":2}]}": `o={"a": [1, {"b":2}]}`,
	} {
		m, err := ParseClaim(row)
		if got := m.Name + "=" + string(m.Value); err != nil || got != want {
			t.Errorf("%s: %s, %v, want %s", row, got, err, want)
		}
	}
}

func TestParseClaimRefuses(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		"role":             "the claim has no =; write name=value for text or name:=json for anything else",
		"=x":               "the claim has no name before the =",
		":=1":              "the claim has no name before the =",
		"a=\xff":           "the claim is not valid UTF-8",
		"a:=":              `there is no JSON after :=; write a value such as true, 42 or ["read"]`,
		"a:=tru":           "expected a JSON value, found 't' at line 1, column 4",
		"zoë:=[1,]":        "expected a JSON value, found ']' at line 1, column 9",
		"a:=1 2":           "unexpected '2' after the value at line 1, column 6",
		"a:=01":            "invalid number at line 1, column 4",
		"a:=1.":            "invalid number at line 1, column 4",
		"a:=+1":            "expected a JSON value, found '+' at line 1, column 4",
		"a:=NaN":           "expected a JSON value, found 'N' at line 1, column 4",
		"a:={\"x\":1":      "expected a comma or '}', found the end at line 1, column 10",
		"a:={x:1}":         "expected a name in double quotes, found 'x' at line 1, column 5",
		"a:=\"x":           "unterminated string at line 1, column 4",
		`a:="\q"`:          "invalid escape sequence at line 1, column 5",
		`a:="\u12x4"`:      "invalid escape sequence at line 1, column 5",
		`a:={"x" 1}`:       "expected a colon after the name, found '1' at line 1, column 9",
		`a:={"x":1,"x"}`:   "expected a colon after the name, found '}' at line 1, column 14",
		`a:={"x":1,"x":2}`: `duplicate name "x" at line 1, column 11`,
	} {
		m, err := ParseClaim(row)
		if err == nil || sentence(err) != want || m.Name != "" || m.Value != nil {
			t.Errorf("%s: %+v, %v, want %s", row, m, err, want)
		}
	}
}

// The column of an error counts from the start of the row on its first line, and from
// the start of the line on others.
func TestParseClaimPlaces(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]jsontext.SyntaxError{
		"é:=[1,\n 2,]": {Offset: 11, Line: 2, Column: 4},
		"é:=[1,]":      {Offset: 7, Line: 1, Column: 7},
		"é:= tru":      {Offset: 5, Line: 1, Column: 5},
	} {
		_, err := ParseClaim(row)
		var got *jsontext.SyntaxError
		if !errors.As(err, &got) || got.Offset != want.Offset || got.Line != want.Line || got.Column != want.Column {
			t.Errorf("%q: %#v, want %+v", row, err, want)
		}
	}
}

func TestFormatClaim(t *testing.T) {
	t.Parallel()
	for want, m := range map[string]jsontext.Member{
		"role=admin":    jsontext.Text("role", "admin"),
		"text=a=b é":    jsontext.Text("text", "a=b é"),
		"empty=":        jsontext.Text("empty", ""),
		`lines:="a\nb"`: jsontext.Text("lines", "a\nb"),
		`colon::="x"`:   jsontext.Text("colon:", "x"),
		"n:=1.50":       {Name: "n", Value: []byte("1.50")},
	} {
		if got := FormatClaim(m); got != want {
			t.Errorf("%s=%s is written %q, want %q", m.Name, m.Value, got, want)
		}
	}
}

func TestFormatClaimReadsBack(t *testing.T) {
	t.Parallel()
	for _, m := range []jsontext.Member{
		{Name: "role", Value: jsontext.Quote("admin")},
		{Name: "text", Value: jsontext.Quote("a=b")},
		{Name: "lines", Value: jsontext.Quote("a\nb")},
		{Name: "colon:", Value: jsontext.Quote("x")},
		{Name: "n", Value: []byte("42")},
		{Name: "list", Value: []byte(`["a",1]`)},
	} {
		row := FormatClaim(m)
		back, err := ParseClaim(row)
		if err != nil || back.Name != m.Name || string(back.Value) != string(m.Value) {
			t.Errorf("%s=%s is written %q, which reads %s=%s, %v", m.Name, m.Value, row, back.Name, back.Value, err)
		}
	}
}
