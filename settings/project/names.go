package project

import "strings"

// Class says what a name says about its value.
type Class int

// The classes.
const (
	// None says nothing.
	None Class = iota
	// Own is one of our own settings.
	Own
	// Signs is a name for a key that signs access tokens.
	Signs
	// Maybe is a name for a key that signs access tokens in some projects.
	Maybe
	// Other is a name for a key that signs other tokens, such as refresh tokens.
	Other
	// Explained is the secret of a framework that signs no JSON Web Token with it.
	Explained
	// Verifies is a public key.
	Verifies
	// Never is a secret of another kind.
	Never
)

// nameRule is a row of the table of names.
type nameRule struct {
	class   Class
	pattern string // see matches
	why     string // the sentence about a name of the class Explained, Other or Never
	beside  string // a pattern of a name that the file must have too, or empty
}

const (
	ofAnother  = "it belongs to another service"
	notSigning = "its name says that it is no key for signing tokens"
	encrypts   = "it encrypts tokens and does not sign them"
	authJS     = "Auth.js encrypts its session tokens with a key derived from it, so it signs no JSON Web Token"
)

// nameRules is the table of names. The first row that fits counts. The words in tails are
// removed before, so that JWT_SECRET_STRING is JWT SECRET.
var nameRules = []nameRule{
	{Own, "SECRET KEY", "", ""},
	{Own, "KEY FILE|ID", "", ""},
	{Own, "KEY PASSPHRASE FILE", "", ""},
	{Own, "KEY COMMAND", "", ""},
	{Own, "SECRET KEY NAME|ENCODING|COMMAND", "", ""},

	{Signs, "* SUPABASE * JWT SECRET", "", ""},
	{Never, "* $vendor *", ofAnother, ""},

	{Explained, "AUTH|NEXTAUTH SECRET", authJS, ""},
	{Explained, "NEXT|NUXT|SVELTEKIT AUTH SECRET", authJS, ""},
	{Explained, "NUXTAUTH SECRET", authJS, ""},
	{Explained, "BETTER AUTH SECRET", "Better Auth signs session cookies with it, not JSON Web Tokens", ""},
	{Explained, "PAYLOAD SECRET", "Payload signs with a key derived from it, not with its text", ""},
	{Explained, "PASSPORT PRIVATE KEY", "Laravel Passport accepts only tokens that it has signed itself and stored in its database", ""},
	{Explained, "APP KEY", "Laravel and AdonisJS encrypt cookies and data with it and sign no JSON Web Token", ""},
	{Explained, "* JWE *", encrypts, ""},
	{Explained, "* JWT * ENCRYPTION|ENCRYPT * SECRET|KEY", encrypts, ""},

	{Verifies, "* PUBLIC|PUB|VERIFYING|VERIFICATION KEY", "", ""},
	{Verifies, "* JWT|TOKEN PUBLIC", "", ""},
	{Maybe, "* JWT PASSWORD", "", ""},
	{Never, "* SALT|PEPPER|PASSWORD|PASSWD|PASSPHRASE|PASS|USERNAME", notSigning, ""},
	{Never, "* ANON|ROLE|PUBLISHABLE KEY", notSigning, ""},
	{Never, "* MASTER|API|LICENSE|SITE|DEPLOY|SSH|HOST|PRIMARY|FOREIGN KEY", notSigning, ""},

	// Names with JWT that are for other tokens.
	{Other, "* JWT * $other * SECRET|KEY", "", ""},
	{Other, "* $other * JWT * SECRET|KEY", "", ""},
	{Other, "* JWT * SECRET|KEY $other", "", ""},
	{Other, "* JWT * $never * SECRET|KEY", "", ""},
	{Other, "* $never * JWT * SECRET|KEY", "", ""},
	{Signs, "* JWT * SECRET|KEY", "", ""},
	{Signs, "* JWT * SECRET TOKEN", "", ""},
	{Signs, "* SECRET|KEY * JWT", "", ""},
	{Signs, "* JWT SEED|SIGNATURE|PRIVATE", "", ""},

	{Never, "* $never *", notSigning, ""},
	{Other, "* $purpose * SECRET|KEY", "", ""},
	{Other, "* $other * ACCESS|TOKEN * SECRET", "", ""},
	{Other, "* $other * ACCESS|TOKEN * SECRET|PRIVATE|SIGNING KEY", "", ""},
	{Other, "* ACCESS|TOKEN * SECRET|KEY $other", "", ""},
	{Never, "ACCESS TOKEN SECRET", ofAnother, "CONSUMER KEY"}, // OAuth 1.0
	{Never, "X ACCESS TOKEN SECRET", ofAnother, ""},
	{Other, "SECRET * $other TOKEN", "", ""},
	{Signs, "SECRET * ACCESS TOKEN", "", ""},
	{Signs, "* ACCESS TOKEN KEY", "", "* REFRESH TOKEN KEY"},
	{Signs, "AT SECRET", "", "RT SECRET"},
	{Maybe, "* API TOKEN SECRET", "", ""},
	{Maybe, "* API TOKEN SECRET KEY", "", ""},
	{Signs, "* ACCESS|AUTH|ID|BEARER TOKEN SECRET", "", ""},
	{Signs, "* ACCESS|AUTH|ID|BEARER TOKEN SECRET|SIGNING|SIGN|PRIVATE KEY", "", ""},
	{Signs, "* TOKEN SECRET", "", ""},
	{Signs, "* TOKEN SECRET|SIGNING|SIGN|PRIVATE KEY", "", ""},
	{Signs, "* TOKEN SIGNING SECRET", "", ""},
	{Signs, "* TOKEN HMAC SECRET|KEY", "", ""},
	{Signs, "* TOKEN HMAC SECRET KEY", "", ""},
	{Signs, "* TOKEN OPTIONS|SETTINGS|CONFIG|MANAGEMENT * SECRET|KEY", "", ""},
	{Signs, "* ACCESS SECRET", "", ""},
	{Signs, "* ACCESS SECRET|PRIVATE|SIGNING KEY", "", ""},
	{Signs, "* GUARDIAN SECRET|KEY", "", ""},
	{Signs, "* GUARDIAN SECRET KEY", "", ""},
	{Signs, "* SECRET KEY GUARDIAN", "", ""},
	{Signs, "* JOKEN * SECRET|SIGNER|KEY", "", ""},

	{Maybe, "API SECRET", "", "* TOKEN|JWT * $lifetime *"},
	{Maybe, "API SECRET KEY", "", ""},
	{Never, "* API SECRET|TOKEN", notSigning, ""},
	{Maybe, "SECRET", "", ""},
	{Maybe, "MY SECRET", "", ""},
	{Maybe, "JWT", "", ""},
	{Maybe, "SECRET KEY BASE", "", ""},
	{Maybe, "* SECRET TOKEN", "", ""},
	{Maybe, "* SECRET OR KEY", "", ""},
	{Maybe, "* SECRET OR PRIVATE KEY", "", ""},
	{Maybe, "* SECRET FOR KEY", "", ""},
	{Maybe, "* HMAC * KEY|SECRET", "", ""},
	{Maybe, "* SIGNING|SIGN KEY|SECRET", "", ""},
	{Maybe, "* TOKEN SYMMETRIC KEY", "", ""},
	{Maybe, "* TOKEN KEY", "", ""},
	{Maybe, "* BEARER SECRET|KEY", "", ""},
	{Maybe, "APP SETTINGS TOKEN|SECRET|KEY", "", ""},
	{Maybe, "APPSETTINGS TOKEN|SECRET|KEY", "", ""},
	{Maybe, "PRIVATE KEY", "", ""},
	{Maybe, "RSA|EC|ECDSA|ED25519|EDDSA PRIVATE KEY", "", ""},
	{Maybe, "$generic|$own SECRET", "", ""},
	{Maybe, "$generic|$own SECRET|PRIVATE|SIGNING KEY", "", ""},
	{Maybe, "$generic|$own $generic SECRET", "", ""},
	{Maybe, "$generic|$own $generic SECRET KEY", "", ""},
	{Maybe, "SECRET KEY $generic", "", ""},
	{Maybe, "WEBUI SECRET KEY", "", ""},
}

