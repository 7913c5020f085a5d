package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
)

// another is a second secret.
const another = "Quince3kXv8LtZ5wRp9NcH2bJ7dGf4YsEa"

// noticesOf returns the notices of settings without the folder in file names.
func noticesOf(s *Settings) string {
	texts := make([]string, len(s.Notices))
	for i, n := range s.Notices {
		texts[i] = n.String()
	}
	return strings.Join(texts, "\n")
}

func TestRecognisedSettings(t *testing.T) {
	t.Parallel()
	s, err := load(t, "APP_NAME=Pear\nAPP_VERSION=2\nJWT_SECRET="+canary+strings.Repeat("x", 40)+
		"\nJWT_ALGORITHM=HS512\nJWT_EXPIRES_IN=7d\nJWT_ISSUER=pear\nJWT_AUDIENCE=a,b\nJWT_KID=k1\n", nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.KeyName != "JWT_SECRET" || s.KeySource != s.File || s.Key.Algorithm() != auth.HS512 || s.Key.ID() != "k1" {
		t.Errorf("%s of %s: %s, %s", s.KeyName, s.KeySource, s.Key.Algorithm(), s.Key.ID())
	}
	if s.Lifetime != 7*24*time.Hour {
		t.Error(s.Lifetime)
	}
	if s.Issuer != "pear" || strings.Join(s.Audience, "+") != "a+b" || s.ProjectName != "Pear" || s.ProjectVersion != "2" {
		t.Errorf("%+v", s)
	}
	want := "JWT_SECRET of .env signs, for 7d by JWT_EXPIRES_IN; SECRET_KEY_NAME=JWT_SECRET in .env makes this a setting"
	if noticesOf(s) != want {
		t.Error(noticesOf(s))
	}
	if len(s.Warnings) > 0 {
		t.Error(s.Warnings)
	}
}

// KEY_FILE decides, as it always did. A secret beside it is named.
func TestKeyFileBesideASecret(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"KEY_FILE=key.txt\nJWT_SECRET=" + another: "KEY_FILE signs, and not JWT_SECRET of .env; " +
			"set SECRET_KEY_NAME there to JWT_SECRET, or to none to keep KEY_FILE",
		"KEY_FILE=key.txt\nSECRET_KEY_NAME=none\nJWT_SECRET=" + another: "",
		"KEY_FILE=key.txt\nSESSION_SECRET=" + another:                   "",
	} {
		dir := t.TempDir()
		for name, data := range map[string]string{".env": text, "key.txt": canary} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := Load(Options{File: filepath.Join(dir, ".env"), Lookup: lookupIn(nil)})
		if err != nil || s.KeyName != keyFile || noticesOf(s) != want {
			t.Errorf("%v, %s: %s, want %s", err, s.KeyName, noticesOf(s), want)
		}
	}
}

// ALGORITHM of another kind is not ours, where the project has its own name for the secret.
func TestForeignAlgorithm(t *testing.T) {
	t.Parallel()
	s, err := load(t, "ALGORITHM=aes-256-cbc\nJWT_ALGORITHM=HS384\nJWT_SECRET="+canary+another, nil)
	if err != nil || s.Key.Algorithm() != auth.HS384 {
		t.Fatalf("%v, %v", err, s.Algorithm)
	}
	if len(s.Warnings) != 1 || s.Warnings[0].Text != "ALGORITHM is not a supported algorithm, so it is not used" {
		t.Error(s.Warnings)
	}
	for text, env := range map[string]map[string]string{
		"ALGORITHM=aes-256-cbc\nSECRET_KEY=" + canary: nil,
		"JWT_SECRET=" + canary:                        {"ALGORITHM": "aes-256-cbc"},
	} {
		if _, err := load(t, text, env); err == nil {
			t.Errorf("%s is accepted", text)
		}
	}
}

// Audiences may be a JSON array, as pydantic has them.
func TestAudiences(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"AUDIENCE=a, b": "a+b", `AUDIENCE='["a", "b"]'`: "a+b", `AUDIENCE=[]`: "", `AUDIENCE=[a`: "[a",
	} {
		if s, err := load(t, text, nil); err != nil || strings.Join(s.Audience, "+") != want {
			t.Errorf("%s: %v, %v", text, s.Audience, err)
		}
	}
}

