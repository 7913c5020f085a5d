package auth

import (
	"encoding/json"
	"slices"
	"strings"

	"tokendesk/auth/jsontext"
)

// TokenType is a kind of token that a standard or a vendor defines. Each has rules of its
// own: what is required in one is a mistake or an attack in another.
type TokenType int

// The types of tokens.
const (
	TypeOther           TokenType = iota // no type that has rules of its own
	TypeIDToken                          // OpenID Connect Core section 2
	TypeAccessToken                      // RFC 9068
	TypeDPoP                             // RFC 9449
	TypeLogoutToken                      // OpenID Connect Back-Channel Logout
	TypeSecurityEvent                    // RFC 8417
	TypeClientAssertion                  // RFC 7523
	TypeRequestObject                    // RFC 9101
	TypeKeyBinding                       // RFC 9901
	TypeKeyProof                         // OpenID for Verifiable Credential Issuance
	TypeAppStore                         // signed data of the App Store
	TypeAPNs                             // a provider token of APNs
)

// typeRow is the row of a type.
type typeRow struct {
	code, name, source string
	// is reports whether a token has the type.
	is func(t *Token) bool
	// header and claims are required. Of anyOf at least one claim is.
	header, claims, anyOf []string
	// keyInHeader says that the header has to bring its key, noExpiry that such a token has
	// no exp, and noSubject that it has no sub.
	keyInHeader, noExpiry, noSubject bool
	// never are claims that it must not have.
	never []string
}

var tokenTypes = [...]typeRow{
	{code: ""},
	TypeIDToken: {
		code: "id_token", name: "ID token", source: "OpenID Connect Core section 2", is: isIDToken,
		claims: []string{"iss", "sub", "aud", "exp", "iat"},
	},
	TypeAccessToken: {
		code: "access_token", name: "OAuth access token", source: "RFC 9068 section 2.2", is: hasType("at+jwt"),
		claims: []string{"iss", "exp", "aud", "sub", "client_id", "iat", "jti"},
	},
	TypeDPoP: {
		code: "dpop_proof", name: "DPoP proof", source: "RFC 9449 section 4.2", is: hasType("dpop+jwt"),
		header: []string{"jwk"}, claims: []string{"jti", "htm", "htu", "iat"}, keyInHeader: true, noExpiry: true, noSubject: true,
	},
	TypeLogoutToken: {
		code: "logout_token", name: "logout token", source: "OpenID Connect Back-Channel Logout section 2.4", is: isLogoutToken,
		claims: []string{"iss", "aud", "iat", "jti", "events"}, anyOf: []string{"sub", "sid"}, never: []string{"nonce"},
		noExpiry: true, noSubject: true, // early versions had no exp
	},
	TypeSecurityEvent: {
		code: "security_event", name: "security event token", source: "RFC 8417 section 2.2", is: isSecurityEvent,
		claims: []string{"iss", "iat", "jti", "events"}, noExpiry: true, noSubject: true,
	},
	TypeRequestObject: {
		code: "request_object", name: "request object", source: "RFC 9101 section 4", is: hasType("oauth-authz-req+jwt"),
		claims: []string{"client_id"}, never: []string{"sub"}, noSubject: true,
	},
	TypeKeyBinding: {
		code: "key_binding", name: "key binding JWT of an SD-JWT", source: "RFC 9901 section 4.3", is: hasType("kb+jwt"),
		claims: []string{"iat", "aud", "nonce", "sd_hash"}, noExpiry: true, noSubject: true,
	},
	TypeKeyProof: {
		code: "key_proof", name: "proof of a wallet's key", source: "OpenID4VCI appendix F.1", is: hasType("openid4vci-proof+jwt"),
		claims: []string{"aud", "iat"}, keyInHeader: true, noExpiry: true, noSubject: true,
	},
	TypeAppStore: {
		code: "app_store", name: "signed data of the App Store", source: "App Store Server API, JWS", is: isAppStore,
		header: []string{"x5c"}, keyInHeader: true, noExpiry: true, noSubject: true,
	},
	TypeAPNs: {
		code: "apns", name: "provider token of APNs", source: "Apple: establishing a token-based connection to APNs", is: isAPNs,
		header: []string{"kid"}, claims: []string{"iss", "iat"}, noExpiry: true, noSubject: true,
	},
	TypeClientAssertion: {
		code: "client_assertion", name: "client assertion", source: "RFC 7523 section 3", is: isClientAssertion,
		claims: []string{"iss", "sub", "aud", "exp", "jti"},
	},
}

// Type returns the type of the token, by its header and claims.
func (t *Token) Type() TokenType {
	if t.Header == nil || t.Claims == nil {
		return TypeOther
	}
	for n, row := range tokenTypes {
		if row.is != nil && row.is(t) {
			return TokenType(n)
		}
	}
	return TypeOther
}

// Code returns the type as one word for programs, such as "dpop_proof". It is empty for
// TypeOther.
func (t TokenType) Code() string { return rowOf(tokenTypes[:], t).code }

// String returns the type in words, such as "DPoP proof".
func (t TokenType) String() string { return rowOf(tokenTypes[:], t).name }

// Source returns the section of the standard that defines the type.
func (t TokenType) Source() string { return rowOf(tokenTypes[:], t).source }

