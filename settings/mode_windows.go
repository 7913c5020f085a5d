package settings

// warnMode does nothing: Windows has no file modes.
func (r *reader) warnMode() {}
