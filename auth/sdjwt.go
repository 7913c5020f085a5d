package auth

import (
	"crypto"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// Disclosure is a claim that comes beside an SD-JWT, whose digest is in the token (RFC 9901
// section 4.2).
type Disclosure struct {
	// Text is the disclosure in base64url.
	Text string
	// Name is the name of the claim, or empty for an element of an array.
	Name string
	// Value is its value.
	Value json.RawMessage
}

// maxDisclosures is how many disclosures a token may have.
const maxDisclosures = 1000

// addDisclosures reads the disclosures and checks that the digest of each is in the token,
// or in another disclosure (RFC 9901 section 7.1).
func (t *Token) addDisclosures(texts []string) error {
	if len(texts) == 0 {
		return nil
	}
	if len(texts) > maxDisclosures {
		return fmt.Errorf("the token has more than %d disclosures", maxDisclosures)
	}
	hash, err := t.disclosureHash()
	if err != nil {
		return err
	}
	digests := map[string]bool{}
	gatherDigests(t.read.payload, digests)
	for n, text := range texts {
		d, err := parseDisclosure(text)
		if err != nil {
			return fmt.Errorf("disclosure %d %w", n+1, err)
		}
		t.Disclosures = append(t.Disclosures, d)
		gatherDigests(d.Value, digests)
	}
	for n, d := range t.Disclosures {
		if digest := base64.RawURLEncoding.EncodeToString(digest(hash, d.Text)); !digests[digest] {
			return fmt.Errorf("disclosure %d (%s) does not belong to the token: its digest is not in the token", n+1, d.Label())
		}
		if slices.ContainsFunc(t.Disclosures[:n], func(other Disclosure) bool { return other.Text == d.Text }) {
			return fmt.Errorf("disclosure %d (%s) is there twice", n+1, d.Label())
		}
	}
	return nil
}

// Label names the claim for a sentence.
func (d Disclosure) Label() string {
	if d.Name == "" {
		return "an array element"
	}
	return quoted(d.Name)
}

// disclosureHash returns the hash of the digests: SHA-256 unless "_sd_alg" names another.
func (t *Token) disclosureHash() (crypto.Hash, error) {
	raw, ok := t.Claims.Get("_sd_alg")
	name, _ := jsontext.Unquote(raw)
	switch {
	case !ok || name == "sha-256":
		return crypto.SHA256, nil
	case name == "sha-384":
		return crypto.SHA384, nil
	case name == "sha-512":
		return crypto.SHA512, nil
	}
	return 0, fmt.Errorf("the _sd_alg of the token is %s, which is not supported", jsontext.Excerpt(raw))
}

// parseDisclosure reads a disclosure: a salt, a name unless it is for an array, and a value.
func parseDisclosure(text string) (Disclosure, error) {
	data, err := decodeSegment(text)
	if err != nil {
		return Disclosure{}, errors.New("is not base64url")
	}
	if _, err := jsontext.ParseValue(data); err != nil {
		return Disclosure{}, fmt.Errorf("is not valid JSON: %w", err)
	}
	var elements []json.RawMessage
	if json.Unmarshal(data, &elements) != nil || len(elements) < 2 || len(elements) > 3 {
		return Disclosure{}, errors.New("is not an array of a salt, a name and a value")
	}
	d := Disclosure{Text: text, Value: elements[len(elements)-1]}
	if len(elements) == 3 {
		name, ok := jsontext.Unquote(elements[1])
		if !ok || name == "_sd" || name == "..." {
			return Disclosure{}, errors.New("does not have the name of a claim")
		}
		d.Name = name
	}
	return d, nil
}

// gatherDigests gathers the digests in a JSON value: those in "_sd", and those of array
// elements in "...".
func gatherDigests(value []byte, into map[string]bool) {
	_ = jsontext.Walk(value, func(n jsontext.Node) { // the value was parsed before
		if n.Path == nil || n.Path.Name != "_sd" && n.Path.Name != "..." {
			return
		}
		if digest, ok := jsontext.Unquote(n.Raw); ok {
			into[digest] = true
		}
	})
}

// checkKeyBinding checks the key binding JWT of an SD-JWT: that the holder's key, which is
// in the claims, signed it for exactly these disclosures (RFC 9901 section 7.3).
func (v *Verifier) checkKeyBinding(r *Result, with Extras) {
	if with.KeyBinding == "" || r.Key == nil {
		return
	}
	const source = "RFC 9901 section 7.3"
	key, err := r.Token.boundKey()
	if err != nil {
		r.failf(VerdictWrongKey, source, advice.Of(err), "the key binding JWT cannot be verified: %s", err)
		return
	}
	holder := Verifier{Keys: []*Key{key}, Typ: "kb+jwt", Leeway: v.Leeway, Now: v.Now, MaxBytes: v.MaxBytes}
	result := holder.Verify(with.KeyBinding)
	for _, f := range result.Failures {
		r.failf(f.Verdict, f.Source, f.Advice, "the key binding JWT: %s", f.Reason)
	}
	hash, err := r.Token.disclosureHash()
	if err != nil {
		return // reported with the disclosures
	}
	presented := r.Token.Compact + "~" + strings.Join(append(slices.Clone(with.Disclosures), ""), "~")
	want := base64.RawURLEncoding.EncodeToString(digest(hash, presented))
	if have, _ := result.Token.Claims.String("sd_hash"); have != want {
		r.failf(VerdictWrongClaim, source, "", "the sd_hash of the key binding JWT is not that of this token with these disclosures")
	}
}

// boundKey returns the key in "cnf" (RFC 7800 section 3.2).
func (t *Token) boundKey() (*Key, error) {
	raw, _ := t.Claims.Get("cnf")
	cnf, err := jsontext.ParseObject(raw)
	if err != nil {
		return nil, errors.New("the token has no cnf with the key of its holder")
	}
	raw, ok := cnf.Get("jwk")
	if !ok {
		return nil, errors.New("the cnf of the token has no jwk")
	}
	keys, err := ParseKeys(raw, "")
	if err != nil {
		return nil, err
	}
	return keys[0], nil
}
