package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"tokendesk/auth/input"
)

// subject is the user whom every project knows.
const subject = "ada@example.com"

// check installs, starts and checks a project.
func (b *bench) check(ctx context.Context, p project) error {
	if err := b.install(ctx, p); err != nil {
		return err
	}
	dir, err := b.prepare(ctx, p)
	if err != nil {
		return err
	}
	api, err := b.start(ctx, dir)
	if err != nil {
		return err
	}
	defer api.stop()

	if err := b.checkIssued(ctx, p, dir, api.url); err != nil {
		return err
	}
	if p.login == "-" {
		return nil
	}
	own, err := login(ctx, p, api.url)
	if err != nil {
		return err
	}
	_, _, err = run(ctx, dir, b.env, own, b.program, "verify")
	return err
}

// checkIssued issues a token in the folder of the project and shows it to the API. If
// issue asks, it is answered by a flag, and then by a line of the .env.
func (b *bench) checkIssued(ctx context.Context, p project, dir, url string) error {
	if p.asked == nil {
		return b.checkAccepted(ctx, p, dir, url)
	}
	_, said, err := b.issue(ctx, p, dir)
	if err == nil {
		return errors.New("issue does not ask, it signs")
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 3 {
		return err
	}
	for _, name := range p.asked {
		if !strings.Contains(said, name) {
			return fmt.Errorf("the question does not name %s: %s", name, said)
		}
	}
	if err := b.checkAccepted(ctx, p, dir, url, "--secret-from", p.signer); err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(dir, ".env"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("the answer in the .env: %w", err)
	}
	_, err = fmt.Fprintln(file, "SECRET_KEY_NAME="+p.signer)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("the answer in the .env: %w", err)
	}
	return b.checkAccepted(ctx, p, dir, url)
}

// issue runs tokendesk issue in the folder of a project.
func (b *bench) issue(ctx context.Context, p project, dir string, flags ...string) (token, said string, err error) {
	args := append([]string{"issue", subject}, flags...)
	for _, claim := range p.claims {
		args = append(args, "--claim", claim)
	}
	stdout, stderr, err := run(ctx, dir, b.env, "", b.program, args...)
	return strings.TrimSpace(stdout), stderr, err
}

// checkAccepted issues a token and checks that the API accepts it, and rejects it when
// another key signed it.
func (b *bench) checkAccepted(ctx context.Context, p project, dir, url string, flags ...string) error {
	token, said, err := b.issue(ctx, p, dir, flags...)
	if err != nil {
		return err
	}
	if p.signer != ownName && p.asked == nil && !strings.Contains(said, p.signer) {
		return fmt.Errorf("issue does not say that it used %s: %s", p.signer, said)
	}
	if err := checkLifetime(p, token); err != nil {
		return err
	}
	got, err := me(ctx, p, url, token)
	if err != nil {
		return err
	}
	if got.status != http.StatusOK || !strings.Contains(got.body, subject) {
		return fmt.Errorf("the API answers %d: %s", got.status, got.body)
	}
	foreign, err := resign(token)
	if err != nil {
		return err
	}
	if got, err = me(ctx, p, url, foreign); err == nil && got.status != cmp.Or(p.rejects, http.StatusUnauthorized) {
		err = fmt.Errorf("with another key the API answers %d: %s", got.status, got.body)
	}
	return err
}

// checkLifetime checks the lifetime and the algorithm of a token.
func checkLifetime(p project, token string) error {
	expected, err := input.ParseLifetime(p.lifetime, time.Now())
	if err != nil {
		return fmt.Errorf("the expected lifetime: %w", err)
	}
	var claims jwt.RegisteredClaims
	parsed, _, err := jwt.NewParser().ParseUnverified(token, &claims)
	switch {
	case err != nil:
		return fmt.Errorf("reading the token: %w", err)
	case parsed.Method.Alg() != p.alg:
		return fmt.Errorf("the algorithm is %s", parsed.Method.Alg())
	case claims.IssuedAt == nil || claims.ExpiresAt == nil || claims.ExpiresAt.Sub(claims.IssuedAt.Time) != expected:
		return fmt.Errorf("the lifetime is not %s: iat %v, exp %v", p.lifetime, claims.IssuedAt, claims.ExpiresAt)
	}
	return nil
}

// resign returns a token with the same header and claims that another key signed.
func resign(token string) (string, error) {
	parsed, parts, err := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{})
	if err != nil {
		return "", fmt.Errorf("reading the token: %w", err)
	}
	var key any = []byte(rand.Text() + rand.Text() + rand.Text())
	if _, isRSA := parsed.Method.(*jwt.SigningMethodRSA); isRSA {
		if key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			return "", fmt.Errorf("another key: %w", err)
		}
	}
	signed := parts[0] + "." + parts[1]
	signature, err := parsed.Method.Sign(signed, key)
	if err != nil {
		return "", fmt.Errorf("another signature: %w", err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}
