package plain

import (
	"context"
	"errors"

	"tokendesk/auth/advice"
	"tokendesk/auth/input"
	"tokendesk/desk"
	"tokendesk/explain"
)

// ErrProtected is the error of a console whose input, a file or a pipe, ended
// before the name of a protected profile. The one that Run returns has advice.
var ErrProtected = errors.New("the profile is protected and the input ended before its name, so nothing was signed")

// errWithheld is the error of a console whose input, a file or a pipe, asked for a token
// that was not issued.
var errWithheld = errors.New("a token that was asked for was not issued")

// incompleteForm returns why no token is issued: it would lack what was asked for.
func incompleteForm(c *console) error {
	switch {
	case c.missed.wrong["claims"]:
		return advice.New("no token was issued: the last /claims was refused", "correct it, or type /claims alone to go without")
	case c.missed.wrong["header"]:
		return advice.New("no token was issued: the last /header was refused", "correct it, or type /header alone to go without")
	case c.missed.wrong[unknownCommand]:
		return advice.New("no token was issued: a line before was no command, so the token could lack what it was meant to set", "correct it")
	case c.missed.wrong["lifetime"]:
		return advice.New("no token was issued: the last /lifetime was refused", "correct it")
	case c.missed.wrong["shape"]:
		return advice.New("no token was issued: the last /shape was refused", "correct it, or type /shape none")
	case c.missed.wrong["profile"]:
		return advice.New("no token was issued: the last /profile was refused", "correct it, or type /profile alone to stay with "+c.desk.Name())
	case c.missed.wrong["secret"]:
		return advice.New("no token was issued: the last /secret was refused", "correct it, or type /secret alone to stay with this one")
	}
	return nil
}

// issueFor issues a token for a subject.
func (c *console) issueFor(ctx context.Context, subject string) error {
	draft, err := c.draft(nil, subject)
	if c.refused(err) {
		c.missed.withheld = true
		return nil
	}
	return c.issue(ctx, draft)
}

// issueNamed is issueFor for a subject that could be mistaken for something else.
func issueNamed(ctx context.Context, c *console, subject string) error {
	if subject == "" && !aboutNobody(c) {
		c.fail(explain.Line{Text: "type a name after /issue"})
		return nil
	}
	return c.issueFor(ctx, subject)
}

// aboutNobody reports whether the shape of the next tokens has no subject.
func aboutNobody(c *console) bool { return c.form.Shape != nil && !c.form.Shape.NeedsSubject(nil) }

// issue issues a token and describes it. In a protected profile it asks first.
func (c *console) issue(ctx context.Context, from desk.Draft) error {
	if err := incompleteForm(c); c.refused(err) {
		c.missed.withheld = true
		return nil
	}
	nobody := from.Subject == "" && from.Whole()
	if from.Persona == nil && from.Bytes == nil && !nobody && c.refused(input.CheckSubject(from.Subject)) {
		c.missed.withheld = true
		return nil
	}
	if opened, err := c.ready(ctx); !opened {
		return err
	}
	entry, err := c.desk.Issue(ctx, from)
	if c.refused(err) {
		c.missed.withheld = true
		return nil
	}
	c.arrive(entry)
	return nil
}

// arrive puts a new token on the board and describes it.
func (c *console) arrive(e *desk.Entry) {
	c.board.Add(e)
	c.keep(e)
	c.describe(e)
}

// ready reports whether something can be signed. In a protected profile it asks first.
func (c *console) ready(ctx context.Context) (bool, error) {
	locked, ok := errors.AsType[*desk.Locked](c.desk.Ready())
	if !ok {
		return true, nil
	}
	return c.unlock(ctx, locked)
}

// unlock asks for the name of a protected profile and reports whether the answer
// was right. The end of the input is an error.
func (c *console) unlock(ctx context.Context, locked *desk.Locked) (bool, error) {
	c.sayf("The profile %s is protected. Type its name to sign with its key.", locked.Profile)
	name, err := c.ask(ctx, "name> ")
	if errors.Is(err, errLeave) && !c.in.isTerminal() {
		return false, incomplete(ErrProtected, "put the name on the line after the first subject")
	}
	if err != nil {
		return false, err
	}
	opened, err := locked.Answer(name)
	if err != nil {
		c.refused(err)
		return false, nil
	}
	c.desk = opened
	return true, nil
}

// issueAgain issues the last token again, or one like it when it was read.
func issueAgain(ctx context.Context, c *console, _ string) error {
	return c.issue(ctx, c.current.Draft)
}
