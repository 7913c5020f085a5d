package shell

import (
	"strings"

	"tokendesk/auth/advice"
	"tokendesk/internal/file"
)

// Split splits a command line into words as a POSIX shell does with quotes and backslashes.
// An unquoted ~/ at the start of a word is the home folder. Nothing else is expanded, and no
// shell runs the words: what only a shell could do is an error, which has advice.
func Split(line, home string) ([]string, error) {
	s := splitter{rest: line, home: home}
	for s.rest != "" {
		if err := s.next(); err != nil {
			return nil, err
		}
	}
	s.end()
	if len(s.words) == 0 {
		return nil, advice.New("the command line is empty", "write a program with its arguments")
	}
	return s.words, nil
}

// special are the characters outside of quotes that only a shell can follow.
const special = "|&;<>()$`\n"

// splitter holds what is left of a line, and the words before it.
type splitter struct {
	rest, home string
	words      []string
	word       strings.Builder
	begun      bool // the word has begun, even if it is empty
}

// end ends a word.
func (s *splitter) end() {
	if s.begun {
		s.words = append(s.words, s.word.String())
		s.word.Reset()
		s.begun = false
	}
}

// next takes the next character, or a whole quotation.
func (s *splitter) next() error {
	c := s.rest[0]
	switch {
	case c == ' ' || c == '\t':
		s.end()
	case strings.IndexByte(special, c) >= 0:
		return advice.New("the command line has an unquoted "+visibleName(c)+", but no shell runs it",
			"quote it in single quotes, or write a script that does it and name that")
	case c == '\'':
		return s.quoted('\'', "")
	case c == '"':
		return s.quoted('"', "\"\\$`\n")
	case c == '\\':
		if len(s.rest) == 1 {
			return advice.New("the command line ends with a backslash", "remove it")
		}
		s.add(s.rest[1:2])
		s.rest = s.rest[2:]
		return nil
	case c == '~' && !s.begun && strings.HasPrefix(s.rest, "~/"):
		s.add(strings.TrimSuffix(file.ExpandHome("~/", s.home), "/") + "/")
		s.rest = s.rest[2:]
		return nil
	default:
		s.add(s.rest[:1])
	}
	s.rest = s.rest[1:]
	return nil
}

// add adds a text to the word.
func (s *splitter) add(text string) {
	s.begun = true
	s.word.WriteString(text)
}

// quoted takes a quotation. A backslash before one of the escaped characters removes their
// meaning; without one, $ and ` would need a shell.
func (s *splitter) quoted(quote byte, escaped string) error {
	s.begun = true
	for i := 1; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case c == quote:
			s.rest = s.rest[i+1:]
			return nil
		case quote == '"' && c == '\\' && i+1 < len(s.rest) && strings.IndexByte(escaped, s.rest[i+1]) >= 0:
			i++
			s.word.WriteByte(s.rest[i])
		case quote == '"' && (c == '$' || c == '`'):
			return advice.New("the command line has a "+visibleName(c)+" in double quotes, but no shell runs it", "use single quotes")
		default:
			s.word.WriteByte(c)
		}
	}
	return advice.New("the command line has a quote that is not closed", "close it")
}

// visibleName names a character in an error.
func visibleName(c byte) string {
	if c == '\n' {
		return "line break"
	}
	return string(rune(c))
}
