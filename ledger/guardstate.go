package ledger

// CleanState removes from a state what must not be kept.
func (g *Guard) CleanState(s *State) {
	for i := range s.Board {
		w := &s.Board[i]
		for name, text := range map[string]*string{
			"jti": &w.ID, "sub": &w.Subject, "kid": &w.KeyID, "alg": &w.Algorithm,
			memberPersona: &w.Persona, memberProfile: &w.Profile, "label": &w.Label, "file": &w.File,
		} {
			if g.SuspectsText(name, *text) {
				*text = notKept
			}
		}
	}
	kept := s.Recent[:0:0]
	for _, r := range s.Recent {
		if !g.SuspectsText("", r.Subject) && !g.SuspectsText("", r.Persona) {
			kept = append(kept, r)
		}
	}
	s.Recent = kept
	if s.Probe != nil && g.SuspectsText("", s.Probe.URL) {
		s.Probe.URL = ""
	}
	if s.Probe != nil && g.SuspectsText("", s.Probe.Text) {
		s.Probe.Text = notKept
	}
	for name := range s.Folds {
		if g.SuspectsText("", name) {
			delete(s.Folds, name)
		}
	}
}
