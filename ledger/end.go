package ledger

import (
	"bytes"
	"errors"
	"io"
	"os"
	"time"

	"tokendesk/auth/advice"
)

// end is the end of the file while it is locked.
type end struct {
	path  string
	f     *os.File
	size  int64
	first time.Time // of the first row, or zero
	open  bool      // the last line has no line feed
}

// look looks at the file. The error says that it is no ledger, so that nothing is written.
func (e *end) look() error {
	info, err := e.f.Stat()
	switch {
	case err != nil:
		return failed(e.path, err)
	case !info.Mode().IsRegular():
		return irregular(e.path)
	}
	if e.size = info.Size(); e.size == 0 {
		return nil
	}
	var head [len(rowStart) + len(timeLayout)]byte
	n, _ := e.f.ReadAt(head[:], 0)
	begins, _, _ := bytes.Cut(head[:n], []byte("\n"))
	e.first = startOf(begins)
	var last [1]byte
	if _, err := e.f.ReadAt(last[:], e.size-1); err != nil {
		return failed(e.path, err)
	}
	e.open = last[0] != '\n'
	common := min(len(begins), len(rowStart))
	if string(begins[:common]) != rowStart[:common] && !sealed(bytes.TrimSuffix(e.lastLine(), []byte("\n"))) {
		return advice.New(e.path+" is not a ledger and was not changed", "choose another name with LEDGER_FILE, or move the file away")
	}
	return nil
}

// startOf returns the time of a row, or zero.
func startOf(line []byte) time.Time {
	if len(line) < len(rowStart)+len(timeLayout) || string(line[:len(rowStart)]) != rowStart {
		return time.Time{}
	}
	t, _ := parseTime(string(line[len(rowStart):][:len(timeLayout)]))
	return t
}

// lastLine returns the last line, or its end if it is longer than a row may be.
func (e *end) lastLine() []byte {
	for n := int64(4 << 10); ; n *= 16 {
		n = min(n, e.size, maxRow+2)
		text := make([]byte, n)
		if _, err := e.f.ReadAt(text, e.size-n); err != nil {
			return nil
		}
		if at := bytes.LastIndexByte(text[:n-1], '\n'); at >= 0 {
			return text[at+1:]
		}
		if n == min(e.size, maxRow+2) {
			return text
		}
	}
}

// torn returns a *Torn if the last line is not complete. One that only lacks its line feed
// is.
func (e *end) torn() error {
	if !e.open || sealed(e.lastLine()) {
		return nil
	}
	lines, err := countLines(io.NewSectionReader(e.f, 0, e.size))
	if err != nil {
		return failed(e.path, err)
	}
	return &Torn{e.path, lines + 1}
}

// write writes a line. What was written of one that does not fit on the disk is removed.
func (e *end) write(line []byte) error {
	n, err := e.f.Write(line)
	if err == nil {
		e.size += int64(n)
		return nil
	}
	if info, stat := e.f.Stat(); stat == nil && n > 0 && info.Size() == e.size+int64(n) {
		_ = e.f.Truncate(e.size) // otherwise the next writer closes the line
	}
	return failed(e.path, err)
}

// countLines returns how many line feeds there are.
func countLines(from io.Reader) (int, error) {
	lines := 0
	block := make([]byte, 1<<20)
	for {
		n, err := from.Read(block)
		lines += bytes.Count(block[:n], []byte("\n"))
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return lines, err
		}
	}
}