// Our own settings stand above what is recognised.
func TestOwnSettingsFirst(t *testing.T) {
	t.Parallel()
	s, err := load(t, "PROJECT_NAME=Desk\nAPP_NAME=Pear\nJWT_SECRET="+canary+"\n"+
		"ALGORITHM=HS256\nJWT_ALGORITHM=HS512\nISSUER=desk\nJWT_ISSUER=pear\n"+
		"AUDIENCE=desk\nJWT_AUDIENCE=pear\nKEY_ID=own\nJWT_KID=k1\nACCESS_TOKEN_EXPIRE_MINUTES=5\nJWT_EXPIRES_IN=3600\n", nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.ProjectName != "Desk" || s.Key.Algorithm() != auth.HS256 || s.Key.ID() != "own" || s.Issuer != "desk" || s.Audience[0] != "desk" {
		t.Errorf("%+v", s)
	}
	want := "JWT_SECRET of .env signs, for 5m; SECRET_KEY_NAME=JWT_SECRET in .env makes this a setting"
	if s.Lifetime != 5*time.Minute || noticesOf(s) != want {
		t.Error(s.Lifetime, noticesOf(s))
	}
	found := s.Recognised
	if found.Title.Name+found.Algorithm.Name+found.Issuer.Name+found.Audience.Name+found.KeyID.Name+found.Lifetime.Name != "" {
		t.Errorf("%+v", found)
	}
}

func TestNotices(t *testing.T) {
	t.Parallel()
	secret := "JWT_SECRET=" + canary + "\n"
	for _, tt := range []struct {
		name, text string
		want       string
	}{
		{"SECRET_KEY", "SECRET_KEY=" + canary, ""},
		{"SECRET_KEY with a lifetime", "SECRET_KEY=" + canary + "\nJWT_EXPIRES_IN=2h", "tokens are valid for 2h by JWT_EXPIRES_IN of .env; " +
			"ACCESS_TOKEN_EXPIRE_MINUTES there replaces it"},
		{"named", secret + "SECRET_KEY_NAME=JWT_SECRET\nJWT_EXPIRES_IN=3600", ""},
		{
			"no unit", secret + "JWT_EXPIRES_IN=3600",
			"JWT_SECRET of .env signs, for 30m; SECRET_KEY_NAME=JWT_SECRET in .env makes this a setting\n" +
				"JWT_EXPIRES_IN has no unit, so it is not used and tokens are valid for 30m; " +
				"set ACCESS_TOKEN_EXPIRE_MINUTES, or write a unit such as 15m",
		},
		{
			"above the limit", secret + "JWT_EXPIRES_IN=7d\nMAX_TOKEN_MINUTES=60",
			"JWT_SECRET of .env signs, for 1h; SECRET_KEY_NAME=JWT_SECRET in .env makes this a setting\n" +
				"JWT_EXPIRES_IN is above MAX_TOKEN_MINUTES, so it is not used and tokens are valid for 1h",
		},
		{
			"base64", "JWT_SECRET=bO8wkE7gWPAcbSKkPpvcWwb+13MySugCOfK5PNttsXE=",
			"JWT_SECRET of .env signs, for 30m; SECRET_KEY_NAME=JWT_SECRET in .env makes this a setting\n" +
				"JWT_SECRET could be base64, and its text is what signs; set SECRET_KEY_ENCODING=base64 if the API decodes it",
		},
		{
			"decoded", "JWT_SECRET=bO8wkE7gWPAcbSKkPpvcWwb+13MySugCOfK5PNttsXE=\nSECRET_KEY_ENCODING=base64",
			"JWT_SECRET of .env signs, for 30m; SECRET_KEY_NAME=JWT_SECRET in .env makes this a setting",
		},
		{
			"a public key", `JWT_PUBLIC_KEY='{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}'`,
			"JWT_PUBLIC_KEY of .env verifies, and nothing here signs",
		},
	} {
		s, err := load(t, tt.text, nil)
		if err != nil || noticesOf(s) != tt.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", tt.name, err, noticesOf(s), tt.want)
		}
	}
}

