package project

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestLifetimes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"JWT_EXPIRES_IN=7d":                            "168h0m0s JWT_EXPIRES_IN",
		"JWT_EXPIRES_IN=3600000ms":                     "1h0m0s JWT_EXPIRES_IN",
		"JWT_LIFE=30m":                                 "30m0s JWT_LIFE",
		"ACCESS_TOKEN_AGE=2h":                          "2h0m0s ACCESS_TOKEN_AGE",
		"JWT_ACCESS_MINUTES=45\nJWT_REFRESH_DAYS=14":   "45m0s JWT_ACCESS_MINUTES",
		"JWT_EXPIRE=30d":                               "720h0m0s JWT_EXPIRE",
		"JWT_EXPIRY=1h":                                "1h0m0s JWT_EXPIRY",
		"JWT_EXPIRATION=900s":                          "15m0s JWT_EXPIRATION",
		"JWT_EXP=1h30m":                                "1h30m0s JWT_EXP",
		"JWT_TTL=PT15M":                                "15m0s JWT_TTL",
		"JWT_LIFETIME=P1D":                             "24h0m0s JWT_LIFETIME",
		"TOKEN_DURATION=7 days":                        "168h0m0s TOKEN_DURATION",
		"JWT_VALIDITY=1y":                              "8760h0m0s JWT_VALIDITY",
		"ACCESS_TOKEN_MAX_AGE=15m":                     "15m0s ACCESS_TOKEN_MAX_AGE",
		"JwtSettings__AccessTokenLifetime=00:15:00":    "15m0s JwtSettings__AccessTokenLifetime",
		"AUTH_JWT_TOKEN_EXPIRES_IN=15m":                "15m0s AUTH_JWT_TOKEN_EXPIRES_IN",
		"ACCESS_TTL=15m":                               "15m0s ACCESS_TTL",
		"EXPIRES_IN=1d":                                "24h0m0s EXPIRES_IN",
		"JWT_EXPIRE_MINUTES=60":                        "1h0m0s JWT_EXPIRE_MINUTES",
		"JWT_TTL_SECONDS=28800":                        "8h0m0s JWT_TTL_SECONDS",
		"JWT_EXPIRATION_HOURS=24":                      "24h0m0s JWT_EXPIRATION_HOURS",
		"JWT_EXPIRATION_MS=86400000":                   "24h0m0s JWT_EXPIRATION_MS",
		"app.jwtExpirationMs=86400000":                 "24h0m0s app.jwtExpirationMs",
		"JWT_EXPIRE_DAYS=0.5":                          "12h0m0s JWT_EXPIRE_DAYS",
		"Jwt__DurationInMinutes=20":                    "20m0s Jwt__DurationInMinutes",
		"TOKEN_HOUR_LIFESPAN=2":                        "2h0m0s TOKEN_HOUR_LIFESPAN",
		"JWT_EXPIRE_MINUTES=2h":                        "2h0m0s JWT_EXPIRE_MINUTES",
		"GOTRUE_JWT_EXP=3600":                          "1h0m0s GOTRUE_JWT_EXP",
		"JWT_EXPIRY=3600\nANON_KEY=x":                  "1h0m0s JWT_EXPIRY",
		"JWT_TTL=60\nAPP_KEY=base64:x":                 "1h0m0s JWT_TTL",
		"JWT_ACCESS_TOKEN_EXPIRES=3600\nFLASK_APP=app": "1h0m0s JWT_ACCESS_TOKEN_EXPIRES",
		"AUTH_ACCESS_TOKEN_EXPIRES_IN=900\nHASURA_GRAPHQL_JWT_SECRET=x": "15m0s AUTH_ACCESS_TOKEN_EXPIRES_IN",
		// No unit.
		"JWT_EXPIRES_IN=3600":                        "not JWT_EXPIRES_IN",
		"JWT_EXPIRY=3600":                            "not JWT_EXPIRY",
		"JWT_TTL=60\nAPP_KEY=x":                      "not JWT_TTL",
		"JWT_ACCESS_TOKEN_EXPIRES=15\nFLASK_APP=app": "not JWT_ACCESS_TOKEN_EXPIRES",
		"JWT_EXPIRATION=60*60":                       "not JWT_EXPIRATION",
		"JWT_EXPIRES_IN=until 18:00":                 "not JWT_EXPIRES_IN",
		"JWT_EXPIRE_MINUTES=0":                       "not JWT_EXPIRE_MINUTES",
		"JWT_EXPIRE_DAYS=99999999999":                "not JWT_EXPIRE_DAYS",
		// The nearest, and none for other tokens.
		"ACCESS_TOKEN_EXPIRED_IN=15m\nACCESS_TOKEN_MAXAGE=15":        "15m0s ACCESS_TOKEN_EXPIRED_IN",
		"TOKEN_TTL=1d\nJWT_ACCESS_TTL=15m\nJWT_REFRESH_TTL=7d":       "15m0s JWT_ACCESS_TTL",
		"TOKEN_LEEWAY_SECONDS=30":                                    "",
		"JWT_REFRESH_EXPIRES_IN=7d\nJWT_COOKIE_EXPIRES_IN=90d":       "",
		"REFRESH_TOKEN_TTL=7d\nOAUTH_TOKEN_TTL=1d\nCACHE_TTL=1h":     "",
		"JWT_EXPIRES_AT=1d\nSESSION_LIFETIME=120\nCOOKIE_MAX_AGE=1d": "",
		"ACCESS_TOKEN_EXPIRE_MINUTES=30":                             "",
	} {
		r := Recognise(Input{Assignments: assignments(text + "\nJWT_SECRET=one")})
		got := ""
		if r.Lifetime.Name != "" {
			got = r.Lifetime.Duration.String() + " " + r.Lifetime.Name
		}
		for _, n := range r.Unused {
			got += "not " + n.Name
			if !n.Lifetime || !strings.Contains(n.Text, "so it is not used") {
				t.Errorf("%s: %+v", text, n)
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// The lifetime is that of the tokens that the secret signs.
func TestLifetimeOfOtherTokens(t *testing.T) {
	t.Parallel()
	text := "JWT_SECRET=one\nJWT_EXPIRES_IN=1h\nJWT_REFRESH_SECRET=two\nJWT_REFRESH_EXPIRES_IN=7d\nADMIN_JWT_SECRET=three"
	for name, want := range map[string]time.Duration{
		"JWT_SECRET": time.Hour, "JWT_REFRESH_SECRET": 7 * day, "ADMIN_JWT_SECRET": time.Hour,
	} {
		if r := Recognise(Input{Assignments: assignments(text), Named: name}); r.Lifetime.Duration != want {
			t.Errorf("%s: %v, want %v", name, r.Lifetime, want)
		}
	}
}

func TestFacts(t *testing.T) {
	t.Parallel()
	hasura := `HASURA_GRAPHQL_JWT_SECRET={"type":"HS384","key":"` + one + two + `","issuer":"pear","audience":["a","b"]}`
	settings := "JwtSettings__SecretKey=one\nJwtSettings__ValidIssuer=pear\nJwtSettings__ValidAudience=api"
	for text, want := range map[string]string{
		"JWT_SECRET=one\nJWT_ALGORITHM=HS512":                 "alg HS512",
		"JWT_SECRET=one\nJWT_ALGO=hs384":                      "alg HS384",
		"JWT_SECRET=one\nJWT_ALG=HmacSha256":                  "alg HS256",
		"JWT_SECRET=one\nALGORITHM=HS512":                     "",
		"JWT_SECRET=one\nJWT_ALGORITHMS=HS512,HS256":          "unused JWT_ALGORITHMS names several algorithms",
		"JWT_SECRET=one\nJWT_ALGORITHM=rot13":                 "unused JWT_ALGORITHM names no algorithm that can be used",
		"SECRET_KEY=one\nJWT_ALGORITHM=RS256":                 "unused JWT_ALGORITHM needs a key pair, and SECRET_KEY is a secret",
		"JWT_SECRET=one\nJWT_ISSUER=pear\nJWT_AUDIENCE=a, b":  "iss pear aud a+b",
		"JWT_SECRET=one\nJWT_ISS=pear\nJWT_AUD=[\"a\",\"b\"]": "iss pear aud a+b",
		"PGRST_JWT_SECRET=one\nPGRST_JWT_AUD=pear":            "aud pear",
		"GOTRUE_JWT_SECRET=one\nGOTRUE_JWT_AUD=authenticated": "aud authenticated",
		settings: "iss pear aud api",
		"Jwt__Key=one\nJwt__Issuer=pear\nJwt__Audience=api":          "iss pear aud api",
		"JWT_SECRET=one\nAUTH0_ISSUER=https://x\nOIDC_AUDIENCE=y":    "",
		"JWT_SECRET=one\nREFRESH_JWT_ISSUER=x":                       "",
		"JWT_SECRET=one\nJWT_KID=2026":                               "kid 2026",
		"JWT_SECRET=one\nAPP_NAME=Pear\nAPP_VERSION=1.2":             "title Pear 1.2",
		"JWT_PRIVATE_KEY_PATH=./k.pem\nJWT_PRIVATE_KEY_PASSPHRASE=p": "pass JWT_PRIVATE_KEY_PASSPHRASE",
		"JWT_SECRET_KEY=./k.pem\nJWT_PASSPHRASE=p":                   "pass JWT_PASSPHRASE",
		"JWT_SECRET_KEY=./k.pem\nKEY_PASSPHRASE=p":                   "pass KEY_PASSPHRASE",
		hasura: "alg HS384 iss pear aud a+b",
	} {
		r := Recognise(Input{Assignments: assignments(text)})
		var got []string
		add := func(what, value string) {
			if value != "" {
				got = append(got, what+" "+value)
			}
		}
		add("alg", r.Algorithm.Value)
		add("iss", r.Issuer.Value)
		add("aud", strings.Join(r.Audience.Values, "+"))
		add("kid", r.KeyID.Value)
		add("pass", r.Passphrase.Name)
		add("title", strings.TrimSpace(r.Title.Value+" "+r.Version.Value))
		for _, n := range r.Unused {
			add("unused", n.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", text, strings.Join(got, " "), want)
		}
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	pem := "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"
	for _, tt := range []struct {
		name, text string
		form       Form
		want       string // the data, or the paths
	}{
		{"text", "JWT_SECRET=one", Secret, one},
		{"hex is text", "JWT_SECRET=1e8b0c30cd454a4d54b527dd923289e1", Secret, "1e8b0c30cd454a4d54b527dd923289e1"},
		{"base64 is text", "JWT_SECRET=bO8wkE7gWPAcbSKkPpvcWwb+13MySugCOfK5PNttsXE=", Secret, "bO8wkE7gWPAcbSKkPpvcWwb+13MySugCOfK5PNttsXE="},
		{"said to be base64", "JWT_SECRET=cGVhcg==\nJWT_SECRET_IS_BASE64=true", Secret, "pear"},
		{"said not to be", "JWT_SECRET=cGVhcg==\nJWT_SECRET_IS_BASE64=false", Secret, "cGVhcg=="},
		{"said wrongly", "JWT_SECRET=pear!\nJWT_SECRET_IS_BASE64=true", Foreign, ""},
		{"empty", "JWT_SECRET=", Empty, ""},
		{"variables", "JWT_SECRET=${PEAR}", Reference, ""},
		{"PEM", "JWT_PUBLIC_KEY=" + pem, Keys, strings.TrimSpace(pem)},
		{"PEM in one line", "JWT_PUBLIC_KEY=" + strings.ReplaceAll(pem, "\n", `\n`), Keys, pem},
		{"JWK", `JWT_SECRET={"kty":"oct","k":"cGVhcg"}`, Keys, `{"kty":"oct","k":"cGVhcg"}`},
		{"Hasura", `JWT_SECRET={"type":"HS256","key":"pear"}`, Secret, "pear"},
		{"Hasura with a URL", `JWT_SECRET={"jwk_url":"https://example.com/keys"}`, KeyURL, ""},
		{"a path", "JWT_PRIVATE_KEY=./keys/private.pem", Path, "./keys/private.pem"},
		{"with @", "PGRST_JWT_SECRET=@./jwk.json", Path, "./jwk.json"},
		{"of Symfony", "JWT_SECRET_KEY=%kernel.project_dir%/config/jwt/private.pem", Path, "config/jwt/private.pem"},
		{
			"of Java", "JWT_PRIVATE_KEY=classpath:certs/private.pem", Path,
			"src/main/resources/certs/private.pem target/classes/certs/private.pem certs/private.pem",
		},
		{"by its name", "JWT_SECRET_FILE=secret", Path, "secret"},
		{"a token", "JWT_SECRET=" + tokenOf(t, one), Token, ""},
		{"a URL", "JWT_SECRET=https://example.com/keys", Foreign, ""},
		{"a list of keys", "JWT_KEYS=a,b", Secret, "a,b"},
	} {
		all := assignments(tt.text)
		if len(all) > 2 { // a PEM
			name, value, _ := strings.Cut(tt.text, "=")
			all = []Assignment{{Name: name, Value: value, Raw: value}}
		}
		f := readFile(Input{Assignments: all})
		v := f.read(f.entries[0])
		got := string(v.Data.Reveal())
		if v.Form == Path {
			got = strings.Join(v.Paths, " ")
		}
		if v.Form != tt.form || got != tt.want {
			t.Errorf("%s: form %d, %q, want %d, %q", tt.name, v.Form, got, tt.form, tt.want)
		}
	}
	for value, want := range map[string]bool{
		"bO8wkE7gWPAcbSKkPpvcWwb+13MySugCOfK5PNttsXE=": true, one: false, "1e8b0c30cd454a4d54b527dd923289e1": false,
		"a-long-secret-of-words-that-is-no-base64": false,
	} {
		if got := ReadValue(Assignment{Name: "JWT_SECRET", Value: value}).MaybeBase64; got != want {
			t.Errorf("%s: %t", fmt.Sprint(len(value)), got)
		}
	}
}

func TestSecretName(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"PORT=80\nJWT_SECRET=": "JWT_SECRET", "SECRET_KEY=\nJWT_SECRET_KEY=": "JWT_SECRET_KEY", "SECRET_KEY=changeme": "SECRET_KEY",
		"APP_SECRET=": "APP_SECRET", "JWT_PRIVATE_KEY=": "", "JWT_SECRET_KEY=%kernel.project_dir%/private.pem": "", "PORT=80": "",
	} {
		if got := SecretName(assignments(text)); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
