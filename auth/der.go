package auth

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"

	"tokendesk/auth/advice"
)

// errUnknownDER says that DER is no key that can be named.
var errUnknownDER = errors.New("it is no key in DER")

// parseDERFile reads a key in DER, which may be encrypted.
func parseDERFile(der []byte, alg Algorithm, opts []KeyOption) (*Key, error) {
	if n := lengthOfDER(der); 0 < n && n < len(der) { // white space follows
		der = der[:n]
	}
	m, _, err := parseDER(der)
	if err == errUnknownDER { //nolint:errorlint // it is never wrapped
		var encrypted struct {
			Algorithm pkix.AlgorithmIdentifier
			Data      []byte
		}
		switch _, other := asn1.Unmarshal(der, &encrypted); {
		case other == nil:
			var key any
			key, err = decryptKey(der, readOptions(opts).passphrase)
			m = material{key: key}
		case len(der) < lengthOfDER(der):
			err = advice.New("the DER key is cut off", getFreshCopy)
		default:
			err = advice.New("the DER is damaged, or not a key of a supported type", useSupported)
		}
	}
	return keyOf(m, err)(alg, opts)
}

// parseDER reads a key in any of the formats of DER. The error is [errUnknownDER] if it is
// none, or names an algorithm or a curve that is not supported.
func parseDER(der []byte) (material, derForm, error) {
	for _, form := range derForms() {
		key, err := form.parse(der)
		if unusable, ok := errors.AsType[unusableKey](err); ok {
			return material{}, derForm{}, unusable.error
		}
		if err != nil {
			continue
		}
		if name, ok := unsupportedName(der); ok {
			return material{}, derForm{}, notSupported(name)
		}
		return material{key: key}, form, nil
	}
	if m, form, ok := parsePSS(der); ok {
		return m, form, nil
	}
	if name, ok := unsupportedName(der); ok {
		return material{}, derForm{}, notSupported(name)
	}
	return material{}, derForm{}, errUnknownDER
}

// explicitCurve names a key that has the numbers of its curve instead of its name (RFC 5480
// section 2.1.1 does not allow that).
const explicitCurve = "an EC key without the name of its curve"

func notSupported(name string) error {
	if name == explicitCurve {
		return advice.New("the key is "+name, "convert it with openssl ec -in FILE -param_enc named_curve -out NEW")
	}
	return advice.New("the key is "+name+", which is not supported", useSupported)
}

// parsePSS reads an RSA key that is restricted to RSASSA-PSS (RFC 4055 section 3.1), which
// the standard library does not.
func parsePSS(der []byte) (material, derForm, bool) {
	pss := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	var private struct {
		Version   int
		Algorithm pkix.AlgorithmIdentifier
		Key       []byte
	}
	if _, err := asn1.Unmarshal(der, &private); err == nil && private.Algorithm.Algorithm.Equal(pss) {
		key, err := x509.ParsePKCS1PrivateKey(private.Key)
		return material{key: key, alg: PS256}, derForms()[0], err == nil
	}
	var public struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	if _, err := asn1.Unmarshal(der, &public); err == nil && public.Algorithm.Algorithm.Equal(pss) {
		key, err := x509.ParsePKCS1PublicKey(public.Key.RightAlign())
		return material{key: key, alg: PS256}, derForms()[1], err == nil
	}
	return material{}, derForm{}, false
}

// unsupportedName names the algorithm or the curve of a key that is not supported, from the
// first object identifier of such a one.
func unsupportedName(der []byte) (string, bool) {
	names := map[string]string{
		"1.3.132.0.10": "an EC key on secp256k1 (for ES256K)", "1.3.132.0.33": "an EC key on P-224",
		"1.2.840.10045.3.1.1":   "an EC key on P-192",
		"1.3.36.3.3.2.8.1.1.7":  "an EC key on brainpoolP256r1",
		"1.3.36.3.3.2.8.1.1.11": "an EC key on brainpoolP384r1",
		"1.3.36.3.3.2.8.1.1.13": "an EC key on brainpoolP512r1",
		"1.2.156.10197.1.301":   "an EC key on SM2",
		"1.2.840.10045.1.1":     explicitCurve,
		"1.3.101.110":           "an X25519 key for key agreement", "1.3.101.111": "an X448 key for key agreement",
		"1.3.101.113": "an Ed448 key", "1.2.840.10040.4.1": "a DSA key", "1.2.840.113549.1.3.1": "a Diffie-Hellman key",
	}
	name := ""
	eachOID(der, 5, func(oid asn1.ObjectIdentifier) {
		if found := names[oid.String()]; name == "" && found != "" {
			name = found
		}
	})
	return name, name != ""
}

// eachOID calls visit for the object identifiers in DER, at most that many levels deep.
func eachOID(der []byte, depth int, visit func(asn1.ObjectIdentifier)) {
	for len(der) > 0 && depth > 0 {
		var value asn1.RawValue
		rest, err := asn1.Unmarshal(der, &value)
		if err != nil {
			return
		}
		var oid asn1.ObjectIdentifier
		if _, err := asn1.Unmarshal(value.FullBytes, &oid); err == nil {
			visit(oid)
		}
		if value.IsCompound {
			eachOID(value.Bytes, depth-1, visit)
		}
		der = rest
	}
}

// lengthOfDER returns the length that the header of DER promises, or 0.
func lengthOfDER(der []byte) int {
	if len(der) < 2 || der[0] != 0x30 {
		return 0
	}
	n := int(der[1])
	if n < 0x80 {
		return 2 + n
	}
	size := n & 0x7f
	if size == 0 || size > 3 || len(der) < 2+size {
		return 0
	}
	n = 0
	for _, b := range der[2 : 2+size] {
		n = n<<8 | int(b)
	}
	return 2 + size + n
}
