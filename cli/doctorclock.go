package cli

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"tokendesk/internal/phrase"
)

// clockSlack is how far the clock of a file server may be ahead.
const clockSlack = 2 * time.Minute

// The effects of a wrong clock on tokens.
const (
	clockBehind = "set it: tokens from here expire too early, or have expired before they are used"
	clockAhead  = "set it: tokens from here last too long, or are not yet valid elsewhere"
)

// clock compares the clock with the facts that need no network: it cannot be earlier
// than the build of the program or the last change of a file.
func (d *diagnosis) clock(now, built time.Time, files []string) {
	text := phrase.Moment(now, now.Location())
	earliest := time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)
	if built.After(earliest) {
		earliest = built
	}
	switch {
	case now.Before(earliest):
		d.fail("clock", "the clock says "+text+", which is before this program was built", clockBehind)
		return
	case now.Year() >= 2100:
		d.fail("clock", "the clock says "+text+", which is too far ahead to be right", clockAhead)
		return
	}
	for _, file := range files {
		for _, path := range []string{file, filepath.Dir(file)} {
			info, err := os.Stat(path)
			if err == nil && info.ModTime().After(now.Add(clockSlack)) {
				changed := phrase.Moment(info.ModTime(), now.Location())
				d.warn("clock", "the clock says "+text+", and "+path+" was changed later, at "+changed, "if the clock is wrong, "+clockBehind)
				return
			}
		}
	}
	d.ok("clock", text+"; consistent with the files here; no time server was asked")
}

// zone names the time zone. Go silently falls back to UTC when it does not know the
// one in TZ.
func (d *diagnosis) zone(now time.Time, tz string) {
	name := strings.TrimPrefix(tz, ":")
	if _, err := time.LoadLocation(name); err != nil && !filepath.IsAbs(name) && runtime.GOOS != "windows" {
		d.warn("timezone", "TZ is "+name+", which is unknown here, so local times are in UTC", "set TZ to a name such as Europe/Berlin")
		return
	}
	text, _ := now.Zone()
	if text != "UTC" {
		text += ", UTC" + now.Format("-07:00")
	}
	d.ok("timezone", text)
}