// tails are words after the name of a secret that say nothing about its purpose, and places
// those that say that the value is the path of a file.
const (
	tails = "STRING PHRASE WORD VALUE TEXT CODE RAW HS256 HS384 HS512 RS256 ES256 HMAC BASE64 B64 PEM DEV DEVELOPMENT LOCAL TOKEN " +
		"ACCESS USER AUTH API APP WEB MAIN DEFAULT CURRENT ACTIVE"
	places = "PATH FILE LOCATION FILENAME FILEPATH"
)

// wordSets are the sets of words that the patterns name.
var wordSets = map[string]string{
	// Services whose keys are theirs, and what they sell.
	"vendor": `STRIPE AWS S3 MINIO R2 GOOGLE GCP GCS GITHUB GITLAB BITBUCKET FACEBOOK INSTAGRAM WHATSAPP TWITTER LINKEDIN APPLE
		MICROSOFT AZURE AZUREAD ENTRA MSAL CLERK AUTH0 OKTA COGNITO KEYCLOAK OIDC OAUTH OAUTH2 SAML WORKOS KINDE DESCOPE STYTCH
		PRIVY FIREBASE FCM VAPID APNS ONESIGNAL SUPABASE SENDGRID MAILGUN MAILCHIMP MAILJET POSTMARK RESEND BREVO SES SNS SQS TWILIO VONAGE
		NEXMO SLACK DISCORD TELEGRAM ZOOM OPENAI ANTHROPIC GEMINI MISTRAL COHERE REPLICATE HUGGINGFACE HF LANGCHAIN PINECONE CLOUDINARY
		IMGUR IMAGEKIT UPLOADTHING PAYPAL RAZORPAY PADDLE BRAINTREE SQUARE ADYEN MOLLIE KLARNA PAYSTACK FLUTTERWAVE MIDTRANS XENDIT PAYTM
		COINBASE BINANCE LEMONSQUEEZY LEMON ALGOLIA MEILI MEILISEARCH TYPESENSE ELASTIC ELASTICSEARCH PUSHER ABLY SOKETI REVERB RECAPTCHA
		HCAPTCHA TURNSTILE CAPTCHA SENTRY DATADOG NEWRELIC POSTHOG MIXPANEL SEGMENT AMPLITUDE REDIS UPSTASH POSTGRES POSTGRESQL PG MYSQL
		MARIADB MONGO MONGODB DATABASE DB SMTP KAFKA RABBITMQ NATS MQTT AMQP SHOPIFY SPOTIFY PLAID MAPBOX NOTION AIRTABLE HUBSPOT SALESFORCE
		INTERCOM ZENDESK SVIX LIVEKIT AGORA LIVEBLOCKS STREAM SENDBIRD MUX CLOUDFLARE VERCEL NETLIFY HEROKU NGROK DIGITALOCEAN SPACES
		BACKBLAZE B2 WASABI ALCHEMY INFURA CONTENTFUL SANITY PRISMIC STORYBLOK METABASE GRAFANA KIBANA LOGFLARE VAULT VK YANDEX
		KAKAO NAVER WECHAT WEIXIN ALIPAY ALIYUN TENCENT QINIU TMDB OPENWEATHER`,
	// Tokens that are no access tokens, and those of other parties.
	"other": `REFRESH RESET FORGOT FORGOTTEN CONFIRM CONFIRMATION VERIFY VERIFICATION EMAIL MAIL INVITE INVITATION ACTIVATION ACTIVATE SIGNUP
		REGISTER REGISTRATION LOGIN ADMIN SERVICE PROVIDER INTERNAL PARTNER DEVICE WS WEBSOCKET SOCKET DOWNLOAD UPLOAD SHARE GUEST BOT M2M
		S2S MAGIC OTP MFA 2FA TWOFACTOR FACTOR RECOVERY RECOVER PREVIEW TEMP TEMPORARY UNSUBSCRIBE MERCURE CENTRIFUGO ONLYOFFICE JITSI
		OLD PREVIOUS PREV LEGACY BACKUP SSO RT TEST TESTING PROD PRODUCTION LIVE STAGING`,
	// Those of other that name a token even without the word.
	"purpose": "REFRESH RT RESET FORGOT FORGOTTEN CONFIRM CONFIRMATION VERIFY VERIFICATION INVITE INVITATION ACTIVATION ACTIVATE",
	// Secrets of other kinds.
	"never": `SESSION SESSIONS COOKIE COOKIES CSRF XSRF WEBHOOK WEBHOOKS HOOK CLIENT ENCRYPTION ENCRYPT ENCRYPTED ENC CRYPTO CIPHER SALT PEPPER
		HASH HASHING PASSWORD CHANNEL CRON CACHE BUCKET STORAGE PAYMENT BOT CAPTCHA SMS PUSH`,
	// First words that are no service: SECRET_KEY with one of them is the project's.
	"generic": `APP APPLICATION API SERVER BACKEND WEB DJANGO FLASK FASTAPI QUART SANIC LITESTAR STARLETTE RAILS DEVISE EXPRESS NEST NESTJS
		KOA HAPI FASTIFY HONO FEATHERS NEXT NUXT LARAVEL SYMFONY SPRING ROCKET ACTIX AXUM GIN FIBER ECHO PHOENIX AUTH AUTHENTICATION
		AUTHORIZATION SECURITY SERVICE SITE MAIN CORE PROJECT SETTINGS CONFIG SYSTEM DIRECTUS`,
	// What a fact is about.
	"token":    "JWT TOKEN ACCESS",
	"lifetime": `EXPIRES EXPIRE EXPIRED EXPIRY EXPIRATION EXPIRESIN EXPIREIN EXP TTL LIFETIME LIFESPAN LIFE DURATION VALIDITY MAXAGE AGE`,
}

// inSet reports whether a word is in a set of words, which are separated by white space.
func inSet(set, word string) bool {
	if word == "" {
		return false
	}
	for from := 0; ; from++ {
		n := strings.Index(set[from:], word)
		if n < 0 {
			return false
		}
		from += n
		end := from + len(word)
		if (from == 0 || set[from-1] <= ' ') && (end == len(set) || set[end] <= ' ') {
			return true
		}
	}
}
