// Package tone holds how much a sentence matters, for those who write sentences and
// those who draw them.
package tone

// Tone is how much a sentence matters.
type Tone int

// The tones, from the quietest to the loudest.
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
