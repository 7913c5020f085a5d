package frame

// Folds says what the user has folded or unfolded of tokens, by the names of their rows. It
// holds for every token on every screen.
type Folds struct {
	by      map[string]bool
	changes int
}

// Chosen returns whether something is open, and whether that was chosen.
func (f *Folds) Chosen(id string) (open, chosen bool) {
	open, chosen = f.by[id]
	return open, chosen
}

// Open returns whether something is open, which it is by default or not.
func (f *Folds) Open(id string, byDefault bool) bool {
	if open, chosen := f.by[id]; chosen {
		return open
	}
	return byDefault
}

// Set opens or folds something.
func (f *Folds) Set(id string, open bool) {
	if f.by == nil {
		f.by = map[string]bool{}
	}
	f.by[id] = open
	f.changes++
}

// Changes returns how often something was folded.
func (f *Folds) Changes() int { return f.changes }

// All returns what was chosen.
func (f *Folds) All() map[string]bool { return f.by }
