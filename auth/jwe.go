package auth

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"maps"
	"slices"

	"github.com/go-jose/go-jose/v4"

	"tokendesk/auth/jsontext"
)

// The algorithms of encrypted tokens that are decrypted (RFC 7518 sections 4.1 and 5.1).
// The lists are closed: what derives a key from a password or compresses makes a token
// cost more than it is worth.
func keyEncryptions() []jose.KeyAlgorithm {
	return []jose.KeyAlgorithm{jose.RSA_OAEP_256, jose.ECDH_ES, jose.DIRECT}
}

// contentEncryptions returns the size of the key of each.
func contentEncryptions() map[jose.ContentEncryption]int {
	return map[jose.ContentEncryption]int{
		jose.A128GCM: 16, jose.A192GCM: 24, jose.A256GCM: 32,
		jose.A128CBC_HS256: 32, jose.A192CBC_HS384: 48, jose.A256CBC_HS512: 64,
	}
}

// decrypt reads an encrypted token (RFC 7516 section 5.2) with the keys that fit its "alg".
// What is inside is a token, or claims.
func (v *Verifier) decrypt(compact string, _ Extras) (*Token, *DecodeError) {
	token := &Token{Compact: compact}
	if refused := checkText(compact); refused != nil {
		return token, refused
	}
	encrypted := token.split()
	if token.Header == nil {
		return token, malformed(StageHeader, "RFC 7516 section 4", "the header of the encrypted token is not a valid JSON object")
	}
	if encrypted.Verdict == VerdictMalformed {
		return token, encrypted
	}
	if refused := checkEncryption(token.Header); refused != nil {
		return token, refused
	}
	keys := v.decrypting(token)
	if len(keys) == 0 {
		encrypted.Advice = "configure " + needs(token) + " to decrypt it"
		return token, encrypted
	}
	plain, key := decryptWith(compact, keys)
	if plain == nil {
		return token, &DecodeError{
			Stage: StageEncoding, Verdict: VerdictWrongKey, Source: "RFC 7516 section 5.2",
			Reason: "no configured key decrypts the token: it was encrypted for another key, or was changed",
			Advice: "configure the key that it was encrypted for",
		}
	}
	token.read.decryption = key
	token.read.payload = plain
	return token, token.readPlaintext()
}

// checkEncryption refuses encryption that is not in the lists, before anything is decrypted.
func checkEncryption(header Object) *DecodeError {
	for _, name := range []string{"zip", "crit"} {
		if _, ok := header.Get(name); ok {
			return unsupported("RFC 7516 section 4.1", "the header of the encrypted token has %s, which is not supported", name)
		}
	}
	alg, _ := header.String("alg")
	if !slices.Contains(keyEncryptions(), jose.KeyAlgorithm(alg)) {
		return unsupported("RFC 7518 section 4.1", "the token is encrypted (JWE) with %s, which is not supported", orNone(alg)).
			advise("ask for RSA-OAEP-256, ECDH-ES or dir, or for a signed token")
	}
	enc, _ := header.String("enc")
	if _, ok := contentEncryptions()[jose.ContentEncryption(enc)]; !ok {
		return unsupported("RFC 7518 section 5.1", "the content of the token is encrypted (JWE) with %s, which is not supported", orNone(enc)).
			advise("ask for A256GCM or A256CBC-HS512")
	}
	return nil
}

// decryption is material that may decrypt a token, and the key that it belongs to.
type decryption struct {
	key      *Key
	material any
}

// decrypting returns what may decrypt the token: the keys that are for nothing else first. A
// secret that is the text of a key in base64 or hex is tried decoded, too.
func (v *Verifier) decrypting(t *Token) []decryption {
	const most = 16 // each costs a private operation
	alg, enc := t.encryption()
	var all []decryption
	others := slices.DeleteFunc(slices.Clone(v.Keys), (*Key).OnlyDecrypts)
	keys := slices.DeleteFunc(slices.Clone(v.Keys), (*Key).isForSignatures)
	for _, k := range append(keys, others...) {
		if len(all) >= most {
			break
		}
		switch material := decryptionMaterial(k).(type) {
		case *rsa.PrivateKey:
			if alg == jose.RSA_OAEP_256 {
				all = append(all, decryption{k, material})
			}
		case *ecdsa.PrivateKey:
			if alg == jose.ECDH_ES {
				all = append(all, decryption{k, material})
			}
		case []byte:
			for _, secret := range symmetric(material) {
				if alg == jose.DIRECT && len(secret) == contentEncryptions()[enc] {
					all = append(all, decryption{k, secret})
				}
			}
		}
	}
	return all
}

func symmetric(secret []byte) [][]byte {
	forms := []SecretForm{SecretDecodedBase64, SecretDecodedBase64URL, SecretDecodedHex}
	all := append(make([][]byte, 0, len(forms)+1), secret)
	for _, form := range forms {
		all = append(all, secretForms[form].make(secret)...)
	}
	return all
}

func (t *Token) encryption() (jose.KeyAlgorithm, jose.ContentEncryption) {
	alg, _ := t.Header.String("alg")
	enc, _ := t.Header.String("enc")
	return jose.KeyAlgorithm(alg), jose.ContentEncryption(enc)
}

// needs names the key that decrypts the token.
func needs(t *Token) string {
	switch alg, enc := t.encryption(); alg {
	case jose.RSA_OAEP_256:
		return "the private RSA key"
	case jose.ECDH_ES:
		return "the private EC key"
	default:
		return "a secret of " + inBytes(contentEncryptions()[enc])
	}
}

// decryptWith returns what is inside an encrypted token, and the key that decrypts it, or
// nil.
func decryptWith(compact string, keys []decryption) ([]byte, *Key) {
	object, err := jose.ParseEncryptedCompact(compact, keyEncryptions(), slices.Collect(maps.Keys(contentEncryptions())))
	if err != nil {
		return nil, nil
	}
	for _, k := range keys {
		if plain, err := object.Decrypt(k.material); err == nil {
			return append([]byte{}, plain...), k.key
		}
	}
	return nil, nil
}

// readPlaintext reads what was encrypted.
func (t *Token) readPlaintext() *DecodeError {
	if isNested(t.read.payload) {
		t.Nested = string(t.read.payload)
		return nil
	}
	claims, err := jsontext.ReadObject(t.read.payload)
	t.Claims = claims
	if err != nil {
		return malformed(StagePayload, "RFC 7519 section 7.2",
			"the token was decrypted, but what is inside is not a valid JSON object: %s", err).because(err)
	}
	return nil
}

// checkDecrypted says what vouches for the claims of an encrypted token. A secret that
// decrypts it also made it; anyone may encrypt with a public key.
func (v *Verifier) checkDecrypted(r *Result) {
	r.Decryption = r.Token.read.decryption
	switch alg, _ := r.Token.encryption(); {
	case r.Token.Nested != "":
	case alg == jose.DIRECT:
		r.Key, r.SignatureChecked = r.Decryption, true
	default:
		r.failf(VerdictUnsupported, "RFC 7519 section 11.2", "sign the claims before they are encrypted",
			"the token is encrypted but not signed: anyone with the public key could have written it")
	}
}
