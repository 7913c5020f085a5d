// Golang shows tokens to go-oidc, as ../verify.mjs does to the verifiers for Node.js. The
// provider is discovered with the issuer's URL, but every connection goes to STAND_IN.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"

	"github.com/coreos/go-oidc/v3/oidc"
)

func main() {
	if err := verify(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// verify reads the question and writes why each token is refused, null if it is not.
func verify(ctx context.Context) error {
	var question struct {
		Options struct{ Issuer, Audience string }
		Tokens  map[string]string
	}
	if err := json.NewDecoder(os.Stdin).Decode(&question); err != nil {
		return fmt.Errorf("the question: %w", err)
	}
	target, err := url.Parse(os.Getenv("STAND_IN"))
	if err != nil {
		return fmt.Errorf("STAND_IN: %w", err)
	}
	ctx = oidc.ClientContext(ctx, &http.Client{Transport: standIn{target}})
	provider, err := oidc.NewProvider(ctx, question.Options.Issuer)
	if err != nil {
		return fmt.Errorf("the provider: %w", err)
	}
	verifier := provider.VerifierContext(ctx, &oidc.Config{ClientID: question.Options.Audience})
	answers := map[string]any{}
	for name, token := range question.Tokens {
		answers[name] = nil
		if _, err := verifier.Verify(ctx, token); err != nil {
			answers[name] = err.Error()
		}
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

// standIn sends each request to one server, with the name of its host in the path.
type standIn struct{ target *url.URL }

func (s standIn) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.URL.Path = "/" + request.URL.Host + request.URL.Path
	request.URL.Scheme, request.URL.Host, request.Host = s.target.Scheme, s.target.Host, ""
	return http.DefaultTransport.RoundTrip(request)
}