func TestUndecided(t *testing.T) {
	t.Parallel()
	s, err := load(t, "MAX_TOKEN_MINUTES=60\nSECRET_KEY="+canary+"\nJWT_SECRET="+another, nil)
	if s.Key != nil || !Undecided(err) {
		t.Fatalf("%v, %v", s.Key, err)
	}
	want := `.env: SECRET_KEY and JWT_SECRET have different values, and only one of them is what the API checks tokens with; ` +
		`choose one with --secret-from NAME, or set SECRET_KEY_NAME there
.env:3: JWT_SECRET could be it: its name says that it signs tokens
.env:2: SECRET_KEY could be it: it is Tokendesk's own name for the secret`
	if got := strings.Join(sentences(s, err), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, err := load(t, "MAX_TOKEN_MINUTES=x\nSECRET_KEY="+canary+"\nJWT_SECRET="+another, nil); Undecided(err) || err == nil {
		t.Errorf("with another problem: %v", err)
	}
	if Undecided(nil) {
		t.Error("without a problem")
	}
}

// A name is looked up in the file; a variable with that name replaces the value.
func TestNamesAndTheEnvironment(t *testing.T) {
	t.Parallel()
	s, err := load(t, "PORT=80", map[string]string{"JWT_SECRET": canary})
	if err != nil || s.Key != nil {
		t.Errorf("only in the environment: %v, %v", s.Key, err)
	}
	s, err = load(t, "JWT_SECRET="+another, map[string]string{"JWT_SECRET": canary})
	if err != nil || s.KeySource != environment || s.KeyName != "JWT_SECRET" || strings.Join(s.Replaced, " ") != "JWT_SECRET" {
		t.Fatalf("%v, %s, %v", err, s.KeySource, s.Replaced)
	}
	checkSecret(t, s, canary)
	if want := "JWT_SECRET of the environment signs, for 30m; SECRET_KEY_NAME=JWT_SECRET in .env makes this a setting"; noticesOf(s) != want {
		t.Error(noticesOf(s))
	}
	s, err = load(t, "PORT=80", map[string]string{"JWT_SECRET": canary, "SECRET_KEY_NAME": "JWT_SECRET"})
	if err != nil || s.KeyName != "JWT_SECRET" {
		t.Errorf("named in the environment: %v, %v", s.KeyName, err)
	}
	s, err = load(t, "JWT_SECRET="+another, map[string]string{"SECRET_KEY": canary})
	if err != nil || s.KeyName != secretKey {
		t.Errorf("SECRET_KEY in the environment: %v, %v", s.KeyName, err)
	}
	want := "SECRET_KEY of the environment signs, and not JWT_SECRET of .env; unset SECRET_KEY, or name the other with --secret-from"
	if noticesOf(s) != want {
		t.Error(noticesOf(s))
	}
}

// KEY_FILE decides, and a name stands above it.
func TestKeyFileAndNames(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(canary), 0o600); err != nil {
		t.Fatal(err)
	}
	text := "JWT_SECRET=" + another + "\nJWT_EXPIRES_IN=2h\nKEY_FILE=" + file
	s, err := load(t, text, nil)
	if err != nil || s.KeyName != "KEY_FILE" || s.Lifetime != 2*time.Hour {
		t.Errorf("%v, %s, %v", err, s.KeyName, s.Lifetime)
	}
	checkSecret(t, s, canary)
	s, err = load(t, text+"\nSECRET_KEY_NAME=JWT_SECRET", nil)
	if err != nil || s.KeyName != "JWT_SECRET" {
		t.Errorf("%v, %s", err, s.KeyName)
	}
}

