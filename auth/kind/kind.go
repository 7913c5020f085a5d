// Package kind says by its shape what a text or file is when it is not a plain secret: a
// key, a token, a settings file, a reference into a vault and so on, whatever is wrapped
// around it. It makes no key, opens nothing and quotes nothing.
package kind

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a text is by its shape.
type Kind int

// The kinds.
const (
	Plain          Kind = iota // none of the others: a secret, if anything
	Empty                      // nothing, or only white space
	PEM                        // RFC 7468, except certificates
	Certificate                // the same with a certificate and no key before it
	DER                        // a key or a certificate in ASN.1
	PKCS12                     // RFC 7292
	Keystore                   // of Java, in its own format
	Binary                     // a file of another format, such as PKCS #7 or a ZIP archive
	Markup                     // a web page, or XML with a key in it
	JWK                        // RFC 7517 section 4
	JWKSet                     // RFC 7517 section 5
	ServiceAccount             // the JSON of a Google service account
	CertificateMap             // a JSON object of certificates by key ID, as Firebase publishes it
	WebPush                    // a key pair for VAPID (RFC 8292), or its public key as a point
	SSHPublic                  // a line of OpenSSH, its bytes, or RFC 4716
	SSHPrivate                 // in the format of OpenSSH
	PuTTY                      // a key file of PuTTY
	OpenPGP                    // RFC 9580, armored
	Age                        // a key or a file of age
	Token                      // a JWS in compact serialization (RFC 7515)
	EncryptedToken             // a JWE in compact serialization (RFC 7516)
	Paseto                     // a PASETO or PASERK
	Hasura                     // the JSON of HASURA_GRAPHQL_JWT_SECRET
	JSON                       // another object or array
	YAML                       // such as a Kubernetes Secret
	Env                        // lines of NAME=value, or INI
	ARN                        // the name of a resource in AWS
	Reference                  // to a secret in a vault, or a value encrypted for one
	Path                       // to a file with a key
	URL                        // with a scheme and ://
	Variable                   // one that was never expanded
)

// Found is what a text is.
type Found struct {
	Kind Kind
	// Name names it with an article, such as "a PEM public key". It is empty for Plain.
	Name string
	// Layers are what was around it, the outermost first.
	Layers []Layer
	// Bytes are what is inside the layers. A PEM is well formed there if it could be
	// repaired, and JWKs in an array or a wrapper are a JWK set.
	Bytes []byte
}

// maxDepth is how many layers are undone: quotation marks, two encodings, and one more.
const maxDepth = 4

// Of says what a text or the content of a file is.
func Of(data []byte) Found {
	switch {
	case len(data) == 0:
		return Found{Kind: Empty, Name: "empty"}
	case isBlank(data):
		return Found{Kind: Empty, Name: "blank"}
	}
	if found, ok := look(data, maxDepth); ok {
		return found
	}
	return Found{Bytes: data}
}

// look recognises the data, or what is inside at most depth layers of it.
func look(data []byte, depth int) (Found, bool) {
	if isBlank(data) {
		return Found{}, false
	}
	if !bytes.HasPrefix(data, []byte(byteOrderMark)) && !isQuotedJSON(data) {
		if found, ok := recognise(data); ok {
			return found, true
		}
	}
	if depth == 0 {
		return Found{}, false
	}
	for _, layer := range removable {
		inner, ok := layer.undo(data)
		if !ok {
			continue
		}
		if found, ok := look(inner, depth-1); ok {
			if found.Kind == WebPush && len(found.Layers) == 0 && (layer == Base64 || layer == Base64URL) {
				return found, true // that is how a point is written
			}
			found.Layers = slices.Insert(found.Layers, 0, layer)
			return found, true
		}
	}
	return Found{}, false
}

// isQuotedJSON reports whether there are quotation marks around an object or an array, whose
// members may hold a PEM.
func isQuotedJSON(data []byte) bool {
	inner, ok := unquote(strings.TrimSpace(string(data)))
	inner = bytes.TrimSpace(inner)
	return ok && len(inner) > 1 && (inner[0] == '{' || inner[0] == '[')
}

// recognise recognises data without a layer around it.
func recognise(data []byte) (Found, bool) {
	if found, ok := ofBytes(data); ok {
		return found, true
	}
	if !isText(data) {
		return Found{}, false
	}
	text := strings.TrimSpace(string(data))
	forms := []func(string) (Found, bool){ofJSON, ofMarkup, ofSSH, ofPEM, ofToken, ofArmor, ofWebPush}
	if utf8.ValidString(text) && strings.IndexFunc(text, isControl) < 0 {
		forms = append(forms, ofReference, ofSettings)
	}
	for _, of := range forms {
		if found, ok := of(text); ok {
			return found, true
		}
	}
	return Found{}, false
}

// isBlank reports whether there is nothing but white space.
func isBlank(data []byte) bool { return len(bytes.TrimSpace(data)) == 0 }

// isText reports whether the data can be a text: it has no zero byte.
func isText(data []byte) bool { return bytes.IndexByte(data, 0) < 0 }

// isControl reports whether no text has the rune.
func isControl(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }

// found returns what a text is, with its bytes.
func found(kind Kind, name, text string) (Found, bool) {
	return Found{Kind: kind, Name: name, Bytes: []byte(text)}, true
}

// String names it together with its encodings: "a PEM public key in base64".
func (f Found) String() string {
	var all strings.Builder
	all.WriteString(f.Name)
	encodings := slices.DeleteFunc(slices.Clone(f.Layers), func(l Layer) bool { return !l.IsEncoding() })
	slices.Reverse(encodings)
	for n, layer := range encodings {
		switch {
		case n > 0 && layer == encodings[n-1]:
			all.WriteString(", twice")
		case n > 0:
			all.WriteString(" and then in " + layer.String())
		default:
			all.WriteString(" in " + layer.String())
		}
	}
	return all.String()
}

// Encoded reports whether an encoding of bytes as text was undone.
func (f Found) Encoded() bool { return slices.ContainsFunc(f.Layers, Layer.IsEncoding) }

// HasKey reports whether it holds a key that can be read.
func (f Found) HasKey() bool {
	switch f.Kind {
	case PEM, Certificate, DER, JWK, JWKSet, ServiceAccount, CertificateMap, WebPush, SSHPublic, SSHPrivate:
		return true
	default:
		return false
	}
}

// Undone says what was done to reach it, such as "line breaks written as \n were replaced".
// It is empty if nothing was.
func (f Found) Undone() string {
	var all []string
	for _, layer := range f.Layers {
		if text := layer.undone(); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, ", ")
}
