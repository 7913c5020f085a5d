package explain

import "tokendesk/internal/tone"

// Tone says how much something matters. A face gives each a colour.
type Tone = tone.Tone

// The tones, from the quietest to the loudest.
const (
	Quiet = tone.Quiet // worth knowing
	Good  = tone.Good
	Warn  = tone.Warn
	Bad   = tone.Bad
)
