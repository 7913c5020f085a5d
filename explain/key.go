package explain

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth"
)

// Origin is where a key comes from.
type Origin struct {
	// From is the path of a file, a URL or another name.
	From string
	// Fetched is when the key was fetched from the URL, else zero.
	Fetched time.Time
	// ThisRun says that the user added the key for this run. One without a place was pasted.
	ThisRun bool
}

// Text returns the place, and the age of a key that was fetched.
func (o Origin) Text(now time.Time) string {
	text := o.From
	switch {
	case o.From == "" && o.ThisRun:
		return "pasted for this run"
	case !o.Fetched.IsZero():
		text += ", fetched " + ago(o.Fetched, now)
	}
	if o.ThisRun {
		text += ", for this run"
	}
	return text
}

// Use is what a key is used for.
type Use int

// The uses. The zero value means that the use is not known.
const (
	Signs            Use = iota + 1 // signs tokens by default
	SignsForPersonas                // signs for the personas that name it
	Verifies                        // is public
	Decrypts                        // is for encryption
	VerifiesThisRun                 // was added for this run
)

// UseOf returns what a key is used for; current is the key that signs.
func UseOf(key, current *auth.Key) Use {
	switch {
	case key.OnlyDecrypts():
		return Decrypts
	case !key.CanSign():
		return Verifies
	case key == current:
		return Signs
	default:
		return SignsForPersonas
	}
}

// String returns the use in words, or the empty string for the zero value.
func (u Use) String() string {
	return [...]string{
		Signs:            "signing and verifying",
		SignsForPersonas: "verifying, and signing for personas that name it",
		Verifies:         "verifying only: the private key is elsewhere",
		Decrypts:         "decrypting tokens (JWE); it neither signs nor verifies",
		VerifiesThisRun:  "verifying until you quit",
	}[u]
}

// KeyFacts describes a key. It is also the JSON of one. Nothing in it is private.
type KeyFacts struct {
	// From is where the key comes from: the path of a file, a URL or another name.
	From string `json:"file"`
	// Kind is "secret", "private" or "public".
	Kind        string  `json:"kind"`
	Algorithm   string  `json:"algorithm"`
	Bits        int     `json:"bits"`
	Fingerprint string  `json:"fingerprint"`
	ID          string  `json:"id"`
	Thumbprint  *string `json:"thumbprint"` // nil for a secret
	Weak        bool    `json:"weak"`
	// Form says what the file is that the key was read from, or is empty. Notes say what was
	// undone to read it.
	Form  string   `json:"form"`
	Notes []string `json:"notes"`
	// OnlyDecrypts says that the key is for encryption: it neither signs nor verifies.
	OnlyDecrypts bool `json:"only_decrypts"`

	// Weakness says why the key is weak, or is nil. Secret says that the key has no public
	// half, and is nil for a key that has one.
	Weakness *Line `json:"-"`
	Secret   *Line `json:"-"`

	use    Use
	origin Origin
}

// Key explains a key.
func Key(key *auth.Key, use Use, origin Origin) KeyFacts {
	if origin.ThisRun && use != 0 && use != Decrypts {
		use = VerifiesThisRun
	}
	facts := KeyFacts{
		From: origin.From, Kind: "secret", Algorithm: string(key.Algorithm()), Bits: key.Bits(),
		Fingerprint: key.Fingerprint(), ID: key.ID(), Form: key.Form(), Notes: append([]string{}, key.Notes()...),
		OnlyDecrypts: key.OnlyDecrypts(), use: use, origin: origin,
	}
	if weakness := key.Weakness(); weakness != nil {
		facts.Weak = true
		facts.Weakness = &Line{
			Tone: Warn, Label: "weak key", Text: weakness.Error(), Do: weakness.Advice(), Source: auth.WeakSource,
		}
	}
	if key.Public() == nil {
		facts.Secret = &Line{Text: auth.ErrNoPublicKey.Error()}
		return facts
	}
	facts.Kind = "public"
	if key.CanSign() || key.OnlyDecrypts() {
		facts.Kind = "private"
	}
	if thumbprint, err := auth.Thumbprint(key.Public()); err == nil {
		facts.Thumbprint = &thumbprint
	}
	return facts
}

// Fetched reports whether the key was fetched, so that its description has an age.
func (k KeyFacts) Fetched() bool { return !k.origin.Fetched.IsZero() }

// What returns the kind and the size: "256-bit private key". The algorithm of an ML-DSA
// key is named after its size.
func (k KeyFacts) What() string {
	kind := k.Kind + " key"
	if k.Kind == "secret" {
		kind = "HMAC secret"
		if k.OnlyDecrypts {
			kind = "secret"
		}
	}
	if auth.Algorithm(k.Algorithm).KeyType() == auth.KeyTypeAKP {
		return kind
	}
	return strconv.Itoa(k.Bits) + "-bit " + kind
}

// Fact is a name and a text.
type Fact struct{ Name, Text string }

// Facts returns the facts in order, without those that the key does not have.
func (k KeyFacts) Facts(now time.Time) []Fact {
	algorithm := k.Algorithm
	if description := auth.Algorithm(k.Algorithm).Description(); description != "" {
		algorithm += ", " + description
	}
	facts := []Fact{
		{"key", k.What()},
		{"algorithm", algorithm},
		{"used for", k.use.String()},
		{"fingerprint", k.Fingerprint},
		{"kid", k.ID},
		{"thumbprint", k.otherThumbprint()},
		{"from", k.origin.Text(now)},
		{"read as", k.Form},
		{"note", strings.Join(k.Notes, "; ")},
	}
	return slices.DeleteFunc(facts, func(f Fact) bool { return f.Text == "" })
}

// otherThumbprint returns the thumbprint, unless it is the ID of the key.
func (k KeyFacts) otherThumbprint() string {
	if k.Thumbprint == nil || *k.Thumbprint == k.ID {
		return ""
	}
	return *k.Thumbprint
}

// Line returns the facts on one line, for a list.
func (k KeyFacts) Line(now time.Time) string {
	line := k.Fingerprint + "  " + k.Algorithm + "  " + k.What()
	if k.OnlyDecrypts {
		line += " for decryption"
	}
	if k.Weak {
		line += ", weak"
	}
	for _, fact := range []Fact{{"kid", k.ID}, {"thumbprint", k.otherThumbprint()}, {"from", k.origin.Text(now)}} {
		if fact.Text != "" {
			line += ", " + fact.Name + " " + fact.Text
		}
	}
	for _, note := range k.Notes {
		line += "; " + note
	}
	return line
}
