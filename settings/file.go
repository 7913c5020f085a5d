package settings

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"syscall"
	"unicode/utf8"

	"tokendesk/internal/file"
)

// maxFile is the largest settings file that is read, in bytes.
const maxFile = 64 << 10

// The names of the files that readFile reads, for its advice.
const (
	settingsFileName = "a settings file"
	personasFileName = "a personas file"
	shapeFileName    = "the file of a shape"
)

// readFile returns the text of a file of that kind and checks that it is text.
func readFile(path, kind string) ([]byte, *Problem) {
	fail := func(text, do string) ([]byte, *Problem) {
		return nil, &Problem{File: path, Text: text, Do: do}
	}
	info, err := os.Stat(path)
	target, link := os.Readlink(path)
	switch {
	case errors.Is(err, syscall.ELOOP):
		return fail("it is a symbolic link to itself", "remove the link")
	case errors.Is(err, fs.ErrNotExist) && link == nil:
		return fail("it is a symbolic link to "+target+", which does not exist", "create that file, or remove the link")
	case errors.Is(err, fs.ErrNotExist):
		return nil, &Problem{File: path, Text: "no such file", Do: "check the name, or leave it out to start without a file", missing: true}
	case err != nil:
		return fail("it cannot be read", "check the permissions of the file and its folders")
	case info.IsDir():
		return fail("it is a folder, not a file", "choose a file")
	case !info.Mode().IsRegular():
		return fail("it is not a regular file", "choose another file")
	case info.Size() > maxFile:
		return fail("it is larger than 64 KiB", "check that it is "+kind)
	}
	text, err := file.Read(path, maxFile)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fail("it cannot be read", "check the permissions of the file and its folders")
	case err != nil:
		return fail("it cannot be read", "check that it is "+kind)
	}
	return text, checkBytes(path, text)
}

// checkBytes refuses bytes that loaders read differently or that are dangerous to
// show.
func checkBytes(path string, text []byte) *Problem {
	at := func(offset int, reason, do string) *Problem {
		return &Problem{File: path, Line: bytes.Count(text[:offset], []byte("\n")) + 1, Text: reason, Do: do}
	}
	if bytes.HasPrefix(text, []byte("\xef\xbb\xbf")) {
		return at(0, "it starts with a byte order mark", "save it as UTF-8 without one")
	}
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return at(0, "it is UTF-16", "save it as UTF-8")
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return at(i, "this line is not valid UTF-8", "save the file as UTF-8")
		case r == '\r' && bytes.HasPrefix(text[i+1:], []byte("\n")), r == '\n', r == '\t':
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			return at(i, "this line contains a control character", "retype the line")
		}
		i += size
	}
	return nil
}
