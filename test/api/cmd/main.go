// Command cmd serves the API of package api on this machine, with the holes that
// its arguments name:
//
//	go run ./test/api/cmd -key public.pem -kid 2026-11 -issuer shop -audience orders no-expiry
package main

import (
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"flag"
	"log"
	"net/http"
	"os"
	"slices"
	"time"

	"tokendesk/test/api"
)

func main() {
	a := &api.API{MaxLifetime: time.Hour, Now: time.Now}
	key := flag.String("key", "public.pem", "the public key of ES256, as PEM")
	address := flag.String("address", "127.0.0.1:8000", "where to listen")
	flag.StringVar(&a.KeyID, "kid", "", "its kid")
	flag.StringVar(&a.Issuer, "issuer", "", "the iss of its tokens")
	flag.StringVar(&a.Audience, "audience", "", "the aud of its tokens")
	flag.Parse()
	for _, name := range flag.Args() {
		if !slices.Contains(api.Holes(), api.Hole(name)) {
			log.Fatalf("there is no hole %s: there are %v", name, api.Holes())
		}
		a.Holes = append(a.Holes, api.Hole(name))
	}
	text, err := os.ReadFile(*key)
	if err != nil {
		log.Fatal(err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		log.Fatalf("%s is no PEM", *key)
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		log.Fatal(err)
	}
	var ok bool
	if a.Key, ok = parsed.(*ecdsa.PublicKey); !ok {
		log.Fatalf("%s is no EC key", *key)
	}
	log.Printf("listening on http://%s/", *address)
	log.Fatal(http.ListenAndServe(*address, a)) //nolint:gosec // on this machine, for a moment
}
