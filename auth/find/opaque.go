package find

import (
	"strings"
)

// opaque is a row of the table: how the tokens and keys of a vendor start, what they are,
// and what to do.
type opaque struct{ prefix, name, advice string }

// What to do about a token that nobody but its issuer can read.
const (
	useIDToken = "use the id_token that comes with it, which is a JWT"
	askVendor  = "ask the API that issued it what it stands for"
	sendBearer = "send a token with Bearer instead"
	leaked     = "it is a secret: if it was shown to anybody else, revoke it"
)

// opaques are what vendors issue that is no JWT. The longer of two prefixes comes first.
var opaques = [...]opaque{
	{"ya29.", "an access token of Google", useIDToken},
	{"1//0", "a refresh token of Google", useIDToken},
	{"4/0A", "an authorization code of Google", "exchange it for tokens"},
	{"AIza", "an API key of Google", leaked},
	{"GOCSPX-", "a client secret of Google", leaked},
	{"github_pat_", "a personal access token of GitHub", askVendor},
	{"ghp_", "a personal access token of GitHub", askVendor},
	{"gho_", "an OAuth token of GitHub", askVendor},
	{"ghu_", "a user token of a GitHub App", askVendor},
	{"ghs_", "an installation token of a GitHub App", askVendor},
	{"ghr_", "a refresh token of a GitHub App", askVendor},
	{"glpat-", "a personal access token of GitLab", askVendor},
	{"gldt-", "a deploy token of GitLab", askVendor},
	{"glptt-", "a trigger token of GitLab", askVendor},
	{"glrt-", "a runner token of GitLab", askVendor},
	{"glcbt-", "a job token of GitLab", askVendor},
	{"gloas-", "an application secret of GitLab", leaked},
	{"glsoat-", "a SCIM token of GitLab", askVendor},
	{"glft-", "a feed token of GitLab", askVendor},
	{"glimt-", "a mail token of GitLab", askVendor},
	{"glagent-", "an agent token of GitLab", askVendor},
	{"xoxb-", "a bot token of Slack", askVendor},
	{"xoxp-", "a user token of Slack", askVendor},
	{"xoxe", "a refresh token of Slack", askVendor},
	{"xoxa-", "a workspace token of Slack", askVendor},
	{"xoxr-", "a refresh token of Slack", askVendor},
	{"xoxs-", "a session token of Slack", askVendor},
	{"xoxc-", "a session token of Slack", askVendor},
	{"xapp-", "an app token of Slack", askVendor},
	{"sk_live_", "a secret key of Stripe", leaked},
	{"sk_test_", "a test key of Stripe", askVendor},
	{"rk_live_", "a restricted key of Stripe", leaked},
	{"rk_test_", "a restricted test key of Stripe", askVendor},
	{"pk_live_", "a publishable key of Stripe", askVendor},
	{"pk_test_", "a publishable test key of Stripe", askVendor},
	{"whsec_", "a webhook secret of Stripe", leaked},
	{"AKIA", "an access key ID of AWS", "sign the request with it and its secret"},
	{"ASIA", "a temporary access key ID of AWS", "sign the request with it and its secret"},
	{"IQoJ", "a session token of AWS", "sign the request with it and its keys"},
	{"FwoG", "a session token of AWS", "sign the request with it and its keys"},
	{"FQoG", "a session token of AWS", "sign the request with it and its keys"},
	{"ABSK", "an API key of AWS Bedrock", leaked},
	{"sk-ant-", "an API key of Anthropic", leaked},
	{"sk-proj-", "an API key of OpenAI", leaked},
	{"hf_", "an access token of Hugging Face", askVendor},
	{"npm_", "an access token of npm", askVendor},
	{"pypi-", "an API token of PyPI", askVendor},
	{"dckr_pat_", "a personal access token of Docker", askVendor},
	{"dop_v1_", "a personal access token of DigitalOcean", askVendor},
	{"doo_v1_", "an OAuth token of DigitalOcean", askVendor},
	{"SG.", "an API key of SendGrid", leaked},
	{"shpat_", "an access token of Shopify", askVendor},
	{"shpca_", "an access token of Shopify", askVendor},
	{"shpss_", "a shared secret of Shopify", leaked},
	{"EAA", "an access token of Facebook", askVendor},
	{"hvs.", "a token of Vault", askVendor},
	{"hvb.", "a batch token of Vault", askVendor},
	{"hvr.", "a recovery token of Vault", askVendor},
	{"glsa_", "a service account token of Grafana", askVendor},
	{"dapi", "an access token of Databricks", askVendor},
	{"lin_api_", "an API key of Linear", leaked},
	{"ntn_", "an access token of Notion", askVendor},
	{"figd_", "an access token of Figma", askVendor},
	{"sbp_", "an access token of Supabase", askVendor},
	{"sb_secret_", "a secret key of Supabase", leaked},
	{"sb_publishable_", "a publishable key of Supabase", askVendor},
	{"sntrys_", "an access token of Sentry", askVendor},
	{"sntryu_", "an access token of Sentry", askVendor},
	{"ATATT3", "an API token of Atlassian", askVendor},
	{"PMAK-", "an API key of Postman", leaked},
	{"pat-na1-", "an access token of HubSpot", askVendor},
	{"SWMTKN-", "a join token of Docker Swarm", askVendor},
	{"tskey-", "a key of Tailscale", leaked},
	{"dp.pt.", "an access token of Doppler", askVendor},
	{"dp.st.", "a service token of Doppler", askVendor},
	{"NRAK-", "an API key of New Relic", leaked},
	{"oy2", "an API key of NuGet", leaked},
	{"rubygems_", "an API key of RubyGems", leaked},
	{"gAAAAA", "a Fernet token", "read it with a Fernet library and its key"},
	{"EwB", "an access token of a Microsoft account", "ask for a token of your own API"},
	{"EwA", "an access token of a Microsoft account", "ask for a token of your own API"},
	{"0.A", "a refresh token of Entra", "exchange it for an access token"},
	{"1.A", "a refresh token of Entra", "exchange it for an access token"},
	{"M.C", "a refresh token of a Microsoft account", "exchange it for an access token"},
	{"amzn.", "a token of Amazon", askVendor},
	{"Atza|", "an access token of Login with Amazon", askVendor},
	{"Atzr|", "a refresh token of Login with Amazon", askVendor},
	{"biscuit:", "a Biscuit", "read it with a Biscuit library"},
	{"EmAK", "a Biscuit", "read it with a Biscuit library"},
	{"MDA", "a macaroon", "read it with a macaroon library"},
}

