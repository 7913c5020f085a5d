package auth

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

var (
	secretName  = regexp.MustCompile(`(?i)^(pass(word|wd|phrase|code)?|pwd|pin|secret|.*[_-]secret|client_?secret|api_?key|private_?key|refresh_?token|ssn|cvv|card_?number|credit_?card)$`)
	secretValue = regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bsk_live_[A-Za-z0-9]{16}|\bxox[abpr]-[A-Za-z0-9-]{10}|^[a-z]+://[^/\s:@]+:[^/\s@]+@`)
)

func findSecrets(t *Token, _ time.Time) []string {
	return forStrings(t, func(path, text string) string {
		name := path[strings.LastIndexByte(path, '.')+1:]
		if text == "" || (!secretName.MatchString(name) && !secretValue.MatchString(text)) {
			return ""
		}
		return fmt.Sprintf("the claim %s holds what looks like a secret: a token is signed, not encrypted, and anybody can read it", Quote(path))
	})
}

func findInvisible(t *Token, _ time.Time) []string {
	return forStrings(t, func(path, text string) string {
		i := strings.IndexFunc(text, func(r rune) bool {
			return isInvisible(r) || unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r'
		})
		if i < 0 {
			return ""
		}
		r := []rune(text[i:])[0]
		return fmt.Sprintf("the claim %s holds a character that cannot be seen (%U): what is shown may not be what is compared", Quote(path), r)
	})
}

func findNestedToken(t *Token, _ time.Time) []string {
	return forStrings(t, func(path, text string) string {
		if strings.Count(text, ".") != 2 || !isBare(text) || !startsObject(text) {
			return ""
		}
		return fmt.Sprintf("the claim %s holds another token: anybody who reads this one can use it", Quote(path))
	})
}

func findWrongTypes(t *Token, _ time.Time) []string {
	var texts []string
	for _, m := range t.Claims {
		if err := CheckClaim(m); err != nil {
			texts = append(texts, err.Error())
		}
	}
	return texts
}

func findEmptyAudience(t *Token, _ time.Time) []string {
	raw, ok := t.Claims.Get("aud")
	if !ok {
		return nil
	}
	values, ok := audience(raw)
	if !ok || slices.ContainsFunc(values, func(s string) bool { return s != "" }) {
		return nil
	}
	return []string{"aud is empty: the token is meant for nobody"}
}

func findNoSubject(t *Token, _ time.Time) []string {
	if t.Claims == nil {
		return nil
	}
	if sub, ok := t.Claims.Get("sub"); ok && string(sub) != `""` {
		return nil
	}
	return []string{"there is no sub: the token does not say who it is about"}
}

func findNameCase(t *Token, _ time.Time) []string {
	var texts []string
	for _, m := range t.Claims {
		lower := strings.ToLower(m.Name)
		if lower != m.Name && slices.Contains([]string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"}, lower) {
			texts = append(texts, fmt.Sprintf("the claim %s differs from %s only in case: some libraries read one for the other", Quote(m.Name), lower))
		}
	}
	return texts
}

// findInexactNumbers looks for whole numbers that a float64 cannot hold.
func findInexactNumbers(t *Token, _ time.Time) []string {
	var texts []string
	for _, m := range t.Claims {
		text := string(m.Value)
		if text[0] != '-' && !isDigit(text[0]) || len(text) > 400 || strings.ContainsAny(text, ".eE") {
			continue
		}
		exact, ok := new(big.Int).SetString(text, 10)
		if !ok {
			continue
		}
		f, _ := strconv.ParseFloat(text, 64)
		if read, _ := big.NewFloat(f).Int(nil); read.Cmp(exact) != 0 {
			texts = append(texts, fmt.Sprintf("the claim %s is a number that JavaScript and many others round to %s", Quote(m.Name), read))
		}
	}
	return texts
}

// forStrings asks about each string in the claims, however deep, naming it by
// its path, such as "user.password".
func forStrings(t *Token, ask func(path, text string) string) []string {
	var texts []string
	var walk func(path string, raw json.RawMessage)
	walk = func(path string, raw json.RawMessage) {
		switch raw[0] {
		case '"':
			text, _ := unquote(raw)
			if found := ask(path, text); found != "" {
				texts = append(texts, found)
			}
		case '{':
			members, _ := parseObject(raw)
			for _, m := range members {
				walk(path+"."+m.Name, m.Value)
			}
		case '[':
			var items []json.RawMessage
			_ = json.Unmarshal(raw, &items) // was parsed before
			for _, item := range items {
				walk(path, item)
			}
		}
	}
	for _, m := range t.Claims {
		walk(m.Name, m.Value)
	}
	return texts
}
