package old

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"tokendesk/auth"
	"tokendesk/internal/copyas"
	"tokendesk/internal/file"
	"tokendesk/internal/visible"
)

// command runs one of the commands that begin with a slash.
func (p *plainConsole) command(ctx context.Context, name, rest string) error {
	switch name {
	case "quit", "q":
		return errLeave
	case "help", "h":
		p.help()
	case "lifetime":
		p.setLifetime(rest)
	case "claims":
		p.setClaims(rest)
	case "read":
		p.read(rest)
	case "board":
		p.listBoard()
	case "profile":
		p.profile(rest)
	case "persona":
		return p.persona(ctx, rest)
	case "status", "again", "watch", "copy", "write":
		if p.current == nil {
			p.sayf("There is no token yet.")
			return nil
		}
		return p.withToken(ctx, name, rest)
	default:
		p.sayf("There is no command /%s. /help lists them.", name)
	}
	return nil
}

func (p *plainConsole) withToken(ctx context.Context, name, rest string) error {
	switch name {
	case "status":
		p.sayf("%s: %s.", p.current.token.Subject(), standing(p.current, p.cfg.Now()))
	case "again":
		return p.issue(ctx, p.current.draft)
	case "watch":
		if p.current.token.Claims == nil {
			p.sayf("Its claims could not be read, so there is nothing to watch.")
			return nil
		}
		p.board.add(p.current)
		p.sayf("Added to the board.")
	case "copy":
		p.copy(rest)
	case "write":
		p.write(rest)
	}
	return nil
}

func (p *plainConsole) help() {
	for _, line := range []string{
		"NAME: issue a token for that email address or user name.",
		"TOKEN: read a token, bare or inside a header, a curl command, JSON or a cookie.",
		"/read TEXT: the same, for a text that does not look like a token.",
		"/lifetime 1h30m: how long the next tokens are good for. Now " + p.lifetime + ".",
		"/claims {\"role\":\"admin\"}: claims for the next tokens, as JSON. /claims alone removes them.",
		"/again: issue the last token again.",
		"/status: how long the last token is still good.",
		"/copy FORM: print the last token as token, header, curl, httpie, http, env or json.",
		"/write FILE: write the last token to a new file.",
		"/watch: add a token that was read to the board.",
		"/board: every token on the board.",
		"/persona NAME: issue a token for a persona. /persona alone lists them.",
		"/profile NAME: change to another profile. /profile alone lists them.",
		"/quit: leave.",
	} {
		p.sayf("%s", line)
	}
}

func (p *plainConsole) setLifetime(text string) {
	if _, err := p.desk.lifetime(text, p.cfg.Now()); err != nil {
		p.sayf("Error: %s", err.Error())
		return
	}
	p.lifetime = text
	p.sayf("The next tokens are good for %s.", text)
}

func (p *plainConsole) setClaims(text string) {
	claims, _, err := parseClaims(text, true, auth.CheckExtraClaim)
	if err != nil {
		p.sayf("Error: %s", err.Error())
		return
	}
	p.claims = claims
	p.sayf("The next tokens have %s of yours.", plural(len(claims), "claim", "claims"))
}

func (p *plainConsole) listBoard() {
	now := p.cfg.Now()
	if len(p.board.items) == 0 {
		p.sayf("The board is empty.")
	}
	expired := firstAlive(p.board.list, now)
	for i := range p.board.list {
		item := p.board.at(i, expired)
		p.sayf("%s, %s: %s.", item.token.Subject(), item.token.Algorithm(), standing(item.entry, now))
	}
}

func (p *plainConsole) copy(name string) {
	form, err := copyas.ByName(name)
	if err != nil {
		p.sayf("Error: %s", err.Error())
		return
	}
	text, err := form.Render(asCopy(p.current.token, p.cfg.Now()))
	if err != nil {
		p.sayf("Error: %s", err.Error())
		return
	}
	fmt.Fprintln(p.out, visible.Block(text))
}

func (p *plainConsole) write(path string) {
	path = expandHome(path, p.cfg.Environ)
	err := errors.New("type a file name behind /write")
	if path != "" {
		err = file.New(path, []byte(p.current.token.Compact+"\n"))
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		p.sayf("Error: a file of that name exists and is not replaced: choose another name")
	case err != nil:
		p.sayf("Error: %s", err.Error())
	default:
		p.sayf("Written to %s, readable by you alone.", path)
	}
}

// standing says where a token stands. Without a good signature its times are
// what somebody wrote, and it is not called active.
func standing(e *entry, now time.Time) string {
	status := e.token.Status(now)
	if !e.verified() {
		return e.result.Verdict.String() + ", it says " + status.String()
	}
	if status.State == auth.StateActive {
		return "active, " + status.String()
	}
	return status.String()
}
