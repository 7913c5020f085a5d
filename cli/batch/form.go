package batch

import (
	"encoding/csv"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth/jsontext"
)

// Form is how the tokens are written, one line per token.
type Form struct {
	name       string
	head, foot string
	separator  byte // at the start of every line but the first

	// before and after write the text around the token. The number counts the lines
	// of the input from 1.
	before func(dst []byte, number int, subject string) []byte
	after  func(dst []byte, expires time.Time) []byte
}

// Name returns the name of the form in flags. It never changes.
func (f Form) Name() string { return f.name }

// Forms returns all forms.
func Forms() []Form {
	return []Form{
		{name: "token", before: nothing, after: endLine},
		{name: "csv", head: "subject,token,expires_at\n", before: beforeCSV, after: afterCSV},
		{name: "jsonl", before: beforeJSON, after: afterJSON},
		{name: "env", before: beforeEnv, after: afterEnv},
		{
			name: "postman", separator: ',', before: beforePostman, after: afterPostman,
			head: `{"name":"tokendesk","values":[` + "\n", foot: `],"_postman_variable_scope":"environment"}` + "\n",
		},
	}
}

// first removes the separator before the first line.
func (f Form) first(lines []byte) []byte {
	if f.separator != 0 && len(lines) > 0 {
		return lines[1:]
	}
	return lines
}

func nothing(dst []byte, _ int, _ string) []byte { return dst }

func endLine(dst []byte, _ time.Time) []byte { return append(dst, '\n') }

func beforeCSV(dst []byte, _ int, subject string) []byte {
	if !strings.ContainsAny(subject, `",`) {
		return append(append(dst, subject...), ',')
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write([]string{subject, ""}) // a Builder never fails
	w.Flush()
	return append(dst, strings.TrimSuffix(b.String(), "\n")...)
}

func afterCSV(dst []byte, expires time.Time) []byte {
	return append(expires.AppendFormat(append(dst, ','), time.RFC3339), '\n')
}

func beforeJSON(dst []byte, _ int, subject string) []byte {
	return append(append(append(dst, `{"subject":`...), jsontext.Quote(subject)...), `,"token":"`...)
}

func afterJSON(dst []byte, expires time.Time) []byte {
	return append(expires.AppendFormat(append(dst, `","expires_at":"`...), time.RFC3339), "\"}\n"...)
}

// A token holds no character that is special to a shell.

func beforeEnv(dst []byte, number int, _ string) []byte {
	return append(strconv.AppendInt(append(dst, "export TOKEN_"...), int64(number), 10), "='"...)
}

func afterEnv(dst []byte, _ time.Time) []byte { return append(dst, "'\n"...) }

// beforePostman writes a variable for the subject and starts the one for the token.
func beforePostman(dst []byte, number int, subject string) []byte {
	dst = strconv.AppendInt(append(dst, `,{"key":"subject_`...), int64(number), 10)
	dst = append(append(append(dst, `","value":`...), jsontext.Quote(subject)...), `,"type":"default","enabled":true}`...)
	dst = strconv.AppendInt(append(dst, `,{"key":"token_`...), int64(number), 10)
	return append(dst, `","value":"`...)
}

func afterPostman(dst []byte, _ time.Time) []byte {
	return append(dst, `","type":"secret","enabled":true}`+"\n"...)
}
