package fuzzy_test

import (
	"slices"
	"testing"

	"tokendesk/internal/fuzzy"
)

func TestFind(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		query, text string
		at          []int // nil: there is no match
	}{
		{"adm", "admin", []int{0, 1, 2}},
		{"ADM", "admin", []int{0, 1, 2}},
		{"cpa", "Copy as", []int{0, 2, 5}},
		{"ca", "Copy as", []int{0, 5}},
		{"as", "Copy as", []int{5, 6}},
		{"as copy", "Copy as", []int{0, 1, 2, 3, 5, 6}},
		{"ee", "free tree", []int{2, 3}},
		{"aa", "a", nil},
		{"dm", "admin", []int{1, 2}},
		{"ad", "load a dump", []int{5, 7}},
		{"lr", "admin läßt älr", []int{12, 13}},
		{"яу", "ЯЗУ", []int{0, 2}},
		{"x", "", nil},
		{"mda", "admin", nil},
		{"", "anything", []int{}},
	} {
		m, ok := fuzzy.Find(tt.query, tt.text)
		if ok != (tt.at != nil) || !slices.Equal(m.At, tt.at) {
			t.Errorf("%q in %q: %v %t, want %v", tt.query, tt.text, m.At, ok, tt.at)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		query, text string
		at          []int
	}{
		{"adm", "test-Admin", []int{5, 6, 7}},
		{"shop ad", "ada@shop.example", []int{0, 1, 4, 5, 6, 7}},
		{"aa", "a", nil},
		{"amn", "admin", nil},
		{"", "x", []int{}},
	} {
		m, ok := fuzzy.Words(tt.query, tt.text)
		if ok != (tt.at != nil) || !slices.Equal(m.At, tt.at) {
			t.Errorf("%q in %q: %v %t, want %v", tt.query, tt.text, m.At, ok, tt.at)
		}
	}
}

// Each query ranks its texts from the best to the worst.
func TestRanking(t *testing.T) {
	t.Parallel()
	for query, texts := range map[string][]string{
		"adm":   {"admin", "test-admin", "add a member", "load memory"},
		"co":    {"Copy", "Write and copy", "Clear old ones", "Decode"},
		"ca":    {"Cancel", "Copy as", "Recall all"},
		"board": {"Board", "Add to board", "Be on a red day"},
		"quit":  {"Quit", "Equities"},
	} {
		last := 1 << 20
		for _, text := range texts {
			m, ok := fuzzy.Find(query, text)
			if !ok || m.Score >= last {
				t.Errorf("%q in %q: %d %t, want less than %d", query, text, m.Score, ok, last)
			}
			last = m.Score
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("cp a", "Copy as")
	f.Fuzz(func(t *testing.T, query, text string) {
		m, ok := fuzzy.Find(query, text)
		if !ok {
			return
		}
		n := len([]rune(text))
		for i, at := range m.At {
			if at < 0 || at >= n || i > 0 && at <= m.At[i-1] {
				t.Errorf("%q in %q: %v", query, text, m.At)
			}
		}
	})
}
