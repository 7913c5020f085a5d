package settings

import (
	"bytes"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/advice"
)

// RemovedPersonas are personas that were removed, with their text.
type RemovedPersonas struct {
	Names []string

	pieces        []removedPiece
	before, after []byte
}

// removedPiece is the text of a persona that was removed.
type removedPiece struct {
	own   Own
	above string // the persona above it that stayed, or empty
	text  []byte
}

// remove removes personas.
func (e *personasEdit) remove(names []string) (*RemovedPersonas, error) {
	r := &RemovedPersonas{}
	for _, name := range names {
		if _, err := e.at(name); err != nil {
			return nil, err
		}
		var left []string
		for _, child := range e.file.Extending(name) {
			if !slices.Contains(names, child) {
				left = append(left, child)
			}
		}
		if len(left) > 0 {
			return nil, advice.New(name+" is extended by "+listed(left), "change that first, or remove "+them(left)+" too")
		}
	}
	var was, is auth.Object
	var want []Own
	above := ""
	for i, o := range e.want {
		was = append(was, auth.Member{Name: o.Name, Value: []byte("0")})
		if !slices.Contains(names, o.Name) {
			is, want, above = append(is, was[i]), append(want, o), o.Name
			continue
		}
		from, to := e.place(i)
		text := slices.Clone(e.doc.text[from:to])
		if !e.root.flow && !bytes.HasSuffix(text, []byte("\n")) {
			text = append(text, e.doc.end...)
		}
		r.pieces = append(r.pieces, removedPiece{o, above, text})
		r.Names = append(r.Names, o.Name)
	}
	e.want = want
	if e.root == nil {
		return r, nil
	}
	if e.root.flow {
		e.splice(e.root.from, e.root.to, e.doc.flow(e.root, was, is))
		return r, nil
	}
	to := e.doc.lineEnd(e.root.to)
	text := e.doc.block(e.root, was, is)
	if rest := bytes.TrimRight(text, "\r\n"); len(bytes.TrimSpace(e.doc.text[to:])) == 0 && len(rest) < len(text) {
		text = slices.Concat(rest, []byte(e.doc.end)) // no empty line at the end of the file
	}
	e.splice(e.root.from, to, text)
	return r, nil
}

func them(names []string) string {
	if len(names) == 1 {
		return "it"
	}
	return "them"
}

// putBack writes removed personas again.
func (e *personasEdit) putBack(r *RemovedPersonas) error {
	if bytes.Equal(e.doc.text, r.after) {
		e.splice(0, len(e.doc.text), r.before)
	}
	for _, piece := range slices.Backward(r.pieces) {
		if err := e.file.checkNew(piece.own.Name); err != nil {
			return err
		}
		at := slices.IndexFunc(e.want, func(o Own) bool { return o.Name == piece.above }) + 1
		if at == 0 && piece.above != "" {
			at = len(e.want)
		}
		e.want = slices.Insert(e.want, at, piece.own)
	}
	if len(e.splices) > 0 {
		return nil
	}
	for _, piece := range r.pieces {
		if err := e.check(&piece.own); err != nil {
			return err
		}
		if err := e.insert(&piece); err != nil {
			return err
		}
	}
	return nil
}

// insert writes a removed persona below the one above it, at the top, or at the end.
func (e *personasEdit) insert(piece *removedPiece) error {
	if e.root == nil || len(e.root.entries) == 0 {
		e.append(string(piece.text))
		return nil
	}
	above := slices.IndexFunc(e.root.entries, func(s slot) bool { return s.name == piece.above })
	if above < 0 && piece.above != "" {
		above = len(e.root.entries) - 1
	}
	switch {
	case e.root.flow && above < 0:
		return ErrNotWritten
	case above < 0:
		e.splice(e.root.from, e.root.from, slices.Concat(piece.text, []byte(e.doc.end)))
	case e.root.flow:
		_, to := e.place(above)
		e.splice(to, to, slices.Concat([]byte(", "), piece.text))
	default:
		_, to := e.place(above)
		e.splice(to, to, slices.Concat([]byte(e.gap(e.doc.text[:to])), piece.text))
	}
	return nil
}

// replaceAll replaces the whole text by an earlier one.
func (e *personasEdit) replaceAll(to *PersonasFile) error {
	if to.Problem != nil {
		return to.Problem
	}
	e.splice(0, len(e.doc.text), to.text)
	e.want = nil
	for _, p := range to.personas {
		e.want = append(e.want, p.Own())
	}
	return nil
}
