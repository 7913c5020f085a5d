package fault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// nestedFaults are the tokens that contain another token.
func nestedFaults() []Fault {
	return grouped(GroupForm, PartToken,
		Fault{
			Name: "nested-without-cty", Part: PartPayload, Verdict: auth.VerdictMalformed, Source: "RFC 7519 section 5.2",
			Wrong: "its payload is the good token, and nothing says so",
			Why:   "the payload has no claims: code that reads one token after the other until it finds some checks none of them properly",
			CWE:   cweConflict, Fix: fixPayload,
			make: func(d *draft) (string, error) { return d.withPayload(d.good.Compact) },
		},
		Fault{
			Name: "nested-stranger", Verdict: auth.VerdictBadSignature, Source: "RFC 7519 section 7.2, step 8",
			Wrong: "its payload is a token by an unknown key, its cty is JWT, and the right key signed around it",
			Why:   "the claims are those of the token inside, which anyone could have written, and its signature must be verified too",
			CWE:   cweSignature, Fix: "refuse tokens with cty, or verify the token inside like every other",
			make: withStranger(func(d *draft, key *auth.Key) (string, error) {
				inner, err := d.signed(key, d.header(), d.payload())
				if err != nil {
					return "", err
				}
				return d.signed(d.key(), text(d.good.Header.Set("cty", jsontext.Quote("JWT"))), []byte(inner))
			}),
		},
	)
}

// encryptedFaults are the tokens that are encrypted with the public key, which everyone has,
// and not signed.
func encryptedFaults() []Fault {
	const why = "everyone has the public key: a verifier that takes a token that it can decrypt for a signed one lets anyone write claims"
	return grouped(GroupForm, PartToken,
		Fault{
			Name: "jwe-public-key", Needs: NeedEncrypts, Verdict: auth.VerdictUnsupported, Source: "RFC 7519 section 11.2",
			Wrong: "its claims are encrypted with the public key, and nothing is signed",
			Why:   why,
			CWE:   cweSignature, Fix: fixEncrypted,
			make: func(d *draft) (string, error) { return encrypted(d, nil, d.payload()) },
		},
		Fault{
			Name: "jwe-alg-none", Needs: NeedEncrypts, Verdict: auth.VerdictUnsupported, Source: "RFC 7519 section 11.2",
			Wrong: "a token with alg none is encrypted with the public key",
			Why:   why,
			CWE:   cweSignature, Fix: fixEncrypted,
			make: func(d *draft) (string, error) {
				return encrypted(d, auth.Object{jsontext.Text("cty", "JWT")}, []byte(d.unsigned(d.good.Header, "none")))
			},
		},
	)
}

// encrypted returns a JWE (RFC 7516 section 5.1) for the public key, with A256GCM.
func encrypted(d *draft, parameters auth.Object, plain []byte) (string, error) {
	key, sealed, parameters, err := contentKey(d, parameters)
	if err != nil {
		return "", err
	}
	header := parameters.Set("enc", jsontext.Quote("A256GCM"))
	if kid, ok := d.good.Header.Get("kid"); ok {
		header = header.Set("kid", kid)
	}
	nonce := make([]byte, 12)
	if _, err := io.ReadFull(d.random(), nonce); err != nil {
		return "", fmt.Errorf("read randomness to encrypt: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", fmt.Errorf("encrypt: %w", err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return "", fmt.Errorf("encrypt: %w", err)
	}
	protected := encode(text(header))
	content := gcm.Seal(nil, nonce, plain, []byte(protected))
	end := len(content) - gcm.Overhead()
	return protected + "." + encode(sealed) + "." + encode(nonce) + "." + encode(content[:end]) + "." + encode(content[end:]), nil
}

// contentKey returns a key of 32 bytes, that key encrypted for the public key, and the
// header parameters with those of the encryption: RSA-OAEP-256, or ECDH-ES, which
// encrypts no key.
func contentKey(d *draft, parameters auth.Object) (key, sealed []byte, with auth.Object, err error) {
	switch public := d.key().Public().(type) {
	case *rsa.PublicKey:
		key = make([]byte, 32)
		if _, err := io.ReadFull(d.random(), key); err != nil {
			return nil, nil, nil, fmt.Errorf("read randomness to encrypt: %w", err)
		}
		if sealed, err = rsa.EncryptOAEP(sha256.New(), d.random(), public, key, nil); err != nil {
			return nil, nil, nil, fmt.Errorf("encrypt: %w", err)
		}
		return key, sealed, append(parameters, jsontext.Text("alg", "RSA-OAEP-256")), nil
	case *ecdsa.PublicKey:
		ephemeral, err := anotherEC(d.random(), public.Curve)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("read randomness to encrypt: %w", err)
		}
		key, epk, err := agree(ephemeral, public)
		return key, nil, append(parameters, jsontext.Text("alg", "ECDH-ES"), auth.Member{Name: "epk", Value: epk}), err
	default:
		return nil, nil, nil, errors.New("the key cannot encrypt")
	}
}

// agree returns the key of A256GCM on which the holders of two EC keys agree (RFC 7518
// section 4.6), and the public half of the first as a JWK.
func agree(ephemeral *ecdsa.PrivateKey, public *ecdsa.PublicKey) (key []byte, epk json.RawMessage, err error) {
	private, err := ephemeral.ECDH()
	if err != nil {
		return nil, nil, fmt.Errorf("encrypt: %w", err)
	}
	other, err := public.ECDH()
	if err != nil {
		return nil, nil, fmt.Errorf("encrypt: %w", err)
	}
	secret, err := private.ECDH(other)
	if err != nil {
		return nil, nil, fmt.Errorf("encrypt: %w", err)
	}
	length := func(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) } //nolint:gosec // they are small
	const enc = "A256GCM"
	derived := sha256.Sum256(slices.Concat(length(1), secret, length(len(enc)), []byte(enc), length(0), length(0), length(256)))
	point := private.PublicKey().Bytes()[1:]
	epk = fmt.Appendf(nil, `{"kty":"EC","crv":"%s","x":"%s","y":"%s"}`, public.Curve.Params().Name,
		encode(point[:len(point)/2]), encode(point[len(point)/2:]))
	return derived[:], epk, nil
}
