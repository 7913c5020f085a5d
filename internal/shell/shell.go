// Package shell quotes texts for lines that the user pastes into a POSIX shell.
package shell

import "strings"

// plain are the characters, besides letters and digits, that are not special to any
// shell in a path or a name.
const plain = "._/-"

// Quote writes a text in single quotes, in which no character is special, not even !
// in an interactive shell.
func Quote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// Word writes a path or a name, with quotes only where they are needed: a bare word
// is easier to read and to edit. A word that starts with - is quoted, so that it does
// not look like an option.
func Word(text string) string { return word(text, plain) }

// URL is [Word] for a URL, which seldom needs quotes either.
func URL(text string) string { return word(text, plain+":%+,@") }

func word(text, plain string) string {
	const alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	if text == "" || strings.HasPrefix(text, "-") || strings.Trim(text, alphanumeric+plain) != "" {
		return Quote(text)
	}
	return text
}
