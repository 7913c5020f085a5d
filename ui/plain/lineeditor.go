package plain

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"tokendesk/internal/visible"
)

// lineEditor reads lines from a terminal that returns single keys. For a person and
// for a screen reader it works like the terminal's own line editing: it echoes the
// input and knows the same few keys. But it cuts nothing, and its echo is safe to
// show.
type lineEditor struct {
	in  *bufio.Reader
	out *os.File

	mu      sync.Mutex
	prompt  string
	line    []byte
	echoed  string // what the terminal shows of the line
	tooLong bool
}

const (
	keyEnd       = 'd' & 0x1f
	keyBackspace = 'h' & 0x1f
	keyReprint   = 'r' & 0x1f
	keyKill      = 'u' & 0x1f
	keyKillWord  = 'w' & 0x1f
	keyDelete    = 0x7f
)

// maxCluster is more bytes than any grapheme cluster has.
const maxCluster = 128

// read returns the next line, of at most the given number of bytes. The error is
// [io.EOF] after ctrl+d, [bufio.ErrTooLong] when there were more bytes, and another
// one when the terminal is gone.
func (e *lineEditor) read(prompt string, most int) (string, error) {
	e.mu.Lock()
	e.prompt, e.line, e.echoed, e.tooLong = prompt, nil, "", false
	e.mu.Unlock()
	for {
		r, size, err := e.in.ReadRune()
		if err != nil {
			return "", io.ErrUnexpectedEOF
		}
		key := utf8.AppendRune(nil, r)
		if r == utf8.RuneError && size == 1 { // keep the byte itself
			_ = e.in.UnreadRune()
			b, _ := e.in.ReadByte()
			key = []byte{b}
		}
		if done, err := e.press(r, key, most); done || err != nil {
			return string(e.line), err
		}
	}
}

// press obeys a key and reports whether the line is complete.
func (e *lineEditor) press(r rune, key []byte, most int) (done bool, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch r {
	case '\n', '\r':
		e.echo()
		fmt.Fprintln(e.out)
		if e.tooLong {
			return true, bufio.ErrTooLong
		}
		return true, nil
	case keyEnd:
		if len(e.line) == 0 {
			return true, io.EOF
		}
	case keyBackspace, keyDelete:
		e.line = withoutLast(e.line)
	case keyKillWord:
		word := strings.TrimRightFunc(string(e.line), unicode.IsSpace)
		e.line = e.line[:strings.LastIndexFunc(word, unicode.IsSpace)+1]
	case keyKill:
		e.line, e.tooLong = nil, false
	case keyReprint:
		e.reprint()
	default:
		if e.tooLong = e.tooLong || len(e.line)+len(key) > most; !e.tooLong {
			e.line = append(e.line, key...)
		}
	}
	if e.in.Buffered() == 0 { // a paste is echoed in large pieces
		e.echo()
	}
	return false, nil
}

// withoutLast removes the last grapheme cluster. It looks only at as much of the
// line as a cluster can have.
func withoutLast(line []byte) []byte {
	last := max(0, len(line)-maxCluster)
	for last > 0 && !utf8.RuneStart(line[last]) {
		last--
	}
	for rest := line[last:]; len(rest) > 0; {
		cluster, _ := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		last = len(line) - len(rest)
		rest = rest[len(cluster):]
	}
	return line[:last]
}

// echo makes the terminal show the line as it is now.
func (e *lineEditor) echo() {
	now := visible.Text(string(e.line))
	same := 0
	for same < min(len(now), len(e.echoed)) && now[same] == e.echoed[same] {
		same++
	}
	for same > 0 && (insideRune(now, same) || insideRune(e.echoed, same)) {
		same--
	}
	if same < len(e.echoed) {
		before := ansi.StringWidth(e.echoed)
		if same == 0 && e.wraps(before) { // nothing goes back over the edge
			e.reprint()
			return
		}
		gone := before - ansi.StringWidth(e.echoed[:same])
		fmt.Fprint(e.out, strings.Repeat("\b \b", gone))
	}
	fmt.Fprint(e.out, now[same:])
	e.echoed = now
}

func insideRune(s string, i int) bool { return i < len(s) && !utf8.RuneStart(s[i]) }

// wraps reports whether the prompt and that many cells take more than one row.
func (e *lineEditor) wraps(cells int) bool {
	width, _, err := term.GetSize(e.out.Fd())
	return err != nil || len(e.prompt)+cells >= width
}

// reprint writes the prompt and the line again on the next row.
func (e *lineEditor) reprint() {
	e.echoed = visible.Text(string(e.line))
	fmt.Fprint(e.out, "\n"+e.prompt+e.echoed)
}

// suspend moves to the next row before stop runs, and writes the prompt and the line
// again afterwards.
func (e *lineEditor) suspend(stop func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	fmt.Fprintln(e.out)
	stop()
	e.echoed = visible.Text(string(e.line))
	fmt.Fprint(e.out, e.prompt+e.echoed)
}
