package project

import (
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"JWT_SECRET":                     "JWT SECRET",
		"Jwt__Key":                       "JWT KEY",
		"JwtSettings__SecretKey":         "JWT SETTINGS SECRET KEY",
		"jwt.secret":                     "JWT SECRET",
		"jwt-secret":                     "JWT SECRET",
		"Jwt:Secret":                     "JWT SECRET",
		"JWTSecretKey":                   "JWT SECRET KEY",
		"JWTSECRET":                      "JWT SECRET",
		"app.jwtExpirationMs":            "APP JWT EXPIRATION MS",
		"ACCESSTOKENSECRET":              "ACCESS TOKEN SECRET",
		"JSON_WEB_TOKEN_SECRET":          "JWT SECRET",
		"NEXTAUTH_SECRET":                "NEXTAUTH SECRET",
		"OAUTH2_CLIENT_SECRET":           "OAUTH2 CLIENT SECRET",
		"Tokens__Key":                    "TOKEN KEY",
		"JWT_SECRET_KEY_PATH":            "JWT SECRET KEY PATH",
		"vidly_jwtPrivateKey":            "VIDLY JWT PRIVATE KEY",
		"secretOrPrivateKey":             "SECRET OR PRIVATE KEY",
		"APPLICATION_SECURITY_JWTSECRET": "APPLICATION SECURITY JWT SECRET",
	} {
		if got := strings.Join(words(name), " "); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// Every row of nameRules has a name that it alone decides, in nameExamples.
func TestNameRules(t *testing.T) {
	t.Parallel()
	rules := map[string]int{}
	for i, rule := range nameRules {
		if _, again := rules[rule.pattern]; again {
			t.Errorf("two rows have the pattern %q", rule.pattern)
		}
		rules[rule.pattern] = i
		if (rule.class == Never || rule.class == Explained) == (rule.why == "") {
			t.Errorf("the row %q has the class %d and says %q", rule.pattern, rule.class, rule.why)
		}
	}
	for pattern, names := range nameExamples {
		at, ok := rules[pattern]
		if !ok {
			t.Errorf("there is no row %q", pattern)
			continue
		}
		for name := range strings.FieldsSeq(names) {
			if got := rowOf(name); got != at {
				which := "none"
				if got >= 0 {
					which = nameRules[got].pattern
				}
				t.Errorf("%s is decided by %q, want %q", name, which, pattern)
			}
		}
		delete(rules, pattern)
	}
	for pattern := range rules {
		t.Errorf("the row %q has no example", pattern)
	}
}

// rowOf returns the row that decides a name without its tails, or -1.
func rowOf(name string) int {
	f := readFile(Input{Assignments: []Assignment{{Name: name}, {Name: "TOKEN_HOUR_LIFESPAN"}, {Name: "ORCHARD_ENVIRONMENT"}}})
	return slices.IndexFunc(nameRules, func(rule nameRule) bool {
		return f.is(rule.pattern, words(name)) && (rule.beside == "" || f.has(rule.beside))
	})
}

var nameExamples = map[string]string{
	"SECRET KEY":               "SECRET_KEY",
	"KEY FILE|ID":              "KEY_FILE KEY_ID",
	"KEY PASSPHRASE FILE":      "KEY_PASSPHRASE_FILE",
	"SECRET KEY NAME|ENCODING": "SECRET_KEY_NAME SECRET_KEY_ENCODING",
	"* SUPABASE * JWT SECRET":  "SUPABASE_JWT_SECRET SUPABASE_AUTH_JWT_SECRET NEXT_SUPABASE_JWT_SECRET",
	"* $vendor *": `STRIPE_SECRET_KEY AWS_SECRET_ACCESS_KEY S3_SECRET_KEY MINIO_SECRET_KEY GOOGLE_CLIENT_SECRET GITHUB_SECRET CLERK_SECRET_KEY
		AUTH0_SECRET AUTH0_CLIENT_SECRET OIDC_CLIENT_SECRET OAUTH_SECRET FIREBASE_PRIVATE_KEY VAPID_PRIVATE_KEY SUPABASE_SERVICE_ROLE_KEY
		SUPABASE_SECRET_KEY TWITTER_ACCESS_TOKEN_SECRET CLOUDINARY_API_SECRET LIVEKIT_API_SECRET MAIL_S3_SECRET`,

	"AUTH|NEXTAUTH SECRET":                    "AUTH_SECRET NEXTAUTH_SECRET",
	"NEXT|NUXT|SVELTEKIT AUTH SECRET":         "NUXT_AUTH_SECRET NEXT_AUTH_SECRET",
	"NUXTAUTH SECRET":                         "NUXTAUTH_SECRET",
	"BETTER AUTH SECRET":                      "BETTER_AUTH_SECRET",
	"PAYLOAD SECRET":                          "PAYLOAD_SECRET",
	"APP KEY":                                 "APP_KEY",
	"* JWE *":                                 "JWE_KEY JWE_SECRET_KEY AUTH_JWE_SECRET",
	"* JWT * ENCRYPTION|ENCRYPT * SECRET|KEY": "JWT_ENCRYPTION_KEY JWT_ENCRYPTION_SECRET",
	"* PUBLIC|PUB|VERIFYING|VERIFICATION KEY": "JWT_PUBLIC_KEY ACCESS_TOKEN_PUBLIC_KEY JWT_VERIFYING_KEY PUBLIC_KEY",
	"* JWT|TOKEN PUBLIC":                      "JWT_PUBLIC TOKEN_PUBLIC",
	"* SALT|PEPPER|PASSWORD|PASSWD|PASSPHRASE|PASS|USERNAME":        "API_TOKEN_SALT JWT_SALT JWT_PASSPHRASE TOKEN_PASSWORD",
	"* ANON|ROLE|PUBLISHABLE KEY":                                   "ANON_KEY SERVICE_ROLE_KEY",
	"* MASTER|API|LICENSE|SITE|DEPLOY|SSH|HOST|PRIMARY|FOREIGN KEY": "RAILS_MASTER_KEY API_KEY JWT_API_KEY LICENSE_KEY",
	"* JWT * $other * SECRET|KEY":                                   "JWT_REFRESH_SECRET JWT_SIGNUP_SECRET JWT_PROVIDER_AUTH_SECRET JWT_RESET_SECRET_KEY",
	"* $other * JWT * SECRET|KEY":                                   "ADMIN_JWT_SECRET REFRESH_JWT_SECRET_KEY MERCURE_JWT_SECRET",
	"* JWT * SECRET|KEY $other":                                     "JWT_SECRET_REFRESH JWT_SECRET_OLD JWT_SECRET_PROD",
	"* JWT * $never * SECRET|KEY":                                   "JWT_COOKIE_SECRET JWT_SESSION_SECRET",
	"* $never * JWT * SECRET|KEY":                                   "SESSION_JWT_SECRET WEBHOOK_JWT_KEY",
	"* JWT * SECRET|KEY": `JWT_SECRET JWT_SECRET_KEY JWT_KEY JWT_SIGNING_KEY JWT_ACCESS_SECRET AUTH_JWT_SECRET PGRST_JWT_SECRET
		GOTRUE_JWT_SECRET HASURA_GRAPHQL_JWT_SECRET DEVISE_JWT_SECRET_KEY JWT_PRIVATE_KEY Jwt__Key JwtSettings__SecretKey JWTSettings__securityKey
		ORCHARD_JWT_SECRET
		Authentication__JwtBearer__SecurityKey app.jwtSecret jwtPrivateKey N8N_USER_MANAGEMENT_JWT_SECRET`,

	"* JWT * SECRET TOKEN":         "JWT_SECRET_TOKEN",
	"* SECRET|KEY * JWT":           "SECRET_JWT KEY_JWT SECRET_KEY_JWT",
	"* JWT SEED|SIGNATURE|PRIVATE": "JWT_SEED JWT_SIGNATURE JWT_PRIVATE",
	"* $never *": `SESSION_SECRET COOKIE_SECRET CSRF_SECRET WEBHOOK_SECRET
		CLIENT_SECRET ENCRYPTION_KEY SESSION_SECRET_KEY STORAGE_KEY`,

	"* $purpose * SECRET|KEY": `AUTH_REFRESH_SECRET AUTH_FORGOT_SECRET AUTH_CONFIRM_EMAIL_SECRET REFRESH_TOKEN_SECRET
		RESET_SECRET_KEY`,

	"* $other * ACCESS|TOKEN * SECRET":                              "EMAIL_TOKEN_SECRET ADMIN_ACCESS_TOKEN_SECRET",
	"* $other * ACCESS|TOKEN * SECRET|PRIVATE|SIGNING KEY":          "ADMIN_TOKEN_SECRET_KEY ADMIN_TOKEN_PRIVATE_KEY",
	"* ACCESS|TOKEN * SECRET|KEY $other":                            "TOKEN_SECRET_REFRESH",
	"* API TOKEN SECRET":                                            "API_TOKEN_SECRET",
	"* API TOKEN SECRET KEY":                                        "API_TOKEN_SECRET_KEY",
	"* ACCESS|AUTH|ID|BEARER TOKEN SECRET":                          "ACCESS_TOKEN_SECRET AUTH_TOKEN_SECRET",
	"* ACCESS|AUTH|ID|BEARER TOKEN SECRET|SIGNING|SIGN|PRIVATE KEY": "ACCESS_TOKEN_SECRET_KEY ACCESS_TOKEN_PRIVATE_KEY",
	"* TOKEN SECRET":                                                "TOKEN_SECRET APP_TOKEN_SECRET",
	"* TOKEN SECRET|SIGNING|SIGN|PRIVATE KEY":                       "TOKEN_SECRET_KEY TOKEN_SIGNING_KEY TOKEN_PRIVATE_KEY",
	"* TOKEN SIGNING SECRET":                                        "TOKEN_SIGNING_SECRET",
	"* TOKEN HMAC SECRET|KEY":                                       "TOKEN_HMAC_SECRET",
	"* TOKEN HMAC SECRET KEY":                                       "TOKEN_HMAC_SECRET_KEY",
	"* ACCESS SECRET":                                               "ACCESS_SECRET AUTH_ACCESS_SECRET",
	"* ACCESS SECRET|PRIVATE|SIGNING KEY":                           "ACCESS_SECRET_KEY ACCESS_PRIVATE_KEY",
	"* GUARDIAN SECRET|KEY":                                         "GUARDIAN_SECRET",
	"* GUARDIAN SECRET KEY":                                         "GUARDIAN_SECRET_KEY",
	"* SECRET KEY GUARDIAN":                                         "SECRET_KEY_GUARDIAN",
	"* JOKEN * SECRET|SIGNER|KEY":                                   "JOKEN_SECRET JOKEN_SIGNER_KEY",
	"API SECRET":                                                    "API_SECRET",
	"API SECRET KEY":                                                "API_SECRET_KEY",
	"* API SECRET|TOKEN":                                            "BOOKS_API_SECRET API_TOKEN",
	"SECRET":                                                        "SECRET",
	"MY SECRET":                                                     "MY_SECRET",
	"JWT":                                                           "JWT",
	"SECRET KEY BASE":                                               "SECRET_KEY_BASE",
	"* SECRET TOKEN":                                                "SECRET_TOKEN",
	"* SECRET OR KEY":                                               "SECRET_OR_KEY",
	"* SECRET OR PRIVATE KEY":                                       "secretOrPrivateKey",
	"* SECRET FOR KEY":                                              "Authentication__SecretForKey",
	"* HMAC * KEY|SECRET":                                           "HMAC_KEY HMAC_SECRET APP__APPLICATION__HMAC_SECRET HMAC_SAMPLE_SECRET",
	"* SIGNING|SIGN KEY|SECRET":                                     "SIGNING_KEY SIGNING_SECRET APP_SIGNING_KEY",
	"* TOKEN SYMMETRIC KEY":                                         "TOKEN_SYMMETRIC_KEY",
	"* TOKEN KEY":                                                   "TOKEN_KEY TokenKey",
	"* BEARER SECRET|KEY":                                           "BEARER_SECRET",
	"APP SETTINGS TOKEN|SECRET|KEY":                                 "AppSettings__Token AppSettings__Secret",
	"APPSETTINGS TOKEN|SECRET|KEY":                                  "APPSETTINGS__TOKEN",
	"PRIVATE KEY":                                                   "PRIVATE_KEY",
	"RSA|EC|ECDSA|ED25519|EDDSA PRIVATE KEY":                        "RSA_PRIVATE_KEY rsa.private-key",
	"$generic|$own SECRET":                                          "APP_SECRET ORCHARD_SECRET DIRECTUS_SECRET",
	"$generic|$own SECRET|PRIVATE|SIGNING KEY": `DJANGO_SECRET_KEY FLASK_SECRET_KEY APP_SECRET_KEY ORCHARD_SECRET_KEY
		DEVISE_SECRET_KEY`,

	"$generic|$own $generic SECRET":     "ORCHARD_APP_SECRET",
	"$generic|$own $generic SECRET KEY": "ORCHARD_API_SECRET_KEY APP_AUTH_SECRET_KEY",
	"SECRET KEY $generic":               "SECRET_KEY_APP",
}

// The class of a name with words after it that say nothing, with the word for a path, and of
// names that say nothing.
func TestClassOf(t *testing.T) {
	t.Parallel()
	for class, names := range map[Class]string{
		Signs: `JWT_SECRET_STRING JWT_SECRET_PHRASE JWT_SECRET_HS256 JWT_SECRET_TOKEN JWT_SECRET_DEV JWT_PRIVATE_KEY_PATH JWT_SECRET_FILE
			JWT_PRIVATE_KEY_LOCATION smallrye.jwt.sign.key.location ACCESS_TOKEN_PRIVATE_KEY_FILE JWT_SECRETS JWT_KEYS`,
		Maybe:    "SecretKey secret.key SECRET_KEY_FILE SECRET_KEY_DEV",
		Verifies: "JWT_PUBLIC_KEY_PATH JWT_PUBLIC_KEY_FILE",
		None: `PORT DATABASE_URL ACCESS_TOKEN REFRESH_TOKEN JWT_EXPIRES_IN JWT_ALGORITHM JWT_ISSUER JWT_SECRET_NAME JWT_KEY_ID JWT_SECRET_LENGTH
			KEY PEAR_SECRET_KEY UTILS_SECRET ACCESS_KEY HASURA_GRAPHQL_ADMIN_SECRET ADMIN_SECRET APP_NAME TOKEN_HOUR_LIFESPAN`,
		Never: "APP_KEYS STRIPE_SECRET_KEY_FILE",
	} {
		for name := range strings.FieldsSeq(names) {
			if got := ClassOf(name); got != class && (class != Never || got != None) {
				t.Errorf("%s has the class %d, want %d", name, got, class)
			}
		}
	}
}
