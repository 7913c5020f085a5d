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
	says := "the clock says " + text
	earliest := time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)
	rules := []rule{
		{now.Before(earliest) || now.Before(built), checkFailure, says + ", which is before this program was built", clockBehind},
		{now.Year() >= 2100, checkFailure, says + ", which is too far ahead to be right", clockAhead},
	}
	for _, file := range files {
		for _, path := range []string{file, filepath.Dir(file)} {
			if info, err := os.Stat(path); err == nil {
				changed := says + ", and " + path + " was changed later, at " + phrase.Moment(info.ModTime(), now.Location())
				rules = append(rules, rule{
					info.ModTime().After(now.Add(clockSlack)), checkWarning, changed, "if the clock is wrong, " + clockBehind,
				})
			}
		}
	}
	d.first("clock", append(rules, rule{true, checkOK, text + "; consistent with the files here; no time server was asked", ""})...)
}

// zone names the time zone. Go silently falls back to UTC when it does not know the
// one in TZ.
func (d *diagnosis) zone(now time.Time, tz string) {
	name := strings.TrimPrefix(tz, ":")
	_, err := time.LoadLocation(name)
	text, _ := now.Zone()
	if text != "UTC" {
		text += ", UTC" + now.Format("-07:00")
	}
	d.first("timezone",
		rule{
			err != nil && !filepath.IsAbs(name) && runtime.GOOS != "windows", checkWarning,
			"TZ is " + name + ", which is unknown here, so local times are in UTC", "set TZ to a name such as Europe/Berlin",
		},
		rule{true, checkOK, text, ""},
	)
}
