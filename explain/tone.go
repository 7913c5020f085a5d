package explain

// Tone is how much something matters. A face gives each its colour.
type Tone int

// The tones.
const (
	Quiet Tone = iota // worth knowing
	Good
	Warn
	Bad
)

// Sign returns the character that stands before a line of this tone, so that no
// meaning hangs on a colour alone.
func (t Tone) Sign() string {
	switch t {
	case Good:
		return "✓"
	case Warn:
		return "▲"
	case Bad:
		return "✗"
	default:
		return "·"
	}
}