// hasType is for types that the header names in "typ" (RFC 8725 section 3.11).
func hasType(typ string) func(*Token) bool {
	return func(t *Token) bool {
		own, _ := t.Header.String("typ")
		return own != "" && sameType(own, typ)
	}
}

// hasAny reports whether the token has one of the claims.
func (t *Token) hasAny(names ...string) bool {
	return slices.ContainsFunc(t.Claims, func(m Member) bool { return slices.Contains(names, m.Name) })
}

// isIDToken recognises what only ID tokens have: hashes of what was issued with them, or a
// nonce without anything that is for an API.
func isIDToken(t *Token) bool {
	use, _ := t.Claims.String("token_use") // Cognito
	typ, _ := t.Claims.String("typ")       // Keycloak
	switch {
	case use == "id" || typ == "ID":
		return true
	case use != "" || typ != "" || hasType("at+jwt")(t):
		return false
	case t.hasAny("at_hash", "c_hash"):
		return true
	}
	forAnother := []string{"scope", "scp", "realm_access", "permissions", "events", "sd_hash", "htm", "response_type"}
	return t.hasAny("nonce") && t.hasAny("aud") && !t.hasAny(forAnother...)
}

func isLogoutToken(t *Token) bool {
	return hasType("logout+jwt")(t) || hasMember(t, "events", "http://schemas.openid.net/event/backchannel-logout")
}

func isSecurityEvent(t *Token) bool {
	raw, _ := t.Claims.Get("events")
	return hasType("secevent+jwt")(t) || strings.HasPrefix(string(raw), "{")
}

// isClientAssertion recognises a client that speaks for itself (RFC 7523 section 3: iss and
// sub are the client) to an authorization server.
func isClientAssertion(t *Token) bool {
	if hasType("client-authentication+jwt")(t) {
		return true
	}
	iss, sub := claimText(t, "iss"), claimText(t, "sub")
	return iss != "" && iss == sub && t.hasAny("aud") && !t.hasAny("scope", "scp", "nonce", "client_id", "vc", "vp")
}

func claimText(t *Token, name string) string {
	text, _ := t.Claims.String(name)
	return text
}

// isAppStore recognises transactions, renewals and notifications of the App Store.
func isAppStore(t *Token) bool {
	_, hasChain := t.Header.Get("x5c")
	return hasChain && t.Algorithm() == ES256 &&
		t.hasAny("transactionId", "originalTransactionId", "notificationUUID", "appTransactionId", "bundleId")
}

// isAPNs recognises the token of a push provider: nothing but the ten characters of a team,
// and when it was issued.
func isAPNs(t *Token) bool {
	iss := claimText(t, "iss")
	return t.Algorithm() == ES256 && len(t.Claims) == 2 && t.hasAny("iat") && len(iss) == 10 &&
		strings.Trim(iss, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

// hasMember reports whether a claim is an object with a member.
func hasMember(t *Token, claim, name string) bool {
	raw, _ := t.Claims.Get(claim)
	object, err := jsontext.ParseObject(raw)
	_, ok := object.Get(name)
	return err == nil && ok
}

// rules returns the row of the type of the token.
func (t *Token) rules() typeRow { return tokenTypes[t.Type()] }

// findTypeRules finds what the type of the token requires and does not have.
func findTypeRules(t *view) []string {
	row := t.rules()
	if row.name == "" {
		return nil
	}
	missing := func(o Object, names []string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(name string) bool { _, ok := o.Get(name); return ok })
	}
	what := "a" + article(row.name) + " " + row.name
	var texts []string
	for _, name := range missing(t.Header, row.header) {
		texts = append(texts, what+" needs "+name+" in its header")
	}
	for _, name := range missing(t.Claims, row.claims) {
		texts = append(texts, what+" needs "+name)
	}
	if len(row.anyOf) > 0 && !t.hasAny(row.anyOf...) {
		texts = append(texts, what+" needs "+enumerated("or", row.anyOf))
	}
	for _, name := range row.never {
		if t.hasAny(name) {
			texts = append(texts, what+" must not have "+name)
		}
	}
	return texts
}

func article(noun string) string {
	if strings.ContainsRune("AEIOaeio", rune(noun[0])) {
		return "n"
	}
	return ""
}

// findPrivateKey finds a private key where only a public one belongs. Whoever sees the
// token can sign with it.
func findPrivateKey(t *view) []string {
	var texts []string
	for _, in := range []struct {
		object Object
		name   string
	}{{t.Header, "jwk"}, {t.Claims, "cnf"}, {t.Claims, "sub_jwk"}} {
		raw, _ := in.object.Get(in.name)
		if hasPrivateMember(raw) {
			texts = append(texts, in.name+" contains a private key: whoever sees the token can sign with it")
		}
	}
	return texts
}

// hasPrivateMember reports whether a JSON value contains a JWK with a private member.
func hasPrivateMember(raw json.RawMessage) bool {
	object, err := jsontext.ParseObject(raw)
	if err != nil {
		return false
	}
	if inner, ok := object.Get("jwk"); ok {
		return hasPrivateMember(inner)
	}
	_, isKey := object.Get("kty")
	return isKey && slices.ContainsFunc(object, isPrivate)
}
