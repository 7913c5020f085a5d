package project

import "slices"

// choose applies the order of choice.
func (f *file) choose() Recognition {
	var r Recognition
	all := f.candidates(&r)
	switch {
	case f.in.Named != "":
		r = Recognition{Chosen: f.named()} // whatever else is in the file
		if r.Chosen != nil {
			r.Others = slices.DeleteFunc(all, func(c Candidate) bool { return c.Name == r.Chosen.Name || slices.Contains(c.Also, r.Chosen.Name) })
		}
	case len(all) == 0:
		r.Chosen = f.verifying()
	default:
		f.decide(&r, all)
	}
	if r.Chosen != nil {
		r.Tokens = f.tokens(r.Chosen)
	}
	f.pass(&r, all)
	return r
}

// decide chooses a candidate, or says why the user must.
func (f *file) decide(r *Recognition, all []Candidate) {
	best, own := &all[0], slices.IndexFunc(all, func(c Candidate) bool { return c.Class == Own })
	signs := count(all, func(c Candidate) bool { return c.Class == Signs && !c.unfit })
	rivals := signs + count(all, func(c Candidate) bool { return c.speaks() })
	production := f.production()
	switch {
	case best.Proof != "" && production == "":
		r.Chosen = best
	case best.Proof == "" && own >= 0 && (rivals == 0 || f.entry(secretKey) == nil):
		r.Chosen = &all[own]
	case own >= 0:
		r.Why = secretKey + " and " + best.Name + " have different values, and only one of them is what the API checks tokens with"
		if best.Class == Own {
			r.Why = production + ", and names have different values"
		}
	case production != "" && signs < 2:
		r.Why = production + ", where no name but SECRET_KEY is used without a question"
	case signs == 1:
		r.Chosen = best
	case signs > 1:
		r.Why = "several names could be that of the secret that the API checks tokens with"
	default:
		r.Why = "no name says clearly that it is the secret that the API checks tokens with"
	}
	if r.Chosen == nil {
		r.Ask = all
		return
	}
	r.setAside(all)
}

// count returns how many candidates have a property.
func count(all []Candidate, is func(Candidate) bool) int {
	n := 0
	for _, c := range all {
		if is(c) {
			n++
		}
	}
	return n
}

// setAside lists the candidates that can be chosen instead, and notes those whose name says less.
func (r *Recognition) setAside(all []Candidate) {
	for _, c := range all {
		switch {
		case c.Name == r.Chosen.Name:
		case c.Class == Maybe && (r.Chosen.Class == Signs || r.Chosen.Class == Own):
			r.Passed = append(r.Passed, passed(c.Name, c.Line, r.Chosen.Name+" is likelier"))
		default:
			r.Others = append(r.Others, c)
		}
	}
}

// verifying returns the one public key of the file, or nil.
func (f *file) verifying() *Candidate {
	var found []Candidate
	for _, e := range f.entries {
		if e.class != Verifies {
			continue
		}
		if c := f.candidate(e); c.Value.Form == Keys || c.Value.Form == Path {
			c.Reason = "it is the only key, and public"
			found = append(found, c)
		}
	}
	if found = unite(found); len(found) == 1 {
		return &found[0]
	}
	return nil
}

// pass notes what was explained and passed over.
func (f *file) pass(r *Recognition, all []Candidate) {
	for _, e := range f.entries {
		n := len(e.words) - 1
		used := r.Chosen != nil && r.Chosen.Name == e.name ||
			slices.ContainsFunc(all, func(c Candidate) bool { return c.Name == e.name || slices.Contains(c.Also, e.name) }) ||
			slices.ContainsFunc(r.Tokens, func(t Verified) bool { return t.Name == e.name })
		switch {
		case used || e.value == "" || n < 0:
		case e.class == Explained:
			r.Explained = append(r.Explained, Note{Name: e.name, Line: e.line, Text: e.name + " is not used: " + e.why})
		case e.class == Never && inSet("SECRET KEY", e.words[n]):
			r.Passed = append(r.Passed, passed(e.name, e.line, e.why))
		case e.class == None && inSet("SECRET", e.words[n]) || e.class == None && f.is("* SECRET KEY", e.words):
			r.Passed = append(r.Passed, passed(e.name, e.line, "its name may be that of another service"))
		}
	}
}

// passed notes that a name was passed over.
func passed(name string, line int, why string) Note {
	return Note{Name: name, Line: line, Text: name + " was passed over, because " + why, Why: why}
}
