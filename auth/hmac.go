package auth

import (
	"crypto/hmac"
	"hash"

	"github.com/golang-jwt/jwt/v5"
)

// hmacMethod is golang-jwt's HMAC method with the secret of one key built in. It
// keeps the state that the secret leaves in the hash, which golang-jwt computes
// anew for each token. It is for one goroutine.
type hmacMethod struct {
	*jwt.SigningMethodHMAC
	mac hash.Hash
}

// newHMACMethod returns the method of the key, if it signs with an HMAC.
func newHMACMethod(k *Key) (*hmacMethod, bool) {
	method, ok := k.method.(*jwt.SigningMethodHMAC)
	if !ok || !k.CanSign() {
		return nil, false
	}
	secret, ok := k.signing().([]byte)
	if !ok {
		return nil, false
	}
	return &hmacMethod{method, hmac.New(method.Hash.New, secret)}, true
}

// append appends the signature to dst.
func (m *hmacMethod) append(dst, signingInput []byte) ([]byte, error) {
	m.mac.Reset()
	m.mac.Write(signingInput)
	return m.mac.Sum(dst), nil
}

// Sign returns the signature, whatever the key.
func (m *hmacMethod) Sign(signingString string, _ any) ([]byte, error) {
	return m.append(nil, []byte(signingString))
}

// Verify compares the signature in constant time, whatever the key.
func (m *hmacMethod) Verify(signingString string, signature []byte, _ any) error {
	want, err := m.Sign(signingString, nil)
	if err == nil && !hmac.Equal(signature, want) {
		err = jwt.ErrSignatureInvalid
	}
	return err
}
