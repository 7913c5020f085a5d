package personas

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/settings"
	"tokendesk/ui/frame"
)

// changes are those that the user made to the file.
type changes struct{}

// compare says what somebody else has changed since the file was read before.
func (s *Screen) compare(*frame.Ctx, *settings.PersonasFile) tea.Cmd { return nil }
