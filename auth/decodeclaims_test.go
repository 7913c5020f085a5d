package auth

import (
	"encoding/json"
	"testing"
)

func TestDecodeClaims(t *testing.T) {
	t.Parallel()
	type inner struct {
		Scope string `json:"scope"`
	}
	type named struct {
		inner
		Subject string `json:"sub"`
		Exp     int64  `json:"exp"`
		ID      any
		Left    string `json:"-"`
	}
	token, err := Decode(compactOf(hs256,
		`{"SUB":"eve","sub":"ada","Sub":"eve","exp":1795444512,"ID":9007199254740993,"scope":"read","Left":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	var into named
	if err := token.DecodeClaims(&into); err != nil {
		t.Fatal(err)
	}
	if want := (named{inner{"read"}, "ada", 1795444512, json.Number("9007199254740993"), ""}); into != want {
		t.Errorf("%+v, want %+v", into, want)
	}
	all := map[string]any{}
	if err := token.DecodeClaims(&all); err != nil || all["SUB"] != "eve" || all["ID"] != json.Number("9007199254740993") {
		t.Errorf("%v, %v", all, err)
	}
	var object Object
	if err := token.DecodeClaims(&object); err != nil || len(object) != len(token.Claims) {
		t.Errorf("%v, %v", object, err)
	}
	var typed struct {
		Sub int `json:"sub"`
	}
	for _, v := range []any{&typed, nil, named{}, (*named)(nil)} {
		if err := token.DecodeClaims(v); err == nil {
			t.Errorf("%T was filled", v)
		}
	}
	if err := (&Token{}).DecodeClaims(&all); err == nil || sentence(err) != "decode the claims: they could not be read" {
		t.Errorf("without claims: %v", sentence(err))
	}
}
