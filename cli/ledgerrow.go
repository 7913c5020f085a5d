package cli

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"iter"
	"strconv"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/internal/visible"
	"tokendesk/ledger"
)

// ledgerRow is the JSON of a row. What is not known is null.
type ledgerRow struct {
	When       string           `json:"when"`
	Event      string           `json:"event"`
	ID         *string          `json:"jti"`
	Subject    *string          `json:"sub"`
	Issuer     *string          `json:"iss"`
	Audience   []string         `json:"aud"`
	Algorithm  *string          `json:"alg"`
	KeyID      *string          `json:"kid"`
	Key        *string          `json:"key"`
	IssuedAt   *json.RawMessage `json:"iat"`
	NotBefore  *json.RawMessage `json:"nbf"`
	Expires    *json.RawMessage `json:"exp"`
	Persona    *string          `json:"persona"`
	Profile    *string          `json:"profile"`
	Settings   *string          `json:"settings"`
	Person     *string          `json:"person"`
	Face       *string          `json:"face"`
	Label      *string          `json:"label"`
	Count      *int             `json:"count"`
	Pattern    *string          `json:"pattern"`
	Header     *auth.Object     `json:"header"`
	Claims     *auth.Object     `json:"claims"`
	PayloadRaw *string          `json:"payload_text"`
	Withheld   *string          `json:"withheld"`
}

// whenLayout is how the moment of a row is written for programs, in UTC.
const whenLayout = "2006-01-02T15:04:05.000Z"

func newLedgerRow(r *ledger.Row) ledgerRow {
	out := ledgerRow{
		When: r.When.UTC().Format(whenLayout), Event: string(r.Event), ID: orNull(r.ID), Subject: orNull(r.Subject),
		Issuer: orNull(r.Issuer), Audience: append([]string{}, r.Audience...), Algorithm: orNull(r.Algorithm), KeyID: orNull(r.KeyID),
		Key: orNull(r.Fingerprint), IssuedAt: numberOrNull(r.IssuedAt), NotBefore: numberOrNull(r.NotBefore),
		Expires: numberOrNull(r.Expires), Persona: orNull(r.Persona), Profile: orNull(r.Profile), Settings: orNull(r.Settings),
		Person: orNull(r.Person), Face: orNull(r.Face), Label: orNull(r.Label), Count: orNull(r.Count), Pattern: orNull(r.Pattern),
		Header: objectOf(r.Header), Claims: objectOf(r.Payload), Withheld: orNull(string(r.Withheld)),
	}
	if r.Payload != nil && out.Claims == nil {
		out.PayloadRaw = new(string(r.Payload))
	}
	return out
}

// orNull returns a value that is written as null if it is zero.
func orNull[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}

func numberOrNull(n json.Number) *json.RawMessage {
	if n == "" {
		return nil
	}
	return new(json.RawMessage(n))
}

// objectOf returns the object in a text, or nil.
func objectOf(text []byte) *auth.Object {
	object, err := jsontext.ParseObject(text)
	if err != nil {
		return nil
	}
	return &object
}

func printRowsJSON(out *bufio.Writer, rows iter.Seq[ledger.Row]) error {
	for row := range rows {
		line, err := jsonLine(newLedgerRow(&row))
		if err == nil {
			_, err = out.WriteString(line + "\n")
		}
		if err != nil {
			return err //nolint:wrapcheck // it is the error of the output
		}
	}
	return nil
}

// ledgerColumns are the columns of the CSV.
const ledgerColumns = "when,event,jti,sub,iss,aud,alg,kid,key,iat,nbf,exp," +
	"persona,profile,settings,person,face,label,count,pattern,header,payload"

// csvCells returns the cells of a row. What a terminal would act on is escaped: the JSON is exact.
func csvCells(r *ledger.Row) []string {
	count := ""
	if r.Count != 0 {
		count = strconv.Itoa(r.Count)
	}
	cells := []string{
		r.When.UTC().Format(whenLayout), string(r.Event), r.ID, r.Subject, r.Issuer, strings.Join(r.Audience, " "), r.Algorithm, r.KeyID,
		r.Fingerprint, string(r.IssuedAt), string(r.NotBefore), string(r.Expires), r.Persona, r.Profile, r.Settings, r.Person, r.Face,
		r.Label, count, r.Pattern,
	}
	for n := range cells {
		cells[n] = visible.Text(cells[n])
	}
	for _, part := range [][]byte{r.Header, r.Payload} {
		if objectOf(part) == nil {
			cells = append(cells, visible.Text(string(part)))
		} else {
			cells = append(cells, visible.JSON(string(part)))
		}
	}
	return cells
}

func printRowsCSV(out *bufio.Writer, rows iter.Seq[ledger.Row]) error {
	w := csv.NewWriter(out)
	err := w.Write(strings.Split(ledgerColumns, ","))
	for r := range rows {
		if err = cmp.Or(err, w.Write(csvCells(&r))); err != nil {
			break
		}
	}
	w.Flush()
	return cmp.Or(err, w.Error())
}
