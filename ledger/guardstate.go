package ledger

// CleanState removes from a state what must not be kept.
func (g *Guard) CleanState(s *State) {
	for i := range s.Board {
		w := &s.Board[i]
		for _, text := range []*string{&w.ID, &w.Subject, &w.KeyID, &w.Persona, &w.Profile, &w.Label, &w.File} {
			if g.SuspectsText("", *text) {
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
	for name := range s.Folds {
		if g.SuspectsText("", name) {
			delete(s.Folds, name)
		}
	}
}
