package api

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/pem"
	"fmt"
	"math/big"
	"path"
	"strings"
)

// checkSignature checks ES256 with the key, whatever the header says.
func (a *API) checkSignature(header map[string]any, input string, signature []byte) error {
	known := a.knows(header)
	alg := header["alg"]
	if list, ok := alg.([]any); ok && len(list) == 1 && a.has(AlgorithmArray) {
		alg = list[0]
	}
	switch {
	case alg == "none" && len(signature) == 0 && (known && a.has(AcceptNone) || !known && a.has(NoneWithoutKey)):
		return nil
	case alg == "HS256":
		return a.checkSecrets(header, input, signature)
	case !known, alg != "ES256" && !a.has(IgnoreAlgorithm), len(signature) != 64:
		return errRefused
	}
	key := a.key(header)
	if key == nil {
		return errRefused
	}
	digest := sha256.Sum256([]byte(input))
	r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
	if !ecdsa.Verify(key, digest[:], r, s) || s.Lsh(s, 1).Cmp(key.Params().N) > 0 && !a.has(LargerS) {
		return errRefused
	}
	return nil
}

// key returns the key to check ES256 with.
func (a *API) key(header map[string]any) *ecdsa.PublicKey {
	if jwk, ok := header["jwk"].(map[string]any); ok && a.has(TrustEmbeddedKey) {
		return keyOf(jwk)
	}
	if chain, ok := header["x5c"].([]any); ok && len(chain) > 0 && a.has(TrustCertificate) {
		text, _ := chain[0].(string)
		der, _ := base64.StdEncoding.DecodeString(text)
		certificate, err := x509.ParseCertificate(der)
		if err != nil {
			return nil
		}
		key, _ := certificate.PublicKey.(*ecdsa.PublicKey)
		return key
	}
	return a.Key
}

// checkSecrets checks HS256 with the secrets that the holes use.
func (a *API) checkSecrets(header map[string]any, input string, signature []byte) error {
	for _, secret := range a.secrets(header) {
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(input))
		if hmac.Equal(mac.Sum(nil), signature) {
			return nil
		}
	}
	return errRefused
}

func (a *API) secrets(header map[string]any) [][]byte {
	var all [][]byte
	if a.knows(header) {
		for hole, spell := range map[Hole]func() []byte{
			PublicKeyAsSecret: a.publicPEM,
			TrimmedAsSecret:   func() []byte { return bytes.TrimSpace(a.publicPEM()) },
			WindowsAsSecret:   func() []byte { return bytes.ReplaceAll(a.publicPEM(), []byte("\n"), []byte("\r\n")) },
			DERAsSecret:       a.publicDER,
			SSHAsSecret:       a.publicSSH,
			JWKAsSecret:       a.publicJWK,
		} {
			if a.has(hole) {
				all = append(all, spell())
			}
		}
		return all
	}
	kid, _ := header["kid"].(string)
	file := func(name string) {
		if text, ok := map[string]string{"/dev/null": "", "/proc/sys/kernel/ostype": "Linux\n"}[name]; ok {
			if a.has(TrimmedKeyFiles) {
				text = strings.TrimSpace(text)
			}
			all = append(all, []byte(text))
		}
	}
	if a.has(KeyFiles) || a.has(TrimmedKeyFiles) {
		file(path.Join("/srv/keys", kid))
	}
	if a.has(KeyPaths) && path.IsAbs(kid) {
		file(kid)
	} else if a.has(KeyPaths) {
		file(path.Join("/srv", kid))
	}
	if _, query, injected := strings.Cut(kid, "' UNION SELECT '"); injected && a.has(KeyQuery) {
		result, _, _ := strings.Cut(query, "'")
		all = append(all, []byte(result))
	}
	return append(all, a.nothing(kid)...)
}

// nothing returns what languages print for the key that is not there.
func (a *API) nothing(kid string) [][]byte {
	var all [][]byte
	if a.has(UndefinedKey) {
		text, inherited := map[string]string{
			"__proto__": "[object Object]", "constructor": "function Object() { [native code] }",
		}[kid]
		if !inherited {
			text = "undefined"
		}
		all = append(all, []byte(text))
	}
	for hole, text := range map[Hole]string{NullKey: "null", NoneKey: "None", NilKey: "<nil>", EmptyKey: ""} {
		if a.has(hole) {
			all = append(all, []byte(text))
		}
	}
	return all
}

func (a *API) publicDER() []byte {
	der, err := x509.MarshalPKIXPublicKey(a.Key)
	if err != nil {
		return nil
	}
	return der
}

func (a *API) publicPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: a.publicDER()})
}

// point returns the two coordinates of the key.
func (a *API) point() []byte {
	point, err := a.Key.Bytes()
	if err != nil {
		return make([]byte, 65)
	}
	return point
}

// publicSSH returns the key as in RFC 5656 section 3.1.
func (a *API) publicSSH() []byte {
	var wire []byte
	for _, field := range [][]byte{[]byte("ecdsa-sha2-nistp256"), []byte("nistp256"), a.point()} {
		wire = append(binary.BigEndian.AppendUint32(wire, uint32(len(field))), field...) //nolint:gosec // they are short
	}
	return []byte("ecdsa-sha2-nistp256 " + base64.StdEncoding.EncodeToString(wire) + "\n")
}

// publicJWK returns the key as tokendesk keys public writes it.
func (a *API) publicJWK() []byte {
	encode := base64.RawURLEncoding.EncodeToString
	return fmt.Appendf(nil, `{"use":"sig","kty":"EC","kid":"%s","crv":"P-256","alg":"ES256","x":"%s","y":"%s"}`,
		a.KeyID, encode(a.point()[1:33]), encode(a.point()[33:]))
}

// keyOf returns the key of a JWK on P-256, or nil.
func keyOf(jwk map[string]any) *ecdsa.PublicKey {
	point := []byte{4}
	for _, name := range []string{"x", "y"} {
		text, _ := jwk[name].(string)
		b, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil || len(b) != 32 {
			return nil
		}
		point = append(point, b...)
	}
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		return nil
	}
	return key
}
