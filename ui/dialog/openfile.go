package dialog

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/file"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// mostNames is how many names of a folder are listed at most.
const mostNames = 1000

// FileQuestion says what a file is for.
type FileQuestion struct {
	Title string
	Verb  string // what enter does with a file
	Hint  string // below the names
	// Likely reports whether a file is probably meant, by its name. Such files come first,
	// hidden ones too. It may be nil.
	Likely func(name string) bool
	// Take takes the path of a file. The dialog has closed.
	Take func(c *frame.Ctx, path string) tea.Cmd
}

// openFile asks for a file: a field for its path, and the names in the folder that begin
// like it.
type openFile struct {
	picker

	ask   FileQuestion
	path  widget.Field
	home  string
	job   frame.Job
	dir   string   // as it was typed, with its last slash
	names []string // in it, folders with a slash
	left  []string // that begin like the path
	err   error
}

// OpenFile asks for a file that exists.
func OpenFile(c *frame.Ctx, q FileQuestion) tea.Cmd {
	d := &openFile{ask: q, path: widget.NewField("a path, or type to choose"), home: frame.Lookup(c.Env.Environ, "HOME")}
	d.path.Focus()
	d.picker = picker{
		title: q.Title, group: "File", verb: q.Verb, most: 12, filter: &d.path, row: d.name, below: d.note, narrow: d.narrow,
		choose: func(c *frame.Ctx, _ int) tea.Cmd { return d.enter(c) },
		close: func(c *frame.Ctx) tea.Cmd {
			d.job.Drop()
			return c.Close(d)
		},
	}
	c.Push(d)
	return d.look(c)
}

// Actions returns the keys of the list, and tab.
func (d *openFile) Actions(c *frame.Ctx) []frame.Group {
	groups := d.picker.Actions(c)
	enter := &groups[0].Actions[0]
	enter.SetEnabled(d.path.Value() != "" || d.rows > 0)
	if name := d.chosen(); strings.HasSuffix(name, "/") {
		enter.SetHelp(enter.Help().Key, "open the folder")
	}
	complete := frame.On(frame.Bind("tab", "complete", "tab"), d.rows > 0, func(c *frame.Ctx) tea.Cmd { return d.complete(c) })
	groups[0].Actions = slices.Insert(groups[0].Actions, 1, complete)
	return groups
}

// Update types into the path. Another folder is read off the loop.
func (d *openFile) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	d.err = nil
	return tea.Batch(d.picker.Update(c, msg), d.look(c))
}

// look reads the names of the folder, if it is another one.
func (d *openFile) look(c *frame.Ctx) tea.Cmd {
	dir, _ := splitPath(d.path.Value())
	if dir == d.dir && d.names != nil {
		return nil
	}
	d.dir, d.names = dir, []string{}
	d.narrow(d.path.Value())
	at := cmp.Or(file.ExpandHome(dir, d.home), ".")
	return frame.Do(c, &d.job, func(context.Context, *desk.Desk) ([]string, error) { return namesIn(at) },
		func(_ *frame.Ctx, names []string, _ error) tea.Cmd { // a folder that cannot be read has none
			d.names = names
			d.narrow(d.path.Value())
			return nil
		})
}

// splitPath returns the folder of a path with its last slash, and what is behind it.
func splitPath(path string) (dir, begin string) {
	at := strings.LastIndexAny(path, separators) + 1
	return path[:at], path[at:]
}

// separators are the characters between folders.
const separators = "/" + string(filepath.Separator)

// namesIn returns the names in a folder, folders first and with a slash behind them.
func namesIn(dir string) ([]string, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err //nolint:wrapcheck // nobody sees it
	}
	defer f.Close()
	entries, err := f.ReadDir(mostNames)
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
		if info, err := os.Stat(filepath.Join(dir, entry.Name())); err == nil && info.IsDir() { // follows links
			names[i] += "/"
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(-compareBool(strings.HasSuffix(a, "/"), strings.HasSuffix(b, "/")), cmp.Compare(strings.ToLower(a), strings.ToLower(b)))
	})
	return names, err //nolint:wrapcheck // likewise
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}

// narrow shows the names that begin like the path. Hidden ones are shown only then.
func (d *openFile) narrow(path string) {
	_, begin := splitPath(path)
	var likely, others []string
	for _, name := range d.names {
		hidden := strings.HasPrefix(name, ".") && !strings.HasPrefix(begin, ".")
		switch {
		case !strings.HasPrefix(strings.ToLower(name), strings.ToLower(begin)):
		case d.ask.Likely != nil && d.ask.Likely(name):
			likely = append(likely, name)
		case !hidden:
			others = append(others, name)
		}
	}
	d.left = slices.Concat(likely, others)
	d.rows = len(d.left)
}

// chosen returns the name that is selected, or nothing.
func (d *openFile) chosen() string {
	if at := d.list.Cursor(); at < len(d.left) {
		return d.left[at]
	}
	return ""
}

// complete puts the selected name into the path.
func (d *openFile) complete(c *frame.Ctx) tea.Cmd {
	d.path.Set(d.dir + d.chosen())
	d.list.Select(0)
	d.narrow(d.path.Value())
	return d.look(c)
}

// enter opens the selected folder, or takes the selected file, or else the path as it was
// typed.
func (d *openFile) enter(c *frame.Ctx) tea.Cmd {
	path := d.path.Value()
	if name := d.chosen(); name != "" {
		if strings.HasSuffix(name, "/") {
			return d.complete(c)
		}
		path = d.dir + name
	}
	path = file.ExpandHome(path, d.home)
	return frame.Do(c, &d.job, func(context.Context, *desk.Desk) (struct{}, error) { return struct{}{}, readable(path) },
		func(c *frame.Ctx, _ struct{}, err error) tea.Cmd {
			if err != nil {
				d.err = err
				return frame.FailIn(c, d, err)
			}
			return tea.Batch(c.Close(d), d.ask.Take(c, path))
		})
}

// readable returns why a path cannot be opened as a file, or nil.
func readable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("there is no file " + path)
	case err != nil:
		return errors.New(path + " cannot be read")
	case info.IsDir():
		return errors.New(path + " is a folder")
	case !info.Mode().IsRegular():
		return errors.New(path + " is not a file")
	}
	return nil
}

// name draws a name.
func (d *openFile) name(c *frame.Ctx, i, width int) string {
	style := c.Env.Theme.Plain
	if strings.HasSuffix(d.left[i], "/") {
		style = c.Env.Theme.Accent
	}
	return style.Render(widget.Fit(visible.Text(d.left[i]), width))
}

// note says what is wrong, or the hint.
func (d *openFile) note(c *frame.Ctx, width, room int) []string {
	note := widget.Note{Text: d.ask.Hint}
	if d.err != nil {
		note = frame.Fault(d.err)
	}
	return c.Env.Theme.Sentence(note, width, max(1, room-1))
}
