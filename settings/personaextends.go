package settings

import (
	"cmp"
	"slices"
)

// inherit merges into each persona the one that it extends.
func (r *personaReader) inherit() {
	done := map[string]bool{}
	for _, p := range r.list {
		r.resolve(p, nil, done)
	}
}

// resolve merges into a persona the one that it extends. Above holds the personas
// that are being resolved and extend this one.
func (r *personaReader) resolve(p *Persona, above []*Persona, done map[string]bool) {
	if p.Extends == "" || done[p.Name] {
		return
	}
	done[p.Name] = true
	parent, ok := r.found[p.Extends]
	above = append(above, p)
	switch {
	case !ok:
		r.problem(r.extends[p.Name], "there is no persona "+quoteName(p.Extends)+" to extend", "name a persona in this file")
		return
	case slices.Contains(above, parent):
		r.problem(r.extends[p.Name], quoteName(p.Name)+" extends itself through "+quoteName(p.Extends), "remove one of the extends")
		return
	}
	r.resolve(parent, above, done)
	if p.Subject == "" {
		p.Subject, p.subject, p.from.subject = parent.Subject, parent.subject, parent.from.subject
	}
	p.Lifetime, p.from.lifetime = cmp.Or(p.Lifetime, parent.Lifetime), cmp.Or(p.from.lifetime, parent.from.lifetime)
	p.Algorithm = cmp.Or(p.Algorithm, parent.Algorithm)
	p.Key = cmp.Or(p.Key, parent.Key)
	if p.Shape == "" {
		p.Shape, p.shape, p.from.shape = parent.Shape, parent.shape, parent.from.shape
	}
	own, written := p.claims, p.Claims
	p.claims, p.Claims = slices.Clone(parent.claims), slices.Clone(parent.Claims)
	for i, c := range own {
		set(p, c, written[i].Value)
	}
}
