package settings

import (
	"slices"

	"tokendesk/auth"
)

// parseKeys is [auth.ParseKeys] with the options of the settings. It keeps the remarks on
// the keys of a JWK set for warnSet.
func parseKeys(s *Settings, data []byte, alg auth.Algorithm) ([]*auth.Key, error) {
	s.remarks = nil
	tell := auth.WithRemarks(func(r *auth.SetRemark) { s.remarks = append(s.remarks, r) })
	return auth.ParseKeys(data, alg, append(slices.Clip(s.KeyOptions), tell)...)
}

// warnSet warns about the keys of a JWK set that were ignored by mistake.
func warnSet(s *Settings, path string) {
	for _, r := range s.remarks {
		if !r.Expected {
			s.Warnings = append(s.Warnings, Warning{File: path, Name: keyFile, Text: r.Error()})
		}
	}
}
