package old

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/internal/terminal"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// plainConsole is the console line by line, for screen readers and terminals
// that cannot be drawn on. It keeps the same desk and the same board.
type plainConsole struct {
	cfg      Config
	in       *plainInput
	out      *bufio.Writer
	desk     desk
	board    board
	current  *entry
	lifetime string
	claims   auth.Object
	seen     time.Time // up to when expiries were told
}

// errLeave ends the plain console.
var errLeave = errors.New("leave")

// ErrNoKey is the error of a plain console whose input, a file or a pipe, ended
// before there was a key. The one that is returned also says what to do.
var ErrNoKey = errors.New("the input ended before there was a key, so nothing was done")

// RunPlain runs the console on plain lines, without moving the cursor. It ends
// with the input or with the command /quit. It returns a *[terminal.Stopped] when
// a signal ended it, and [ErrNoKey] or [ErrProtected] when it could not sign.
func RunPlain(ctx context.Context, cfg Config) error {
	cfg = cfg.withDefaults()
	in := newPlainInput(cfg.Input, cfg.Output)
	defer in.giveBack()
	return terminal.Follow(ctx, func(ctx context.Context) error {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		go in.run(ctx)
		p := &plainConsole{
			cfg: cfg, in: in, out: bufio.NewWriter(cfg.Output),
			board: newBoard(), seen: cfg.Now(),
		}
		err := p.run(ctx)
		if flush := p.out.Flush(); errors.Is(err, errLeave) {
			err = flush
		}
		if err != nil && terminal.Gone(cfg.Output) && term.IsTerminal(cfg.Output.Fd()) {
			return &terminal.Stopped{Signal: syscall.SIGHUP}
		}
		return err
	})
}

func (p *plainConsole) run(ctx context.Context) error {
	if err := p.open(ctx); err != nil {
		return err
	}
	p.sayf("%s", p.title())
	p.sayf("Type who the token is for, or paste a token to read it. /help lists the commands.")
	for {
		p.tellExpired()
		line, err := p.ask(ctx, "> ")
		if err != nil {
			return err
		}
		if err := p.obey(ctx, line); err != nil {
			return err
		}
	}
}

// sayf writes a line. Everything that is not ours to begin with is escaped.
func (p *plainConsole) sayf(format string, args ...any) {
	fmt.Fprintln(p.out, visible.Text(fmt.Sprintf(format, args...)))
}

// ask writes a prompt and returns the line that was typed. The end of the input
// is errLeave.
func (p *plainConsole) ask(ctx context.Context, prompt string) (string, error) {
	for {
		fmt.Fprint(p.out, prompt)
		if err := p.out.Flush(); err != nil {
			return "", err
		}
		line, err := p.in.next(ctx, prompt)
		switch {
		case err != nil:
			fmt.Fprintln(p.out) // what comes next begins a line
			return "", err
		case line.fault == "":
			return line.text, nil
		}
		p.sayf("Error: %s", line.fault)
	}
}

// open finds a key, by asking when there is none.
func (p *plainConsole) open(ctx context.Context) error {
	for {
		set, err := p.cfg.Load()
		if err == nil && set.Key != nil {
			p.use(set, true)
			return nil
		}
		p.desk = newDesk(set, p.cfg.Now, p.cfg.Rand)
		p.lifetime = lifetimeText(set.Lifetime)
		if done, err := p.findKey(ctx, set, err); done || err != nil {
			return err
		}
	}
}

// findKey says why there is no key and does what the user chooses. It reports
// whether the desk has one now; otherwise the settings are to be read again.
func (p *plainConsole) findKey(ctx context.Context, set *settings.Settings, loadErr error) (bool, error) {
	create := loadErr == nil && !set.Found
	switch {
	case loadErr != nil:
		p.problems(loadErr)
	case set.Found:
		p.sayf("%s has no SECRET_KEY: add one in an editor.", set.File)
	default:
		p.sayf("There is no key yet: tokens are signed with the SECRET_KEY of %s, which is not here.", set.File)
	}
	if create {
		p.sayf("1: create %s here with a fresh secret. 2: use a key for this run only. 3: quit.", set.File)
	} else {
		p.sayf("1: read the settings again. 2: use a key for this run only. 3: quit.")
	}
	answer, err := p.ask(ctx, "1, 2 or 3> ")
	if errors.Is(err, errLeave) && !term.IsTerminal(p.cfg.Input.Fd()) {
		if create {
			return false, fmt.Errorf("%w: run tokendesk init first, or set SECRET_KEY", ErrNoKey)
		}
		return false, fmt.Errorf("%w: put right what is wrong with the settings first", ErrNoKey)
	}
	if err != nil {
		return false, err
	}
	switch strings.TrimSpace(answer) {
	case "", "1":
		if create {
			if created, err := p.cfg.Create(); err != nil {
				p.sayf("Error: %s", err.Error())
			} else {
				p.sayf("Wrote %s with a fresh secret.", created.Path)
			}
		}
		return false, nil
	case "2":
		key, err := auth.NewRandomKey(p.cfg.Rand)
		if err != nil {
			return false, err
		}
		p.desk.useThrowaway(key)
		return true, nil
	case "3":
		return false, errLeave
	default:
		p.sayf("Type 1, 2 or 3.")
		return false, nil
	}
}

