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

	"tokendesk/auth/jsontext"
)

// isSecretName reports whether a claim with this name usually holds a secret.
func isSecretName(name string) bool {
	secrets := []string{
		"password", "passwd", "passphrase", "passcode", "pass", "pwd", "pin", "secret", "clientsecret", "appsecret",
		"apikey", "apisecret", "privatekey", "secretkey", "refreshtoken", "ssn", "cvv", "cardnumber", "creditcard",
	}
	return len(name) <= 32 && slices.Contains(secrets, strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(name), "_", ""), "-", ""))
}

// secretValue matches secrets of known forms.
var secretValue = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}` +
		`|\bsk_live_[A-Za-z0-9]{16}|\bxox[abpr]-[A-Za-z0-9-]{10}|^[a-z]+://[^/\s:@]+:[^/\s@]+@`)
})

func looksSecret(text string) bool {
	if len(text) > 4096 { // secrets are shorter, and a key starts with its label
		text = text[:4096]
	}
	// Most texts have none of these marks, so that the slow match is seldom tried.
	for _, mark := range []string{"-----BEGIN ", "AKIA", "gh", "sk_live_", "xox", "://"} {
		if strings.Contains(text, mark) {
			return secretValue().MatchString(text)
		}
	}
	return false
}

func findSecrets(t *view) []string {
	return forStrings(t,
		func(s claimString) bool { return s.text != "" && (isSecretName(s.in.Name) || looksSecret(s.text)) },
		func(_ claimString, path string) string {
			return fmt.Sprintf("the claim %s seems to contain a secret: a token is signed, not encrypted, so anyone can read it", path)
		})
}

func findInvisible(t *view) []string {
	index := func(text string) int {
		return strings.IndexFunc(text, func(r rune) bool {
			return IsInvisible(r) || unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r'
		})
	}
	return forStrings(t,
		func(s claimString) bool { return index(s.text) >= 0 },
		func(s claimString, path string) string {
			r, _ := utf8.DecodeRuneInString(s.text[index(s.text):])
			return fmt.Sprintf("the claim %s contains an invisible character (%U): two values that look the same may differ", path, r)
		})
}

func findNestedToken(t *view) []string {
	if t.Type() == TypeAppStore { // which puts one signed part into another
		return nil
	}
	return forStrings(t,
		func(s claimString) bool { return looksLikeToken(s.text) },
		func(_ claimString, path string) string {
			return fmt.Sprintf("the claim %s contains another token: anyone who reads this one can use it", path)
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
	raw, _ := t.Claims.Get("aud")
	values, ok := audience(raw)
	if !ok || slices.ContainsFunc(values, func(s string) bool { return s != "" }) {
		return nil
	}
	return []string{"aud is empty: the token is meant for nobody"}
}

func findNoSubject(t *view) []string {
	sub, ok := t.Claims.Get("sub")
	switch {
	case t.Claims == nil || t.rules().noSubject && !ok:
		return nil
	case !ok:
		return []string{"there is no sub: the token does not say who it is about"}
	case string(sub) == `""`:
		return []string{"sub is empty: the token does not say who it is about"}
	}
	return nil
}

func findNameCase(t *view) []string {
	var texts []string
	for _, m := range t.Claims {
		lower := strings.ToLower(m.Name)
		if lower != m.Name && slices.Contains([]string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"}, lower) {
			texts = append(texts, fmt.Sprintf("the claim %s differs from %s only in case: some libraries confuse them",
				quoted(m.Name), lower))
		}
	}
	return texts
}

// findInexactNumbers finds whole numbers that a float64 cannot represent.
func findInexactNumbers(t *view) []string {
	var texts tally
	for _, m := range t.Claims {
		text := string(m.Value)
		if len(text) < 16 || strings.Trim(text, "-0123456789") != "" {
			continue
		}
		f, _ := strconv.ParseFloat(text, 64)
		read := strconv.FormatFloat(f, 'f', -1, 64)
		if read == text {
			continue
		}
		texts.add(func() string {
			if len(text) > 40 {
				return fmt.Sprintf("the claim %s is a number that JavaScript and many others cannot represent", quoted(m.Name))
			}
			return fmt.Sprintf("the claim %s is a number that JavaScript and many others round to %s", quoted(m.Name), read)
		})
	}
	return texts
}

// forStrings makes a sentence for each odd string in the claims, at any depth, with its
// path, such as "user.password".
func forStrings(t *view, odd func(claimString) bool, sentence func(s claimString, path string) string) []string {
	var texts tally
	for _, s := range t.strings {
		if odd(s) {
			texts.add(func() string { return sentence(s, jsontext.Excerpt(jsontext.Quote(s.in.String()))) })
		}
	}
	return texts
}
