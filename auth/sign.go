package auth

import (
	"encoding/base64"
	"errors"
	"fmt"
)

// Sign returns a token with exactly that header and those claims, signed with
// the issuer's key. The claims may hold any times, past ones too: it is how a
// token is edited. What could not be read back by [Decode], a header that names
// another algorithm than the key's, a registered claim of the wrong type and a
// lifetime above the limit are refused.
func (i *Issuer) Sign(header, claims Object) (*Token, error) {
	if err := i.checkSigning(header); err != nil {
		return nil, err
	}
	for _, m := range claims {
		if err := CheckClaim(m); err != nil {
			return nil, err
		}
	}
	if err := i.checkLimit(&Token{Claims: claims}); err != nil {
		return nil, err
	}
	return i.seal(header, claims)
}

// checkSigning returns why the issuer cannot sign under the header.
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
		return errors.New(refused.Reason)
	}
	return nil
}

// seal returns the token with that header and those claims, which are those that
// [Decode] would read from it.
func (i *Issuer) seal(header, claims Object) (*Token, error) {
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
	if token.Signature, err = i.Key.Sign(i.random(), token.signingInput()); err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	token.SignatureSegment = encode(token.Signature)
	token.Compact = token.signingInput() + "." + token.SignatureSegment
	if len(token.Compact) > MaxBytes {
		return nil, errTooLong(len(token.Compact))
	}
	return token, nil
}

func errTooLong(size int) error {
	return fmt.Errorf("the token would have %d bytes, more than the %d that anything reads", size, MaxBytes)
}
