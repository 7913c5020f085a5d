package weak

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed words.txt
var wordsText string

const (
	// maxText is the length of the longest text that is compared with the words.
	maxText = 512
	// maxUnknown is how many characters of a placeholder may belong to no word, such as the
	// name of a project. So many random ones are no good secret either.
	maxUnknown = 12
)

// words is an index of words.txt.
type words struct {
	first [buckets]uint16 // the last word of a bucket, from 1
	list  []word
}

// buckets is how many groups the words are in, by their first two bytes.
const buckets = 1024

// bucket returns the group of words that start with two bytes. The second is 0 for a word of
// one byte.
func bucket(first, second byte) int { return (int(first)<<5 ^ int(second)) % buckets }

// word is a word of wordsText.
type word struct {
	at       uint16
	next     uint16 // another word of the bucket, from 1, or 0
	length   uint8
	language uint8 // a bit of languages
	strong   bool  // the word says by itself that a text is a placeholder
}

// languages is a set of languages, which are numbered as they come in words.txt.
type languages uint64

const english languages = 1

func (l languages) has(language uint8) bool { return l>>language&1 == 1 }

// vocabulary returns the words. Only a process that checks a secret reads them, and only once.
var vocabulary = sync.OnceValue(readWords)

func readWords() *words {
	w := &words{list: make([]word, 0, 4096)}
	next := word{}
	for at := 0; at < len(wordsText); {
		end := at
		for wordsText[end] > ' ' {
			end++
		}
		switch {
		case wordsText[at] == '=' && at > 0 && len(w.list) > 0:
			next.language++
			fallthrough
		case wordsText[at] == '#', wordsText[at] == '=':
			end += strings.IndexByte(wordsText[end:], '\n')
		case end > at:
			w.add(next, at, end)
		}
		at = end + 1
	}
	return w
}

// add adds the word in wordsText[at:end].
func (w *words) add(next word, at, end int) {
	next.strong = wordsText[end-1] == '!'
	if next.strong {
		end--
	}
	var second byte
	if end-at > 1 {
		second = wordsText[at+1]
	}
	head := &w.first[bucket(wordsText[at], second)]
	next.at, next.length, next.next = uint16(at), uint8(end-at), *head //nolint:gosec // a test checks the sizes
	w.list = append(w.list, next)
	*head = uint16(len(w.list)) //nolint:gosec // likewise
}

// reads reports whether the text reads like a placeholder: it is a chain of English words,
// or at least two thirds of it are words of one language, one of which says that the text
// is a placeholder. Case, accents, separators and digits that stand for letters make no
// difference.
func (w *words) reads(text string) bool {
	asLetters := strings.NewReplacer("@", "a", "$", "s")
	return utf8.ValidString(text) &&
		(w.readsAs(fold(text)) || strings.ContainsAny(text, "@$") && w.readsAs(fold(asLetters.Replace(text))))
}

// readsAs is reads for a text that was folded, from which so many symbols were dropped.
func (w *words) readsAs(text string, symbols int) bool {
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return false
	}
	for _, chain := range []string{text, strings.TrimRight(text, "0123456789")} {
		if half := len(chain) / 2; w.unknown(chain, english, half+1, half) <= half {
			return true
		}
	}
	limit := min(maxUnknown, (utf8.RuneCountInString(text)+symbols)/3) - symbols
	in, says := w.languages(text)
	if !says {
		return false
	}
	for language := range uint8(64) {
		if in.has(language) && w.unknown(text, english|1<<language, 1, limit) <= limit {
			return true
		}
	}
	return false
}

// languages returns the languages of the longer words in the text, and whether one of them
// says that it is a placeholder.
func (w *words) languages(text string) (in languages, says bool) {
	for i := range text {
		for each := range w.at(text[i:]) {
			if each.length >= 5 {
				in |= 1 << each.language
				says = says || each.strong
			}
		}
	}
	return in, says
}

