package cli

import (
	"cmp"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// inspectArgs allows one token, or two with --compare.
func inspectArgs(compare *bool) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if *compare {
			return arguments(0, 2, "--compare takes two tokens", "give two tokens or files, or pipe in two tokens, one per line")(cmd, args)
		}
		return tokenArgs()(cmd, args)
	}
}

// compare prints what two tokens have in common. The exit code is that of inspect for
// them.
func (p Program) compare(args []string, clock explain.Clock, moved, asJSON bool) error {
	found, err := p.twoTokens(args)
	if err != nil {
		return err
	}
	var reports [2]*explain.Report
	code := exitDone
	for i, name := range []string{"the first token", "the second token"} {
		known := explain.Read(found[i])
		result := known.Result
		known.Moved = moved
		reports[i] = explain.Token(known, clock.Now)
		if result.Verdict != 0 {
			code = cmp.Or(code, verdictExit(result.Verdict))
		}
		if reports[i].Header == nil || reports[i].Claims == nil {
			line := reports[i].Failures[0]
			line.Label = name
			return &exitError{code: verdictExit(result.Verdict), err: line}
		}
	}
	comparison := explain.Compare(reports[0], reports[1])
	text := comparisonText(&comparison, clock, styleFor(p.Stdout))
	if at := reports[0].AsOf(clock); at != "" {
		text += "\nas of " + at
	}
	if err := p.show(asJSON, comparison.JSON(), text); err != nil {
		return err
	}
	return exitWith(code)
}

// twoTokens returns the tokens to compare: those of two arguments, of one and standard
// input, or of standard input alone.
func (p Program) twoTokens(args []string) ([]find.Match, error) {
	if len(args) == 0 || len(args) == 1 && args[0] == "-" {
		in, err := p.readTokens(args)
		if err == nil && len(in.found) != 2 {
			err = invalid(advise("standard input holds "+phrase.Count(len(in.found), "token", "tokens")+", and --compare takes two",
				"pipe in two tokens, one per line"))
		}
		return in.found, err
	}
	if len(args) == 1 {
		args = append(args, "-")
	}
	if args[0] == "-" && args[1] == "-" {
		return nil, invalid(advise("standard input can be only one of the two tokens", "give the other one as an argument"))
	}
	var both []find.Match
	for _, arg := range args {
		text, err := tokenText(arg)
		if err != nil {
			return nil, err
		}
		in, err := p.readTokens([]string{text})
		if err != nil {
			return nil, err
		}
		both = append(both, p.chooseTokens(in)[0])
	}
	return both, nil
}

// tokenText returns an argument, or the content of the file that it names unless it is a
// token.
func tokenText(arg string) (string, error) {
	if arg == "-" || isToken(arg) {
		return arg, nil
	}
	info, _ := os.Stat(arg)
	if info == nil || !info.Mode().IsRegular() && info.Mode()&fs.ModeNamedPipe == 0 { // a pipe is <(command)
		return arg, nil
	}
	text, err := settings.ReadFile(arg, auth.MaxBytes)
	return strings.TrimSpace(string(text)), err
}

// comparisonText describes a comparison for people.
func comparisonText(c *explain.Comparison, clock explain.Clock, s style) string {
	page := page{style: s}
	page.compared("header", c.Header, clock)
	page.compared("claims", c.Claims, clock)
	signature := explain.Changed
	if c.SameSignature {
		signature = explain.Equal
	}
	page.add(s.faint(pad("signature", titleWidth)) + s.tone(signature.Tone(), signature.String()))
	differing, of := c.Differing()
	sum := "all " + strconv.Itoa(of) + " parameters and claims are equal"
	if differing > 0 {
		sum = strconv.Itoa(differing) + " of " + strconv.Itoa(of) + " parameters and claims differ"
	}
	page.add(sum)
	line := explain.Unchecked(2)
	page.add(s.tone(line.Tone, visible.Text(line.String())))
	return strings.Join(page.lines, "\n")
}

// compared adds the members of a part of two tokens: an equal one with its value, a
// changed one with both, one below the other.
func (g *page) compared(title string, members []explain.Compared, clock explain.Clock) {
	g.add(g.style.faint(title))
	names, states := 0, 0
	for _, m := range members {
		names = max(names, min(nameWidth, ansi.StringWidth(visible.Text(m.Name))))
		states = max(states, ansi.StringWidth(m.How.String()))
	}
	for _, m := range members {
		name, state := m.Name, m.How.String()
		for _, value := range []*explain.Member{m.First, m.Second} {
			if value == nil || value == m.Second && m.How == explain.Equal {
				continue
			}
			text := "  " + g.style.strong(pad(visible.Text(name), names)) + "  " + g.style.tone(m.How.Tone(), pad(state, states)) +
				"  " + visible.Text(value.Text)
			if note := value.Note(clock); note != "" {
				text += "  " + g.style.faint(visible.Text(note))
			}
			g.add(text)
			name, state = "", ""
		}
	}
	if len(members) == 0 {
		g.add("  empty")
	}
}
