package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/pem"
	"strconv"
	"strings"
	"time"
)

// proof is a verifier that must accept the token of a shape and refuse wrong ones.
type proof struct {
	shape    string
	verifier string // of verify.mjs, or a folder below this one
	subject  string
	alg      string
	kid      func(k key) string // the ID that the vendor gives a key; nil is ours
	options  options

	keys      string // the address where the verifier looks for our key set, without https://
	discovery string // likewise for the provider's metadata
	pems      string // likewise for keys as PEM

	wrong []wrong
}

// options are what the verifier is set to, in the JSON that it reads.
type options struct {
	Issuer    string `json:"issuer,omitempty"`
	Audience  string `json:"audience,omitempty"`
	KeySet    string `json:"jwks,omitempty"` // its URL
	Strict    bool   `json:"strict,omitempty"`
	ClientID  string `json:"clientId,omitempty"`
	Group     string `json:"group,omitempty"`
	UID       string `json:"uid,omitempty"` // of the service account
	PodUID    string `json:"podUID,omitempty"`
	KeyID     string `json:"keyID,omitempty"`
	KeyFile   string `json:"keyFile"`
	PublicKey string `json:"publicKey"` // in PEM
}

// wrong is a token that the verifier must refuse: how it differs from the right one.
type wrong struct {
	name  string
	flags []string
}

const (
	anotherKey = "another key"
	changed    = "a changed claim"
	goOIDC     = "golang" // a folder
	claimFlag  = "--claim"
)

// What any verifier must refuse. The rest depends on what the vendor has it check.
var (
	always      = []wrong{{name: anotherKey}, {name: changed}}
	expired     = wrong{"expired", []string{"--issued-at=-3h", claimFlag, hourAgo()}}
	otherIssuer = wrong{"another issuer", []string{"--issuer", "https://issuer.example.net/"}}
	otherAud    = wrong{"another audience", []string{"--audience", "somebody-else"}}
)

// hourAgo is an exp that is past for a verifier that allows for clocks that differ, too.
func hourAgo() string { return "exp:=" + strconv.FormatInt(time.Now().Add(-time.Hour).Unix(), 10) }

// hashOfDER is the ID that Kubernetes gives a key.
func hashOfDER(k key) string {
	block, _ := pem.Decode([]byte(k.pem))
	if block == nil {
		return ""
	}
	hash := sha256.Sum256(block.Bytes)
	return base64.RawURLEncoding.EncodeToString(hash[:])
}

// refused names the wrong tokens.
func (p proof) refused() string {
	names := make([]string, len(p.wrong))
	for i, w := range p.wrong {
		names[i] = w.name
	}
	return strings.Join(names, ", ")
}

// refuses is always and more.
func refuses(more ...wrong) []wrong { return append(append([]wrong{}, always...), more...) }

const user = "ada@example.com"

