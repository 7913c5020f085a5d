package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/cli/batch"
	"tokendesk/explain"
	"tokendesk/settings"
)

// The columns that are no claims.
const (
	nameColumn     = "name"
	claimsColumn   = "claims"
	disabledColumn = "disabled"
)

// setColumn sets the member of a persona that a column is for.
var setColumn = map[string]func(*settings.Own, string) error{
	nameColumn:     func(o *settings.Own, field string) error { o.Name = field; return nil },
	"subject":      func(o *settings.Own, field string) error { o.Subject = field; return nil },
	"lifetime":     func(o *settings.Own, field string) error { o.Lifetime = field; return nil },
	"expires_in":   func(o *settings.Own, field string) error { o.Lifetime = field; return nil },
	"extends":      func(o *settings.Own, field string) error { o.Extends = field; return nil },
	"algorithm":    func(o *settings.Own, field string) error { o.Algorithm = auth.Algorithm(field); return nil },
	"key":          func(o *settings.Own, field string) error { o.Key = field; return nil },
	"shape":        func(o *settings.Own, field string) error { o.Shape = field; return nil },
	disabledColumn: setDisabled,
	claimsColumn:   setClaims,
}

func setDisabled(o *settings.Own, field string) error {
	switch strings.ToLower(field) {
	case "true":
		o.Disabled = true
	case "false":
	default:
		return errors.New("the column disabled is neither true nor false")
	}
	return nil
}

func setClaims(o *settings.Own, field string) error {
	claims, err := jsontext.ParseObject([]byte(field))
	if err != nil {
		return errors.New("the column claims is not a JSON object")
	}
	for _, m := range claims {
		o.Claims = o.Claims.Set(m.Name, m.Value)
	}
	return nil
}

// csvColumn is a column: one of those above, or a claim.
type csvColumn struct {
	name  string
	set   func(*settings.Own, string) error
	claim batch.ClaimColumn
}

// headerLine is the place of an error in the names of the columns.
const headerLine = "line 1"

// readCSV reads personas from CSV (RFC 4180), a row each.
func readCSV(data []byte) (Read, error) {
	var r Read
	data, err := text(data)
	if err != nil {
		return r, err
	}
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return r, explain.Line{Text: "it is empty", Do: "start with a line such as name,subject,lifetime,role"}
	}
	if err != nil {
		return r, explain.Line{
			Label: headerLine, Text: "the column names cannot be read", Do: "start with a line such as name,subject,lifetime,role",
		}
	}
	columns, err := csvColumns(header)
	if err != nil {
		return r, explain.At(headerLine, err)
	}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			if len(r.Personas)+len(r.Refused) == 0 {
				return r, explain.Line{Text: "it has no personas", Do: "write a row for each below the column names"}
			}
			return r, nil
		}
		if syntax, ok := errors.AsType[*csv.ParseError](err); ok {
			r.refuse(syntax.StartLine, "", "", "a quotation mark is in the wrong place")
			continue
		}
		if err != nil {
			return r, explain.Line{Text: "it cannot be read"}
		}
		row, _ := in.FieldPos(0)
		own, err := csvPersona(columns, record)
		if err != nil {
			r.refuse(row, own.Name, "", explain.Lines(err)[0].String())
			continue
		}
		r.add(row, &own)
	}
}

// csvColumns reads the names of the columns.
func csvColumns(header []string) ([]csvColumn, error) {
	if len(header) == 1 && strings.Contains(header[0], ";") {
		return nil, explain.Line{Text: "the columns are separated by semicolons", Do: "save the file with commas between them (RFC 4180)"}
	}
	if len(header) == 1 && strings.Contains(header[0], "\t") {
		return nil, explain.Line{Text: "the columns are separated by tabs", Do: "save the file with commas between them (RFC 4180)"}
	}
	var columns []csvColumn
	for _, name := range header {
		name = strings.TrimSpace(name)
		c := csvColumn{name: name, set: setColumn[name]}
		switch {
		case name == "":
			return nil, explain.Line{Text: "a column has no name", Do: "name it after a claim"}
		case name == "sub":
			return nil, explain.Line{Text: "there is a column sub", Do: "name it subject"}
		case name == "exp":
			return nil, explain.Line{Text: "there is a column exp", Do: "name it lifetime, with lifetimes such as 30m"}
		case slices.ContainsFunc(columns, func(have csvColumn) bool { return have.name == name }):
			return nil, explain.Line{Text: "the column " + name + " is given twice", Do: "keep one"}
		case c.set == nil:
			claim, err := batch.ParseClaimColumn(name)
			if err != nil {
				return nil, err
			}
			c.claim = claim
		}
		columns = append(columns, c)
	}
	if !slices.ContainsFunc(columns, func(c csvColumn) bool { return c.name == nameColumn || c.name == "subject" }) {
		return nil, explain.Line{Text: "there is no column name or subject", Do: "name the column with the names of the personas name"}
	}
	return columns, nil
}

// csvPersona reads a row. An empty field sets nothing. A row without a name is named after
// its subject.
func csvPersona(columns []csvColumn, record []string) (settings.Own, error) {
	var own settings.Own
	if len(record) != len(columns) {
		return own, fmt.Errorf("the row has %d fields, but there are %d columns", len(record), len(columns))
	}
	for i, c := range columns {
		field := record[i]
		if field == "" {
			continue
		}
		if c.set != nil {
			if err := c.set(&own, field); err != nil {
				return own, err
			}
			continue
		}
		m, err := c.claim.Member(field)
		if err != nil {
			return own, err
		}
		own.Claims = own.Claims.Set(m.Name, m.Value)
	}
	if own.Name == "" {
		own.Name = own.Subject
	}
	return own, nil
}
