package settings

// warnMode does nothing: Windows has no file modes.
func (r *reader) warnMode() {}

// CheckMode finds nothing: Windows has no file modes.
func CheckMode(string) (Warning, bool) { return Warning{}, false }