func (p *plainConsole) title() string {
	set := p.desk.settings
	name := strings.TrimSpace(set.ProjectName + " " + set.ProjectVersion)
	if name != "" {
		name = " " + name + "."
	}
	source := set.KeySource
	if p.desk.throwaway {
		source = thisRun
	}
	weak := ""
	if p.desk.key().Weakness() != nil {
		weak = " This key is weak: anybody can guess it."
	}
	return fmt.Sprintf("Tokendesk.%s%s %s, from %s.%s", name, p.profileNote(), keyName(p.desk.key()), source, weak)
}

// profileNote names the profile where there could be another.
func (p *plainConsole) profileNote() string {
	set := p.desk.settings
	if p.desk.throwaway || set.Profile == "" {
		return ""
	}
	several := p.cfg.Profiles != nil && len(p.cfg.Profiles()) > 1
	switch {
	case set.Protected:
		return " Profile " + set.Profile + ", which is PROTECTED."
	case several || set.Profile != settings.DefaultProfile:
		return " Profile " + set.Profile + "."
	default:
		return ""
	}
}

// tellExpired says which tokens have expired since the last look.
func (p *plainConsole) tellExpired() {
	now := p.cfg.Now()
	for _, item := range p.board.between(p.seen, now, 0) {
		p.sayf("Expired: %s.", who([]*boardItem{item}))
	}
	p.seen = now
}

// obey runs a command, reads a token, or issues one.
func (p *plainConsole) obey(ctx context.Context, line string) error {
	switch {
	case strings.TrimSpace(line) == "":
		return nil
	case strings.HasPrefix(line, "/"):
		name, rest, _ := strings.Cut(line[1:], " ")
		return p.command(ctx, name, strings.TrimSpace(rest))
	case holdsToken(line) > 0:
		p.read(line)
	default:
		return p.issue(ctx, draft{subject: line, lifetime: p.lifetime, claims: p.claims})
	}
	return nil
}

// refused says why something was not done, if it was not.
func (p *plainConsole) refused(err error) bool {
	if err != nil {
		p.sayf("Error: %s", err.Error())
	}
	return err != nil
}

func (p *plainConsole) issue(ctx context.Context, d draft) error {
	if d.persona == nil && p.refused(input.CheckSubject(d.subject)) {
		return nil
	}
	if allowed, err := p.allowed(ctx); !allowed {
		return err
	}
	msg, _ := p.desk.issue(d)().(issuedMsg)
	if p.refused(msg.err) {
		return nil
	}
	p.board.add(msg.entry)
	p.current = msg.entry
	p.describe()
	return nil
}

func (p *plainConsole) read(text string) {
	msg, _ := p.desk.read(text, 0)().(readMsg)
	p.current = p.desk.inspect(msg.reading, 0, msg.now)
	p.fetchKeys()
	if msg.reading.err == nil && len(msg.reading.found[0].Around) > 0 {
		p.sayf("Taken off: %s.", strings.Join(msg.reading.found[0].Around, ", "))
	}
	p.describe()
}

// fetchKeys verifies the current token again with the published keys when no
// configured one signed it.
func (p *plainConsole) fetchKeys() {
	e, url := p.current, p.desk.settings.JWKSURL
	if url == "" || p.cfg.Published == nil || e.token.Header == nil || e.result.Key != nil {
		return
	}
	published, err := p.cfg.Published(url, e.token.KeyID())
	if err != nil {
		p.sayf("The published keys were not looked at: %s.", err.Error())
		return
	}
	if published.Problem != nil {
		p.sayf("The published keys are those of an earlier time: %s.", published.Problem.Error())
	}
	p.desk.take(published)
	e.keys = nil
	p.desk.verify(e, p.cfg.Now())
}

// describe says everything about the current token.
func (p *plainConsole) describe() {
	e, now := p.current, p.cfg.Now()
	p.sayf("Verdict: %s.", e.result.Verdict)
	for _, f := range e.result.Failures {
		p.sayf("  %s: %s.", f.Verdict, f.Reason)
	}
	if !e.result.SignatureChecked {
		p.sayf("  The signature was not checked: anybody can have written this.")
	} else if e.result.Key != nil {
		p.sayf("  Signature verified with key %s.", e.result.Key.Fingerprint())
		if from := e.publisher; from != nil {
			p.sayf("  It is kid %s of %s, fetched %s.", e.result.Key.ID(), from.From, formatMoment(from.Fetched, now, time.UTC))
		}
	}
	if e.token.Claims != nil {
		p.sayf("Status: %s.", e.token.Status(now))
	}
	b := rowBuilder{now: now, zone: time.UTC}
	for _, m := range e.token.Header {
		note, _ := b.headerNote(m)
		p.member("Header", m, note, nil)
	}
	for _, m := range e.token.Claims {
		note, date := b.claimNote(m)
		p.member("Claim", m, note, date)
	}
	for _, f := range auth.Findings(e.token, now) {
		p.sayf("Finding, %s: %s.", f.Severity, f.Text)
	}
	p.sayf("Token: %s", e.token.Compact)
}

func (p *plainConsole) member(kind string, m auth.Member, note string, date *auth.NumericDate) {
	if date != nil {
		note += ", " + distance(*date, p.cfg.Now())
	}
	if note != "" {
		note = " (" + note + ")"
	}
	value := string(m.Value)
	if text, ok := (auth.Object{m}).String(m.Name); ok {
		value = text
	}
	p.sayf("%s %s: %s%s", kind, m.Name, value, note)
}
