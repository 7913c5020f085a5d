// Package settings reads the .env file and the environment, checks every setting,
// and explains what is wrong: in which file, on which line, and what to do about
// it. None of its sentences ever quotes a value.
package settings

import (
	"crypto/sha256"
	"time"

	"tokendesk/auth"
	"tokendesk/internal/copyas"
	"tokendesk/settings/project"
)

// Settings is everything that is configured.
type Settings struct {
	File  string // the path of the file
	Found bool   // whether the file exists

	// Profile is the name of the file as a profile, see [ProfileName]. Protected
	// says that nothing may be signed in it before the user has given that name.
	Profile   string
	Protected bool

	// Key verifies, and signs unless it is public. It is nil when neither SECRET_KEY
	// nor KEY_FILE is set.
	Key *auth.Key
	// Keys are all keys of KEY_FILE, which may hold several; see Verifying.
	Keys []*auth.Key
	// Decrypting are those of Keys that only decrypt and come from somewhere else.
	Decrypting Decrypting
	// AllowWeak says that a weak secret is accepted, so that nothing warns about it.
	AllowWeak bool
	// Algorithm and KeyOptions make a key from a secret that comes from elsewhere.
	Algorithm  auth.Algorithm
	KeyOptions []auth.KeyOption

	algorithmGiven bool              // Algorithm was set and is not the default
	encoding       string            // of secrets, or empty for plain text
	secret         [sha256.Size]byte // a hash of the secret as it is written, or zero
	remarks        []*auth.SetRemark // on the JWK set that was read last
	// Passphrase returns the passphrase that the key was read with. It is nil if there was none,
	// and a function because package fmt prints fields.
	Passphrase func() []byte
	// KeySource is where the key comes from: the path of a file or "environment".
	KeySource string
	// KeyName is the name that the key is from, such as SECRET_KEY, KEY_FILE or JWT_SECRET. It
	// is empty if there is no key and if the key is not from the settings.
	KeyName string
	// Command is the program whose output is the key, or nil.
	Command *Command
	// Recognised is what was recognised among the names of other frameworks.
	Recognised project.Recognition
	// Misspelled are names that may be meant for the secret's, if nothing else is.
	Misspelled []Misspelled

	ProjectName, ProjectVersion string

	// Lifetime is how long a token is valid. MaxLifetime is the longest lifetime that
	// may be asked for, and zero when there is no limit.
	Lifetime, MaxLifetime time.Duration

	Issuer   string
	Audience []string

	// JWKSURL is where an issuer publishes more keys to verify with, or empty.
	JWKSURL string

	// Request is how the API takes a token, for the forms in which one is copied. Its URL
	// may be that of something else: only a form that sends needs it, and checks it.
	Request copyas.Request

	// PersonasFile is the path of the personas file. PersonasGiven says that a setting
	// names it, so that it must exist; see [Settings.Personas].
	PersonasFile  string
	PersonasGiven bool

	// Ledger says what is recorded of the tokens that are issued.
	Ledger Ledger

	// Mouse says whether the console uses the mouse.
	Mouse bool

	// Origins says where settings come from that are in tokens, by their names in the table:
	// the path of a file, or "environment".
	Origins map[string]string

	// Replaced names the settings of the file that the environment overrides with
	// another value.
	Replaced []string

	// Notices say once a run what was recognised, and how to make it a setting.
	Notices []Notice

	// Warnings are about settings that work but should not stay as they are.
	Warnings []Warning
}

// Decrypting are keys for encryption, and where they come from.
type Decrypting struct {
	Keys   []*auth.Key
	Source string
}

// Verifying returns the keys to verify tokens with.
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
	Text    string // its purpose, in a sentence without a full stop
}

// row is a setting and the function that reads it. The function is nil for settings
// that depend on one another: those are read together, after the others.
type row struct {
	Doc
	read func(r *reader, name string)
}

// table has every setting, in the order of the template.
func table() []row {
	return []row{
		{Doc{secretKey, "", "the secret that signs tokens; the API must have the same one"}, nil},
		{Doc{"ALGORITHM", "HS256", auth.KeyTypeSecret.Algorithms() + "; with KEY_FILE, an algorithm that matches the key"}, nil},
		{Doc{"ACCESS_TOKEN_EXPIRE_MINUTES", "30", "how long a token is valid, in minutes"}, nil},
		{
			Doc{"PROJECT_NAME", "", "shown in the title row"},
			func(r *reader, name string) { r.settings.ProjectName = r.text(name) },
		},
		{
			Doc{"PROJECT_VERSION", "", "shown in the title row"},
			func(r *reader, name string) { r.settings.ProjectVersion = r.text(name) },
		},
		{
			Doc{"ISSUER", "", "the iss claim of issued tokens"},
			func(r *reader, name string) { r.settings.Issuer = r.text(name) },
		},
		{
			Doc{"AUDIENCE", "", "the aud claim of issued tokens; separate several audiences with commas"},
			func(r *reader, name string) { r.settings.Audience = r.list(name) },
		},
		{Doc{"MAX_TOKEN_MINUTES", "", "the longest lifetime that a token may have, in minutes"}, nil},
		{Doc{"SECRET_KEY_ENCODING", "utf8", "how the secret is written: utf8, base64, base64url or hex"}, nil},
		{Doc{secretKeyName, "", "the name of the secret if it is not SECRET_KEY, such as JWT_SECRET; none looks for no other name"}, nil},
		{Doc{keyFile, "", "a file with the key, instead of SECRET_KEY: PEM, JWK, JWK set or a bare secret"}, nil},
		{Doc{secretCommand, "", "a program that prints the secret, instead of SECRET_KEY, such as pass show api/secret"}, nil},
		{Doc{keyCommand, "", "a program that prints the content of a key file, instead of KEY_FILE"}, nil},
		{Doc{"KEY_PASSPHRASE_FILE", "", "a file with the passphrase of KEY_FILE, if that is encrypted"}, nil},
		{Doc{"KEY_ID", "", "the kid header parameter of issued tokens"}, nil},
		{
			Doc{"JWKS_URL", "", "the https URL of an issuer or its JWK set, whose published keys verify tokens too"},
			func(r *reader, name string) { r.settings.JWKSURL = r.keyURL(name) },
		},
		{
			Doc{"API_URL", copyas.DefaultURL, "the URL of a request to the API, for a token copied as curl and the like"},
			func(r *reader, name string) { r.settings.Request.URL = r.text(name) },
		},
		{
			Doc{"API_COOKIE", "access_token={token}", "the cookie in which the API takes a token, as it is sent"},
			func(r *reader, name string) { r.settings.Request.Cookie = r.cookie(name) },
		},
		{
			Doc{personasFile, DefaultPersonas, "a file of personas: named subjects, lifetimes and claims"},
			func(r *reader, _ string) { r.settings.PersonasFile, r.settings.PersonasGiven = r.personas() },
		},
		{Doc{ledgerName, "on", "off keeps no record of issued tokens"}, nil},
		{Doc{ledgerClaims, "on", "off leaves the claims out of the ledger; in a protected profile, off is the default"}, nil},
		{Doc{
			ledgerFile, "", "the file of the ledger, instead of ledger.jsonl in your state folder; a settings file can only name one in its folder",
		}, nil},
		{Doc{"ALLOW_WEAK_SECRET", "false", "true accepts a weak secret, so that nothing warns about it"}, nil},
		{Doc{protectedName, "false", "true asks for the profile's name before anything is signed; the environment cannot undo it"}, nil},
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
