package settings

import (
	"bytes"
	"strings"

	"github.com/joho/godotenv"
)

// statement is one assignment in a settings file.
type statement struct {
	line        int // from 1
	name, value string
	raw         string // the value as written in the file
	tail        string // the rest of the line after the value
	colon       bool   // the name is followed by a colon
}

// parse reads the assignments. Their values are those that godotenv reads from the
// whole file; their lines are found by splitting the file as godotenv does. No
// error of godotenv is returned, because they quote the file.
func parse(path string, text []byte) ([]statement, *Problem) {
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	statements := split(string(text))
	values, err := godotenv.Parse(bytes.NewReader(text))
	// godotenv accepts a last line without a sign, which is not a setting.
	if _, nameless := values[""]; err != nil || nameless {
		return nil, &Problem{
			File: path, Line: faultyLine(statements),
			Text: "this line is not a setting", Do: "write NAME=value, close every quote, and use only letters, digits and _ in names",
		}
	}
	// Of several assignments to a name godotenv keeps the last.
	for i := range statements {
		statements[i].value = values[statements[i].name]
	}
	return statements, nil
}

// faultyLine returns the first line that godotenv cannot read by itself, or 0.
func faultyLine(statements []statement) int {
	for _, st := range statements {
		if _, err := godotenv.Parse(strings.NewReader(st.name + "=" + st.raw)); err != nil || st.name == "" {
			return st.line
		}
	}
	return 0
}

// blanks are the characters that godotenv treats as white space inside a line.
const blanks = " \t\v\f\r\u0085\u00a0"

// split finds where each assignment begins, its name and its value. A quoted value
// may span several lines.
func split(text string) []statement {
	var statements []statement
	rest, line := text, 1
	skip := func(n int) {
		line += strings.Count(rest[:n], "\n")
		rest = rest[n:]
	}
	for {
		skip(len(rest) - len(strings.TrimLeft(rest, " \t\v\f\r\n\u0085\u00a0")))
		if rest == "" {
			return statements
		}
		whole, _, _ := strings.Cut(rest, "\n")
		if whole[0] == '#' {
			skip(len(whole))
			continue
		}
		st := statement{line: line}
		sign := strings.IndexAny(whole, "=:")
		if sign < 0 {
			st.raw = whole
			statements = append(statements, st)
			skip(len(whole))
			continue
		}
		st.name, st.colon = settingName(rest[:sign]), rest[sign] == ':'
		value := sign + 1 + len(rest[sign+1:]) - len(strings.TrimLeft(rest[sign+1:], blanks))
		size := valueLength(rest[value:])
		st.raw = rest[value : value+size]
		st.tail, _, _ = strings.Cut(rest[value+size:], "\n")
		statements = append(statements, st)
		skip(value + size)
	}
}

// settingName removes "export" and the white space around the name.
func settingName(text string) string {
	if after, ok := strings.CutPrefix(text, "export"); ok && strings.TrimLeft(after, blanks) != after {
		text = after
	}
	return strings.TrimSpace(text)
}

// valueLength returns the length of the value at the start of the text: up to its
// closing quote, or to the end of the line.
func valueLength(text string) int {
	if text != "" && (text[0] == '"' || text[0] == '\'') {
		for i := 1; i < len(text); i++ {
			if text[i] == text[0] && text[i-1] != '\\' {
				return i + 1
			}
		}
	}
	if end := strings.IndexAny(text, "\r\n"); end >= 0 {
		return end
	}
	return len(text)
}
