package terminal

import (
	"bytes"
	"slices"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// How long the stream waits for more input.
const (
	escapeWait = 50 * time.Millisecond // after ESC, which is a key and the start of many
	tokenWait  = time.Second           // for the rest of a token
	pasteWait  = time.Second           // for the mark at the end of a paste

	enterAfter = 10 * time.Millisecond  // an enter so soon after text may be part of it
	enterWait  = 30 * time.Millisecond  // for text after such an enter
	burstWait  = 60 * time.Millisecond  // after text that was pasted without marks
	largeWait  = 250 * time.Millisecond // after more of it than a terminal hands over at once

	// late is how much later than it arrived input may be read on a busy machine.
	late = 50 * time.Millisecond
)

const (
	// fewest is how many characters at once are more than a person types.
	fewest = 8

	// mostTyped is how many characters at once are more than a field takes.
	mostTyped = 2000

	// large is less than a terminal hands over at once at most.
	large = 4000

	// mostWaiting is how many messages wait for a program that is slow, as many as the line
	// editor of a terminal keeps characters. What comes then is no typing.
	mostWaiting = 4096
)

// stream turns the bytes that a terminal sends into messages, in the order in which
// they were sent. It keeps pastes away from the decoder, and finds those that the
// terminal has not marked. It has no clock: it is told when bytes arrived, and asks with
// due to be told when nothing did.
type stream struct {
	rest  []byte    // a token that is not complete
	since time.Time // when its last byte arrived
	read  int       // how many bytes arrived together
	typed time.Time // when a single character arrived
	paste *paste    // nil outside of pastes
	burst burst
	until time.Time // when the paste or the burst is over if nothing more arrives
	queue []tea.Msg // not sent yet
}

// burst is text that arrived at once, and perhaps the ends of its last line. It is held
// until it is clear whether it was typed or pasted.
type burst struct {
	raw   []byte
	chars int
	ended bool // it has the end of a line
}

// feed takes bytes that arrived together.
func (s *stream) feed(in []byte, now time.Time) {
	s.expire(now.Add(-late))
	in = slices.Concat(s.rest, in)
	s.read = len(in)
	if s.paste == nil && len(in) >= fewest && hasBinary(in) { // no keys, whatever they are
		s.pasted()
	}
	s.rest, s.since = nil, now
	for len(in) > 0 {
		if s.paste != nil && s.paste.marked {
			n, ended := s.paste.take(in)
			in = in[n:]
			if ended {
				s.settle()
			}
			continue
		}
		k, n := next(in)
		if k == partial {
			s.rest = slices.Clone(in)
			break
		}
		s.token(k, in[:n], now)
		in = in[n:]
	}
	switch {
	case s.paste == nil:
	case s.paste.marked:
		s.until = now.Add(pasteWait)
	case s.paste.size > large:
		s.until = now.Add(largeWait)
	default:
		s.until = now.Add(burstWait)
	}
}

// hasBinary reports whether some bytes, up to a marked paste, hold one that is not UTF-8.
func hasBinary(in []byte) bool {
	for len(in) > 0 {
		k, n := next(in)
		if k == binary || k == key && isPasteStart(in[:n]) {
			return k == binary
		}
		in = in[n:]
	}
	return false
}

// token takes a complete token.
func (s *stream) token(k kind, raw []byte, now time.Time) {
	var events []uv.Event
	if k == key {
		events = decode(raw, k)
	}
	switch {
	case isCtrlC(events):
		// Whatever was sent before no longer matters.
		s.rest, s.burst, s.paste, s.queue = nil, burst{}, nil, nil
		s.emit(events)
	case is[uv.PasteStartEvent](events):
		s.settle()
		s.paste = &paste{marked: true}
	case is[uv.PasteEndEvent](events): // it comes too late
	case s.paste != nil:
		s.paste.add(raw)
	case k == text:
		s.text(raw, now)
	case isEnter(raw) && (len(s.burst.raw) > 0 || now.Sub(s.typed) <= enterAfter):
		s.burst.ended = true
		s.hold(raw, now.Add(enterWait))
	case s.burst.ended && raw[0] == tab:
		s.hold(raw, s.until)
	default:
		s.settle()
		s.emit(events)
	}
}

// text takes characters that arrived together.
func (s *stream) text(raw []byte, now time.Time) {
	chars := utf8.RuneCount(raw)
	if chars == 1 && len(raw) == s.read && len(s.burst.raw) == 0 {
		s.emit(decode(raw, text))
		s.typed = now
		return
	}
	s.burst.chars += chars
	s.hold(raw, now.Add(enterAfter))
	if s.burst.ended || s.burst.chars > mostTyped {
		s.pasted()
	}
}

// pasted begins a paste without marks, which the burst is part of.
func (s *stream) pasted() {
	s.paste = &paste{}
	s.paste.add(s.burst.raw)
	s.burst = burst{}
}

// hold adds bytes to the burst.
func (s *stream) hold(raw []byte, until time.Time) {
	s.burst.raw = append(s.burst.raw, raw...)
	s.until = until
}

// settle ends the paste or the burst.
func (s *stream) settle() {
	p, b := s.paste, s.burst
	s.paste, s.burst, s.typed = nil, burst{}, time.Time{}
	switch {
	case p != nil:
		if msg := p.message(); msg != nil {
			s.queue = append(s.queue, msg)
		}
	case b.chars >= fewest && !isHeld(b.raw):
		s.queue = append(s.queue, Burst{Text: string(b.raw), Keys: keys(b.raw)})
	default:
		for raw := b.raw; len(raw) > 0; {
			k, n := next(raw)
			s.emit(decode(raw[:n], k))
			raw = raw[n:]
		}
	}
}

// isHeld reports whether a text is one character over and over: a key that was held down,
// over a slow connection.
func isHeld(raw []byte) bool {
	_, size := utf8.DecodeRune(raw)
	return len(bytes.ReplaceAll(raw, raw[:size], nil)) == 0
}

// keys returns the keys that type a text.
func keys(raw []byte) []tea.KeyPressMsg {
	var pressed []tea.KeyPressMsg
	for len(raw) > 0 {
		k, n := next(raw)
		for _, event := range decode(raw[:n], k) {
			if press, ok := event.(uv.KeyPressEvent); ok {
				pressed = append(pressed, tea.KeyPressMsg(press))
			}
		}
		raw = raw[n:]
	}
	return pressed
}

// expire gives up waiting for what has not arrived until now.
func (s *stream) expire(now time.Time) {
	due := s.due()
	if due.IsZero() || now.Before(due) {
		return
	}
	if s.waits() && !now.Before(s.until) {
		if s.paste != nil { // what has no end belongs to it
			s.paste.add(s.rest)
			s.rest = nil
		}
		s.settle()
	}
	if len(s.rest) > 0 && s.paste == nil && !now.Before(s.since.Add(wait(s.rest))) {
		rest := s.rest
		s.rest = nil
		s.settle()
		s.emit(decode(rest, key))
	}
}

// due returns when expire is to be called next, or zero.
func (s *stream) due() time.Time {
	var due time.Time
	if s.waits() {
		due = s.until
	}
	if len(s.rest) == 0 || s.paste != nil {
		return due
	}
	if rest := s.since.Add(wait(s.rest)); due.IsZero() || rest.Before(due) {
		due = rest
	}
	return due
}

// waits reports whether there is a paste or a burst.
func (s *stream) waits() bool { return s.paste != nil || len(s.burst.raw) > 0 }

// wait returns how long to wait for the rest of a token. ESC and ESC [ are keys too, and
// so is a sequence that ends with $ in rxvt.
func wait(rest []byte) time.Duration {
	if rest[0] == esc && (len(bytes.TrimLeft(rest, "\x1b")) <= 1 || rest[len(rest)-1] == '$') {
		return escapeWait
	}
	return tokenWait
}

// emit puts events into the queue, as long as it has room.
func (s *stream) emit(events []uv.Event) {
	if len(s.queue) < mostWaiting {
		s.queue = append(s.queue, events...)
	}
}

// next takes the first message from the queue, or returns nil.
func (s *stream) next() tea.Msg {
	if len(s.queue) == 0 {
		return nil
	}
	msg := s.queue[0]
	s.queue = s.queue[1:]
	return msg
}

func is[T uv.Event](events []uv.Event) bool {
	if len(events) != 1 {
		return false
	}
	_, ok := events[0].(T)
	return ok
}

func isEnter(raw []byte) bool { return len(raw) == 1 && (raw[0] == cr || raw[0] == lf) }
