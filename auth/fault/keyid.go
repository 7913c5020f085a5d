package fault

import (
	"encoding/json"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// keyID is where kid is defined.
const keyID = "RFC 7515 section 4.1.4"

// keyIDFaults are the tokens of the right key with no "kid" or an unknown one.
func keyIDFaults() []Fault {
	kid := []string{"kid"}
	return grouped(GroupHeader, PartHeader,
		Fault{
			Name: "kid-unknown", Members: kid, Needs: NeedKeyID, Verdict: auth.VerdictWrongKey, Source: keyID,
			Wrong:  "its kid names an unknown key, and the right key signed it",
			Why:    "a verifier that falls back to another key may go on using one that was retired",
			Policy: "kid is only a hint: an API with one key may ignore it, but one that chooses its key by kid must refuse the token",
			CWE:    cweSignature, Fix: fixKeyID,
			make: withOtherParameter("kid", noSuchKey),
		},
		Fault{
			Name: "kid-missing", Members: kid, Needs: NeedKeyID, Verdict: auth.VerdictWrongKey, Source: keyID,
			Wrong:  "it has no kid, and the right key signed it",
			Why:    "a verifier that tries all its keys may go on using one that was retired",
			Policy: "kid is only a hint: an API with one key does not need it, but one that chooses its key by kid must refuse the token",
			CWE:    cweSignature, Fix: "require a kid, and use only the key that it names",
			make: func(d *draft) (string, error) { return d.withHeader(d.good.Header.Without("kid")) },
		},
	)
}

// keyIDTypeFaults are the tokens whose "kid" is not a string.
func keyIDTypeFaults() []Fault {
	all := make([]Fault, 0, 4)
	for _, kind := range []struct{ name, what, value string }{
		{"kid-number", "a number", "1"},
		{"kid-null", "null", "null"},
		{"kid-array", "an array with the right one", ""},
		{"kid-object", "an object", `{"$ne":null}`},
	} {
		f := Fault{
			Name: kind.name, Members: []string{"kid"}, Verdict: auth.VerdictMalformed, Source: keyID,
			Wrong:  "its kid is " + kind.what + " instead of a string",
			Why:    "kid must be a string: a look-up of another type may find another key or fail, and an object may become part of a query",
			Policy: "an API with one key that never reads kid may ignore its type, but one that chooses its key by kid must refuse the token",
			CWE:    cweType, Fix: fixKeyType,
			make: withParameter("kid", kind.value),
		}
		if kind.value == "" {
			f.make = func(d *draft) (string, error) {
				kid, _ := d.good.Header.String("kid")
				return d.withHeader(d.good.Header.Set("kid", jsontext.QuoteAll([]string{kid})))
			}
		}
		all = append(all, f)
	}
	return grouped(GroupHeader, PartHeader, all...)
}

const (
	// noSuchKey is a kid that names no key.
	noSuchKey = "no-such-key"
	// emptyFile and knownFile are paths that lead to an empty file and to one of known
	// content, from any folder of a Linux system.
	emptyFile = "../../../../../../../../../../dev/null"
	knownFile = "../../../../../../../../../.." + knownPath
	knownPath = "/proc/sys/kernel/ostype"
)

// keyPathFaults are the tokens whose "kid" is a path or part of a query, with an HMAC of
// what an API finds there.
func keyPathFaults() []Fault {
	const file = "a verifier that reads its key from a file with the name in kid uses a file whose content everyone knows"
	return grouped(GroupHeader, PartHeader, withKnownSecret(
		knownSecret{
			name: "kid-path-empty", kid: emptyFile, secret: "",
			is: "the path of an empty file, /dev/null, and the secret is empty", why: file, cwe: cwePath,
		},
		knownSecret{
			name: "kid-path-known", kid: knownFile, secret: "Linux\n",
			is: "the path of " + knownPath + ", and the secret is its content, Linux and a line break", why: file, cwe: cwePath,
		},
		knownSecret{
			name: "kid-path-trimmed", kid: knownFile, secret: "Linux",
			is: "the path of " + knownPath + ", and the secret is its content without the line break, Linux", why: file, cwe: cwePath,
		},
		knownSecret{
			name: "kid-path-absolute", kid: knownPath, secret: "Linux\n",
			is: "the absolute path " + knownPath + ", and the secret is its content", why: file, cwe: cwePath,
		},
		knownSecret{
			name: "kid-sql", kid: noSuchKey + "' UNION SELECT 'tokendesk' -- ", secret: "tokendesk",
			is:  "part of an SQL query that finds the text tokendesk, and the secret is that text",
			why: "a verifier that writes kid into a query lets the token choose the result, and so the key", cwe: "CWE-89",
		},
	)...)
}

// keyNothingFaults are the tokens whose "kid" finds no key, with an HMAC of what languages
// print for nothing.
func keyNothingFaults() []Fault {
	why := func(which string) string {
		return "a verifier that turns the key into text, even if there is none, uses " + which + " as the secret, which everyone knows"
	}
	const unknown = "that of no key, and the secret is "
	return grouped(GroupHeader, PartHeader, withKnownSecret(
		knownSecret{
			name: "key-empty", kid: noSuchKey, secret: "",
			is: unknown + "empty, as nothing is in PHP and Ruby", why: why("the empty string"), cwe: cweCredential,
		},
		knownSecret{
			name: "key-undefined", kid: noSuchKey, secret: "undefined",
			is: unknown + "the word undefined, as nothing is in JavaScript", why: why("that word"), cwe: cweCredential,
		},
		knownSecret{
			name: "key-null", kid: noSuchKey, secret: "null",
			is: unknown + "the word null, as nothing is in Java, C# and JavaScript", why: why("that word"), cwe: cweCredential,
		},
		knownSecret{
			name: "key-none", kid: noSuchKey, secret: "None",
			is: unknown + "the word None, as nothing is in Python", why: why("that word"), cwe: cweCredential,
		},
		knownSecret{
			name: "key-nil", kid: noSuchKey, secret: "<nil>",
			is: unknown + "the text <nil>, as nothing is in Go", why: why("that text"), cwe: cweCredential,
		},
		knownSecret{
			name: "kid-proto", kid: "__proto__", secret: "[object Object]",
			is:  "__proto__, which every JavaScript object has, and the secret is that value as text",
			why: "a verifier that keeps its keys in a plain object finds a value that is no key, and " + why("its text"), cwe: cweInherited,
		},
		knownSecret{
			name: "kid-constructor", kid: "constructor", secret: "function Object() { [native code] }",
			is:  "constructor, which every JavaScript object has, and the secret is that value as text",
			why: "a verifier that keeps its keys in a plain object finds a value that is no key, and " + why("its text"), cwe: cweInherited,
		},
	)...)
}

// knownSecret is a kid with the secret that an API then uses.
type knownSecret struct{ name, kid, secret, is, why, cwe string }

// withKnownSecret returns the faults with those kids and an HMAC with those secrets. The
// algorithm is that of the key if the key is a secret, and HS256 otherwise.
func withKnownSecret(all ...knownSecret) []Fault {
	faults := make([]Fault, len(all))
	for i, known := range all {
		faults[i] = Fault{
			Name: known.name, Members: []string{"alg", "kid"}, Needs: NeedKeyID, Verdict: auth.VerdictWrongKey, Source: keyID,
			Wrong: "its kid is " + known.is,
			Why:   known.why,
			CWE:   known.cwe, Fix: fixKeyID,
			make: func(d *draft) (string, error) {
				alg := auth.HS256
				if own := d.key().Algorithm(); own.KeyType() == auth.KeyTypeSecret {
					alg = own
				}
				kid := jsontext.Quote(known.kid)
				if known.kid == noSuchKey {
					kid = d.unknownKeyID()
				}
				header := d.good.Header.Set("alg", jsontext.Quote(string(alg))).Set("kid", kid)
				return d.headerWithHMAC(header, alg, []byte(known.secret)), nil
			},
		}
	}
	return faults
}

// unknownKeyID returns the kid of no key.
func (d *draft) unknownKeyID() json.RawMessage { return jsontext.Quote(d.unlike(noSuchKey)) }
