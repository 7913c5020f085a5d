package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/internal/phrase"
)

// tokenArgs lets a command have one token, or none.
func tokenArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return &usageError{errors.New("give one token, or several on standard input"), cmd.CommandPath()}
	}
	return nil
}

// input is what a command was given to read.
type input struct {
	found []auth.Found
	// lines says that every line of the input is a token of its own. Otherwise
	// the input is one text, and its tokens come with the likeliest first.
	lines bool
}

// read returns the tokens in the argument or on standard input. There is at
// least one, good or not.
func (p Program) read(args []string) (input, error) {
	text := ""
	switch {
	case len(args) == 1 && args[0] != "-":
		text = args[0]
	case len(args) == 0 && term.IsTerminal(p.Stdin.Fd()):
		return input{}, wrong(errors.New("there is no token: give one, or pipe one in"))
	default:
		data, err := io.ReadAll(io.LimitReader(p.Stdin, auth.MaxRead+1))
		if err != nil {
			return input{}, errors.New("standard input cannot be read")
		}
		text = strings.TrimSpace(string(data))
	}
	if found, ok := perLine(text); ok {
		return input{found, true}, nil
	}
	found, err := auth.Find(text, auth.MaxRead)
	if refused, ok := errors.AsType[*auth.DecodeError](err); ok {
		return input{}, &exitError{verdictCode(refused.Verdict), fmt.Errorf("%s; %s", refused.Reason, refused.Advice)}
	}
	return input{found: found}, err
}

// meant returns the tokens that were given to be judged or watched: those of
// every line, or of one text the likeliest. It says when there are others.
func (p Program) meant(in input) []auth.Found {
	if in.lines || len(in.found) < 2 {
		return in.found
	}
	p.complain(fmt.Sprintf("the text holds %s, not looked at: the first is %s",
		phrase.Count(len(in.found)-1, "more token", "more tokens"), strings.Join(in.found[0].Peeled, ", ")))
	return in.found[:1]
}

// perLine reads a text of which every line is one token, bare or behind
// "Bearer", and reports whether it is one.
func perLine(text string) ([]auth.Found, bool) {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	isSpread := strings.HasPrefix(first, "{") && !strings.HasSuffix(strings.TrimSpace(first), "}") // one object over several lines
	if len(text) > auth.MaxRead || isSpread {
		return nil, false
	}
	var lines []auth.Found
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		found, err := auth.Find(strings.TrimSpace(line), auth.MaxRead)
		if err != nil || len(found) != 1 || strings.ContainsAny(found[0].Compact, " \t{}\"',;") {
			return nil, false
		}
		lines = append(lines, found[0])
	}
	if len(lines) < 2 {
		return nil, false
	}
	// A token that was broken over several lines is one token.
	if whole, err := auth.Find(text, auth.MaxRead); err == nil && len(whole) == 1 && slices.Contains(whole[0].Peeled, "line breaks inside the token") {
		return nil, false
	}
	return lines, true
}
