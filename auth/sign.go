package auth

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// Sign returns a token with exactly that header and those claims, signed with the key of
// the issuer. It is for edited tokens, so the claims may have any times, even in the past.
// It refuses a token that [Decode] could not read back, a header with another algorithm
// than the key's, a registered claim of the wrong type and a lifetime above the limit.
func (i *Issuer) Sign(header, claims Object) (*Token, error) {
	if err := i.checkContent(header, claims); err != nil {
		return nil, err
	}
	return i.seal(header, claims)
}

// SignPayload returns a token with the header of the issuer and exactly that payload, which
// may be any bytes. It refuses a payload without an "exp" within the limit, if there is a
// limit.
func (i *Issuer) SignPayload(payload []byte) (*Token, error) {
	header := i.Header()
	if err := i.checkSigning(header); err != nil {
		return nil, err
	}
	claims, _ := jsontext.ParseObject(payload) // other bytes have no claims
	if err := i.checkLimit(&Token{Claims: claims}); err != nil {
		return nil, err
	}
	token, err := withHeader(header)
	if err != nil {
		return nil, err
	}
	token.Claims = claims
	token.setPayload(slices.Clone(payload))
	return i.sealed(token)
}

// Check returns why [Issuer.Sign] would refuse that header and those claims, or nil.
// It makes no signature.
func (i *Issuer) Check(header, claims Object) error {
	if err := i.checkContent(header, claims); err != nil {
		return err
	}
	token, err := unsigned(header, claims)
	if err == nil {
		err = checkSize(len(token.signingInput()))
	}
	return err
}

// checkContent returns why that header and those claims must not be signed.
func (i *Issuer) checkContent(header, claims Object) error {
	if err := i.checkSigning(header); err != nil {
		return err
	}
	for _, m := range claims {
		if err := cmp.Or(CheckClaim(m), checkYear(m)); err != nil {
			return err
		}
	}
	return i.checkLimit(&Token{Claims: claims})
}

// checkSigning returns why the issuer cannot sign a token with the header.
func (i *Issuer) checkSigning(header Object) error {
	switch {
	case i.Key == nil:
		return ErrNoKey
	case i.Key.OnlyDecrypts():
		return ErrOnlyDecrypts
	case !i.Key.CanSign():
		return ErrCannotSign
	}
	if alg, _ := header.String("alg"); alg != string(i.Key.Algorithm()) {
		return fmt.Errorf("the header's alg must be %q, the algorithm of the key", string(i.Key.Algorithm()))
	}
	if raw, ok := header.Get("jwk"); ok {
		if jwk, err := jsontext.ParseObject(raw); err == nil && slices.ContainsFunc(jwk, isPrivate) {
			return advice.New("the header's jwk contains private key material, so anyone who reads the token could sign tokens",
				"use the public key")
		}
	}
	if refused := checkHeader(&Token{Header: header}); refused != nil {
		refused.Token = &Token{Header: header}
		return refused
	}
	return nil
}

// seal returns the signed token. Its header and claims are those that [Decode] would read
// from it.
func (i *Issuer) seal(header, claims Object) (*Token, error) {
	token, err := unsigned(header, claims)
	if err != nil {
		return nil, err
	}
	return i.sealed(token)
}

// sealed signs the token.
func (i *Issuer) sealed(token *Token) (*Token, error) {
	var err error
	if token.Signature, err = i.Key.Sign(i.random(), token.signingInput()); err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	token.SignatureSegment = base64.RawURLEncoding.EncodeToString(token.Signature)
	token.Compact = token.signingInput() + "." + token.SignatureSegment
	if err := checkSize(len(token.Compact)); err != nil {
		return nil, err
	}
	return token, nil
}

// unsigned returns the token as far as it is before it is signed.
func unsigned(header, claims Object) (*Token, error) {
	token, err := withHeader(header)
	if err != nil {
		return nil, err
	}
	var payload []byte
	if payload, token.Claims, err = claims.Encode(); err != nil {
		return nil, fmt.Errorf("write the claims: %w", err)
	}
	token.setPayload(payload)
	return token, nil
}

// withHeader returns a token that has only a header.
func withHeader(header Object) (*Token, error) {
	text, header, err := header.Encode()
	if err != nil {
		return nil, fmt.Errorf("write the header: %w", err)
	}
	return &Token{Header: header, HeaderSegment: base64.RawURLEncoding.EncodeToString(text)}, nil
}

func (t *Token) setPayload(payload []byte) {
	t.read.payload, t.PayloadSegment = payload, base64.RawURLEncoding.EncodeToString(payload)
}

// checkSize refuses a token that nothing reads.
func checkSize(size int) error {
	if size > MaxBytes {
		return fmt.Errorf("the token would have %d bytes, more than the maximum of %d", size, MaxBytes)
	}
	return nil
}
