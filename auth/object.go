package auth

import "tokendesk/auth/jsontext"

// Object is a JSON object whose members keep their order and whose numbers keep their
// digits: the header or the claims of a token.
type Object = jsontext.Object

// Member is one header parameter or one claim.
type Member = jsontext.Member
