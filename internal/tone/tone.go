// Package tone says how much a sentence matters, for the packages that write sentences
// and those that draw them.
package tone

// Tone says how much a sentence matters.
type Tone int

// The tones, from the quietest to the loudest.
const (
	Quiet Tone = iota // worth knowing
	Good
	Warn
	Bad
)

// Sign returns the character before a line of this tone, so that no meaning depends on
// colour alone.
func (t Tone) Sign() string {
	return [...]string{Quiet: "·", Good: "✓", Warn: "▲", Bad: "✗"}[t]
}
