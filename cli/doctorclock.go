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

// What a wrong clock does to tokens.
const (
	clockBehind = "set it: a token from here expires too early, or has expired before it is used"
	clockAhead  = "set it: a token from here lasts too long, or is not valid yet elsewhere"
)

// clock compares the clock with what is known without a network: it cannot be
// before the program was made, nor before a file was written.
func (d *diagnosis) clock(now, built time.Time, files []string) {
	text := phrase.Moment(now, now.Location())
	earliest := time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)
	if built.After(earliest) {
		earliest = built
	}
	switch {
	case now.Before(earliest):
		d.fail("clock", "the clock says "+text+", which is before this program was made", clockBehind)
		return
	case now.Year() >= 2100:
		d.fail("clock", "the clock says "+text+", which is too far ahead to be right", clockAhead)
		return
	}
	for _, file := range files {
		for _, path := range []string{file, filepath.Dir(file)} {
			info, err := os.Stat(path)
			if err == nil && info.ModTime().After(now.Add(clockSlack)) {
				d.warn("clock", "the clock says "+text+", and "+path+" was last changed after that, "+phrase.Moment(info.ModTime(), now.Location()), "if it is the clock that is wrong, "+clockBehind)
				return
			}
		}
	}
	d.ok("clock", text+"; it fits the files here, and more cannot be known without a network")
}

// zone names the time zone. Go falls back to UTC without a word when it does
// not know the one in TZ.
func (d *diagnosis) zone(now time.Time, tz string) {
	name := strings.TrimPrefix(tz, ":")
	if _, err := time.LoadLocation(name); err != nil && !filepath.IsAbs(name) && runtime.GOOS != "windows" {
		d.warn("timezone", "TZ is "+name+", which is not known here, so local times are those of UTC", "set TZ to a name such as Europe/Berlin")
		return
	}
	text, _ := now.Zone()
	if text != "UTC" {
		text += ", UTC" + now.Format("-07:00")
	}
	d.ok("timezone", text)
}
