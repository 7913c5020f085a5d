package desk

import (
	"hash/maphash"
	"os"
	"slices"
	"time"

	"tokendesk/internal/file"
)

// maxHashed is the size of the largest file of which the content is compared, in bytes.
const maxHashed = 1 << 20

// Files are the files that a [Desk] was read from, and what they held then. They hold no
// content, only hashes with a seed of their own.
type Files struct {
	seed maphash.Seed
	all  []stamp
}

// stamp is a file as it was at a moment.
type stamp struct {
	path  string
	there bool
	size  int64
	time  time.Time
	sum   uint64
}

// Changed is a file that is not what it was.
type Changed struct {
	Path string
	Gone bool // there is no such file any more
}

// FilesOf returns the files of a Desk, those of the settings, the key and the personas, as they
// were when it was read. Without [Source.Watch] it reads them now.
func FilesOf(d *Desk) *Files {
	if d.files != nil {
		return d.files
	}
	return filesAt(d.file).and(d)
}

// filesAt looks at a file.
func filesAt(path string) *Files {
	f := &Files{seed: maphash.MakeSeed(), all: []stamp{{path: path}}}
	return f.Again()
}

// and returns the files with those of a Desk that are not among them.
func (f *Files) and(d *Desk) *Files {
	more := &Files{seed: f.seed}
	for _, path := range []string{d.settings.KeySource, d.settings.PersonasFile} {
		has := func(s stamp) bool { return s.path == path }
		if path == "" || path == ThisRun || path == "environment" || slices.ContainsFunc(slices.Concat(f.all, more.all), has) {
			continue
		}
		more.all = append(more.all, stamp{path: path})
	}
	return &Files{seed: f.seed, all: slices.Concat(f.all, more.Again().all)}
}

// SameFiles reports whether two Desks were read at the same moment.
func SameFiles(a, b *Desk) bool { return a.settings == b.settings }

// Again looks at the same files again. It reads only those that were written since.
func (f *Files) Again() *Files {
	out := &Files{seed: f.seed, all: slices.Clone(f.all)}
	for i, was := range f.all {
		info, err := os.Stat(was.path)
		if err != nil {
			out.all[i] = stamp{path: was.path}
			continue
		}
		now := stamp{path: was.path, there: true, size: info.Size(), time: info.ModTime(), sum: was.sum}
		untouched := was.there && now.size == was.size && now.time.Equal(was.time)
		if !untouched && info.Mode().IsRegular() {
			text, err := file.Read(was.path, maxHashed)
			if err != nil {
				text = []byte(now.time.String())
			}
			now.sum = maphash.Bytes(f.seed, text)
		}
		out.all[i] = now
	}
	return out
}

// Changed returns the files that hold something else now.
func (f *Files) Changed(now *Files) []Changed {
	var all []Changed
	for i, was := range f.all {
		if is := now.all[i]; is.there != was.there || is.sum != was.sum {
			all = append(all, Changed{was.path, !is.there})
		}
	}
	return all
}

// With returns the files with some of them as they are now.
func (f *Files) With(now *Files, paths ...string) *Files {
	out := &Files{seed: f.seed, all: slices.Clone(f.all)}
	for i := range out.all {
		if slices.Contains(paths, out.all[i].path) {
			out.all[i] = now.all[i]
		}
	}
	return out
}
