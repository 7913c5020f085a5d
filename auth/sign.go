package auth

import (
	"encoding/base64"
	"fmt"
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
		if err := CheckClaim(m); err != nil {
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
	case !i.Key.CanSign():
		return ErrCannotSign
	}
	if alg, _ := header.String("alg"); alg != string(i.Key.Algorithm()) {
		return fmt.Errorf("the header's alg must be %q, the algorithm of the key", string(i.Key.Algorithm()))
	}
	if refused := checkHeader(header); refused != nil {
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
	token := &Token{}
	var text []byte
	var err error
	if text, token.Header, err = header.Encode(); err != nil {
		return nil, fmt.Errorf("write the header: %w", err)
	}
	if token.payload, token.Claims, err = claims.Encode(); err != nil {
		return nil, fmt.Errorf("write the claims: %w", err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	token.HeaderSegment, token.PayloadSegment = encode(text), encode(token.payload)
	return token, nil
}

// checkSize refuses a token that nothing reads.
func checkSize(size int) error {
	if size > MaxBytes {
		return fmt.Errorf("the token would have %d bytes, more than the maximum of %d", size, MaxBytes)
	}
	return nil
}
