// Package fuzzy finds texts by some of their letters, in order: "cpa" finds "Copy as".
package fuzzy

import (
	"slices"
	"strings"
	"unicode"
)

// Match says how well a text matches a query.
type Match struct {
	Score int   // the higher, the better
	At    []int // the characters of the text that matched, in order
}

// What a letter of the query counts, by where the text has it.
const (
	anywhere  = 1
	wordStart = 9  // the first letter of a word
	textStart = 3  // in addition: the first letter of the text
	next      = 10 // behind the letter before it in the query
	gap       = 3  // is lost where letters of the text lie between
)

// Find matches a text with a query. Each word of the query must have its letters in the text,
// in order, whatever their case; the words may be in any order. An empty query matches every
// text.
func Find(query, text string) (Match, bool) {
	var m Match
	letters := fold(text)
	for word := range strings.FieldsSeq(query) {
		score, at, ok := best(fold(word), letters)
		if !ok {
			return Match{}, false
		}
		m.Score += score
		m.At = append(m.At, at...)
	}
	slices.Sort(m.At)
	m.At = slices.Compact(m.At)
	return m, true
}

// Words matches a text that has each word of the query as it is, whatever its case.
func Words(query, text string) (Match, bool) {
	var m Match
	letters := fold(text)
	for word := range strings.FieldsSeq(query) {
		sought := fold(word)
		at := -1
		for i := 0; at < 0 && i+len(sought) <= len(letters); i++ {
			if slices.Equal(letters[i:i+len(sought)], sought) {
				at = i
			}
		}
		if at < 0 {
			return Match{}, false
		}
		m.Score += worth(letters, at) + (len(sought)-1)*(anywhere+next)
		for i := range sought {
			m.At = append(m.At, at+i)
		}
	}
	slices.Sort(m.At)
	m.At = slices.Compact(m.At)
	return m, true
}

func fold(text string) []rune {
	letters := []rune(text)
	for i, r := range letters {
		letters[i] = unicode.ToLower(r)
	}
	return letters
}

// cell is the best match of the first letters of a word that ends at a place of the text.
type cell struct {
	score, from int // from is the place of the letter before
	ok          bool
}

// best returns the best match of a word.
func best(word, text []rune) (score int, at []int, ok bool) {
	rows := make([][]cell, len(word))
	for i, letter := range word {
		rows[i] = make([]cell, len(text))
		before, found := 0, -1 // the place of the best match of the letters before, with a gap
		for j, r := range text {
			if i > 0 && j > 1 && rows[i-1][j-2].ok && (found < 0 || rows[i-1][j-2].score > before) {
				before, found = rows[i-1][j-2].score, j-2
			}
			if r != letter {
				continue
			}
			here := cell{score: worth(text, j), from: found, ok: i == 0 || found >= 0}
			if found >= 0 {
				here.score += before - gap
			}
			if i > 0 && j > 0 && rows[i-1][j-1].ok {
				if joined := worth(text, j) + rows[i-1][j-1].score + next; !here.ok || joined >= here.score {
					here = cell{joined, j - 1, true}
				}
			}
			rows[i][j] = here
		}
	}
	return trace(rows)
}

// worth returns what a letter counts at a place of the text.
func worth(text []rune, at int) int {
	switch {
	case at == 0:
		return anywhere + wordStart + textStart
	case isWord(text[at]) && !isWord(text[at-1]):
		return anywhere + wordStart
	default:
		return anywhere
	}
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// trace returns the score and the places of the best match of all letters.
func trace(rows [][]cell) (score int, at []int, ok bool) {
	last := len(rows) - 1
	end := -1
	for j, c := range rows[last] {
		if c.ok && (end < 0 || c.score > rows[last][end].score) {
			end = j
		}
	}
	if end < 0 {
		return 0, nil, false
	}
	score = rows[last][end].score
	at = make([]int, len(rows))
	for i := last; i >= 0; i-- {
		at[i] = end
		end = rows[i][end].from
	}
	return score, at, true
}
