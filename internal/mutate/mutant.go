package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// kind is one of the five kinds of change.
type kind string

const (
	negate   kind = "negate"
	bound    kind = "bound"
	drop     kind = "drop"
	constant kind = "constant"
	swallow  kind = "swallow"
)

// mutant is one change to one file: the bytes from start to end become text.
type mutant struct {
	key        string
	file       string
	line       int
	source     []byte
	start, end int
	text       string
}

// changed returns the changed file.
func (m mutant) changed() []byte {
	return slices.Concat(m.source[:m.start], []byte(m.text), m.source[m.end:])
}

// diff returns the lines that the change touches, before and after it.
func (m mutant) diff() string {
	from := strings.LastIndexByte(string(m.source[:m.start]), '\n') + 1
	to := len(m.source)
	if i := strings.IndexByte(string(m.source[m.end:]), '\n'); i >= 0 {
		to = m.end + i
	}
	before := string(m.source[from:to])
	after := string(m.source[from:m.start]) + m.text + string(m.source[m.end:to])
	return "-" + strings.ReplaceAll(before, "\n", "\n-") + "\n+" + strings.ReplaceAll(after, "\n", "\n+")
}

// setKeys sets the key of each mutant of a file. Mutants with the same key are
// numbered in their order.
func setKeys(mutants []mutant, names []string, kinds []kind) {
	seen := map[string]int{}
	for i := range mutants {
		m := &mutants[i]
		key := fmt.Sprintf("%s:%s:%s:%s", filepath.ToSlash(m.file), names[i], kinds[i], short(string(m.source[m.start:m.end])))
		if kinds[i] != drop {
			key += " -> " + short(m.text)
		}
		if seen[key]++; seen[key] > 1 {
			key = fmt.Sprintf("%s #%d", key, seen[key])
		}
		m.key = key
	}
}

// short returns a piece of code on one line.
func short(code string) string {
	const most = 70
	code = strings.Join(strings.Fields(code), " ")
	if runes := []rune(code); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return code
}

// ranked returns the mutants in the order of a draw with that seed.
func ranked(mutants []mutant, seed uint64) []mutant {
	rank := make(map[string]uint64, len(mutants))
	for _, m := range mutants {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s", seed, m.key))
		rank[m.key] = binary.BigEndian.Uint64(sum[:])
	}
	out := slices.Clone(mutants)
	slices.SortFunc(out, func(a, b mutant) int { return cmp.Compare(rank[a.key], rank[b.key]) })
	return out
}
