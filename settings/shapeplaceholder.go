package settings

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"

	"tokendesk/auth/advice"
)

// The placeholders of shapes in addition to those of personas. {{iss.NAME}} and
// {{sub.NAME}} are what a name of the form stands for.
const (
	expiresName     = "expires"
	issuerName      = "issuer"
	audienceName    = "audience"
	subjectName     = "subject"
	userName        = "user"
	emailName       = "email"
	subjectIDName   = "subject-id"
	subjectHexName  = "subject-hex"
	subjectHashName = "subject-hash"
	algName         = "alg"
	kidName         = "kid"
	issuerPart      = "iss."
	subjectPart     = "sub."
)

var errShapePlaceholder = advice.New("there is no such placeholder", "write {{subject}}, {{subject-id}}, {{subject-hex}}, "+
	"{{subject-hash}}, {{user}}, {{email}}, {{issuer}}, {{iss.NAME}}, {{sub.NAME}}, {{audience}}, {{expires}}, {{alg}}, {{kid}} "+
	"or a placeholder of personas")

// parseShapePlaceholder reads a placeholder of a shape.
func parseShapePlaceholder(inside string) (part, error) {
	switch inside {
	case expiresName:
		return part{word: expiresWord, name: inside}, nil
	case issuerName, audienceName, algName, kidName:
		return part{word: shapeWord, name: inside}, nil
	case subjectName, userName, emailName, subjectIDName, subjectHexName, subjectHashName:
		return part{word: subjectWord, name: inside}, nil
	}
	switch {
	case strings.HasPrefix(inside, issuerPart):
		return part{word: shapeWord, name: inside}, nil
	case strings.HasPrefix(inside, subjectPart):
		return part{word: subjectWord, name: inside}, nil
	}
	p, err := parsePlaceholder(inside)
	if errors.Is(err, errPlaceholder) {
		err = errShapePlaceholder
	}
	return p, err
}

// shapeValues are the values of the placeholders of a shape for one token.
type shapeValues struct {
	subject, issuer     string
	audience            []string
	expires             int64
	alg, kid            string
	inIssuer, inSubject map[string]string // what the names of the forms of iss and sub stand for
}

// value returns the value of a placeholder, or nothing if there is none.
func (v *shapeValues) value(name string) string {
	switch name {
	case issuerName:
		return v.issuer
	case audienceName:
		if len(v.audience) > 0 {
			return v.audience[0]
		}
		return ""
	case subjectName:
		return v.subject
	case userName:
		user, _, _ := strings.Cut(v.subject, "@")
		return user
	case emailName:
		if strings.Contains(v.subject, "@") {
			return v.subject
		}
		return v.subject + "@example.com"
	case subjectIDName:
		return subjectID(v.subject)
	case subjectHexName:
		sum := subjectSum(v.subject)
		return hex.EncodeToString(sum[:12])
	case subjectHashName:
		sum := subjectSum(v.subject)
		return base64.RawURLEncoding.EncodeToString(sum[:])
	case algName:
		return v.alg
	case kidName:
		return v.kid
	}
	if name, is := strings.CutPrefix(name, issuerPart); is {
		return v.inIssuer[name]
	}
	return v.inSubject[strings.TrimPrefix(name, subjectPart)]
}

// subjectSum returns a hash of a subject, which is the same in every run.
func subjectSum(subject string) [sha256.Size]byte {
	return sha256.Sum256([]byte("tokendesk subject " + subject))
}

// subjectID returns the UUID of a subject, which is the same in every run: a version of
// RFC 9562 section 5.8. A subject that is a UUID is its own.
func subjectID(subject string) string {
	if isUUID(subject) {
		return subject
	}
	b := subjectSum(subject)
	b[6] = b[6]&0x0f | 0x80 // version 8
	b[8] = b[8]&0x3f | 0x80 // the variant of the RFC
	return string(formatUUID(nil, [16]byte(b[:16])))
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, c := range []byte(s) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (c == '-') || !dash && !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)) {
			return false
		}
	}
	return true
}
