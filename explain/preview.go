package explain

import (
	"time"

	"tokendesk/auth"
)

// Preview explains a header and claims that nobody has signed yet. From says of claims
// where they come from, by name.
func Preview(header, claims auth.Object, from map[string]string, now time.Time) *Report {
	r := &Report{Token: &auth.Token{Header: header, Claims: claims}, at: now}
	r.known.Result.Token = r.Token
	r.result = &r.known.Result
	if header != nil {
		r.Header = members(header, parameter, nil)
	}
	r.Claims = members(claims, claim, nil)
	comeFrom(r.Claims, from)
	return r
}

// comeFrom says of members where they come from.
func comeFrom(all []Member, from map[string]string) {
	for i := range all {
		all[i].From = from[all[i].Name]
	}
}
