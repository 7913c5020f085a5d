package probe

import (
	"context"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"

	"tokendesk/internal/shell"
)

// hidden stands for what may be a secret.
const hidden = "…"

// curl returns the request with a token as a command. The values of the user's headers, of
// the query and the body may be secrets and are left out. It is empty if the target cannot be
// used.
func (t *Target) curl(token string) string {
	bare := *t
	bare.Header = http.Header{}
	for name := range t.Header {
		bare.Header[name] = []string{hidden}
	}
	address, err := bare.check()
	if err != nil {
		return ""
	}
	clean := *address
	clean.RawQuery, clean.Fragment, clean.RawFragment = "", "", ""
	var query []string
	for pair := range strings.SplitSeq(address.RawQuery, "&") {
		if name, _, _ := strings.Cut(pair, "="); name != "" && (t.In != InQuery || name != t.name()) {
			query = append(query, name+"="+hidden)
		}
	}
	if len(bare.Body) > 0 {
		bare.Body = []byte(hidden)
	}
	r := (&sender{target: &bare, url: &clean}).request(context.Background(), &token)
	if r.URL.RawQuery != "" {
		query = append(query, r.URL.RawQuery)
	}
	words := []string{"curl"}
	if r.Method != http.MethodGet {
		words = append(words, "-X", r.Method)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, value := range r.Header[name] {
			if name != "User-Agent" || t.Header.Get(name) != "" {
				words = append(words, "-H", shell.Quote(name+": "+value))
			}
		}
	}
	if r.Body != nil {
		body, _ := io.ReadAll(r.Body) // it is in memory
		words = append(words, "--data", shell.Quote(string(body)))
	}
	url := clean.String()
	if len(query) > 0 {
		url += "?" + strings.Join(query, "&")
	}
	return strings.Join(append(words, shell.URL(url)), " ")
}
