package batch

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
)

// column is a column of CSV.
type column struct {
	name string // of the claim
	kind kind
}

type kind int

const (
	textClaim kind = iota
	jsonClaim
	subjectColumn
	lifetimeColumn
	personaColumn
	shapeColumn
)

// The names of the columns and members that are presets.
const (
	personaMember = "persona"
	shapeMember   = "shape"
)

// headerLine is the place of an error in the header.
const headerLine = "line 1"

// readHeader reads the names of the columns.
func (r *Rows) readHeader() error {
	end, _ := r.lastRow()
	if end == 0 || r.ended {
		end = len(r.rest)
	}
	in := csv.NewReader(bytes.NewReader(r.rest[:end]))
	names, err := in.Read()
	if err != nil {
		return explain.Line{
			Label: headerLine, Text: "the column names cannot be read", Do: "start with a line such as subject,expires_in,role",
		}
	}
	end = int(in.InputOffset())
	r.header = bytes.TrimSpace(r.rest[:end])
	r.above = bytes.Count(r.rest[:end], []byte("\n"))
	r.line += r.above
	r.rest = r.rest[end:]
	for _, name := range names {
		c, err := parseColumn(name)
		if err != nil {
			return explain.At(headerLine, err)
		}
		if slices.ContainsFunc(r.columns, func(have column) bool { return have.name == c.name }) {
			return explain.Line{Label: headerLine, Text: "the column " + c.name + " is given twice", Do: "keep one"}
		}
		r.columns = append(r.columns, c)
	}
	if !slices.Contains(r.columns, column{"subject", subjectColumn}) && !r.NamesPersonas() {
		return explain.Line{
			Label: headerLine, Text: "there is no column subject", Do: "give that name to the one with the email addresses or user names",
		}
	}
	return nil
}

func parseColumn(name string) (column, error) {
	name, isJSON := strings.CutSuffix(name, ":json")
	own, isOwn := map[string]kind{
		"subject": subjectColumn, "expires_in": lifetimeColumn, personaMember: personaColumn, shapeMember: shapeColumn,
	}[name]
	switch {
	case name == "":
		return column{}, explain.Line{Text: "a column has no name", Do: "name it after a claim"}
	case isOwn && !isJSON:
		return column{name, own}, nil
	case name == "sub":
		return column{}, explain.Line{Text: "there is a column sub", Do: "name it subject"}
	case name == "exp":
		return column{}, explain.Line{Text: "there is a column exp", Do: "name it expires_in, with lifetimes such as 30m"}
	case isJSON:
		return column{name, jsonClaim}, nil
	}
	return claimColumn(name)
}

// claimColumn returns the column of a claim that is text.
func claimColumn(name string) (column, error) {
	if err := auth.CheckExtraClaim(auth.Member{Name: name, Value: jsontext.Quote("")}); err != nil {
		return column{}, explain.Line{
			Text: "the column " + name + " cannot hold text: " + err.Error(), Do: "name it " + name + ":json if it holds JSON",
		}
	}
	return column{name, textClaim}, nil
}

// ClaimColumn is a column of CSV that holds a claim: NAME for text, NAME:json for JSON.
type ClaimColumn struct{ column }

// ParseClaimColumn reads the name of such a column.
func ParseClaimColumn(name string) (ClaimColumn, error) {
	claim, isJSON := strings.CutSuffix(name, ":json")
	if isJSON && claim != "" {
		return ClaimColumn{column{claim, jsonClaim}}, nil
	}
	c, err := claimColumn(name)
	return ClaimColumn{c}, err
}

// Member reads a field of the column, which is not empty.
func (c ClaimColumn) Member(field string) (auth.Member, error) { return c.member(field) }

// member reads the field of a claim.
func (c column) member(field string) (auth.Member, error) {
	if c.kind == textClaim {
		return auth.Member{Name: c.name, Value: jsontext.Quote(field)}, nil
	}
	m, err := input.ParseClaim("x:=" + field)
	if err != nil {
		return m, fmt.Errorf("the column %s is not JSON: %w", c.name, withoutPlace(err))
	}
	return auth.Member{Name: c.name, Value: m.Value}, nil
}
