package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// key is a key of ours, and another one for the same algorithm.
type key struct {
	id, file, other string
	set             json.RawMessage
	pem             string
}

// newKey makes two keys for an algorithm.
func (b *bench) newKey(ctx context.Context, alg string) (k key, err error) {
	k.file, k.other = filepath.Join(b.dir, alg+".pem"), filepath.Join(b.dir, alg+"-other.pem")
	for _, file := range []string{k.file, k.other} {
		if _, err := run(ctx, b.dir, b.env, "", b.program, "keys", "generate", file, "--alg", alg); err != nil {
			return k, err
		}
	}
	public := []string{"keys", "public", "--key-file", k.file, "--alg", alg}
	set, err := run(ctx, b.dir, b.env, "", b.program, public...)
	if err != nil {
		return k, err
	}
	k.pem, err = run(ctx, b.dir, b.env, "", b.program, append(public, "--format", "pem")...)
	if err != nil {
		return k, err
	}
	var read struct{ Keys []struct{ Kid string } }
	if err := json.Unmarshal([]byte(set), &read); err != nil || len(read.Keys) != 1 {
		return k, fmt.Errorf("our key set %q: %w", set, err)
	}
	k.id, k.set = read.Keys[0].Kid, json.RawMessage(set)
	return k, nil
}

// standIn is a server on this machine with the documents of all vendors' hosts. A path
// begins with the name of the host.
type standIn struct {
	url    string
	server *http.Server
	mutex  sync.Mutex
	pages  map[string][]byte
}

func newStandIn(ctx context.Context) (*standIn, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("a server on this machine: %w", err)
	}
	s := &standIn{url: "http://" + listener.Addr().String(), pages: map[string][]byte{}}
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: time.Second}
	go func() { _ = s.server.Serve(listener) }() // ends with Close
	return s, nil
}

func (s *standIn) close() { _ = s.server.Close() }

func (s *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	page, found := s.pages[strings.TrimPrefix(r.URL.Path, "/")]
	s.mutex.Unlock()
	if !found {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(page)
}

// serve puts the key where the verifier of a proof looks for the vendor's.
func (s *standIn) serve(p proof, k key) error {
	pages := map[string]any{
		p.keys: k.set,
		p.pems: map[string]string{k.id: k.pem},
		p.discovery: map[string]any{
			"issuer": p.options.Issuer, "jwks_uri": "https://" + p.keys,
			"id_token_signing_alg_values_supported": []string{p.alg},
		},
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for address, page := range pages {
		text, err := json.Marshal(page)
		if err != nil {
			return fmt.Errorf("the document at %s: %w", address, err)
		}
		s.pages[address] = text
	}
	return nil
}
