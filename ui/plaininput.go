package ui

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"tokendesk/auth"
	"tokendesk/ui/terminal"
)

// typedLine is a line of the input, or why it cannot be taken.
type typedLine struct{ text, fault string }

// readLines reads the lines of the input until it ends or the context is done.
// The channel is closed then.
func readLines(ctx context.Context, in *os.File) <-chan typedLine {
	most := auth.MaxPasted
	tooLong := fmt.Sprintf("a line may have %d bytes: give only the token", most)
	if limit := terminal.LineLimit(); term.IsTerminal(in.Fd()) && limit > 0 {
		most = limit - 1
		tooLong = fmt.Sprintf("the terminal cuts lines at %d bytes, so this is not all of it: use tokendesk inspect < FILE, or the console without --plain", limit)
	}
	lines := make(chan typedLine)
	go func() {
		defer close(lines)
		defer func() { _ = recover() }() // the end of the input, then
		r := bufio.NewReader(in)
		for {
			text, err := readLine(r, most)
			line := typedLine{text: strings.TrimSuffix(text, "\r")}
			if errors.Is(err, bufio.ErrTooLong) {
				line, err = typedLine{fault: tooLong}, nil
			}
			if err != nil {
				return
			}
			select {
			case lines <- line:
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

// readLine reads a line without its end. Of one that is longer than most bytes
// all is read and nothing returned but [bufio.ErrTooLong].
func readLine(r *bufio.Reader, most int) (string, error) {
	var line []byte
	tooLong := false
	for {
		part, err := r.ReadSlice('\n')
		if tooLong = tooLong || len(line)+len(part) > most+1; !tooLong {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || len(line) == 0 && !tooLong):
			return "", err //nolint:wrapcheck // the end of the input, for whatever reason
		case tooLong:
			return "", bufio.ErrTooLong
		}
		text := strings.TrimSuffix(string(line), "\n")
		if len(text) > most {
			return "", bufio.ErrTooLong
		}
		return text, nil
	}
}