// ofOpaque recognises the tokens and keys of vendors, and what has the form of one.
func ofOpaque(text string) (other, bool) {
	if strings.ContainsAny(text, " \t\r\n{}<>") || len(text) < 16 {
		return other{}, false
	}
	for _, row := range opaques {
		if strings.HasPrefix(text, row.prefix) && len(text) >= len(row.prefix)+12 {
			return other{
				form: FormOpaque, reason: "this is " + row.name + " (" + row.prefix + "…), which is opaque: it is not a JWT", advice: row.advice,
			}, true
		}
	}
	return other{}, false
}

// ofShape recognises identifiers and opaque tokens without a prefix.
func ofShape(text string) (other, bool) {
	if strings.ContainsAny(text, " \t\r\n{}<>") || len(text) < 16 {
		return other{}, false
	}
	const hex, alnum = "0123456789abcdefABCDEF", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	only := func(text, set string) bool { return strings.Trim(text, set) == "" }
	const introspection = "RFC 7662 section 2"
	first, rest, _ := strings.Cut(text, ".")
	opaque := other{form: FormOpaque, advice: "ask the server that issued it what it stands for", source: introspection}
	switch {
	case len(text) == 36 && strings.Count(text, "-") == 4 && only(strings.ReplaceAll(text, "-", ""), hex):
		opaque.reason = "this is a UUID, which stands for a token or a session and is not a JWT"
	case len(first) == 6 && len(rest) == 16 && only(first+rest, "0123456789abcdefghijklmnopqrstuvwxyz"):
		opaque.reason, opaque.advice = "this is a bootstrap token of Kubernetes, not a JWT", "use the token of a service account"
	case strings.Contains(text, "."), len(text) < 20:
		return other{}, false
	case only(text, hex):
		opaque.reason = "this is a number in hex, such as the ID of a session or an opaque token, and not a JWT"
	case len(text) <= 256 && only(text, alnum+"-_~+/=") && isMixed(text) && !strings.HasPrefix(text, "ey"):
		opaque.reason = "this is an opaque token: it has no dot, so it is not a JWT, and only the server that issued it can read it"
		opaque.advice = "ask for a token with an audience, which Auth0 and others issue as a JWT"
	default:
		return other{}, false
	}
	return opaque, true
}

// ofCookie recognises the signed values of web frameworks, which resemble tokens.
func ofCookie(text string) (other, bool) {
	o := other{form: FormOpaque}
	switch {
	case strings.HasPrefix(text, "s%3A"), strings.HasPrefix(text, "s:") && strings.Contains(text, "."):
		o.reason, o.advice = "this is a signed session cookie of Express, not a JWT", "look the session up on the server"
	case strings.HasPrefix(text, ".eJ") && strings.Count(text, ".") == 3:
		o.reason, o.advice = "this is a compressed session cookie of Flask (itsdangerous), not a JWT", "read it with itsdangerous"
	case strings.HasPrefix(text, "eyJ") && strings.Count(text, ":") == 2:
		o.reason, o.advice = "this is a value signed by Django, not a JWT", "read it with django.core.signing"
	default:
		return other{}, false
	}
	return o, true
}

// isMixed reports whether a text has letters of both cases or digits among them, as random
// text has and a word does not.
func isMixed(text string) bool {
	hasDigit, hasLetter := strings.ContainsAny(text, "0123456789"), strings.ToUpper(text) != strings.ToLower(text)
	bothCases := strings.ToLower(text) != text && strings.ToUpper(text) != text
	return bothCases || hasDigit && hasLetter
}

// ofCredentials recognises the other schemes of the Authorization header (RFC 9110 section
// 11.4).
func ofCredentials(text string) (other, bool) {
	for _, row := range [...]opaque{
		{"basic ", "a user name and a password (Basic)", sendBearer},
		{"digest ", "an answer to Digest", sendBearer},
		{"negotiate ", "a Kerberos or NTLM token (Negotiate)", sendBearer},
		{"ntlm ", "an NTLM token", sendBearer},
		{"aws4-hmac-sha256 ", "a request signature of AWS", sendBearer},
		{"apikey ", "an API key", sendBearer},
	} {
		if _, ok := cutFold(text, row.prefix); ok {
			return other{form: FormOther, reason: "this is " + row.name + ", not a token", advice: row.advice, source: "RFC 9110 section 11.4"}, true
		}
	}
	return other{}, false
}
