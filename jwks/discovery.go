package jwks

import (
	"fmt"
	"net/url"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// wellKnown is the path of the discovery document below the URL of an issuer (OpenID
// Connect Discovery 1.0 section 4).
const wellKnown = "/.well-known/openid-configuration"

// wellKnowns are the paths of discovery documents: of OpenID Connect and of OAuth 2.0 (RFC
// 8414 section 3).
var wellKnowns = [...]string{wellKnown, "/.well-known/oauth-authorization-server"}

// isDiscovery reports whether a URL is that of a discovery document.
func isDiscovery(address string) bool { return len(issuersOf(address)) > 1 }

// issuersOf returns the issuers whose discovery document may be at or below a URL, each
// without a slash at its end. OpenID Connect puts the well-known path after the path of
// the issuer, and RFC 8414 before it.
func issuersOf(address string) []string {
	issuers := []string{strings.TrimSuffix(address, "/")}
	u, err := url.Parse(address)
	if err != nil {
		return issuers
	}
	for _, known := range wellKnowns {
		before, after, ok := strings.Cut(u.Path, known)
		if !ok || after != "" && after[0] != '/' {
			continue
		}
		issuer := url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(before+after, "/")}
		issuers = append(issuers, issuer.String())
	}
	return issuers
}

// checkIssuer returns why the document is not that of the issuer at its URL, or nil (OpenID
// Connect Discovery 1.0 section 4.3). A slash at the end of the issuer makes no difference,
// since section 4.1 removes it to make the URL.
func (d *document) checkIssuer() error {
	named, _ := d.json.String("issuer")
	for _, issuer := range issuersOf(d.url) {
		if strings.TrimSuffix(named, "/") == issuer {
			return nil
		}
	}
	instead := "configure exactly that issuer's URL"
	if auth.CheckKeyURL(d.keysURL()) == nil {
		instead = "to use its keys, configure the URL of its JWK set, " + d.keysURL()
	}
	if isTemplate(named) {
		return advice.New(fmt.Sprintf("%s is for many issuers, %s, and not for one", d.url, jsontext.Quote(named)), instead)
	}
	return advice.New(fmt.Sprintf("%s is the discovery document of another issuer, %s", d.url, jsontext.Quote(named)), instead)
}

// isTemplate reports whether an issuer has a part to be replaced, such as the {tenantid}
// of Microsoft Entra ID.
func isTemplate(issuer string) bool {
	_, after, ok := strings.Cut(issuer, "{")
	return ok && strings.Contains(after, "}")
}
