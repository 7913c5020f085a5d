package explain

import (
	"encoding/json"
	"strings"
	"testing"
)

// reportOf returns the report of a token with these claims.
func reportOf(t *testing.T, claims string) *Report {
	t.Helper()
	return Token(Known{Result: Decoded(signed(t, testKey(t), claims))}, moment)
}

func TestCompare(t *testing.T) {
	t.Parallel()
	first := reportOf(t, `{"sub":"ada","name":"Zo\u00eb","exp":1795442772,"roles":["a","b"],"org":{"id":1,"name":"x"},"n":1,"null":null,`+
		`"old":true}`)
	second := reportOf(t, `{"new":null,"org":{"name":"x","id":1},"roles":["b","a"],"exp":1795446372,"n":1.0,"null":null,`+
		`"name":"Zoë","sub":"ada"}`)
	c := Compare(first, second)
	var got []string
	for _, m := range c.Claims {
		if (m.First == nil) != (m.How == OnlySecond) || (m.Second == nil) != (m.How == OnlyFirst) {
			t.Errorf("%s is %v, with %v and %v", m.Name, m.How, m.First, m.Second)
		}
		got = append(got, m.Name+" "+m.How.String())
	}
	equal(t, "the claims", strings.Join(got, ", "), "sub equal, name equal, exp changed, roles changed, org equal, n changed, null equal, "+
		"old only in the first, new only in the second")
	equal(t, "the header", c.Header[0].Name+" "+c.Header[0].How.Code(), "alg equal")
	differing, of := c.Differing()
	equal(t, "how many differ", differing, 5)
	equal(t, "of how many", of, len(c.Header)+9)
	equal(t, "the signature", c.SameSignature, false)
	equal(t, "the date", c.Claims[2].Second.Note(Clock{Now: moment}), "expires 2026-11-23 15:06:12 UTC, in 1h 1m")
}

func TestCompareEqual(t *testing.T) {
	t.Parallel()
	r := reportOf(t, `{"sub":"ada"}`)
	c := Compare(r, r)
	text, err := json.Marshal(c.JSON())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the JSON", string(text), `{"equal":true,"members":[`+
		`{"part":"header","name":"alg","state":"equal","first":"HS256","second":"HS256"},`+
		`{"part":"header","name":"typ","state":"equal","first":"JWT","second":"JWT"},`+
		`{"part":"claims","name":"sub","state":"equal","first":"ada","second":"ada"}],"signature_equal":true,"signature_checked":false}`)
}
