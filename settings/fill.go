package settings

import (
	"bytes"
	"os"
	"strings"

	"tokendesk/auth/advice"
	"tokendesk/internal/file"
)

// FillSecret writes a secret behind its name in a settings file, which has the name without a
// value. Everything else in the file stays as it is. Its error has advice.
func FillSecret(path, name, secret string) error {
	return editFile(path, "write "+name+" there", func(text []byte) ([]byte, error) {
		statements, problem := parse(path, text)
		if problem != nil {
			return nil, problem
		}
		st := (&reader{file: path, statements: statements}).inFile(name)
		comment := strings.HasPrefix(st.raw, "#")
		if st.line == 0 || strings.Trim(st.raw, `"'`) != "" && !comment {
			return nil, advice.New(path+" has no "+name+" without a value", "read it again")
		}
		lines := bytes.SplitAfter(text, []byte("\n"))
		line := strings.TrimRight(string(lines[st.line-1]), "\r\n")
		ending := lines[st.line-1][len(line):]
		rest := st.tail
		if comment {
			rest = " " + st.raw + st.tail
		}
		filled := line[:strings.IndexAny(line, "=:")+1] + secret + strings.TrimRight(rest, "\r")
		lines[st.line-1] = append([]byte(filled), ending...)
		return bytes.Join(lines, nil), nil
	})
}

// editFile replaces the text of a settings file, which keeps its mode, and keeps what another
// program writes there at the same moment. It follows no link: the advice is what to do in the
// file that the link names.
func editFile(path, instead string, edit func(text []byte) ([]byte, error)) error {
	return file.Edit(path, 0o600, func() (before, after []byte, err error) {
		before, problem := readFile(path, settingsFileName)
		if problem != nil {
			return nil, nil, problem
		}
		if target, err := os.Readlink(path); err == nil {
			return nil, nil, advice.New(path+" is a link to "+target+", which is not followed", instead)
		}
		after, err = edit(bytes.Clone(before))
		return before, after, err
	})
}
