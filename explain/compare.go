package explain

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
)

// Comparison says member by member what two tokens have in common.
type Comparison struct {
	// Header and Claims are the members of the first token in their order, and then those
	// that only the second one has.
	Header, Claims []Compared
	// SameSignature says that the signatures are the same bytes.
	SameSignature bool
}

// Compared is a header parameter or a claim of two tokens.
type Compared struct {
	Name string
	How  Likeness
	// First and Second are the member in each token, or nil.
	First, Second *Member
}

// Likeness says how a member of two tokens compares.
type Likeness int

// The ways in which a member compares.
const (
	Equal Likeness = iota
	Changed
	OnlyFirst
	OnlySecond
)

// Code returns a stable name for programs.
func (l Likeness) Code() string {
	return [...]string{Equal: "equal", Changed: "changed", OnlyFirst: "only_first", OnlySecond: "only_second"}[l]
}

// String returns the likeness in words.
func (l Likeness) String() string {
	return [...]string{Equal: "equal", Changed: "changed", OnlyFirst: "only in the first", OnlySecond: "only in the second"}[l]
}

// Tone returns how much the likeness matters.
func (l Likeness) Tone() Tone {
	if l == Equal {
		return Quiet
	}
	return Warn
}

// Compare compares two tokens. Values are equal if they mean the same JSON: the order of
// members and the way in which a string is escaped do not matter, every digit does.
func Compare(first, second *Report) Comparison {
	return Comparison{
		Header:        compare(first.Header, second.Header),
		Claims:        compare(first.Claims, second.Claims),
		SameSignature: bytes.Equal(first.Token.Signature, second.Token.Signature),
	}
}

// Differing returns how many members are not equal, and of how many.
func (c *Comparison) Differing() (n, of int) {
	for _, m := range slices.Concat(c.Header, c.Claims) {
		if m.How != Equal {
			n++
		}
		of++
	}
	return n, of
}

func compare(first, second []Member) []Compared {
	out := make([]Compared, 0, len(first))
	for i := range first {
		m := Compared{Name: first[i].Name, How: OnlyFirst, First: &first[i]}
		if j := slices.IndexFunc(second, func(s Member) bool { return s.Name == m.Name }); j >= 0 {
			m.Second, m.How = &second[j], Changed
			if sameJSON(m.First.Raw, m.Second.Raw) {
				m.How = Equal
			}
		}
		out = append(out, m)
	}
	for j := range second {
		name := second[j].Name
		if !slices.ContainsFunc(first, func(f Member) bool { return f.Name == name }) {
			out = append(out, Compared{Name: name, How: OnlySecond, Second: &second[j]})
		}
	}
	return out
}

// sameJSON reports whether two values mean the same. Numbers are compared as texts.
func sameJSON(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	var values [2]any
	for i, raw := range []json.RawMessage{a, b} {
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.UseNumber()
		if decoder.Decode(&values[i]) != nil {
			return false
		}
	}
	return reflect.DeepEqual(values[0], values[1])
}

// Comparing is the JSON of a comparison.
type Comparing struct {
	Equal            bool       `json:"equal"`
	Members          []Likening `json:"members"`
	SignatureEqual   bool       `json:"signature_equal"`
	SignatureChecked bool       `json:"signature_checked"`
}

// Likening is the JSON of a member of two tokens.
type Likening struct {
	Part   string          `json:"part"`
	Name   string          `json:"name"`
	State  string          `json:"state"`
	First  json.RawMessage `json:"first"`
	Second json.RawMessage `json:"second"`
}

// JSON returns the comparison as JSON.
func (c *Comparison) JSON() Comparing {
	differing, of := c.Differing()
	out := Comparing{Equal: differing == 0, SignatureEqual: c.SameSignature, Members: make([]Likening, 0, of)}
	add := func(part string, members []Compared) {
		for _, m := range members {
			out.Members = append(out.Members, Likening{part, m.Name, m.How.Code(), rawOf(m.First), rawOf(m.Second)})
		}
	}
	add("header", c.Header)
	add("claims", c.Claims)
	return out
}

// rawOf returns the exact value of a member, or null without one.
func rawOf(m *Member) json.RawMessage {
	if m == nil {
		return json.RawMessage("null")
	}
	return m.Raw
}
