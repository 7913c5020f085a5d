package desk

import (
	"slices"
	"strings"

	"tokendesk/explain"
	"tokendesk/settings"
)

// leaveOut adds the names of claims and header parameters that tokens do not have.
func (r *Recipe) leaveOut(names []string) error {
	for _, name := range names {
		inHeader, inClaims := r.has(name)
		parameter, isParameter := strings.CutPrefix(name, "header.")
		claim, isClaim := strings.CutPrefix(name, "claims.")
		switch {
		case name == "alg" || parameter == "alg" && isParameter:
			return explain.Line{Tone: explain.Bad, Text: "alg cannot be left out: a token names its algorithm"}
		case inHeader && inClaims:
			return explain.Line{
				Tone: explain.Bad, Text: "the header and the claims both have " + name, Do: "write header." + name + " or claims." + name,
			}
		case inHeader:
			r.Issuer.Without = append(r.Issuer.Without, name)
		case inClaims || !isParameter && !isClaim:
			r.Common.Without = append(r.Common.Without, name)
		case isParameter:
			r.Issuer.Without = append(r.Issuer.Without, parameter)
		default:
			r.Common.Without = append(r.Common.Without, claim)
		}
	}
	return nil
}

// has reports whether the header or the claims of a token can have a member of that name.
func (r *Recipe) has(name string) (inHeader, inClaims bool) {
	inHeader = slices.Contains([]string{"typ", "kid"}, name) || r.Issuer.Parameters.Index(name) >= 0
	inClaims = r.Common.Claims.Index(name) >= 0 || slices.Contains([]string{"sub", "iss", "aud", "iat", "exp", "nbf", "jti"}, name) ||
		r.Holds != nil && r.Holds.Claims.Index(name) >= 0 || r.Shape != nil && hasClaim(r.Shape, name)
	return inHeader, inClaims
}

// checkNames returns which of the names no token of the recipe could have, since it may be
// misspelled, or nil.
func (r *Recipe) checkNames(without []string) error {
	const header, claims = "header", "claims"
	for _, name := range without {
		place, bare, qualified := strings.Cut(name, ".")
		inHeader, inClaims := r.has(name)
		if !inHeader && !inClaims && qualified && (place == header || place == claims) {
			inHeader, inClaims = r.has(bare)
			inHeader, inClaims = inHeader && place == header, inClaims && place == claims
		}
		if !inHeader && !inClaims {
			is := "no claim and no header parameter " + name
			switch {
			case qualified && place == header:
				is = "no header parameter " + bare
			case qualified && place == claims:
				is = "no claim " + bare
			}
			return explain.Line{Tone: explain.Bad, Text: "the token has " + is, Do: "check the name"}
		}
	}
	return nil
}

func hasClaim(shape *settings.Shape, name string) bool {
	_, has := shape.ClaimOrigin(name)
	return has
}
