package old

import (
	"time"

	"tokendesk/settings"
)

// The messages that commands answer with. Each brings the time at which the
// work was done, since Update reads no clock.

// tickMsg comes at every full second. One of an older generation is dropped:
// its chain was replaced.
type tickMsg struct {
	generation int
	now        time.Time
}

type issuedMsg struct {
	now   time.Time
	entry *entry
	err   error
}

type readMsg struct {
	generation int
	now        time.Time
	reading    reading
}

type settingsMsg struct {
	now     time.Time
	set     *settings.Settings
	err     error
	created *settings.Created
}

type throwawayMsg struct {
	set *settings.Settings
	err error
}

type wroteMsg struct {
	path string
	err  error
}

type editedMsg struct {
	now       time.Time
	text      string
	err       error
	path      string // the file that it is in
	unchanged bool   // nothing was written there
}

// failedMsg says that a command panicked.
type failedMsg struct{}
