package cli

import (
	"errors"
	"io"
	"strings"

	"github.com/charmbracelet/x/term"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/explain"
)

// tokenInput is the tokens that a command was given.
type tokenInput struct {
	found []find.Match
	// lines says that every line of the input is a token of its own, or every signature of
	// a JWS in JSON. Otherwise the input is one text, and its likeliest token comes first.
	lines bool
}

// readTokens returns the tokens in the argument or on standard input. There is at
// least one, good or not.
func (p Program) readTokens(args []string) (tokenInput, error) {
	text := ""
	switch {
	case len(args) == 1 && args[0] != "-":
		text = args[0]
	case len(args) == 0 && term.IsTerminal(p.Stdin.Fd()):
		return tokenInput{}, invalid(advise("there is no token", "give one as an argument, or pipe one in"))
	default:
		data, err := io.ReadAll(io.LimitReader(p.Stdin, auth.MaxBytes+1))
		if err != nil {
			return tokenInput{}, errors.New("standard input cannot be read")
		}
		text = strings.TrimSpace(string(data))
	}
	if found, ok := perLine(text); ok {
		return tokenInput{found, true}, nil
	}
	found, err := find.Tokens(text, auth.MaxBytes)
	if refused, ok := errors.AsType[*auth.DecodeError](err); ok {
		return tokenInput{}, &exitError{code: verdictExit(refused.Verdict), err: refused}
	}
	isOneJWS := len(found) > 0 && found[0].Form == find.FormJSON // with several signatures, each of which counts
	return tokenInput{found, isOneJWS}, err
}

// chooseTokens returns the tokens to verify or to watch: that of every line, or the
// likeliest one of a single text. It says when there are others.
func (p Program) chooseTokens(in tokenInput) []find.Match {
	if in.lines || len(in.found) < 2 {
		return in.found
	}
	p.note(explain.Others(len(in.found)-1) + "; only the first is used: " + strings.Join(in.found[0].Around, ", "))
	return in.found[:1]
}

// perLine reads a text in which every line is one token, bare or after "Bearer",
// and reports whether it is such a text.
func perLine(text string) ([]find.Match, bool) {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	isSpread := strings.HasPrefix(first, "{") && !strings.HasSuffix(strings.TrimSpace(first), "}") // one object over several lines
	isBinary := strings.ContainsRune(text, 0)                                                      // such as UTF-16
	if len(text) > auth.MaxBytes || isSpread || isBinary {
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

// isToken reports whether an argument is a token, bare or after "Bearer". It may be
// encrypted or cut off.
func isToken(text string) bool {
	text = strings.TrimSpace(text)
	if scheme, rest, ok := strings.Cut(text, " "); ok && strings.EqualFold(scheme, "bearer") {
		text = strings.TrimSpace(rest)
	}
	_, err := auth.Decode(text)
	return err == nil || strings.HasPrefix(text, `eyJ`) && strings.Contains(text, ".") // {" in base64url
}
