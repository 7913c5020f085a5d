// Kubernetes shows tokens to the code with which a Kubernetes API server authenticates
// service accounts. The cluster has the objects that the token names, and our key.
package main

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/types"
	"k8s.io/kubernetes/pkg/serviceaccount"
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
		Options struct {
			Issuer, PublicKey, UID, PodUID string
		}
		Tokens map[string]string
	}
	if err := json.NewDecoder(os.Stdin).Decode(&question); err != nil {
		return fmt.Errorf("the question: %w", err)
	}
	block, _ := pem.Decode([]byte(question.Options.PublicKey))
	if block == nil {
		return errors.New("the key is no PEM")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return fmt.Errorf("the key: %w", err)
	}
	keys, err := serviceaccount.StaticPublicKeysGetter([]any{key})
	if err != nil {
		return fmt.Errorf("the key: %w", err)
	}
	issuer := question.Options.Issuer
	objects := cluster{uid: types.UID(question.Options.UID), pod: types.UID(question.Options.PodUID)}
	authenticator := serviceaccount.JWTTokenAuthenticator([]string{issuer}, keys, []string{issuer}, serviceaccount.NewValidator(objects))
	answers := map[string]any{}
	for name, token := range question.Tokens {
		answers[name] = nil
		response, ok, err := authenticator.AuthenticateToken(ctx, token)
		switch {
		case err != nil:
			answers[name] = err.Error()
		case !ok:
			answers[name] = "no token of this cluster"
		case response.User.GetName() != "system:serviceaccount:default:builder":
			answers[name] = "it is " + response.User.GetName()
		}
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}
