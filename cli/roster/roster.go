// Package roster reads and writes personas in the files of other programs: CSV, and the users
// of a Keycloak realm. Whatever such a file or a persona cannot hold is reported, never guessed.
package roster

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"

	"tokendesk/explain"
	"tokendesk/settings"
)

// Format is the format of a file with personas.
type Format struct {
	name  string
	unit  string // what has a number in Left
	Read  func(data []byte) (Read, error)
	Write func(personas []*settings.Persona) ([]byte, []Left, error)
}

// Name returns the name of the format in flags. It never changes.
func (f Format) Name() string { return f.name }

// Place says where a row of a file is.
func (f Format) Place(file string, row int) string { return file + ":" + f.unit + strconv.Itoa(row) }

// Formats returns all formats.
func Formats() []Format {
	return []Format{{"csv", "", readCSV, writeCSV}, {"keycloak", " user ", readKeycloak, writeKeycloak}}
}

// Detect returns the format of a file by its name, else by its start: an object or an array
// is Keycloak's.
func Detect(name string, data []byte) Format {
	all := Formats()
	start := bytes.TrimLeft(bytes.TrimPrefix(data, byteOrderMark), " \t\r\n")
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case ext == ".json", ext != ".csv" && (bytes.HasPrefix(start, []byte("{")) || bytes.HasPrefix(start, []byte("["))):
		return all[1]
	}
	return all[0]
}

// Read is the result of reading a file.
type Read struct {
	Personas []settings.Own
	Rows     []int // that of each persona
	// Left is what is in the file and not in the personas.
	Left []Left
	// Refused are the rows or users that became no persona; Member is empty if the whole is
	// meant.
	Refused []Left
}

// Left is a part that could not be imported or exported. Its value is never shown.
type Left struct {
	Row    int    `json:"row"`    // of a CSV file, or the number of the user, from 1
	User   string `json:"user"`   // the name of the user or persona, or empty
	Member string `json:"member"` // the column, claim or member, or empty
	Why    string `json:"why"`
}

// String returns it as one sentence, without the row.
func (l Left) String() string {
	text := l.Why
	if l.Member != "" {
		text = l.Member + ": " + text
	}
	if l.User != "" {
		text = l.User + ": " + text
	}
	return text
}

var byteOrderMark = []byte("\ufeff")

// text checks that data is UTF-8 text, and returns it without a byte order mark.
func text(data []byte) ([]byte, error) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return nil, explain.Line{Text: "it is UTF-16", Do: "save it as UTF-8"}
	}
	return bytes.TrimPrefix(data, byteOrderMark), nil
}

// add adds a persona, or says why it cannot be one.
func (r *Read) add(row int, own *settings.Own) {
	if err := own.Check(); err != nil {
		r.refuse(row, own.Name, "", explain.Lines(err)[0].String())
		return
	}
	for _, have := range r.Personas {
		if have.Name == own.Name {
			r.refuse(row, own.Name, "", "there is already a persona with that name in the file")
			return
		}
	}
	r.Personas, r.Rows = append(r.Personas, *own), append(r.Rows, row)
}

func (r *Read) refuse(row int, user, member, why string) {
	r.Refused = append(r.Refused, Left{row, user, member, why})
}

func (r *Read) leave(row int, user, member, why string) {
	r.Left = append(r.Left, Left{row, user, member, why})
}
