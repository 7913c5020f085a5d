// Package settings reads the .env and the environment, checks every setting,
// and explains what is wrong: in which file, on which line, and what to do. No
// sentence of it ever quotes a value.
package settings

import (
	"time"

	"tokendesk/auth"
)

// Settings is everything that is configured.
type Settings struct {
	File  string // the path that was looked at
	Found bool   // whether there is such a file

	// Profile is the name of the file as a profile, see [ProfileName]. Protected
	// says that nothing is to be signed in it before that name was given.
	Profile   string
	Protected bool

	// Key signs, unless it is a public one, and verifies. It is nil when neither
	// SECRET_KEY nor KEY_FILE is set.
	Key *auth.Key
	// Keys are all keys of a KEY_FILE, which may hold several; see Verifying.
	Keys []*auth.Key
	// Algorithm and KeyOptions are what Key is made with, for a secret that comes
	// from elsewhere.
	Algorithm  auth.Algorithm
	KeyOptions []auth.KeyOption

	algorithmGiven bool // and not only the usual one
	// KeySource is where the key comes from: a file's path or "environment".
	KeySource string

	ProjectName, ProjectVersion string

	// Lifetime is how long a token is good for; MaxLifetime is the most that may
	// be asked for, and zero when there is no limit.
	Lifetime, MaxLifetime time.Duration

	Issuer   string
	Audience []string

	// JWKSURL is where an issuer publishes keys that verify too, or empty.
	JWKSURL string

	// PersonasFile is the path of the file with the personas, PersonasGiven
	// whether it was named, so that it must be there; see [Settings.Personas].
	PersonasFile  string
	PersonasGiven bool

	// Mouse says whether the console uses the mouse.
	Mouse bool

	// Replaced names the settings of the file that the environment sets to
	// something else.
	Replaced []string

	// Warnings is what is not wrong but should not stay so.
	Warnings []Warning
}

// Verifying returns the keys to verify with.
func (s *Settings) Verifying() []*auth.Key {
	if len(s.Keys) == 0 && s.Key != nil {
		return []*auth.Key{s.Key}
	}
	return s.Keys
}

// Doc describes one setting.
type Doc struct {
	Name    string
	Default string // empty when there is none
	Text    string // what it is for, in a sentence without its full stop
}

// row is a setting with what reads it. Those that depend on one another have nil
// there: they are read together, after the others.
type row struct {
	Doc
	read func(r *reader, name string)
}

// table has every setting, in the order of the template.
func table() []row {
	return []row{
		{Doc{secretKey, "", "the secret that signs tokens; the API must have the same"}, nil},
		{Doc{"ALGORITHM", "HS256", "HS256, HS384 or HS512; with KEY_FILE one that fits the key"}, nil},
		{Doc{"ACCESS_TOKEN_EXPIRE_MINUTES", "30", "how long a token is good for, in minutes"}, nil},
		{
			Doc{"PROJECT_NAME", "", "shown in the title row"},
			func(r *reader, name string) { r.settings.ProjectName = r.text(name) },
		},
		{
			Doc{"PROJECT_VERSION", "", "shown in the title row"},
			func(r *reader, name string) { r.settings.ProjectVersion = r.text(name) },
		},
		{
			Doc{"ISSUER", "", "the iss claim of the tokens that are issued"},
			func(r *reader, name string) { r.settings.Issuer = r.text(name) },
		},
		{
			Doc{"AUDIENCE", "", "the aud claim; several with commas between them"},
			func(r *reader, name string) { r.settings.Audience = r.list(name) },
		},
		{Doc{"MAX_TOKEN_MINUTES", "", "the longest lifetime that is issued, in minutes"}, nil},
		{Doc{"SECRET_KEY_ENCODING", "utf8", "how SECRET_KEY is written: utf8, base64, base64url or hex"}, nil},
		{Doc{"KEY_FILE", "", "a file with the key, instead of SECRET_KEY: PEM, JWK, JWK set or a bare secret"}, nil},
		{Doc{"KEY_PASSPHRASE_FILE", "", "a file with the passphrase of KEY_FILE, if that is encrypted"}, nil},
		{Doc{"KEY_ID", "", "the kid header parameter of the tokens that are issued"}, nil},
		{
			Doc{"JWKS_URL", "", "an https URL at which an issuer publishes its keys: a JWK set, or the issuer itself; they verify too"},
			func(r *reader, name string) { r.settings.JWKSURL = r.keyURL(name) },
		},
		{
			Doc{personasFile, DefaultPersonas, "a file with personas: named subjects, lifetimes and claims"},
			func(r *reader, _ string) { r.settings.PersonasFile, r.settings.PersonasGiven = r.personas() },
		},
		{Doc{"ALLOW_WEAK_SECRET", "false", "true lets a short or known secret sign, and says so everywhere"}, nil},
		{Doc{protectedName, "false", "true asks for the profile's name before anything is signed; the environment cannot take that back"}, nil},
		{
			Doc{"TOKENDESK_MOUSE", "on", "off leaves the mouse to the terminal"},
			func(r *reader, name string) { r.settings.Mouse = r.toggle(name, "on", "off", true) },
		},
	}
}

// Names describes every setting, in the order of the template.
func Names() []Doc {
	rows := table()
	docs := make([]Doc, len(rows))
	for i, each := range rows {
		docs[i] = each.Doc
	}
	return docs
}
