package auth

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// DecodeClaims decodes the claims into v, a pointer to a struct, a map or anything else
// that [json.Unmarshal] accepts. Numbers keep their digits: where v has a field or a map
// of type any, a number is a [json.Number].
//
// A claim is decoded into the field with exactly its name, as RFC 7519 section 4 compares
// names; encoding/json alone would accept "SUB" for "sub". Claims without a field are
// ignored. Nothing is verified: call [Verifier.Verify] first.
func (t *Token) DecodeClaims(v any) error {
	claims := t.Claims
	if claims == nil {
		return errors.New("decode the claims: they could not be read")
	}
	if fields, isStruct := fieldNames(reflect.TypeOf(v)); isStruct {
		claims = slices.DeleteFunc(slices.Clone(claims), func(m Member) bool { return !fields[m.Name] })
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

// fieldNames returns the names of the members that encoding/json decodes into a struct,
// given the type of a pointer to it. It returns false for any other type, and for a type
// that unmarshals JSON itself.
func fieldNames(pointer reflect.Type) (names map[string]bool, isStruct bool) {
	if pointer == nil || pointer.Kind() != reflect.Pointer || pointer.Elem().Kind() != reflect.Struct ||
		pointer.Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return nil, false
	}
	names = map[string]bool{}
	for _, field := range reflect.VisibleFields(pointer.Elem()) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names[cmp.Or(name, field.Name)] = true
	}
	return names, true
}
