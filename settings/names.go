package settings

// Doc describes one setting.
type Doc struct {
	Name    string
	Default string // empty when there is none
	Text    string // what it is for, in a sentence without its full stop
}

// Names describes every setting, in the order of the template.
func Names() []Doc {
	return []Doc{
		{secretKey, "", "the secret that signs tokens; the API must have the same"},
		{"ALGORITHM", "HS256", "HS256, HS384 or HS512; with KEY_FILE one that fits the key"},
		{"ACCESS_TOKEN_EXPIRE_MINUTES", "30", "how long a token is good for, in minutes"},
		{"PROJECT_NAME", "", "shown in the title row"},
		{"PROJECT_VERSION", "", "shown in the title row"},
		{"ISSUER", "", "the iss claim of the tokens that are issued"},
		{"AUDIENCE", "", "the aud claim; several with commas between them"},
		{"MAX_TOKEN_MINUTES", "", "the longest lifetime that is issued, in minutes"},
		{"SECRET_KEY_ENCODING", "utf8", "how SECRET_KEY is written: utf8, base64, base64url or hex"},
		{"KEY_FILE", "", "a file with the key, instead of SECRET_KEY: PEM, JWK, JWK set or a bare secret"},
		{"KEY_PASSPHRASE_FILE", "", "a file with the passphrase of KEY_FILE, if that is encrypted"},
		{"KEY_ID", "", "the kid header parameter of the tokens that are issued"},
		{"JWKS_URL", "", "an https URL at which an issuer publishes its keys: a JWK set, or the issuer itself; they verify too"},
		{personasFile, DefaultPersonas, "a file with personas: named subjects, lifetimes and claims"},
		{"ALLOW_WEAK_SECRET", "false", "true lets a short or known secret sign, and says so everywhere"},
		{protectedName, "false", "true asks for the profile's name before anything is signed; the environment cannot take that back"},
		{"TOKENDESK_MOUSE", "on", "off leaves the mouse to the terminal"},
	}
}
