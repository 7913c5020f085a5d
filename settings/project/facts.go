package project

import (
	"cmp"
	"slices"
	"strings"

	"tokendesk/auth"
)

// factNames are the patterns of the names of a fact. In the second list the word before may
// also be the start of the secret's own name.
type factNames struct {
	about []string // with JWT, TOKEN and the like before
	last  []string // after the start of the secret's name
}

// The names of the facts.
var (
	algorithmNames = factNames{
		[]string{"* $token * ALGORITHM|ALGO|ALG|ALGORITHMS", "AUTH|AUTHENTICATION|SIGNING|SIGNATURE ALGORITHM|ALGO|ALG"},
		[]string{"ALGORITHM|ALGO|ALG"},
	}
	issuerNames = factNames{
		[]string{"* $token * ISSUER|ISS", "* JWT * ISSUER NAME", "AUTHENTICATION ISSUER"},
		[]string{"ISSUER|ISS", "VALID ISSUER"},
	}
	audienceNames = factNames{
		[]string{"* $token * AUDIENCE|AUD|AUDIENCES", "AUTHENTICATION AUDIENCE"},
		[]string{"AUDIENCE|AUD", "VALID AUDIENCE"},
	}
	keyIDNames = factNames{
		[]string{"* JWT * KID", "* JWT * KEY ID", "TOKEN|ACCESS * KID"},
		[]string{"KID", "KEY ID"},
	}
	passphraseNames = factNames{
		[]string{"* $token * PASSPHRASE", "* $token * KEY PASSWORD"},
		[]string{"PASSPHRASE", "PASSWORD", "KEY PASSWORD"},
	}
	titleNames   = factNames{[]string{"APP|APPLICATION NAME", "SPRING APPLICATION NAME", "NEXT PUBLIC APP NAME"}, nil}
	versionNames = factNames{[]string{"APP|APPLICATION VERSION"}, nil}
)

// finder finds facts about the tokens that a secret signs.
type finder struct {
	file *file
	like *Candidate // the secret, or nil
}

// facts recognises everything but the secret.
func facts(file *file, r *Recognition) {
	like := r.Chosen
	f, all := finder{file, like}, finder{file, nil}
	r.Title, r.Version = all.fact(titleNames), all.fact(versionNames)
	r.Algorithm = f.fact(algorithmNames)
	r.Issuer, r.KeyID, r.Audience = f.fact(issuerNames), f.fact(keyIDNames), f.fact(audienceNames)
	if r.Audience.Value != "" {
		r.Audience.Values = list(r.Audience.Value)
	}
	r.Passphrase = f.passphrase()
	r.Unlock, r.Passphrase.Value = hide([]byte(r.Passphrase.Value)), ""
	if like != nil {
		fromJSON(&r.Issuer, like, []string{like.Value.Issuer})
		fromJSON(&r.Audience, like, like.Value.Audience)
		if like.Value.Algorithm != "" {
			r.Algorithm = Fact{Name: like.Name, Line: like.Line, Value: string(like.Value.Algorithm)}
		}
	}
	r.checkAlgorithm()
	f.lifetime(r)
}

// checkAlgorithm notes that an algorithm is not used if there is none with that name, or if it
// is not for the key.
func (r *Recognition) checkAlgorithm() {
	fact := &r.Algorithm
	if fact.Value == "" {
		return
	}
	text, alg := fact.Value, algorithmOf(fact.Value)
	hmac := alg.MinSecretBytes() > 0
	fact.Value = string(alg)
	switch {
	case alg == "" && len(list(text)) > 1:
		r.unused(fact, " names several algorithms")
	case alg == "":
		r.unused(fact, " names no algorithm that can be used")
	case r.Chosen == nil:
	case hmac && r.Chosen.Value.pair():
		r.unused(fact, " is for a secret, and "+r.Chosen.Name+" is a key of another kind")
	case !hmac && r.Chosen.Value.Form == Secret:
		r.unused(fact, " needs a key pair, and "+r.Chosen.Name+" is a secret")
	}
}

// unused notes that a fact is not used, and empties it.
func (r *Recognition) unused(fact *Fact, why string) {
	r.Unused = append(r.Unused, Note{Name: fact.Name, Line: fact.Line, Text: fact.Name + why})
	*fact = Fact{}
}

// fromJSON replaces a fact by one of Hasura's JSON.
func fromJSON(fact *Fact, from *Candidate, values []string) {
	if len(values) > 0 && values[0] != "" {
		*fact = Fact{Name: from.Name, Line: from.Line, Value: values[0], Values: values}
	}
}

// fact returns the fact with one of the names that is nearest to the name of the secret.
func (f finder) fact(names factNames) Fact {
	var best *entry
	for _, e := range f.file.entries {
		if strings.TrimSpace(e.value) == "" || !f.fits(names, e) || ownSetting(e.name) {
			continue
		}
		if best == nil || near(e, f.like) > near(best, f.like) {
			best = e
		}
	}
	if best == nil {
		return Fact{}
	}
	return Fact{Name: best.name, Line: best.line, Value: strings.TrimSpace(best.value)}
}