// SECRET_KEY may hold what any other name may.
func TestFormsOfSecretKey(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	pair, err := auth.GenerateKey(auth.ES256, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	pem, err := auth.EncodeSet([]*auth.Key{pair}, auth.FormatPEM)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "public.pem"), pem, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, value string
		alg         auth.Algorithm
	}{
		{"PEM", strings.ReplaceAll(string(pem), "\n", `\n`), auth.ES256},
		{"a path", "./public.pem", auth.ES256},
		{"Hasura's JSON", `{"type":"HS384","key":"` + canary + another + `"}`, auth.HS384},
		{"a JWK", `{"kty":"oct","k":"Q2FuYXJ5N2hXcTJMelg5bUI0dktwMVRuUjhzWWQzR2ZK","alg":"HS256"}`, auth.HS256},
	} {
		for _, name := range []string{"SECRET_KEY", "JWT_SECRET"} {
			path := filepath.Join(folder, ".env."+strings.ReplaceAll(tt.name, " ", "")+name)
			if err := os.WriteFile(path, []byte(name+"='"+tt.value+"'\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := Load(Options{File: path, Lookup: lookupIn(nil)})
			if err != nil || s.Key.Algorithm() != tt.alg || s.KeyName != name {
				t.Errorf("%s in %s: %v, %v", tt.name, name, s.KeyName, err)
			}
		}
	}
}

func TestKeepName(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                      "SECRET_KEY_NAME=JWT_SECRET\n",
		"PORT=80":                               "PORT=80\nSECRET_KEY_NAME=JWT_SECRET\n",
		"# a comment\nPORT=80\n":                "# a comment\nPORT=80\nSECRET_KEY_NAME=JWT_SECRET\n",
		"PORT=80\r\n":                           "PORT=80\r\nSECRET_KEY_NAME=JWT_SECRET\r\n",
		"SECRET_KEY_NAME=OLD\nPORT=80\n":        "SECRET_KEY_NAME=JWT_SECRET\nPORT=80\n",
		"PORT=80\n# SECRET_KEY_NAME=JWT_SECRET": "PORT=80\n# SECRET_KEY_NAME=JWT_SECRET\nSECRET_KEY_NAME=JWT_SECRET\n",
	} {
		path := filepath.Join(t.TempDir(), ".env")
		if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
		if err := KeepName(path, "JWT_SECRET"); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		info, _ := os.Stat(path)
		if err != nil || string(got) != want || info.Mode().Perm()&0o077 != 0o040&info.Mode().Perm() {
			t.Errorf("%q: %q, %v, %v, want %q", text, got, info.Mode(), err, want)
		}
	}
	folder := t.TempDir()
	if err := KeepName(filepath.Join(folder, ".env"), "JWT_SECRET"); err == nil {
		t.Error("a file was made")
	}
	path := filepath.Join(folder, "real")
	if err := os.WriteFile(path, []byte("PORT=80\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := KeepName(path, "A\nB=C"); err == nil {
		t.Error("a name with a line break was written")
	}
}

func TestNearby(t *testing.T) {
	t.Parallel()
	files := func(pairs ...string) string {
		folder := t.TempDir()
		for i := 0; i < len(pairs); i += 2 {
			path := filepath.Join(folder, pairs[i])
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(pairs[i+1]), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return folder
	}
	secret := "JWT_SECRET=" + canary
	for _, tt := range []struct {
		name   string
		folder string
		want   string
	}{
		{"nothing", files(".env", "PORT=80"), ""},
		{
			"beside it", files(".env.local", secret, ".env.development", "SECRET_KEY="+canary, ".env.staging", secret),
			".env.local JWT_SECRET, .env.development SECRET_KEY",
		},
		{
			"one folder down", files("backend/.env", secret, "frontend/.env", secret, "docker/.env", "STRIPE_SECRET_KEY="+canary),
			"backend/.env JWT_SECRET",
		},
		{"apps", files("apps/api/.env", secret, "apps/web/.env", "NEXTAUTH_SECRET="+canary), "apps/api/.env JWT_SECRET"},
		{"packages", files("packages/api/.env.local", secret), "packages/api/.env.local JWT_SECRET"},
		{"config.env", files("config/config.env", secret, "back-end/.env", secret), "back-end/.env JWT_SECRET, config/config.env JWT_SECRET"},
		{"several names", files("server/.env", secret+"\nTOKEN_SECRET="+another), "server/.env JWT_SECRET"},
		{"a key file", files("api/.env", "KEY_FILE=private.pem"), "api/.env KEY_FILE"},
		{"an example", files(".env.example", secret), ".env.example JWT_SECRET example"},
		{"an example and a file", files(".env.example", secret, "src/.env", secret), "src/.env JWT_SECRET"},
		{"an empty example", files(".env.example", "JWT_SECRET="), ""},
		{"a broken file", files("backend/.env", "JWT_SECRET='"+canary), ""},
		{"its own name", files(".env", secret), ""},
	} {
		var got []string
		for _, near := range Nearby(filepath.Join(tt.folder, ".env")) {
			path, err := filepath.Rel(tt.folder, near.File)
			if err != nil {
				t.Fatal(err)
			}
			text := filepath.ToSlash(path) + " " + near.Name
			if near.Example {
				text += " example"
			}
			got = append(got, text)
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, strings.Join(got, ", "), tt.want)
		}
	}
}

// A new file has the name of the example for its secret.
func TestCreateBesideAnExample(t *testing.T) {
	t.Parallel()
	const template = "# settings\nSECRET_KEY=\n# SECRET_KEY_NAME=JWT_SECRET\nPORT=80\n"
	for example, want := range map[string]string{
		"JWT_SECRET=\n":                    "# settings\nJWT_SECRET=" + canary + "\nSECRET_KEY_NAME=JWT_SECRET\nPORT=80\n",
		"SECRET=change\n":                  "# settings\nSECRET=" + canary + "\nSECRET_KEY_NAME=SECRET\nPORT=80\n",
		"PEAR=\nSECRET_KEY_NAME=PEAR\n":    "# settings\nPEAR=" + canary + "\nSECRET_KEY_NAME=PEAR\nPORT=80\n",
		"SECRET_KEY=\n":                    "# settings\nSECRET_KEY=" + canary + "\n# SECRET_KEY_NAME=JWT_SECRET\nPORT=80\n",
		"JWT_PRIVATE_KEY_PATH=./key.pem\n": "# settings\nSECRET_KEY=" + canary + "\n# SECRET_KEY_NAME=JWT_SECRET\nPORT=80\n",
	} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, ".env.example"), []byte(example), 0o600); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(folder, ".env")
		if _, err := Create(path, template, canary); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != want {
			t.Errorf("%q: %q, %v, want %q", example, got, err, want)
		}
		if s, err := Load(Options{File: path, Lookup: lookupIn(nil)}); err != nil || s.Key == nil || len(s.Notices) > 0 {
			t.Errorf("%q: %v, %v", example, err, s.Notices)
		}
	}
}
