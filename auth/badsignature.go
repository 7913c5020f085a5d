package auth

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// failSignature says that none of the keys made the signature, and why if that is known.
func (v *Verifier) failSignature(r *Result, keys []*Key) {
	const source = "RFC 7515 section 5.2"
	if r.Token.LacksPayload() {
		r.SignatureChecked = false
		r.failf(VerdictMalformed, detachedSource, detachedAdvice, detachedReason)
		return
	}
	if trimmed := bytes.TrimRight(r.Token.read.detached, "\r\n"); len(trimmed) < len(r.Token.read.detached) {
		without := *r.Token
		without.read.detached = trimmed
		if slices.ContainsFunc(keys, func(k *Key) bool { return k.verifies(without.signingInput(), r.Token.Signature) }) {
			r.failf(VerdictBadSignature, source, "remove the line break from the file",
				"the signature was made over the payload without the line break at its end")
			return
		}
	}
	input := r.Token.signingInput()
	for _, key := range keys {
		if form := key.otherForm(key.scheme, input, r.Token.Signature); form != 0 {
			r.Form = form
			r.failf(VerdictBadSignature, source, form.advice(),
				"the signature was made with %s, not with the secret as it is configured", form)
			return
		}
	}
	if _, ok := publishedSecret(r.Token); ok {
		r.failf(VerdictBadSignature, source, "use your own secret where the token is signed",
			"the signature was made with a published secret, not with the configured key")
		return
	}
	if r.Token.hashesNonce() {
		r.failf(VerdictBadSignature, source, "ask for a token whose audience is your own API",
			"the header has a nonce: only Microsoft Graph can verify the signature of a token that Entra issues for it")
		return
	}
	r.failf(VerdictBadSignature, source, adviseKey(keys),
		"the signature was not made with the configured key, or the token was changed after it was signed")
}

func adviseKey(keys []*Key) string {
	if keys[0].public != nil {
		return "check that this public key belongs to the private key that signs the tokens"
	}
	return "check that this is the secret that signs the tokens"
}

// failKeyID says that no key has the "kid" of the token. Whether a key made the signature
// all the same tells a wrong kid from another key.
func (v *Verifier) failKeyID(r *Result, alg Algorithm, kid string) {
	const source = "RFC 7515 section 4.1.4"
	for _, key := range v.Keys {
		if key.matches(alg, "") && key.verifies(r.Token.signingInput(), r.Token.Signature) {
			r.SignatureChecked = true
			r.failf(VerdictWrongKey, source, "give the key that kid, or correct the kid of the token",
				"the token names the key %s, which is not configured, although the configured key %s made its signature", quoted(kid), quoted(key.id))
			return
		}
	}
	r.failf(VerdictWrongKey, source, "configure the key with that kid",
		"the token names the key %s, which is not configured", quoted(kid))
}

// failAlgorithm says that no key is for the algorithm of the token. A secret may fit all
// the same, with another size of hash.
func (v *Verifier) failAlgorithm(r *Result, alg Algorithm) {
	const source = "RFC 8725 section 3.1"
	reason := fmt.Sprintf("the token is signed with %s, but the configured key is for %s", alg, v.algorithms((*Key).isForSignatures))
	if s := alg.scheme(); s != nil && s.family.keyType() == KeyTypeSecret {
		for _, key := range v.Keys {
			if secret, ok := key.verifying().([]byte); ok && s.isSignedWith(secret, r.Token.signingInput(), r.Token.Signature) {
				r.SignatureChecked = true
				r.failf(VerdictWrongKey, source, "use the key with "+string(alg), "%s, although its secret made the signature", reason)
				return
			}
		}
	}
	r.failf(VerdictWrongKey, source, "configure the key of the API that accepts it", "%s", reason)
}

// hashesNonce reports whether Entra issued the token for Microsoft Graph, which replaces
// the nonce in the header by its hash before it verifies the signature.
func (t *Token) hashesNonce() bool {
	_, ok := t.Header.String("nonce")
	iss, _ := t.Claims.String("iss")
	_, isEntra := t.Claims.Get("tid")
	return ok && (isEntra || slices.ContainsFunc(entraHosts, func(host string) bool { return strings.HasPrefix(iss, host) }))
}

var entraHosts = []string{"https://sts.windows.net/", "https://login.microsoftonline.com/", "https://sts.microsoftonline.com/"}

// findGraphNonce explains why nobody else can verify the token.
func findGraphNonce(t *view) []string {
	if !t.hashesNonce() {
		return nil
	}
	return []string{"the header has a nonce, so only Microsoft Graph can verify the signature: do not verify access tokens of other APIs"}
}
