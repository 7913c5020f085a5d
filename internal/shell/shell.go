// Package shell writes texts as words of a POSIX shell, for lines that somebody
// pastes into one.
package shell

import "strings"

// plain are the characters, besides letters and digits, that mean nothing to any
// shell in a path or a name.
const plain = "._/-"

// Quote writes a text in single quotes. Inside them everything stands for itself,
// and so it does for an interactive shell that knows !.
func Quote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// Word writes a path or a name, without quotes where none are needed: such a word
// is easier to read, and to edit. One that begins with - is quoted, so that it
// is seen to be no option.
func Word(text string) string { return word(text, plain) }

// URL is [Word] for a URL, most of which need no quotes either.
func URL(text string) string { return word(text, plain+":%+,@") }

func word(text, plain string) string {
	const alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	if text == "" || strings.HasPrefix(text, "-") || strings.Trim(text, alphanumeric+plain) != "" {
		return Quote(text)
	}
	return text
}
