package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
)

// editToken signs the current token again with one thing changed, or with a whole document. Without
// an argument it prints the document.
func editToken(ctx context.Context, c *console, text string) error {
	switch {
	case c.current.Token.Claims == nil || c.current.Token.Header == nil:
		c.fail(explain.Line{Text: "the token could not be read, so it cannot be edited"})
		return nil
	case c.desk.Key() == nil:
		c.refused(auth.ErrNoKey)
		return nil
	}
	document, note := c.desk.Document(c.current.Token)
	if text == "" {
		fmt.Fprintln(c.out, visible.Block(visible.JSON(document)))
		return nil
	}
	if !strings.HasPrefix(text, "{") && note != "" {
		c.tell("Note", explain.Line{Text: note})
	}
	text, err := edited(document, text)
	if c.refused(err) {
		return nil
	}
	if opened, err := c.ready(ctx); !opened {
		return err
	}
	made, err := desk.SignDocument(c.desk, text, true)
	if !c.refused(err) {
		c.arrive(made.Entry)
	}
	return nil
}

// edited returns a document after a change, or another document.
func edited(document, text string) (string, error) {
	if strings.HasPrefix(text, "{") {
		return text, nil
	}
	header, claims, err := desk.ParseDocument(document)
	if err != nil {
		return "", err
	}
	anything := func(auth.Member) error { return nil } // signing checks it
	sign := ""
	if rest, leaves := strings.CutPrefix(text, "-"); leaves {
		sign, text = "-", rest
	}
	if name, inHeader := strings.CutPrefix(text, "header."); inHeader {
		header, err = withoutRow(header, sign+name, anything)
	} else {
		claims, err = withoutRow(claims, sign+text, anything)
	}
	if err != nil {
		return "", err
	}
	return "{\"header\":" + header.Indent() + ",\"claims\":" + claims.Indent() + "}", nil
}

// withoutRow is withRow for members of which one to leave out must exist.
func withoutRow(members auth.Object, row string, check func(auth.Member) error) (auth.Object, error) {
	after, without, err := withRow(members, nil, row, check)
	if err != nil {
		return nil, err
	}
	for _, name := range without {
		if !slices.ContainsFunc(members, func(m auth.Member) bool { return m.Name == name }) {
			return nil, errors.New("there is no " + name + " to leave out")
		}
	}
	return after, nil
}
