package cli

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
)

// inspectCommand is the command that reads tokens without verifying them. It needs no key
// and no settings.
func inspectCommand(p Program) *cobra.Command {
	var asJSON, utc, compare bool
	var at atFlag
	cmd := &cobra.Command{
		Use:        "inspect [TOKEN]",
		SuggestFor: []string{"decode", "parse", "read", "show"},
		Short:      "Read a token without checking its signature",
		Long: "Read a token from the argument or from standard input: bare, or in a header, a curl command, JSON, a cookie or a URL; " +
			"or several tokens, one per line. Nothing is fetched and no signature is checked.",
		Example: `tokendesk inspect eyJhbGciOi...
curl -s http://localhost:8000/token | tokendesk inspect
tokendesk inspect --json < token.txt
tokendesk inspect --compare "$OLD" "$NEW"`,
		Args: inspectArgs(&compare),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := at.stop(p)
			if err != nil {
				return err
			}
			now := p.Now()
			clock := explain.Clock{Now: now, Zone: now.Location()}
			if utc {
				clock.Zone = nil
			}
			if compare {
				return p.compare(args, clock, at.given(), asJSON)
			}
			in, err := p.readTokens(args)
			if err != nil {
				return err
			}
			code := exitDone
			for i, found := range in.found {
				known := explain.Read(found)
				known.Moved = at.given()
				if known.Result.Verdict != 0 && code == exitDone {
					code = verdictExit(known.Result.Verdict)
				}
				report := explain.Token(known, now)
				text := inspectionText(report, clock, styleFor(p.Stdout), i > 0)
				if err := p.show(asJSON, report.Inspection(), text); err != nil {
					return err
				}
			}
			return exitWith(code)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON, one object per line")
	cmd.Flags().BoolVar(&compare, "compare", false, "compare two tokens, claim by claim")
	at.flag(cmd, "count every ago and in from this time instead of now")
	cmd.Flags().BoolVar(&utc, "utc", false, "show times in UTC")
	return cmd
}

// inspectionText describes a token for people. What vouches for it, or that nothing
// does, comes last, where it is seen.
func inspectionText(r *explain.Report, clock explain.Clock, s style, afterAnother bool) string {
	page := page{style: s}
	if afterAnother {
		page.add("")
	}
	page.row("token", phrase.Count(len(r.Token.Compact), "byte", "bytes"))
	if r.Around != "" {
		page.row("", r.Around)
	}
	for _, line := range r.Failures {
		page.line(line)
	}
	for _, part := range r.Parts() {
		if part.Text != "" {
			page.row(part.Title, part.Text)
			continue
		}
		page.members(part.Title, part.Members, clock)
	}
	if r.Header != nil && !r.Token.IsEncrypted() {
		page.row("signature", phrase.Count(len(r.Token.Signature), "byte", "bytes"))
	}
	if at := r.AsOf(clock); at != "" {
		page.row("as of", at)
	}
	if left := r.Status(clock.Now).Left; left != "" {
		page.row("status", left)
	}
	for _, line := range r.Findings {
		page.line(line)
	}
	for _, line := range r.Verdict(clock)[len(r.Failures):] {
		page.add(s.tone(line.Tone, visible.Text(line.String())))
	}
	return strings.Join(page.lines, "\n")
}

// page is the description of a token, line by line, ready to print.
type page struct {
	style style
	lines []string
}

const (
	titleWidth = 12
	nameWidth  = 20 // of the longest name that others are aligned to
)

// add adds a line that is safe to print.
func (g *page) add(text string) { g.lines = append(g.lines, strings.TrimRight(text, " ")) }

// row adds a line with a title. The text may quote the token.
func (g *page) row(title, text string) {
	g.add(g.style.faint(pad(title, titleWidth)) + visible.Text(text))
}

// line adds a line of package explain with its label as the title.
func (g *page) line(l explain.Line) {
	g.add(g.style.tone(l.Tone, pad(l.Label, titleWidth)) + visible.Text(l.Said()))
}

// members adds the members of the header or the claims.
func (g *page) members(title string, members []explain.Member, clock explain.Clock) {
	g.add(g.style.faint(title))
	width := 0
	for _, m := range members {
		width = max(width, min(nameWidth, ansi.StringWidth(visible.Text(m.Name))))
	}
	for _, m := range members {
		text := "  " + g.style.strong(pad(visible.Text(m.Name), width)) + "  " + visible.Text(m.Text)
		if note := m.Note(clock); note != "" {
			text += "  " + g.style.faint(visible.Text(note))
		}
		g.add(text)
	}
	if len(members) == 0 {
		g.add("  empty")
	}
}
