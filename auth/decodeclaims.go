package auth

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// DecodeClaims reads the claims into v, a pointer to a struct, a map or anything
// else that [json.Unmarshal] takes. Numbers keep their digits: where v leaves the
// type open, as a field or a map of any does, a number is a [json.Number].
//
// A claim goes to the field of exactly its name, as RFC 7519 section 4 compares
// names; encoding/json alone would take "SUB" for "sub". Claims without a field
// are left out. Nothing is verified: ask [Verifier.Verify] first.
func (t *Token) DecodeClaims(v any) error {
	claims := t.Claims
	if claims == nil {
		return errors.New("decode the claims: none could be read")
	}
	if fields, isStruct := fieldNames(reflect.TypeOf(v)); isStruct {
		claims = Object{}
		for _, m := range t.Claims {
			if fields[m.Name] {
				claims = append(claims, m)
			}
		}
	}
	text, err := claims.MarshalJSON()
	if err != nil {
		return fmt.Errorf("decode the claims: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(v); err != nil {
		return fmt.Errorf("decode the claims: %w", err)
	}
	return nil
}

// fieldNames returns the names of the members that encoding/json reads into the
// struct that a pointer is to, and whether it is one. A type that reads JSON
// itself has no fields here.
func fieldNames(pointer reflect.Type) (names map[string]bool, isStruct bool) {
	if pointer == nil || pointer.Kind() != reflect.Pointer || pointer.Elem().Kind() != reflect.Struct ||
		pointer.Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return nil, false
	}
	names = map[string]bool{}
	for _, field := range reflect.VisibleFields(pointer.Elem()) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			name = field.Name
		}
		names[name] = true
	}
	return names, true
}
