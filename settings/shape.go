package settings

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/internal/oneof"
	"tokendesk/settings/shape"
)

// Shape is the header and the claims that a vendor's tokens have, as data: its names in
// the vendor's order, and values with placeholders. The token has nothing else, not even a
// registered claim.
type Shape struct {
	Name string
	// Description, Vendor and Documentation are for people, and so are Notes, a sentence
	// each.
	Description, Vendor, Documentation string
	Notes                              []string
	// Issuer, Audience and Subject say what these claims look like in the vendor's tokens.
	Issuer, Audience, Subject Looks
	// Algorithms are those that the vendor signs with.
	Algorithms []auth.Algorithm
	// Lifetime is that of the vendor's tokens, or zero.
	Lifetime time.Duration
	// Header and Claims are those in the file, with their placeholders.
	Header, Claims auth.Object
	// File is the path of a shape of the user's own. It is empty for one that comes with the
	// program. Replaces says that there is one of that name, too.
	File     string
	Replaces bool
	// Text is the text that describes the shape.
	Text []byte

	header, claims    []claim
	issuer, subject   form
	audienceIsAnArray bool
	audience          text // the example
}

// Looks says what a claim looks like.
type Looks struct {
	// Form is a text with names in braces, such as https://{host}/realms/{realm}. Without
	// one the claim may be anything.
	Form string
	// Example is what the claim is if nothing else says it. Usual says that it often is that
	// in the vendor's tokens, too.
	Example string
	Usual   bool
	// About says in words what it is.
	About string
}

// Fits reports whether a text has the form.
func (l Looks) Fits(text string) bool {
	f, err := parseForm(l.Form)
	if err != nil {
		return l.Form == ""
	}
	_, fits := f.match(text)
	return fits
}

// shapeSuffix ends the name of a file with a shape of the user's own.
const shapeSuffix = ".shape.yaml"

// ShapeFolder returns the folder of the user's own shapes: the one of the personas file.
func ShapeFolder(s *Settings) string { return filepath.Dir(cmp.Or(s.PersonasFile, s.File)) }

// FindShapeFolder is ShapeFolder without reading other settings.
func FindShapeFolder(o Options) string {
	s, r, problem := o.open()
	if problem == nil {
		s.PersonasFile, _ = r.personas()
	}
	return ShapeFolder(s)
}

// FindShape returns the shape of that name: the user's own in the folder, or one that
// is built in. The error has advice: it lists those that exist, or is
// [Problems] of the file.
func FindShape(folder, name string) (*Shape, error) {
	if !isShapeName(name) {
		return nil, noShape(folder, name)
	}
	path := ShapeFile(folder, name)
	data, problem := readFile(path, shapeFileName)
	switch {
	case problem == nil:
		own, err := ParseShape(path, name, data)
		if own != nil {
			_, own.Replaces = shape.Text(name)
			own.File = path
		}
		return own, err
	case !problem.missing:
		return nil, Problems{problem}
	}
	if embedded, known, err := EmbeddedShape(name); known {
		return embedded, err
	}
	return nil, noShape(folder, name)
}

// ShapeFile returns the path that a shape of the user's own has in the folder.
func ShapeFile(folder, name string) string { return filepath.Join(folder, name+shapeSuffix) }

// EmbeddedShape returns the built-in shape of that name, and whether there is one.
func EmbeddedShape(name string) (s *Shape, known bool, err error) {
	text, known := shape.Text(name)
	if known {
		s, err = ParseShape(name+".yaml", name, text)
	}
	return s, known, err
}

// noShape says that there is no shape of that name, and which there are.
func noShape(folder, name string) error {
	names := ShapeNames(folder)
	do := "choose one of " + strings.Join(names, ", ")
	if near := oneof.Near(name, names); len(near) > 0 {
		do = "did you mean " + oneof.Or(near) + "?"
	}
	return advice.New("there is no shape "+quoteName(name), do)
}

// ShapeNames returns the names of all shapes, those in the folder among them, in
// alphabetical order. It reads none of them.
func ShapeNames(folder string) []string {
	names := shape.Names()
	entries, _ := os.ReadDir(folder) // without the folder there are no others
	for _, e := range entries {
		if name, is := strings.CutSuffix(e.Name(), shapeSuffix); is && isShapeName(name) && e.Type()&fs.ModeDir == 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// NoShape is what users type to have no shape.
const NoShape = "none"

// isShapeName reports whether a name can be typed after --shape.
func isShapeName(name string) bool {
	return isPersonaName(name) && !strings.Contains(name, "..") && name != NoShape
}

// shapeOf is a shape that is read when it is needed, once.
type shapeOf func() (*Shape, error)

func lazyShape(folder, name string) shapeOf {
	return sync.OnceValues(func() (*Shape, error) { return FindShape(folder, name) })
}

// ShapeOf returns the shape that a persona names, which is read from its file once, or
// nil. The error is that of [FindShape].
func ShapeOf(p *Persona) (*Shape, error) {
	if p == nil || p.shape == nil {
		return nil, nil
	}
	return p.shape()
}

// InShape returns the persona with another shape, or without a shape if s is nil.
func InShape(p *Persona, s *Shape) *Persona {
	out := *p
	out.Shape, out.shape, out.from.shape = "", nil, ""
	if s != nil {
		out.Shape, out.shape = s.Name, func() (*Shape, error) { return s, nil }
	}
	return &out
}

// NeedsSubject reports whether the claims of the shape, except those, are made of a
// subject.
func (s *Shape) NeedsSubject(except func(claim string) bool) bool {
	return slices.ContainsFunc(s.claims, func(c claim) bool {
		return (except == nil || !except(c.name)) && c.value.has(func(p part) bool { return p.word == subjectWord })
	})
}

// Uses reports whether a claim or a header parameter of the shape has the placeholder.
func (s *Shape) Uses(placeholder string) bool {
	uses := func(c claim) bool { return c.value.has(func(p part) bool { return p.name == placeholder }) }
	return slices.ContainsFunc(s.claims, uses) || slices.ContainsFunc(s.header, uses)
}

// has reports whether a part of the value is such a one.
func (t jsonText) has(such func(part) bool) bool {
	return slices.ContainsFunc(t, func(p piece) bool { return slices.ContainsFunc(p.text, such) })
}

// Changes reports whether "sub" in the shape is not the subject as it is typed.
func (s *Shape) Changes(subject string) bool {
	i := s.claim("sub")
	if i < 0 || s.claims[i].value.isOnly(subjectName) {
		return false
	}
	_, whole := s.subject.match(subject)
	return s.subject == nil || !whole
}

// SignsWith reports whether the vendor signs with the algorithm, as far as the shape says.
func (s *Shape) SignsWith(alg auth.Algorithm) bool {
	return len(s.Algorithms) == 0 || slices.Contains(s.Algorithms, alg)
}

// ClaimOrigin returns the placeholders of a claim as they are written, and whether the
// shape has it.
func (s *Shape) ClaimOrigin(name string) (placeholders string, has bool) {
	i := s.claim(name)
	if i < 0 {
		return "", false
	}
	return s.claims[i].value.placeholders(), true
}
