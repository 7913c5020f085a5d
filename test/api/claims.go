package api

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

func (a *API) checkClaims(claims map[string]any) error {
	for _, name := range []string{"nonce", "at_hash", "events", "cnf"} {
		if _, given := claims[name]; given && !a.has(AnyPurpose) {
			return errRefused
		}
	}
	subject, isText := claims["sub"].(string)
	if _, given := claims["sub"]; subject == "" && (isText || !given || !a.has(SubjectOfAnyType)) {
		return errRefused
	}
	if !a.expires(claims) || !a.began(claims) || !a.issuedBefore(claims) || !a.isIssuer(claims) || !a.isAudience(claims) {
		return errRefused
	}
	return nil
}

// at returns the date in a claim, and whether it is a number. One that does not fit is
// zero.
func at(claims map[string]any, name string) (date time.Time, isNumber, fits bool) {
	number, ok := claims[name].(json.Number)
	seconds, err := number.Int64()
	return time.Unix(seconds, 0), ok, err == nil
}

// expires reports whether the token has an expiry and has not expired.
func (a *API) expires(claims map[string]any) bool {
	exp, isNumber, fits := at(claims, "exp")
	_, given := claims["exp"]
	switch {
	case !given:
		return a.has(NoExpiry)
	case !isNumber:
		return a.has(ExpiryOfAnyType)
	case !fits:
		return a.has(InfiniteExpiry) || a.has(NotANumber)
	}
	return a.Now().Before(exp) && exp.Sub(a.Now()) <= a.MaxLifetime
}

// began reports whether the token is valid already.
func (a *API) began(claims map[string]any) bool {
	nbf, isNumber, fits := at(claims, "nbf")
	_, given := claims["nbf"]
	switch {
	case !given:
		return true
	case !isNumber:
		return a.has(StartOfAnyType)
	case !fits:
		return a.has(StartOverflows)
	}
	return !nbf.After(a.Now())
}

// issuedBefore reports whether the token was issued in the past.
func (a *API) issuedBefore(claims map[string]any) bool {
	iat, isNumber, fits := at(claims, "iat")
	if _, given := claims["iat"]; given && !isNumber {
		return a.has(IssuedOfAnyType)
	}
	return isNumber && fits && !iat.After(a.Now())
}

func (a *API) isIssuer(claims map[string]any) bool {
	value, given := claims["iss"]
	switch issuer := value.(type) {
	case nil:
		return given && a.has(IssuerNull) || !given && a.has(NoIssuer)
	case []any:
		return a.has(IssuerInArray) && slices.Contains(issuer, any(a.Issuer))
	case string:
		return issuer == a.Issuer || a.has(IssuerPrefix) && strings.HasPrefix(issuer, a.Issuer) ||
			a.has(IssuerPart) && strings.Contains(a.Issuer, issuer)
	}
	return false
}

func (a *API) isAudience(claims map[string]any) bool {
	value, given := claims["aud"]
	switch audience := value.(type) {
	case nil:
		return given && a.has(AudienceFalse) || !given && a.has(NoAudience)
	case []any:
		return slices.Contains(audience, any(a.Audience)) || a.has(AudienceArray)
	case map[string]any:
		_, found := audience[a.Audience]
		return found && a.has(AudienceName)
	case string:
		return audience == a.Audience || audience == "" && a.has(AudienceFalse) ||
			a.has(AudiencePrefix) && strings.HasPrefix(audience, a.Audience)
	}
	return false
}
