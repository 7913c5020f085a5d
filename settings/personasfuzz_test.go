package settings

import (
	"bytes"
	"testing"

	"tokendesk/auth/jsontext"
)

// An edit of any file that is read either is refused or changes nothing but its persona: the text
// before and behind it stays, and so do the other personas. No edit panics.
func FuzzEditPersonas(f *testing.F) {
	for _, seed := range []string{
		team, shop, "a: {}\n", "{a: {subject: x}, b: {extends: a}}", "a:\r\n  claims:\r\n    x: |\r\n      y\r\n# end",
		"  a:\n      subject: b # c\n\n  # d\n  e: {}", "---\na: {disabled: true}\n", "'a': {claims: {'b c': [1, {d: e}]}} # x\n# y\n",
	} {
		for n := range 3 {
			f.Add([]byte(seed), uint8(n), "new", `{"role":"admin","n":[1,{"a":"b"}]}`)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, at uint8, name, claims string) {
		if len(text) > 2<<10 || len(claims) > 200 {
			return
		}
		personas, err := ParsePersonas("f", text)
		if err != nil || len(personas) == 0 {
			return
		}
		file := &PersonasFile{Path: "f", text: bytes.Clone(text), personas: personas}
		i := int(at) % len(personas)
		p := personas[i]
		own := p.Own()
		if members, err := jsontext.ParseObject([]byte(claims)); err == nil {
			own.Claims = members
		}
		for _, edit := range []func(*personasEdit) error{
			func(e *personasEdit) error { return e.change(p.Name, own) },
			func(e *personasEdit) error { return e.disable(p.Name, !p.Disabled) },
			func(e *personasEdit) error { return e.copy(p.Name, name) },
			func(e *personasEdit) error { return e.setYAML(p.Name, name+":\n  claims: "+claims+"\n") },
		} {
			e, err := file.begin()
			if err != nil {
				return
			}
			from, to := e.place(i)
			if edit(e) != nil {
				continue
			}
			out, err := e.finish()
			if err != nil {
				continue
			}
			kept := bytes.HasPrefix(out.text, text[:from]) && bytes.HasSuffix(out.text, text[to:])
			if renamed := e.edited != p.Name && len(file.Extending(p.Name)) > 0; !kept && !renamed {
				t.Errorf("the rest was changed:\n%s", out.text)
			}
			othersStay(t, file, out, p.Name)
		}
		fuzzRemoval(t, file, p, name)
	})
}

// othersStay checks that the other personas are as they were, but for the name of what they extend.
func othersStay(t *testing.T, before, after *PersonasFile, but string) {
	t.Helper()
	for _, was := range before.personas {
		is := FindPersona(after.personas, was.Name)
		if was.Name == but {
			continue
		}
		if is == nil {
			t.Errorf("%s is gone:\n%s", was.Name, after.text)
			continue
		}
		own, now := was.Own(), is.Own()
		if own.Extends == but {
			own.Extends = now.Extends
		}
		if !own.same(&now) {
			t.Errorf("%s was changed:\n%s", was.Name, after.text)
		}
	}
}

// fuzzRemoval removes a persona and puts it back, also after another was added.
func fuzzRemoval(t *testing.T, file *PersonasFile, p *Persona, name string) {
	t.Helper()
	var removed *RemovedPersonas
	less, err := file.try(func(e *personasEdit) (err error) {
		removed, err = e.remove([]string{p.Name})
		return err
	})
	if err != nil {
		return
	}
	othersStay(t, file, less, p.Name)
	removed.before, removed.after = file.text, less.text
	back, err := less.try(func(e *personasEdit) error { return e.putBack(removed) })
	if err != nil || !bytes.Equal(back.text, file.text) {
		t.Errorf("it was not put back: %v", err)
	}
	more, err := less.try(func(e *personasEdit) error { return e.add(Own{Name: name}) })
	if err != nil {
		return
	}
	if back, err = more.try(func(e *personasEdit) error { return e.putBack(removed) }); err == nil {
		othersStay(t, file, back, "")
	}
}
