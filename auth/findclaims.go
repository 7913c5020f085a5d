package auth

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// isSecretName reports whether secrets are kept under names like this one.
func isSecretName(name string) bool {
	if len(name) > 32 {
		return false
	}
	switch strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(name), "_", ""), "-", "") {
	case "password", "passwd", "passphrase", "passcode", "pass", "pwd", "pin", "secret", "clientsecret", "appsecret",
		"apikey", "apisecret", "privatekey", "secretkey", "refreshtoken", "ssn", "cvv", "cardnumber", "creditcard":
		return true
	default:
		return false
	}
}

// secretValue matches what secrets of known makes look like. It is tried where
// one of secretMarks stands, since most text has none of them.
var secretValue = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bsk_live_[A-Za-z0-9]{16}|\bxox[abpr]-[A-Za-z0-9-]{10}|^[a-z]+://[^/\s:@]+:[^/\s@]+@`)
})

func looksSecret(text string) bool {
	if len(text) > 4096 { // no secret is as long, and a key begins with its name
		text = text[:4096]
	}
	for _, mark := range []string{"-----BEGIN ", "AKIA", "gh", "sk_live_", "xox", "://"} {
		if strings.Contains(text, mark) {
			return secretValue().MatchString(text)
		}
	}
	return false
}

func first(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

func findSecrets(t *view) []string {
	return forStrings(t, func(s claimString) string {
		if s.text == "" || (!isSecretName(s.in.name) && !looksSecret(s.text)) {
			return ""
		}
		return fmt.Sprintf("the claim %s holds what looks like a secret: a token is signed, not encrypted, and anybody can read it", Quote(s.in.String()))
	})
}

func findInvisible(t *view) []string {
	return forStrings(t, func(s claimString) string {
		i := strings.IndexFunc(s.text, func(r rune) bool {
			return isInvisible(r) || unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r'
		})
		if i < 0 {
			return ""
		}
		r := first(s.text[i:])
		return fmt.Sprintf("the claim %s holds a character that cannot be seen (%U): what is shown may not be what is compared", Quote(s.in.String()), r)
	})
}

func findNestedToken(t *view) []string {
	return forStrings(t, func(s claimString) string {
		if !startsObject(s.text) || strings.Count(s.text, ".") != 2 || !isBare(s.text) {
			return ""
		}
		return fmt.Sprintf("the claim %s holds another token: anybody who reads this one can use it", Quote(s.in.String()))
	})
}

func findWrongTypes(t *view) []string {
	var texts []string
	for _, m := range t.Claims {
		if err := CheckClaim(m); err != nil {
			texts = append(texts, err.Error())
		}
	}
	return texts
}

func findEmptyAudience(t *view) []string {
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

func findNoSubject(t *view) []string {
	if t.Claims == nil {
		return nil
	}
	if sub, ok := t.Claims.Get("sub"); ok && string(sub) != `""` {
		return nil
	}
	return []string{"there is no sub: the token does not say who it is about"}
}

func findNameCase(t *view) []string {
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
func findInexactNumbers(t *view) []string {
	var texts []string
	for _, m := range t.Claims {
		text := string(m.Value)
		if len(text) < 16 || strings.Trim(text, "-0123456789") != "" {
			continue
		}
		f, _ := strconv.ParseFloat(text, 64)
		switch read := strconv.FormatFloat(f, 'f', -1, 64); {
		case read == text:
		case len(text) > 40:
			texts = append(texts, fmt.Sprintf("the claim %s is a number that JavaScript and many others cannot hold", Quote(m.Name)))
		default:
			texts = append(texts, fmt.Sprintf("the claim %s is a number that JavaScript and many others round to %s", Quote(m.Name), read))
		}
	}
	return texts
}

// forStrings asks about each string in the claims, however deep, naming it by
// its path, such as "user.password".
func forStrings(t *view, ask func(s claimString) string) []string {
	var texts []string
	for _, s := range t.strings {
		if text := ask(s); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}
