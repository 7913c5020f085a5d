package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/internal/phrase"
)

// tokenArgs lets a command have one token, or none.
func tokenArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return &usageError{errors.New("give one token, or several on standard input"), cmd.CommandPath()}
	}
	return nil
}

// given is what a command was given to read.
type given struct {
	found []find.Match
	// lines says that every line of the input is a token of its own. Otherwise
	// the input is one text, and its tokens come with the likeliest first.
	lines bool
}

// read returns the tokens in the argument or on standard input. There is at
// least one, good or not.
func (p Program) read(args []string) (given, error) {
	text := ""
	switch {
	case len(args) == 1 && args[0] != "-":
		text = args[0]
	case len(args) == 0 && term.IsTerminal(p.Stdin.Fd()):
		return given{}, wrong(errors.New("there is no token: give one, or pipe one in"))
	default:
		data, err := io.ReadAll(io.LimitReader(p.Stdin, auth.MaxBytes+1))
		if err != nil {
			return given{}, errors.New("standard input cannot be read")
		}
		text = strings.TrimSpace(string(data))
	}
	if found, ok := perLine(text); ok {
		return given{found, true}, nil
	}
	found, err := find.Tokens(text, auth.MaxBytes)
	if refused, ok := errors.AsType[*auth.DecodeError](err); ok {
		return given{}, &exitError{verdictCode(refused.Verdict), fmt.Errorf("%s; %s", refused.Reason, refused.Advice)}
	}
	return given{found: found}, err
}

// meant returns the tokens that were given to be judged or watched: those of
// every line, or of one text the likeliest. It says when there are others.
func (p Program) meant(in given) []find.Match {
	if in.lines || len(in.found) < 2 {
		return in.found
	}
	p.complain(fmt.Sprintf("the text holds %s, not looked at: the first is %s",
		phrase.Count(len(in.found)-1, "more token", "more tokens"), strings.Join(in.found[0].Around, ", ")))
	return in.found[:1]
}

// perLine reads a text of which every line is one token, bare or behind
// "Bearer", and reports whether it is one.
func perLine(text string) ([]find.Match, bool) {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	isSpread := strings.HasPrefix(first, "{") && !strings.HasSuffix(strings.TrimSpace(first), "}") // one object over several lines
	if len(text) > auth.MaxBytes || isSpread {
		return nil, false
	}
	var lines []find.Match
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		found, err := find.Tokens(strings.TrimSpace(line), auth.MaxBytes)
		if err != nil || len(found) != 1 || strings.ContainsAny(found[0].Compact, " \t{}\"',;") {
			return nil, false
		}
		lines = append(lines, found[0])
	}
	if len(lines) < 2 {
		return nil, false
	}
	// A token that was broken over several lines is one token.
	if whole, err := find.Tokens(text, auth.MaxBytes); err == nil && len(whole) == 1 && whole[0].Folded {
		return nil, false
	}
	return lines, true
}
