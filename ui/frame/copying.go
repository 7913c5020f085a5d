package frame

import (
	"tokendesk/desk"
	"tokendesk/internal/copyas"
)

// Copying is what the copy menu remembers during the run.
type Copying struct {
	Form string            // the name of the form that was chosen last
	urls map[string]string // that were typed, by settings file
}

// Request returns how the API of a desk takes a token: as the settings say, with the URL
// that was typed instead.
func (m *Copying) Request(d *desk.Desk) copyas.Request {
	set := d.Settings()
	request := set.Request
	if url := m.urls[set.File]; url != "" {
		request.URL = url
	}
	return request
}

// Use remembers a URL for the settings of a desk. An empty one stands for that of the
// settings.
func (m *Copying) Use(d *desk.Desk, url string) {
	if m.urls == nil {
		m.urls = map[string]string{}
	}
	m.urls[d.Settings().File] = url
}
