package project

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"tokendesk/auth"
)

// Secrets of tests.
const (
	one   = "k7Qm2xV9tLw4ZpR8sNc5HbJ3dGf6YaEu"
	two   = "Tz8Wn3yB6vKe1XqP5rMh9LcD2gFj7SaU"
	three = "Hd4Rk9wN2xTz7VbQ6mPc3LyG8sJf5EaU"
	four  = "Pw6Yt1nC8bLs4XgR9vKd2ZmJ7hQf3EaU"
)

// publicPEM is a public key in one line.
const publicPEM = `-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n`

// assignments reads NAME=value lines. The words one to four stand for secrets.
func assignments(text string) []Assignment {
	var all []Assignment
	secrets := strings.NewReplacer("=one", "="+one, "=two", "="+two, "=three", "="+three, "=four", "="+four)
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		name, value, _ := strings.Cut(secrets.Replace(strings.TrimSpace(line)), "=")
		all = append(all, Assignment{Name: name, Value: value, Raw: value, Line: i + 1})
	}
	return all
}

// said writes a recognition as "NAME", "ask NAME NAME" or "none", and the others after "|".
func said(r Recognition) string {
	text := "none"
	switch {
	case r.Chosen != nil:
		text = r.Chosen.Name
	case len(r.Ask) > 0:
		text = "ask"
		for _, c := range r.Ask {
			text += " " + c.Name
		}
	}
	for i, c := range r.Others {
		if i == 0 {
			text += " |"
		}
		text += " " + c.Name
	}
	return text
}

