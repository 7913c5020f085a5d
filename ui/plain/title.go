package plain

import (
	"fmt"
	"strings"

	"tokendesk/desk"
	"tokendesk/settings"
)

// title says which project, profile and key the tokens are of.
func title(d *desk.Desk) string {
	set, key := d.Settings(), d.Key()
	name := strings.TrimSpace(set.ProjectName + " " + set.ProjectVersion)
	if name != "" {
		name = " " + name + "."
	}
	weak := ""
	if key.Weakness() != nil {
		weak = " This key is weak: anybody can guess it."
	}
	return fmt.Sprintf("Tokendesk.%s%s %s · key %s, from %s.%s",
		name, profileNote(d), key.Algorithm(), key.Fingerprint(), d.Keyring().Origin(key), weak)
}

// profileNote names the profile where there could be another.
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
