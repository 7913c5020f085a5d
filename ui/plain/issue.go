package plain

import (
	"context"
	"errors"

	"tokendesk/auth/advice"
	"tokendesk/auth/input"
	"tokendesk/desk"
)

// ErrProtected is the error of a console whose input, a file or a pipe, ended
// before the name of a protected profile. The one that Run returns has advice.
var ErrProtected = errors.New("the profile is protected and the input ended before its name, so nothing was signed")

// errWithheld is the error of a console whose input, a file or a pipe, asked for a token
// that was not issued.
var errWithheld = errors.New("a token that was asked for was not issued")

// incomplete returns why no token is issued: it would lack what was asked for.
func (c *console) incomplete() error {
	switch {
	case c.wrong["claims"]:
		return advice.New("no token was issued: the last /claims was refused", "correct it, or type /claims alone to go without")
	case c.wrong["lifetime"]:
		return advice.New("no token was issued: the last /lifetime was refused", "correct it")
	case c.wrong["profile"]:
		return advice.New("no token was issued: the last /profile was refused", "correct it, or type /profile alone to stay with "+c.desk.Name())
	case c.wrong["secret"]:
		return advice.New("no token was issued: the last /secret was refused", "correct it, or type /secret alone to stay with this one")
	}
	return nil
}

// issue issues a token and describes it. In a protected profile it asks first.
func (c *console) issue(ctx context.Context, from desk.Draft) error {
	if err := c.incomplete(); c.refused(err) {
		c.withheld = true
		return nil
	}
	if from.Persona == nil && c.refused(input.CheckSubject(from.Subject)) {
		c.withheld = true
		return nil
	}
	if locked, ok := errors.AsType[*desk.Locked](c.desk.Ready()); ok {
		if opened, err := c.unlock(ctx, locked); !opened {
			return err
		}
	}
	entry, err := c.desk.Issue(ctx, from)
	if c.refused(err) {
		c.withheld = true
		return nil
	}
	c.board.Add(entry)
	c.current = entry
	describe(&c.dialogue, entry.Known(), c.desk.Now())
	return nil
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

// again issues the last token again, or one like it when it was read.
func (c *console) again(ctx context.Context, _ string) error { return c.issue(ctx, c.current.Draft) }