// ownSetting reports whether a name is one of our settings, which the settings read.
func ownSetting(name string) bool {
	return inSet("ALGORITHM ISSUER AUDIENCE KEY_ID ACCESS_TOKEN_EXPIRE_MINUTES MAX_TOKEN_MINUTES KEY_PASSPHRASE_FILE", name)
}

// fits reports whether an entry has a name of the fact and is for the tokens of the secret.
func (f finder) fits(names factNames, e *entry) bool {
	named := slices.ContainsFunc(names.about, func(p string) bool { return f.file.is(p, e.words) }) || f.follows(names, e)
	return named && f.sameTokens(e.words)
}

// follows reports whether the name of a fact follows the start of the secret's name.
func (f finder) follows(names factNames, e *entry) bool {
	if f.like == nil {
		return false
	}
	stem := f.like.stem()
	if len(stem) == 0 || len(e.words) <= len(stem) || !slices.Equal(e.words[:len(stem)], stem) {
		return false
	}
	return slices.ContainsFunc(names.last, func(p string) bool { return f.file.is(p, e.words[len(stem):]) })
}

// sameTokens reports whether a name is for the tokens that the secret signs: it has no word
// for other tokens that the secret's name does not have, and none of another service.
func (f finder) sameTokens(all []string) bool {
	return !slices.ContainsFunc(all, func(word string) bool {
		foreign := f.file.isIn("other", word) || f.file.isIn("vendor", word) || inSet("COOKIE COOKIES SESSION CACHE CODE LINK", word)
		return foreign && (f.like == nil || !slices.Contains(f.like.words, word))
	})
}

// stem returns the words of a secret's name before those that say that it is one.
func (c *Candidate) stem() []string {
	n := len(c.words)
	for n > 0 && inSet("SECRET KEY SIGNING SIGN PRIVATE PUBLIC FOR PATH FILE LOCATION", c.words[n-1]) {
		n--
	}
	return c.words[:n]
}

// near returns how near a name is to that of the secret: the words that both start with, and
// then those for the same purpose.
func near(e *entry, like *Candidate) int {
	score := 0
	if slices.Contains(e.words, "ACCESS") {
		score++
	}
	if like == nil {
		return score
	}
	for i := 0; i < min(len(e.words), len(like.words)) && e.words[i] == like.words[i]; i++ {
		score += 2
	}
	return score
}

// passphrase returns the passphrase of a private key: that with a name like the key's, else
// the only one.
func (f finder) passphrase() Fact {
	if f.like == nil {
		return Fact{}
	}
	if fact := f.fact(passphraseNames); fact.Name != "" {
		return fact
	}
	var found []Fact
	for _, e := range f.file.entries {
		if f.file.is("* PASSPHRASE", e.words) && e.value != "" {
			found = append(found, Fact{Name: e.name, Line: e.line, Value: e.value})
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return Fact{}
}

// algorithmOf returns the algorithm with that name, or nothing.
func algorithmOf(name string) auth.Algorithm {
	name = strings.Trim(strings.ToUpper(strings.TrimSpace(name)), `[]"' `)
	if name == "EDDSA" {
		name = "EdDSA"
	}
	alg, _ := auth.ParseAlgorithm(strings.Replace(name, "HMACSHA", "HS", 1))
	return alg
}

// list returns the items of a value: a JSON array, or a text with commas.
func list(value string) []string {
	if strings.HasPrefix(value, "[") {
		if items := texts([]byte(value)); len(items) > 0 {
			return items
		}
	}
	var items []string
	for item := range strings.SplitSeq(value, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// published returns the places where an issuer publishes keys.
func (f *file) published() []Published {
	var all []Published
	for _, e := range f.entries {
		value := strings.TrimSpace(e.value)
		switch {
		case slices.ContainsFunc(publishedNames, func(p string) bool { return f.is(p, e.words) }) && strings.HasPrefix(value, "https://"):
		case f.is("AUTH0 DOMAIN", e.words) && value != "" && !strings.Contains(value, "/"):
			value = "https://" + value + "/"
		case e.class == Signs && f.read(e).Form == KeyURL:
			value = f.read(e).URL
		default:
			continue
		}
		if auth.CheckKeyURL(value) == nil && e.name != "JWKS_URL" &&
			!slices.ContainsFunc(all, func(p Published) bool { return p.URL == value }) {
			all = append(all, Published{e.name, e.line, value})
		}
	}
	slices.SortStableFunc(all, func(a, b Published) int { return cmp.Compare(rankURL(a.Name), rankURL(b.Name)) })
	return all
}

// publishedNames are patterns of names of an issuer's URL and of that of its keys.
var publishedNames = []string{
	"* JWKS *", "* JWK * URI|URL", "* ISSUER", "* ISSUER URI|URL", "* ISSUER BASE URL", "* AUTHORITY",
}

// rankURL puts the URL of keys before that of an issuer.
func rankURL(name string) int {
	if strings.Contains(name, "JWK") {
		return 0
	}
	return 1
}
