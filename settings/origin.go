package settings

// origins says where the settings come from that are in tokens: the path of a file, or
// "environment". Those that are not set are not in the map.
func (r *reader) origins() map[string]string {
	found := &r.settings.Recognised
	origins := map[string]string{}
	for name, recognised := range map[string]string{
		"ISSUER": found.Issuer.Name, "AUDIENCE": found.Audience.Name, "KEY_ID": found.KeyID.Name,
		"ACCESS_TOKEN_EXPIRE_MINUTES": found.Lifetime.Name, "MAX_TOKEN_MINUTES": "",
	} {
		s := r.get(name)
		if !s.set && recognised != "" {
			s = r.get(recognised)
		}
		if s.set {
			origins[name] = s.file
		}
	}
	return origins
}

// Origin is where a part of a persona comes from.
type Origin struct {
	// Persona is the persona that the file gives the part to, which may be one that this one
	// extends. It is empty for what was given in addition to the file.
	Persona string
	// Placeholders are those in the part, separated by spaces.
	Placeholders string
}

// origins holds the names of the personas that have the subject and the lifetime.
type personaOrigins struct{ subject, lifetime, shape string }

// SubjectOrigin returns where the subject comes from.
func (p *Persona) SubjectOrigin() Origin { return Origin{p.from.subject, p.subject.placeholders()} }

// LifetimeOrigin returns the name of the persona that has the lifetime.
func (p *Persona) LifetimeOrigin() string { return p.from.lifetime }

// ClaimOrigin returns where a claim comes from, and whether the persona has it.
func (p *Persona) ClaimOrigin(name string) (Origin, bool) {
	for _, c := range p.claims {
		if c.name == name {
			return Origin{c.from, c.value.placeholders()}, true
		}
	}
	return Origin{}, false
}

// placeholders returns the placeholders of a text as they are written.
func (t text) placeholders() string {
	all := ""
	for _, p := range t {
		if p.word != plainText {
			all = join(all, p.text)
		}
	}
	return all
}

// placeholders returns the placeholders of all texts in a value.
func (t jsonText) placeholders() string {
	all := ""
	for _, p := range t {
		all = join(all, p.text.placeholders())
	}
	return all
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}
