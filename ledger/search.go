package ledger

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"sync"
)

const (
	// firstBlock is small, so that the newest rows come at once; blocks are read on all cores.
	firstBlock = 64 << 10
	block      = 1 << 20
	countBlock = 1 << 20
)

// errSearch ends a search that has a bug. It does not hold the value of the panic.
var errSearch = errors.New("the search stopped because of a bug")

// found is a row that a search has found, or a line that is damaged.
type found struct {
	row    Row
	reason error // why the line is no row, or nil
	at     int64 // where the line starts
}

// part is a part of a file, of which the lines are searched that start in it.
type part struct {
	from, to int64
	found    []found // in the order of the file
	err      error
	done     chan struct{}
}

// search yields what the filter finds, from the end of the file on. It returns false after
// yield has.
func (s *snapshot) search(keep filter, yield func(Row, error) bool) bool {
	last := &part{from: max(0, s.size-firstBlock), to: s.size}
	s.examine(last, &keep, nil)
	if !s.yield(last, yield) || keep.ended() {
		return false
	}
	if last.from == 0 {
		return true
	}
	stop := make(chan struct{})
	workers := runtime.GOMAXPROCS(0)
	work, ordered := make(chan *part), make(chan *part, 2*workers)
	var running sync.WaitGroup
	defer running.Wait()
	defer close(stop)
	for range workers {
		running.Go(func() {
			var buffer []byte
			for p := range work {
				buffer = s.examine(p, &keep, buffer)
				close(p.done)
			}
		})
	}
	running.Go(func() {
		defer close(work)
		defer close(ordered)
		for to := last.from; to > 0 && !keep.ended(); to -= block {
			p := &part{from: max(0, to-block), to: to, done: make(chan struct{})}
			select {
			case ordered <- p:
			case <-stop:
				return
			}
			select {
			case work <- p:
			case <-stop:
				return
			}
		}
	})
	for p := range ordered {
		<-p.done
		if !s.yield(p, yield) || keep.ended() {
			return false
		}
	}
	return !keep.ended()
}

// yield yields what was found in a part, the last first.
func (s *snapshot) yield(p *part, yield func(Row, error) bool) bool {
	if p.err != nil {
		yield(Row{}, p.err)
		return false
	}
	for n := len(p.found) - 1; n >= 0; n-- {
		each := &p.found[n]
		var err error
		if each.reason != nil {
			err = &Damaged{s.path, s.lineAt(each.at), each.reason}
		}
		if !yield(each.row, err) {
			return false
		}
	}
	return true
}

// examine searches a part, and returns the buffer for the next one.
func (s *snapshot) examine(p *part, keep *filter, buffer []byte) []byte {
	defer func() {
		if recover() != nil {
			p.err = errSearch
		}
	}()
	text, start, err := s.read(p, buffer)
	if err != nil {
		p.err = unreadable(s.path)
		return buffer
	}
	for at := start; at < len(text); {
		line := text[at:]
		end := bytes.IndexByte(line, '\n')
		if end < 0 { // the end of the file, or of a line that is too long
			end = len(line)
		}
		line = line[:end]
		p.examine(line, p.from+int64(at)-1, keep)
		at += end + 1
		if p.from-1+int64(at) >= p.to {
			break
		}
	}
	return text[:0]
}

// examine keeps a line that starts there if the filter does.
func (p *part) examine(line []byte, at int64, keep *filter) {
	if !sealed(line) {
		p.found = append(p.found, found{reason: cause(line), at: at})
		return
	}
	if !keep.mayMatch(line) {
		return
	}
	switch row, err := decode(line); {
	case err != nil:
		p.found = append(p.found, found{reason: err, at: at})
	case keep.Matches(&row):
		p.found = append(p.found, found{row: row, at: at})
	}
}

// read reads a part, from the byte before it to the end of its last line. The first line
// starts at start.
func (s *snapshot) read(p *part, buffer []byte) (text []byte, start int, err error) {
	from := p.from - 1
	text = append(buffer[:0], '\n') // for the first byte of the file
	if from >= 0 {
		text = text[:0]
	}
	text, err = s.extend(text, max(from, 0), p.to)
	if err != nil {
		return nil, 0, err
	}
	start = bytes.IndexByte(text, '\n') + 1
	if start == 0 || p.from-1+int64(start) >= p.to {
		return text, len(text), nil // no line starts here
	}
	for end := p.to; end < s.size && text[len(text)-1] != '\n'; {
		next := min(end+4<<10, s.size)
		was := len(text)
		if text, err = s.extend(text, end, next); err != nil {
			return nil, 0, err
		}
		if at := bytes.IndexByte(text[was:], '\n'); at >= 0 {
			text = text[:was+at+1]
		}
		end = next
		if len(text) > 2*maxRow+block {
			break
		}
	}
	return text, start, nil
}

// extend appends the bytes of the file from one place to another.
func (s *snapshot) extend(text []byte, from, to int64) ([]byte, error) {
	was := len(text)
	need := was + int(to-from)
	if cap(text) < need {
		text = append(make([]byte, 0, need+need/4), text...)
	}
	text = text[:need]
	_, err := s.f.ReadAt(text[was:], from)
	if errors.Is(err, io.EOF) { // somebody has cut the file
		err = io.ErrUnexpectedEOF
	}
	return text, err //nolint:wrapcheck // the caller explains it
}

// lineAt returns the number of the line that starts there.
func (s *snapshot) lineAt(at int64) int {
	if s.lines == nil {
		s.lines = []int{0}
		for from := int64(0); from < s.size; from += countBlock {
			n, _ := countLines(io.NewSectionReader(s.f, from, countBlock))
			s.lines = append(s.lines, s.lines[len(s.lines)-1]+n)
		}
	}
	whole := at / countBlock
	rest, _ := countLines(io.NewSectionReader(s.f, whole*countBlock, at%countBlock))
	return s.lines[whole] + rest + 1
}