var proofs = []proof{
	{
		shape: "keycloak-access", verifier: "keycloak-connect", subject: user, alg: "RS256",
		options: options{Issuer: "https://keycloak.example.com/realms/example", Audience: "account"},
		keys:    "keycloak.example.com/realms/example/protocol/openid-connect/certs",
		wrong:   refuses(expired, otherIssuer, otherAud, wrong{"an ID token", []string{claimFlag, "typ=ID"}}),
	},
	{
		shape: "keycloak-access", verifier: goOIDC, subject: user, alg: "RS256",
		options:   options{Issuer: "https://keycloak.example.com/realms/example", Audience: "account"},
		keys:      "keycloak.example.com/realms/example/protocol/openid-connect/certs",
		discovery: "keycloak.example.com/realms/example/.well-known/openid-configuration",
		wrong:     refuses(expired, otherIssuer, otherAud),
	},
	{
		shape: "entra-v2", verifier: "passport-azure-ad", subject: user, alg: "RS256",
		options: options{
			Issuer:   "https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0",
			Audience: "00001111-aaaa-2222-bbbb-3333cccc4444",
		},
		keys:      "login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/discovery/v2.0/keys",
		discovery: "login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0/.well-known/openid-configuration",
		wrong:     refuses(expired, otherIssuer, otherAud),
	},
	{
		shape: "entra-v2", verifier: goOIDC, subject: user, alg: "RS256",
		options: options{
			Issuer:   "https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0",
			Audience: "00001111-aaaa-2222-bbbb-3333cccc4444",
		},
		keys:      "login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/discovery/v2.0/keys",
		discovery: "login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0/.well-known/openid-configuration",
		wrong:     refuses(expired, otherIssuer, otherAud),
	},
	{
		shape: "auth0", verifier: "express-oauth2-jwt-bearer", subject: user, alg: "RS256",
		options: options{
			Issuer: "https://example.auth0.com/", Audience: "https://api.example.com",
			KeySet: "https://example.auth0.com/.well-known/jwks.json",
		},
		keys:  "example.auth0.com/.well-known/jwks.json",
		wrong: refuses(expired, otherIssuer, otherAud),
	},
	{
		shape: "cognito-access", verifier: "aws-jwt-verify", subject: user, alg: "RS256",
		options: options{
			Issuer:   "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example01",
			ClientID: "1example23456789", Group: "users",
		},
		keys: "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example01/.well-known/jwks.json",
		wrong: refuses(expired, otherIssuer,
			wrong{"another client", []string{claimFlag, "client_id=somebody-else"}},
			wrong{"no group", []string{"--without", "cognito:groups"}},
			wrong{"an ID token", []string{claimFlag, "token_use=id"}}),
	},
	{
		shape: "firebase-id", verifier: "firebase-admin", subject: user, alg: "RS256",
		options: options{Audience: "example-project"},
		pems:    "www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com",
		wrong:   refuses(expired, otherIssuer, otherAud, wrong{"no kid", []string{"--without", "kid"}}),
	},
	{
		shape: "supabase", verifier: "@supabase/auth-js", subject: user, alg: "ES256",
		options: options{Issuer: "https://abcdefghijklmnopqrst.supabase.co/auth/v1"},
		keys:    "abcdefghijklmnopqrst.supabase.co/auth/v1/.well-known/jwks.json",
		wrong:   refuses(expired),
	},
	{
		shape: "rfc9068", verifier: "express-oauth2-jwt-bearer", subject: user, alg: "RS256",
		options: options{
			Issuer: "https://login.example.com", Audience: "https://api.example.com", Strict: true,
			KeySet: "https://login.example.com/jwks.json",
		},
		keys: "login.example.com/jwks.json",
		wrong: refuses(expired, otherIssuer, otherAud,
			wrong{"typ JWT", []string{"--header", "typ=JWT"}}, wrong{"no client_id", []string{"--without", "client_id"}}),
	},
	{
		shape: "oidc-id", verifier: goOIDC, subject: user, alg: "RS256",
		options:   options{Issuer: "https://issuer.example.com", Audience: "example-client"},
		keys:      "issuer.example.com/jwks.json",
		discovery: "issuer.example.com/.well-known/openid-configuration",
		wrong:     refuses(expired, otherIssuer, otherAud),
	},
	{
		shape: "github-actions", verifier: goOIDC, subject: "repo:octo-org/octo-repo:ref:refs/heads/main", alg: "RS256",
		options:   options{Issuer: "https://token.actions.githubusercontent.com", Audience: "https://github.com/octo-org"},
		keys:      "token.actions.githubusercontent.com/.well-known/jwks",
		discovery: "token.actions.githubusercontent.com/.well-known/openid-configuration",
		wrong:     refuses(expired, otherIssuer, otherAud),
	},
	{
		shape: "kubernetes-sa", verifier: goOIDC, subject: "builder", alg: "RS256",
		options: options{
			Issuer: "https://kubernetes.default.svc.cluster.local", Audience: "https://kubernetes.default.svc.cluster.local",
		},
		keys:      "kubernetes.default.svc.cluster.local/openid/v1/jwks",
		discovery: "kubernetes.default.svc.cluster.local/.well-known/openid-configuration",
		wrong:     refuses(expired, otherIssuer, otherAud),
	},
	{
		shape: "kubernetes-sa", verifier: "kubernetes", subject: "builder", alg: "RS256",
		kid: hashOfDER,
		options: options{
			Issuer: "https://kubernetes.default.svc.cluster.local",
			UID:    "665c2045-34f5-8173-a26c-f4b346a3042a", PodUID: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
		},
		wrong: refuses(expired, otherIssuer, otherAud,
			wrong{"another UID", []string{claimFlag, `kubernetes.io:={"namespace":"default","serviceaccount":{"name":"builder","uid":"1"}}`}}),
	},
	{
		shape: "github-app", verifier: "universal-github-app-jwt", alg: "RS256",
		options: options{Issuer: "Iv1.0123456789abcdef"},
		wrong:   refuses(expired, otherIssuer, wrong{"11 minutes", []string{"--expires-in", "12m30s"}}),
	},
	{
		shape: "apns", verifier: "apns2", alg: "ES256",
		kid:     func(key) string { return "ABC123DEFG" },
		options: options{Issuer: "DEF123GHIJ", KeyID: "ABC123DEFG"},
		wrong: refuses(otherIssuer, wrong{"an hour old", []string{"--issued-at=-61m"}},
			wrong{"another kid", []string{"--kid", "ZYX987WVUT"}}),
	},
}
