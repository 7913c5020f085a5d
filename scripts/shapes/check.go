package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// right is the name of the token that must be accepted.
const right = "the token"

// check makes the tokens of a proof, shows them to its verifier, and returns why each
// wrong one was refused.
func (b *bench) check(ctx context.Context, p proof) (reasons []string, err error) {
	k, err := b.keys[p.alg]()
	if err != nil {
		return nil, err
	}
	if p.kid != nil {
		k.id = p.kid(k)
	}
	if err := b.standIn.serve(p, k); err != nil {
		return nil, err
	}
	tokens, err := b.tokens(ctx, p, k)
	if err != nil {
		return nil, err
	}
	answers, err := b.ask(ctx, p, k, tokens)
	if err != nil {
		return nil, err
	}
	if why := answers[right]; why != nil {
		return nil, fmt.Errorf("the token is refused: %s", *why)
	}
	for _, w := range p.wrong {
		why, answered := answers[w.name]
		if !answered || why == nil {
			return nil, fmt.Errorf("not refused: %s", w.name)
		}
		reasons = append(reasons, w.name+": "+*why)
	}
	return reasons, nil
}

// tokens issues the right token and the wrong ones.
func (b *bench) tokens(ctx context.Context, p proof, k key) (map[string]string, error) {
	tokens := map[string]string{}
	token, err := b.issue(ctx, p, k.file, k.id)
	if err != nil {
		return nil, err
	}
	tokens[right] = token
	for _, w := range p.wrong {
		switch w.name {
		case anotherKey:
			tokens[w.name], err = b.issue(ctx, p, k.other, k.id)
		case changed:
			tokens[w.name], err = change(token)
		default:
			tokens[w.name], err = b.issue(ctx, p, k.file, k.id, w.flags...)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w.name, err)
		}
	}
	return tokens, nil
}

// issue issues a token of the shape.
func (b *bench) issue(ctx context.Context, p proof, keyFile, kid string, flags ...string) (string, error) {
	args := []string{"issue", "--shape", p.shape, "--key-file", keyFile, "--alg", p.alg}
	if !slices.Contains(flags, "--kid") && !slices.Contains(flags, "kid") {
		args = append(args, "--kid", kid)
	}
	args = append(args, flags...)
	if p.subject != "" {
		args = append(args, p.subject)
	}
	token, err := run(ctx, b.dir, b.env, "", b.program, args...)
	return strings.TrimSpace(token), err
}

// change returns a token whose payload differs from what was signed: the last digit of
// its iat is another one.
func change(token string) (string, error) {
	parts := strings.Split(token, ".")
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return "", fmt.Errorf("the payload: %w", err)
	}
	payload := string(raw)
	_, after, found := strings.Cut(payload, `"iat":`)
	if !found || len(after) < 10 {
		return "", errors.New("the token has no iat")
	}
	digit := len(payload) - len(after) + 9
	parts[1] = base64.RawURLEncoding.EncodeToString([]byte(payload[:digit] + string('0'+(payload[digit]-'0'+9)%10) + payload[digit+1:]))
	return strings.Join(parts, "."), nil
}

// ask shows the tokens to the verifier and returns why each was refused, nil if not.
func (b *bench) ask(ctx context.Context, p proof, k key, tokens map[string]string) (map[string]*string, error) {
	p.options.KeyFile, p.options.PublicKey = k.file, k.pem
	question, err := json.Marshal(map[string]any{"name": p.verifier, "options": p.options, "tokens": tokens})
	if err != nil {
		return nil, fmt.Errorf("the question: %w", err)
	}
	command := []string{"node", "--require", "./guard.cjs", "verify.mjs"}
	install := b.npm
	if b.isModule(p.verifier) {
		command, install = []string{filepath.Join(b.dir, p.verifier)}, b.compiled[p.verifier]
	}
	if err := install(); err != nil {
		return nil, err
	}
	answer, err := run(ctx, b.dir, b.env, string(question), command[0], command[1:]...)
	if err != nil {
		return nil, err
	}
	var answers map[string]*string
	lines := strings.Split(strings.TrimSpace(answer), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &answers); err != nil {
		return nil, fmt.Errorf("the answer %q: %w", answer, err)
	}
	return answers, nil
}