func TestChoice(t *testing.T) {
	t.Parallel()
	token := "ANON_KEY=" + tokenOf(t, two)
	public := `HASURA_GRAPHQL_JWT_SECRET={"type":"EdDSA","key":"` + publicPEM + `"}`
	for _, tt := range []struct{ name, text, want string }{
		{"SECRET_KEY alone", "SECRET_KEY=one", "SECRET_KEY"},
		{"one that signs", "PORT=80\nJWT_SECRET=one", "JWT_SECRET"},
		{"with a refresh secret", "ACCESS_TOKEN_SECRET=one\nREFRESH_TOKEN_SECRET=two", "ACCESS_TOKEN_SECRET | REFRESH_TOKEN_SECRET"},
		{"the refresh secret first", "JWT_REFRESH_SECRET=one\nJWT_SECRET=two", "JWT_SECRET | JWT_REFRESH_SECRET"},
		{"only for other tokens", "JWT_REFRESH_SECRET=one", "ask JWT_REFRESH_SECRET"},
		{"equal values", "JWT_SECRET=one\nPGRST_APP_SETTINGS_JWT_SECRET=one\nJWT_SECRET_KEY=one", "JWT_SECRET"},
		{"two that sign", "JWT_SECRET=one\nTOKEN_SECRET=two", "ask JWT_SECRET TOKEN_SECRET"},
		{"SECRET_KEY and another", "SECRET_KEY=one\nJWT_SECRET_KEY=two", "ask JWT_SECRET_KEY SECRET_KEY"},
		{"SECRET_KEY and the same", "SECRET_KEY=one\nJWT_SECRET_KEY=one", "SECRET_KEY"},
		{"the same before SECRET_KEY", "JWT_SECRET_KEY=one\nSECRET_KEY=one", "SECRET_KEY"},
		{"SECRET_KEY and an empty one", "SECRET_KEY=one\nJWT_SECRET_KEY=", "SECRET_KEY"},
		{"SECRET_KEY and a refresh secret", "SECRET_KEY=one\nREFRESH_SECRET_KEY=two", "SECRET_KEY | REFRESH_SECRET_KEY"},
		{"SECRET_KEY and one that says little", "SECRET_KEY=one\nAPP_SECRET=two", "SECRET_KEY"},
		{"SECRET_KEY and one that says more", "SECRET_KEY=one\nSIGNING_KEY=two", "ask SIGNING_KEY SECRET_KEY"},
		{"an empty SECRET_KEY", "SECRET_KEY=\nJWT_SECRET=two", "JWT_SECRET"},
		{"names that say little", "APP_SECRET=one\nSECRET=two", "ask APP_SECRET SECRET"},
		{"one that says little", "TOKEN_SYMMETRIC_KEY=one", "ask TOKEN_SYMMETRIC_KEY"},
		{"one that signs and one that says little", "SECRET_KEY_BASE=one\nGUARDIAN_SECRET_KEY=two", "GUARDIAN_SECRET_KEY"},
		{"proven", "JWT_SECRET=one\nTOKEN_SECRET=two\n" + token, "TOKEN_SECRET | JWT_SECRET"},
		{"proven against SECRET_KEY", "SECRET_KEY=one\nJWT_SECRET=two\n" + token, "JWT_SECRET | SECRET_KEY"},
		{"SECRET_KEY is proven", "SECRET_KEY=two\nJWT_SECRET=one\n" + token, "SECRET_KEY | JWT_SECRET"},
		{"one that says little is proven", "SECRET=two\nJWT_SECRET=one\n" + token, "SECRET | JWT_SECRET"},
		{"a token of somebody else", "JWT_SECRET=one\nTOKEN_SECRET=three\n" + token, "ask JWT_SECRET TOKEN_SECRET"},
		{"production", "NODE_ENV=production\nJWT_SECRET=one", "ask JWT_SECRET"},
		{"another word for it", "MIX_ENV=prod\nJWT_SECRET=one", "ask JWT_SECRET"},
		{"with a first word", "ORCHARD_ENVIRONMENT=Production\nORCHARD_JWT_SECRET=one", "ask ORCHARD_JWT_SECRET"},
		{"proven in production", "NODE_ENV=production\nJWT_SECRET=two\n" + token, "ask JWT_SECRET"},
		{"SECRET_KEY in production", "NODE_ENV=production\nSECRET_KEY=one", "SECRET_KEY"},
		{"development", "NODE_ENV=development\nJWT_SECRET=one", "JWT_SECRET"},
		{"in two environments", "JWT_SECRET_DEV=one\nJWT_SECRET_PROD=two", "JWT_SECRET_DEV | JWT_SECRET_PROD"},
		{"rotation", "JWT_SECRET=one\nJWT_SECRET_OLD=two", "JWT_SECRET | JWT_SECRET_OLD"},
		{"the algorithm decides", "JWT_ALGORITHM=RS256\nJWT_SECRET=one\nJWT_PRIVATE_KEY_PATH=./private.pem", "JWT_PRIVATE_KEY_PATH | JWT_SECRET"},
		{"the algorithm does not fit", "JWT_ALGORITHM=RS256\nJWT_SECRET=one", "ask JWT_SECRET"},
		{"a token instead of a secret", "JWT_SECRET=" + tokenOf(t, one), "none"},
		{"empty", "JWT_SECRET=\nJWT_EXPIRES_IN=7d", "none"},
		{"a reference", "JWT_SECRET=${VAULT_SECRET}", "none"},
		{"an account key is no private key", "PRIVATE_KEY=0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318", "none"},
		{"the last of two lines", "JWT_SECRET=one\nJWT_SECRET=two", "JWT_SECRET"},
		{"other services", "STRIPE_SECRET_KEY=one\nAWS_SECRET_ACCESS_KEY=two\nSESSION_SECRET=three\nENCRYPTION_KEY=four", "none"},
		{"unknown services", "INTERCOM_SECRET=one\nPEAR_SECRET_KEY=two\nQUINCE_SECRET=three", "none"},
		{"of the project", "PEAR_ENV=dev\nPEAR_SECRET_KEY=two", "ask PEAR_SECRET_KEY"},
		{"by its title", "APP_NAME=Pear Tree\nPEAR_SECRET=two", "ask PEAR_SECRET"},
		{"Auth.js", "AUTH_SECRET=one\nNEXTAUTH_SECRET=two", "none"},
		{"Auth.js with a secret of its own", "NEXTAUTH_SECRET=one\nJWT_SECRET=two", "JWT_SECRET"},
		{"Strapi", "APP_KEYS=a,b\nAPI_TOKEN_SALT=one\n" +
			"ADMIN_JWT_SECRET=two\nTRANSFER_TOKEN_SALT=three\nJWT_SECRET=four", "JWT_SECRET | ADMIN_JWT_SECRET"},
		{"Directus", "KEY=one\nSECRET=two\nACCESS_TOKEN_TTL=15m", "ask SECRET"},
		{"Keystone", "SESSION_SECRET=one", "none"},
		{"Go", "API_SECRET=one\nTOKEN_HOUR_LIFESPAN=1", "ask API_SECRET"},
		{"an API's secret", "API_SECRET=one", "none"},
		{
			"Symfony", "APP_SECRET=one\nJWT_SECRET_KEY=%kernel.project_dir%/config/jwt/private.pem\n" +
				"JWT_PUBLIC_KEY=%kernel.project_dir%/config/jwt/public.pem\nMERCURE_JWT_SECRET=two",
			"JWT_SECRET_KEY | MERCURE_JWT_SECRET",
		},
		{"only a public key", "JWT_PUBLIC_KEY_PATH=./public.pem", "JWT_PUBLIC_KEY_PATH"},
		{"a public key in a name that signs", public + "\nJWT_SECRET=one", "JWT_SECRET"},
		{"a public key in the only name", public, "HASURA_GRAPHQL_JWT_SECRET"},
		{"access and refresh in words of two letters", "AT_SECRET=one\nRT_SECRET=two", "AT_SECRET | RT_SECRET"},
		{"JWT_AT_SECRET", "JWT_RT_SECRET=one\nJWT_AT_SECRET=two", "JWT_AT_SECRET | JWT_RT_SECRET"},
		{"keys of access and refresh tokens", "ACCESS_TOKEN_KEY=one\nREFRESH_TOKEN_KEY=two", "ACCESS_TOKEN_KEY | REFRESH_TOKEN_KEY"},
		{"the key of access tokens alone", "ACCESS_TOKEN_KEY=one", "ask ACCESS_TOKEN_KEY"},
		{"for users and for the staff", "JWT_SECRET_ADMIN=one\nJWT_SECRET_USER=two", "JWT_SECRET_USER | JWT_SECRET_ADMIN"},
		{"the purpose last", "JWT_SECRET_REFRESH=one\nJWT_SECRET_ACCESS=two", "JWT_SECRET_ACCESS | JWT_SECRET_REFRESH"},
		{"the token last", "SECRET_REFRESH_TOKEN=one\nSECRET_ACCESS_TOKEN=two", "SECRET_ACCESS_TOKEN | SECRET_REFRESH_TOKEN"},
		{"a special one and the plain one", "WIDGET_JWT_SECRET=one\nJWT_SECRET=two", "ask JWT_SECRET WIDGET_JWT_SECRET"},
		{"OAuth 1.0", "CONSUMER_KEY=a\nCONSUMER_SECRET=one\nACCESS_TOKEN=b\nACCESS_TOKEN_SECRET=two", "none"},
		{"called a password", "JWT_PASSWORD=one", "ask JWT_PASSWORD"},
		{"Passport", "APP_KEY=base64:one\nPASSPORT_PRIVATE_KEY=./storage/oauth-private.key", "none"},
		{"a default for a variable", "JWT_SECRET=${VAULT_SECRET:-one}", "none"},
		{"two public keys", "JWT_PUBLIC_KEY_PATH=./public.pem\nACCESS_TOKEN_PUBLIC_KEY_PATH=./other.pem", "none"},
	} {
		if got := said(Recognise(Input{Assignments: assignments(tt.text)})); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"JWT_SECRET=": "JWT_SECRET", "SECRET_KEY=\nJWT_SECRET=": "JWT_SECRET", "JWT_SECRET=\nSECRET_KEY=": "JWT_SECRET",
		"SECRET_KEY=": "SECRET_KEY", "JWT_PRIVATE_KEY=": "", "JWT_SECRET_FILE=": "", "SECRET=": "", "PORT=": "", "JWT_SECRET=${X}": "",
	} {
		if got := Recognise(Input{Assignments: assignments(text)}).Empty; got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// tokenOf returns a token that was signed with the secret.
func tokenOf(t *testing.T, secret string) string {
	t.Helper()
	key, err := auth.NewHMACKey(auth.HS256, []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	issuer := auth.Issuer{Key: key, Lifetime: auth.DefaultLifetime}
	token, err := issuer.Issue(auth.Request{Subject: "anon"})
	if err != nil {
		t.Fatal(err)
	}
	return token.Compact
}

func TestChoiceOutsideTheFile(t *testing.T) {
	t.Parallel()
	file := assignments("JWT_SECRET=one\nJWT_REFRESH_SECRET=two\nPORT=80")
	env := func(pairs ...string) func(string) (string, bool) {
		return func(name string) (string, bool) {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1], true
				}
			}
			return "", false
		}
	}
	for _, tt := range []struct {
		name string
		in   Input
		want string
	}{
		{"a protected profile", Input{Protected: true}, "ask JWT_SECRET JWT_REFRESH_SECRET"},
		{"a profile with its name", Input{Profile: "production"}, "ask JWT_SECRET JWT_REFRESH_SECRET"},
		{"a variable", Input{Lookup: env("RAILS_ENV", "production")}, "ask JWT_SECRET JWT_REFRESH_SECRET"},
		{"another profile", Input{Profile: "staging"}, "JWT_SECRET | JWT_REFRESH_SECRET"},
		{"named", Input{Named: "JWT_REFRESH_SECRET", Protected: true}, "JWT_REFRESH_SECRET | JWT_SECRET"},
		{"any name", Input{Named: "PORT"}, "PORT | JWT_SECRET JWT_REFRESH_SECRET"},
		{"a name in the environment", Input{Named: "JWT_KEY", Lookup: env("JWT_KEY", three)}, "JWT_KEY | JWT_SECRET JWT_REFRESH_SECRET"},
		{"a name that is nowhere", Input{Named: "JWT_KEY"}, "none"},
		{"SECRET_KEY in the environment", Input{Lookup: env("SECRET_KEY", three)}, "SECRET_KEY | JWT_SECRET JWT_REFRESH_SECRET"},
		{"decided", Input{Decided: true}, "none"},
	} {
		tt.in.Assignments = file
		if got := said(Recognise(tt.in)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	for _, text := range []string{"JWT_SECRET=one", "JWT_SECRET=", "JWT_SECRET=${VAULT_SECRET:-one}"} {
		r := Recognise(Input{Assignments: assignments(text), Lookup: env("JWT_SECRET", three)})
		if r.Chosen == nil || string(r.Chosen.Value.Data.Reveal()) != three {
			t.Errorf("a variable does not replace the value of %s", text)
		}
	}
}

// What is said about names never has a value in it.
func TestNotesQuoteNothing(t *testing.T) {
	t.Parallel()
	const canary = "Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ"
	text := "JWT_ALGORITHM=" + canary + "\nJWT_EXPIRES_IN=" + canary + "\nNODE_ENV=production"
	const names = "STRIPE_SECRET_KEY SESSION_SECRET AUTH_SECRET APP_KEY PEAR_SECRET JWT_SECRET SECRET APP_SECRET JWT_REFRESH_SECRET"
	for name := range strings.FieldsSeq(names) {
		text += "\n" + name + "=" + canary
	}
	r := Recognise(Input{Assignments: assignments(text)})
	notes := append(append(append(r.Passed, r.Explained...), r.Unused...), r.Unusable...)
	if len(notes) < 6 {
		t.Errorf("there are only %d notes", len(notes))
	}
	for _, n := range notes {
		if strings.Contains(n.Text+n.Do+n.Why, "Canary") || n.Name == "" || n.Text == "" || n.Line == 0 {
			t.Errorf("%+v", n)
		}
	}
	if strings.Contains(r.Why, "Canary") {
		t.Error(r.Why)
	}
}

func TestPublished(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"AUTH0_DOMAIN=pear.example.com\nAUTH0_CLIENT_SECRET=one":                                     "https://pear.example.com/",
		"AUTH0_ISSUER=https://pear.example.com/\nAUTH0_DOMAIN=pear.example.com":                      "https://pear.example.com/",
		"OIDC_JWKS_URI=https://login.example.com/keys":                                               "https://login.example.com/keys",
		"SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUER_URI=https://login.example.com/realms/pear": "https://login.example.com/realms/pear",
		`HASURA_GRAPHQL_JWT_SECRET={"jwk_url":"https://login.example.com/keys","audience":"pear"}`:   "https://login.example.com/keys",
		"AUTH0_ISSUER=http://pear.example.com/":                                                      "",
		"JWT_SECRET=one\nAUTH0_ISSUER=https://pear.example.com/":                                     "",
	} {
		var got []string
		for _, p := range Recognise(Input{Assignments: assignments(text)}).Published {
			got = append(got, p.URL)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}

// Nothing of a recognition prints a secret.
func TestRecognitionPrintsNoSecret(t *testing.T) {
	t.Parallel()
	r := Recognise(Input{Assignments: assignments("JWT_SECRET=one\nJWT_PASSPHRASE=two\nJWT_REFRESH_SECRET=three")})
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%v %+v %#v %s %s", r, *r.Chosen, r.Others, r.Unlock, data)
	for _, secret := range []string{one, two, three} {
		if strings.Contains(text, secret) {
			t.Errorf("it prints %s...", secret[:3])
		}
	}
	if string(r.Unlock.Reveal()) != two {
		t.Error("the passphrase is lost")
	}
}

func BenchmarkRecognise(b *testing.B) {
	for name, text := range map[string]string{
		"SECRET_KEY": "SECRET_KEY=one",
		"JWT_SECRET": "PORT=5000\nNODE_ENV=development\nDATABASE_URL=postgresql://localhost/app\nJWT_SECRET=one\nJWT_EXPIRES_IN=7d\nSMTP_HOST=x",
	} {
		in := Input{Assignments: assignments(text)}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Recognise(in)
			}
		})
	}
}
