package project

import (
	"slices"
	"strings"
	"unicode"
)

// words splits a name into words in capitals: at _ . - : and at camel humps. Words that are
// written as one, such as JWTSECRET, are separated.
func words(name string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("_.-:", r) }) {
		for _, hump := range humps(part) {
			all = append(all, separate(strings.ToUpper(hump))...)
		}
	}
	return joinJWT(all)
}

// humps splits camel case: "JwtSecretKey" is Jwt, Secret, Key, and "JWTSecret" is JWT, Secret.
func humps(part string) []string {
	runes := []rune(part)
	var all []string
	from := 0
	for i := 1; i < len(runes); i++ {
		up := unicode.IsUpper(runes[i])
		ends := up && !unicode.IsUpper(runes[i-1])
		acronym := up && unicode.IsUpper(runes[i-1]) && i+1 < len(runes) && unicode.IsLower(runes[i+1])
		if ends || acronym {
			all = append(all, string(runes[from:i]))
			from = i
		}
	}
	return append(all, string(runes[from:]))
}

// glued are the words that names are written of without a separator.
var glued = strings.Fields(`JWT SECRET KEY TOKEN ACCESS REFRESH AUTH APP API PRIVATE PUBLIC SIGNING CLIENT SESSION COOKIE SALT BASE
	ISSUER AUDIENCE ALGORITHM PATH FILE EXPIRATION EXPIRY EXPIRES EXPIRE EXPIRED LIFETIME DURATION TTL MAX AGE TIME IN MS OR MY`)

// separate splits a word that consists of glued ones, as JWTSECRETKEY does.
func separate(word string) []string {
	if plural, ok := strings.CutSuffix(word, "TOKENS"); ok {
		word = plural + "TOKEN"
	}
	if all := segments(word); all != nil {
		return all
	}
	return []string{word}
}

// segments returns the glued words that the text consists of, or nil.
func segments(text string) []string {
	if slices.Contains(glued, text) {
		return []string{text}
	}
	for _, first := range glued {
		if rest, ok := strings.CutPrefix(text, first); ok && rest != "" {
			if others := segments(rest); others != nil {
				return append([]string{first}, others...)
			}
		}
	}
	return nil
}

// joinJWT writes JSON WEB TOKEN as JWT.
func joinJWT(all []string) []string {
	for i := 0; i+2 < len(all); i++ {
		if all[i] == "JSON" && all[i+1] == "WEB" && all[i+2] == "TOKEN" {
			return append(append(slices.Clone(all[:i]), "JWT"), all[i+3:]...)
		}
	}
	return all
}

// matches reports whether words have the form of a pattern. In a pattern * is any number of
// words, A|B is one of several words, and $set is a word of a set.
func matches(pattern string, all []string, sets func(set, word string) bool) bool {
	last := pattern[strings.LastIndexByte(pattern, ' ')+1:] // it rules out most patterns
	if last != "*" && (len(all) == 0 || !matchesWord(last, all[len(all)-1], sets)) {
		return false
	}
	return matchesAll(pattern, all, sets)
}

// matchesAll is matches without the look at the last word.
func matchesAll(pattern string, all []string, sets func(set, word string) bool) bool {
	first, rest, _ := strings.Cut(pattern, " ")
	switch {
	case first == "":
		return len(all) == 0
	case first == "*" && rest == "":
		return true
	case first == "*":
		for n := range len(all) {
			if matchesAll(rest, all[n:], sets) {
				return true
			}
		}
		return false
	}
	return len(all) > 0 && matchesWord(first, all[0], sets) && matchesAll(rest, all[1:], sets)
}

// matchesWord reports whether a word is one of the alternatives.
func matchesWord(pattern, word string, sets func(set, word string) bool) bool {
	for more := true; more; {
		var each string
		each, pattern, more = strings.Cut(pattern, "|")
		if set, ok := strings.CutPrefix(each, "$"); ok && sets(set, word) || each == word {
			return true
		}
	}
	return false
}
