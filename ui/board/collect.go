package board

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/file"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

const (
	// firstPortion is how many tokens are added first, so that there is something to see, and
	// portion how many are added at once then.
	firstPortion, portion = 1000, 8000
	// largestFile is how many bytes a file may have.
	largestFile = 256 << 20
)

// adder adds all tokens of a file or a paste.
type adder struct{ job frame.Job }

// paste adds all tokens of a text that was pasted.
func (a *adder) paste(c *frame.Ctx, text string) tea.Cmd {
	return a.collect(c, "the pasted text", func() (*desk.Collection, error) {
		return desk.Collect(text, desk.Arrival{Pasted: true}), nil
	})
}

// openFile asks for a file and adds all tokens in it.
func (a *adder) openFile(c *frame.Ctx) tea.Cmd {
	return dialog.OpenFile(c, dialog.FileQuestion{
		Title: "Open a file of tokens", Verb: "add its tokens",
		Hint: "a token a line, JSON, HAR, a log, curl commands: whatever holds tokens",
		Take: func(c *frame.Ctx, path string) tea.Cmd {
			c.Say(widget.Quiet, "reading "+filepath.Base(path)+" …")
			return a.collect(c, filepath.Base(path), func() (*desk.Collection, error) { return readFile(path) })
		},
	})
}

func readFile(path string) (*desk.Collection, error) {
	data, err := file.Read(path, largestFile)
	switch {
	case errors.Is(err, file.ErrTooLarge):
		return nil, fmt.Errorf("%s has more than %d MB, so it was not read", path, largestFile>>20)
	case err != nil:
		return nil, errors.New(path + " cannot be read")
	}
	return desk.Collect(string(data), desk.Arrival{File: path}), nil
}

// intake is a collection that is being added to the board.
type intake struct {
	what       string // its name in sentences
	collection *desk.Collection
	desk       *desk.Desk
	at         int // how many of its tokens have been read
	read       int // those that could be read
	added      int
	there      int // were on the board already
}

// collect reads a text off the loop and adds its tokens, portion by portion.
func (a *adder) collect(c *frame.Ctx, what string, read func() (*desk.Collection, error)) tea.Cmd {
	off := func(context.Context, *desk.Desk) (*desk.Collection, error) { return read() }
	return frame.Do(c, &a.job, off, func(c *frame.Ctx, found *desk.Collection, err error) tea.Cmd {
		if err != nil {
			return frame.Fail(c, err)
		}
		return a.next(c, &intake{what: what, collection: found, desk: c.Desk})
	})
}

// next adds the next portion, or says what was added.
func (a *adder) next(c *frame.Ctx, in *intake) tea.Cmd {
	total := in.collection.Len()
	if in.at >= total || c.Board.Len() >= desk.MaxBoard {
		if c.Board.Selected() == nil {
			move(c, 0)
		}
		return c.Say(in.says())
	}
	if in.at > 0 {
		c.Say(widget.Quiet, fmt.Sprintf("reading %s: %d of %d tokens …", in.what, in.at, total))
	}
	now, from, n := c.Now, in.at, portion
	if from == 0 {
		n = firstPortion
	}
	verify := func(context.Context, *desk.Desk) ([]*desk.Entry, error) {
		return in.collection.Entries(in.desk, from, n, now), nil
	}
	return frame.Do(c, &a.job, verify, func(c *frame.Ctx, entries []*desk.Entry, _ error) tea.Cmd {
		added, there := c.Board.AddAll(entries, in.collection)
		in.added, in.there, in.read = in.added+added, in.there+there, in.read+len(entries)
		in.at = min(from+n, total)
		return a.next(c, in)
	})
}

// says says how many tokens were added, and what became of the others.
func (in *intake) says() (widget.Tone, string) {
	col, what := in.collection, visible.Text(in.what)
	if col.Len() == 0 {
		return widget.Bad, "no token was found in " + what
	}
	says := []string{phrase.Count(in.added, "token", "tokens") + " of " + what + " added"}
	add := func(n int, one, several string) {
		if n > 0 {
			says = append(says, phrase.Count(n, one, several))
		}
	}
	left := col.Len() - in.at + in.read - in.added - in.there // the board is full
	add(in.there+col.Repeats, "was there already", "were there already")
	add(in.at-in.read, "could not be read", "could not be read")
	add(col.Lines, "line has none", "lines have none")
	add(left, "has no room", "have no room")
	if in.added > 0 {
		says = append(says, undoing(in.added, "takes it away", "takes them away"))
	}
	tone := widget.Good
	if in.added == 0 || left > 0 {
		tone = widget.Warn
	}
	return tone, strings.Join(says, " · ")
}
