package main

import (
	"go/format"
	"slices"
	"strings"
	"testing"
)

const sample = `package sample

import "errors"

const limit = 16

type box struct {
	n int ` + "`json:\"n\"`" + `
}

func (b *box) put(list []int, err error) ([]int, error) {
	if err != nil {
		return nil, err
	}
	if len(list) < limit && (b.n > 3 || list[0] == 'a') {
		b.n++
		return append(list[:2], 0), nil
	}
	switch {
	case b.n == 7:
		b.reset()
	}
	return nil, errors.New("full")
}

func (b *box) reset() {
	for b.n > 0 {
		b.n--
	}
	b.n--
	done = true
}

var done bool
`

func TestFind(t *testing.T) {
	t.Parallel()
	want := []string{
		`limit:constant:16 -> 17`,
		`box.put:negate:err != nil -> !(err != nil)`,
		`box.put:swallow:err != nil -> false && (err != nil)`,
		`box.put:negate:len(list) < limit && (b.n > 3 || list[0] == 'a') -> !(len(list) < limit && (b.n > 3 || list[0] == 'a'))`,
		`box.put:negate:len(list) < limit -> !(len(list) < limit)`,
		`box.put:bound:< -> <=`,
		`box.put:negate:b.n > 3 -> !(b.n > 3)`,
		`box.put:negate:list[0] == 'a' -> !(list[0] == 'a')`,
		`box.put:bound:> -> >=`,
		`box.put:bound:3 -> 4`,
		`box.put:bound:3 -> 2`,
		`box.put:bound:0 -> 1`,
		`box.put:bound:0 -> -1`,
		`box.put:constant:'a' -> 98`,
		`box.put:bound:2 -> 3`,
		`box.put:bound:2 -> 1`,
		`box.put:constant:0 -> 1`,
		`box.put:negate:b.n == 7 -> !(b.n == 7)`,
		`box.put:constant:7 -> 8`,
		`box.put:drop:return nil, err`,
		`box.put:swallow:err -> nil`,
		`box.put:drop:b.n++`,
		`box.put:drop:return append(list[:2], 0), nil`,
		`box.put:drop:b.reset()`,
		`box.put:drop:return nil, errors.New("full")`,
		`box.put:swallow:errors.New("full") -> nil`,
		`box.put:constant:"full" -> ""`,
		`box.reset:negate:b.n > 0 -> !(b.n > 0)`,
		`box.reset:bound:> -> >=`,
		`box.reset:bound:0 -> 1`,
		`box.reset:bound:0 -> -1`,
		`box.reset:drop:b.n--`,
		`box.reset:drop:b.n-- #2`,
		`box.reset:drop:done = true`,
		`box.reset:constant:true -> false`,
	}
	mutants, err := find("sample.go", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range mutants {
		got = append(got, strings.TrimPrefix(m.key, "sample.go:"))
		if _, err := format.Source(m.changed()); err != nil {
			t.Errorf("%s does not parse: %v", m.key, err)
		}
	}
	for _, key := range want {
		if !slices.Contains(got, shortKey(key)) {
			t.Errorf("missing: %s", key)
		}
	}
	for _, key := range got {
		if !slices.ContainsFunc(want, func(w string) bool { return shortKey(w) == key }) {
			t.Errorf("not expected: %s", key)
		}
	}
}

// shortKey cuts both pieces of code in a key as setKeys does.
func shortKey(key string) string {
	head, code, _ := strings.Cut(key, ":")
	kind, code, _ := strings.Cut(code, ":")
	before, after, both := strings.Cut(code, " -> ")
	if !both {
		return head + ":" + kind + ":" + short(code)
	}
	return head + ":" + kind + ":" + short(before) + " -> " + short(after)
}

func TestDiff(t *testing.T) {
	t.Parallel()
	mutants, err := find("sample.go", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(mutants, func(m mutant) bool { return strings.HasSuffix(m.key, "put:bound:< -> <=") })
	const want = "-\tif len(list) < limit && (b.n > 3 || list[0] == 'a') {\n" +
		"+\tif len(list) <= limit && (b.n > 3 || list[0] == 'a') {"
	if got := mutants[i].diff(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := mutants[i].line; got != 15 {
		t.Errorf("line %d", got)
	}
}

// A draw is stable: its changes stay drawn in the same order when code is added
// before them.
func TestRanked(t *testing.T) {
	t.Parallel()
	before, err := find("sample.go", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	after, err := find("sample.go", []byte(strings.Replace(sample, "const limit", "const more = 3\n\nconst limit", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if len(after) != len(before)+1 {
		t.Fatalf("%d changes, then %d", len(before), len(after))
	}
	keys := func(mutants []mutant) []string {
		var out []string
		for _, m := range mutants {
			if !strings.Contains(m.key, ":more:") {
				out = append(out, m.key)
			}
		}
		return out
	}
	if !slices.Equal(keys(ranked(before, 10)), keys(ranked(after, 10))) {
		t.Error("one more constant changes the order of the others")
	}
	if slices.Equal(keys(ranked(before, 10)), keys(ranked(before, 11))) {
		t.Error("another seed gives the same order")
	}
}

func TestParseEquivalents(t *testing.T) {
	t.Parallel()
	why, err := parseEquivalents("# about\n\na.go:f:drop:x++\n\tnobody reads x,\n\tever\nb.go:g:drop:y++\n\tnor y\n")
	if err != nil || len(why) != 2 || why["a.go:f:drop:x++"] != "nobody reads x, ever" || why["b.go:g:drop:y++"] != "nor y" {
		t.Errorf("got %q, %v", why, err)
	}
	for _, text := range []string{"\ta reason\n", "a.go:f:drop:x++\n"} {
		if _, err := parseEquivalents(text); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}

// The equivalent changes are changes to the code as it is.
func TestEquivalentsAreThere(t *testing.T) {
	t.Chdir("../..")
	why, err := parseEquivalents(equivalents)
	if err != nil || len(why) == 0 {
		t.Fatalf("%d keys, %v", len(why), err)
	}
	mutants, err := findAll("auth")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mutants {
		delete(why, m.key)
	}
	for key := range why {
		t.Errorf("no change has the key %s: find it with -list, or remove it", key)
	}
}
