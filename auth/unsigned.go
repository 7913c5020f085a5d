package auth

import (
	"encoding/base64"

	"tokendesk/auth/jsontext"
)

// ReadUnsigned reads the header and the payload of a token without its signature, as strictly
// as [Decode]. The token has neither Compact nor Signature. The error is a *[DecodeError],
// which has the parts that could be read.
func ReadUnsigned(header, payload []byte) (*Token, error) {
	encode := base64.RawURLEncoding.EncodeToString
	token, refused := decode(encode(header)+"."+encode(payload)+".", Extras{})
	token.Compact = ""
	if refused != nil {
		refused.Token = token
		return nil, refused
	}
	return token, nil
}

// SignBytes returns a token with exactly these bytes as its header and payload, signed with
// the key of the issuer. The payload may be any bytes. It refuses what [Issuer.Sign] refuses in
// a header, and a lifetime above the limit.
func (i *Issuer) SignBytes(header, payload []byte) (*Token, error) {
	parameters, err := jsontext.ReadObject(header)
	if err != nil {
		return nil, malformed(StageHeader, "RFC 7515 section 4", "the header is not a valid JSON object: %s", err).because(err)
	}
	if err := i.checkSigning(parameters); err != nil {
		return nil, err
	}
	claims, _ := jsontext.ParseObject(payload) // other bytes have no claims
	token := &Token{Header: parameters, Claims: claims, HeaderSegment: base64.RawURLEncoding.EncodeToString(header)}
	if err := i.checkLimit(token); err != nil {
		return nil, err
	}
	token.setPayload(payload)
	return i.sealed(token)
}
