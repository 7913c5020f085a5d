package auth

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	"tokendesk/auth/jsontext"
)

// Batch issues many tokens with one [Issuer]. Byte for byte they are the tokens that
// [Issuer.Issue] issues for the same requests, but the parts that they share are made
// only once. A Batch is for one goroutine; several may use one Issuer.
type Batch struct {
	issuer   Issuer // reads randomness from random
	random   *bufio.Reader
	signer   signer
	lifetime time.Duration
	taken    map[string]bool // the names of the claims of every token

	// A payload is the subject, beforeTimes, times, a random ID unless the claims have
	// one, afterID and the claims of the request.
	header, beforeTimes, afterID []byte
	randomID                     bool

	common  Request
	unusual bool // a payload is not made of these parts

	// The times of the previous token, which the next usually shares.
	times   []byte
	second  int64
	lasting time.Duration
	expires time.Time

	payload, signature []byte // buffers
	id                 [16]byte
}

// NewBatch returns a Batch whose tokens all have the lifetime and the claims of the
// request; it ignores the subject. It returns the error that [Issuer.Issue] would return
// for them.
func NewBatch(i *Issuer, common Request) (*Batch, error) {
	trial := *i
	trial.Rand = bytes.NewReader(make([]byte, 256)) // the trial token is not used
	common.Subject = "trial"
	token, err := trial.Issue(common)
	if err != nil {
		return nil, err
	}
	b := &Batch{
		issuer: *i, common: common, lifetime: cmp.Or(common.Lifetime, i.Lifetime, DefaultLifetime), taken: map[string]bool{},
		unusual: len(common.Without) > 0 || common.replaces("sub", "iat", "exp"),
		header:  []byte(token.HeaderSegment + "."),
	}
	b.random = bufio.NewReader(i.random())
	b.issuer.Rand, b.signer = b.random, i.Key.signer(b.random)
	_, given := common.Claims.Get("jti")
	b.randomID = !given
	part := &b.beforeTimes
	for _, m := range token.Claims {
		b.taken[m.Name] = true
		switch {
		case m.Name == "sub" || m.Name == "exp" || m.Name == "jti" && b.randomID:
		case m.Name == "iat":
			part = &b.afterID
		default:
			*part = appendMember(*part, m)
		}
	}
	return b, nil
}

// Append appends the compact serialization of a token for the request to dst, and returns
// it with the moment at which the token expires, which is zero if it does not. Claims of
// the request replace those of the Batch. With an error it returns dst unchanged.
func (b *Batch) Append(dst []byte, r Request) ([]byte, time.Time, error) {
	if !utf8.ValidString(r.Subject) {
		return dst, time.Time{}, errSubject
	}
	if b.unusual {
		return b.issue(dst, r)
	}
	r.Lifetime = cmp.Or(r.Lifetime, b.lifetime)
	if err := b.setTimes(r.Lifetime); err != nil {
		return dst, time.Time{}, err
	}
	if len(r.Without) > 0 || r.Whole || !b.usual(r.Claims) {
		return b.issue(dst, r)
	}
	payload := jsontext.AppendQuote(append(b.payload[:0], `{"sub":`...), r.Subject)
	payload = append(append(payload, b.beforeTimes...), b.times...)
	if b.randomID {
		if _, err := io.ReadFull(b.random, b.id[:]); err != nil {
			return dst, time.Time{}, fmt.Errorf("read randomness for the token's id: %w", err)
		}
		payload = append(hex.AppendEncode(append(payload, `,"jti":"`...), b.id[:]), '"')
	}
	payload = append(payload, b.afterID...)
	for _, m := range r.Claims {
		payload = appendMember(payload, m)
	}
	payload = append(payload, '}')
	b.payload = payload
	return b.sign(dst)
}

// usual reports whether the claims can be appended as they are: they need no checks and
// no escapes, and replace none.
func (b *Batch) usual(claims Object) bool {
	for n, m := range claims {
		written := jsontext.IsPlain(m.Value) && jsontext.IsPlainText(m.Name)
		if !written || b.taken[m.Name] || CheckIssued(m) != nil || claims[:n].Index(m.Name) >= 0 {
			return false
		}
	}
	return true
}

// issue is Append for any request.
func (b *Batch) issue(dst []byte, r Request) ([]byte, time.Time, error) {
	common := slices.Clone(b.common.Claims)
	if r.Lifetime != 0 { // its own
		common = common.Without("exp")
	}
	claims, err := addClaims(common, r.Claims)
	if err != nil {
		return dst, time.Time{}, err
	}
	r.Claims, r.Whole = claims, r.Whole || b.common.Whole
	r.Without = slices.Concat(b.common.Without, r.Without)
	r.Lifetime = cmp.Or(r.Lifetime, b.common.Lifetime)
	token, err := b.issuer.Issue(r)
	if err != nil {
		return dst, time.Time{}, err
	}
	return append(dst, token.Compact...), expiry(token), nil
}

// expiry returns the moment at which the token expires, or zero.
func expiry(token *Token) (expires time.Time) {
	if exp, ok := token.Date("exp"); ok {
		expires, _ = exp.Time()
	}
	return expires
}

// sign appends the token with the payload.
func (b *Batch) sign(dst []byte) ([]byte, time.Time, error) {
	out, start := dst, len(dst)
	out = append(out, b.header...)
	out = base64.RawURLEncoding.AppendEncode(out, b.payload)
	signature, err := b.signer(b.signature[:0], out[start:])
	if err != nil {
		return dst, time.Time{}, fmt.Errorf("sign: %w", err)
	}
	b.signature = signature
	out = base64.RawURLEncoding.AppendEncode(append(out, '.'), signature)
	if err := checkSize(len(out) - start); err != nil {
		return dst, time.Time{}, err
	}
	return out, b.expires, nil
}

// setTimes writes "iat" and "exp", unless they are those of the previous token.
func (b *Batch) setTimes(lifetime time.Duration) error {
	now := timeBy(b.issuer.Now)
	if now.Unix() == b.second && lifetime == b.lasting {
		return nil
	}
	if err := b.issuer.CheckLifetime(lifetime); err != nil {
		return err
	}
	b.second, b.lasting = now.Unix(), lifetime
	b.expires = time.Unix(b.second, 0).Add(lifetime).UTC()
	b.times = append(append(b.times[:0], `,"iat":`...), newNumericDate(now)...)
	b.times = append(append(b.times, `,"exp":`...), newNumericDate(now.Add(lifetime))...)
	return nil
}

// appendMember appends a member after others.
func appendMember(dst []byte, m Member) []byte {
	return append(append(jsontext.AppendQuote(append(dst, ','), m.Name), ':'), m.Value...)
}
