// Command cmd serves the API of package api on this machine, with the holes named by its
// arguments:
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
	address := flag.String("address", "127.0.0.1:8000", "the address to listen on")
	flag.StringVar(&a.KeyID, "kid", "", "its kid")
	flag.StringVar(&a.Issuer, "issuer", "", "the iss of good tokens")
	flag.StringVar(&a.Audience, "audience", "", "the aud of good tokens")
	flag.Parse()
	for _, name := range flag.Args() {
		if !slices.Contains(api.Holes(), api.Hole(name)) {
			log.Fatalf("there is no hole %s; the holes are %v", name, api.Holes())
		}
		a.Holes = append(a.Holes, api.Hole(name))
	}
	text, err := os.ReadFile(*key)
	if err != nil {
		log.Fatal(err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		log.Fatalf("%s is not PEM", *key)
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		log.Fatal(err)
	}
	var ok bool
	if a.Key, ok = parsed.(*ecdsa.PublicKey); !ok {
		log.Fatalf("%s is not an EC key", *key)
	}
	log.Printf("listening on http://%s/", *address)
	log.Fatal(http.ListenAndServe(*address, a)) //nolint:gosec // on this machine, for a moment
}
