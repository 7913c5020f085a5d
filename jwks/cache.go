package jwks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"tokendesk/auth"
	"tokendesk/internal/file"
)

// record is a set in the cache.
type record struct {
	URL     string          `json:"url"`
	From    string          `json:"from"`
	Fetched int64           `json:"fetched"`
	Lasts   int64           `json:"lasts"` // seconds
	Set     json.RawMessage `json:"set"`
}

// path returns the path of the cached set of the URL.
func (s *Source) path() string {
	sum := sha256.Sum256([]byte(s.URL))
	return filepath.Join(s.Dir, "jwks-"+hex.EncodeToString(sum[:16])+".json")
}

// kept returns the cached set, or nil if there is none or its file is damaged.
func (s *Source) kept() *Set {
	if s.Dir == "" {
		return nil
	}
	text, err := file.Read(s.path(), 2*MaxBytes)
	var r record
	if err != nil || json.Unmarshal(text, &r) != nil || r.URL != s.URL {
		return nil
	}
	set := &Set{From: r.From, Fetched: time.Unix(r.Fetched, 0), Cached: true, lasts: time.Duration(r.Lasts) * time.Second}
	if set.Keys, set.Remarks, err = auth.ParsePublished(r.Set); err != nil {
		return nil
	}
	return set
}

// keep writes the set to the cache, in a file that only its owner can change:
// whoever can change it decides which tokens are valid. If that fails, the next run
// fetches again.
func (s *Source) keep(set *Set) {
	if s.Dir == "" {
		return
	}
	text, err := json.Marshal(record{s.URL, set.From, set.Fetched.Unix(), int64(set.lasts / time.Second), set.text})
	if err != nil || os.MkdirAll(s.Dir, 0o700) != nil {
		return
	}
	_ = file.Replace(s.path(), text)
}