// unknown returns how many characters of the text belong to no word of the languages, each
// times a weight, or to a word of one or two letters, which proves little. Above the limit
// the number does not matter.
func (w *words) unknown(text string, of languages, weight, limit int) int {
	least := make([]int, len(text)+1) // least[i] is the number for text[:i]
	for i := range least[1:] {
		least[i+1] = limit + 1
	}
	for i, r := range text {
		if least[i] > limit {
			continue
		}
		for each := range w.at(text[i:]) {
			n := int(each.length)
			if !of.has(each.language) {
				continue
			}
			cost := least[i]
			if n < 3 {
				cost += n
			}
			least[i+n] = min(least[i+n], cost)
		}
		next := i + utf8.RuneLen(r)
		least[next] = min(least[next], least[i]+weight)
	}
	return least[len(text)]
}

// at yields the words that the text starts with, some perhaps twice.
func (w *words) at(text string) iter.Seq[word] {
	return func(yield func(word) bool) {
		var seconds [3]byte
		if len(text) > 1 {
			seconds = readings(text[1])
		}
		for _, first := range readings(text[0]) {
			if first == 0 {
				return
			}
			if !w.inBucket(text, first, 0, yield) {
				return
			}
			for _, second := range seconds {
				if second != 0 && !w.inBucket(text, first, second, yield) {
					return
				}
			}
		}
	}
}

// inBucket yields the words of a bucket that the text starts with. It returns false after
// yield has.
func (w *words) inBucket(text string, first, second byte, yield func(word) bool) bool {
	for n := w.first[bucket(first, second)]; n > 0; n = w.list[n-1].next {
		each := w.list[n-1]
		if startsWith(text, wordsText[each.at:][:each.length]) && !yield(each) {
			return false
		}
	}
	return true
}

// readings returns a byte, and the letters that it may stand for.
func readings(b byte) [3]byte {
	all := [3]byte{b}
	copy(all[1:], letters(b))
	return all
}

// startsWith is [strings.HasPrefix] with digits for letters.
func startsWith(text, word string) bool {
	if len(text) < len(word) {
		return false
	}
	for i := range len(word) {
		if text[i] != word[i] && strings.IndexByte(letters(text[i]), word[i]) < 0 {
			return false
		}
	}
	return true
}

// leet has digits, each before the one or two letters that it may stand for.
const leet = "0o.1il3e.4a.5s.7t."

// letters returns the letters that a digit may stand for, and nothing for a letter.
func letters(digit byte) string {
	at := strings.IndexByte(leet, digit)
	if at < 0 || digit > '9' {
		return ""
	}
	return leet[at+1 : at+3]
}

// accents has letters with accents, each group after the letter without one.
const accents = "aæàáâãäåāăąạảấầẩẫậắằẳẵặ cçćĉč dďđ eèéêëēėęěẹẻẽếềểễệ gğģ iìíîïīįıỉĩị lĺļľł nñńņňŋ oœòóôõöøōőơọỏốồổỗộớờởỡợ rŕř " +
	"sßśşšș tţťț uùúûüūůűųưụủũứừửữự yýÿỳỷỹỵ zźżž εέ αάà οό ηή ιί υύ ωώ σς её"

// fold returns the letters and digits of a text in lower case and without accents, and how
// many symbols it dropped that do not just separate words.
func fold(text string) (letters string, symbols int) {
	letters = strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～': // full width
			r -= '！' - '!'
		case strings.ContainsRune(`@$#%^&*+=|\~`, r):
			symbols++
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return plain(unicode.ToLower(r))
	}, text)
	return letters, symbols
}

// plain returns a letter without its accent.
func plain(r rune) rune {
	if at := strings.IndexRune(accents, r); r >= utf8.RuneSelf && at >= 0 {
		r, _ = utf8.DecodeRuneInString(accents[strings.LastIndexByte(accents[:at], ' ')+1:])
	}
	return r
}
