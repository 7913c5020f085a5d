package copyas

import "strings"

// quote writes s as one word of a POSIX shell. Inside single quotes everything
// stands for itself, and so it does for an interactive shell that knows !.
func quote(s string) string {
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// bare is quote without the quotes where no shell needs them, so that the word
// is easy to edit.
func bare(s string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/.-_%+,@"
	if s == "" || strings.Trim(s, plain) != "" {
		return quote(s)
	}
	return s
}
