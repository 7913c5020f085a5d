package plain

import (
	"strings"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
)

// greet says which project, profile and key the tokens belong to.
func (c *console) greet() {
	d := c.desk
	set, key := d.Settings(), d.Key()
	name := strings.TrimSpace(set.ProjectName + " " + set.ProjectVersion)
	if name != "" {
		name = " " + name + "."
	}
	if key == nil {
		c.sayf("Tokendesk.%s%s There is no key: tokens can be read, and verified with /key FILE. /reload reads the settings again.",
			name, profileNote(d))
		return
	}
	facts := explain.Key(key, 0, d.Keyring().Origin(key))
	c.sayf("Tokendesk.%s%s %s · key %s, from %s.", name, profileNote(d), facts.Algorithm, facts.Fingerprint, facts.From)
}

// profileNote names the profile, unless it is the only one.
func profileNote(d *desk.Desk) string {
	name := d.Settings().Profile
	switch {
	case d.ThrowAway() || name == "":
		return ""
	case d.Protected():
		return " Profile " + name + ", which is PROTECTED."
	case name != settings.DefaultProfile || len(d.Profiles()) > 1:
		return " Profile " + name + "."
	default:
		return ""
	}
}
