package settings

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
)

// text reads a setting that is shown or signed.
func (r *reader) text(name string) string {
	s := r.get(name)
	switch {
	case !utf8.ValidString(s.value):
		r.problem(s, name+" is not valid UTF-8", "type it again")
		return ""
	case strings.ContainsFunc(s.value, unicode.IsControl):
		r.problem(s, name+" has a control character in it", "type it again")
		return ""
	}
	return s.value
}

// list reads names with commas between them.
func (r *reader) list(name string) []string {
	var items []string
	for item := range strings.SplitSeq(r.text(name), ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// keyURL reads a URL to fetch keys from.
func (r *reader) keyURL(name string) string {
	s := r.get(name)
	if !s.set {
		return ""
	}
	if err := auth.CheckKeyURL(s.value); err != nil {
		r.problem(s, name+" cannot be used: "+err.Error(), "")
		return ""
	}
	return s.value
}

// toggle reads a setting that is on or off. It takes every usual word for that,
// and names the two of its own when it finds none.
func (r *reader) toggle(name, on, off string, otherwise bool) bool {
	return r.toggleIn(r.get(name), on, off, otherwise)
}

// toggleIn is toggle for a setting that was found.
func (r *reader) toggleIn(s setting, on, off string, otherwise bool) bool {
	switch strings.ToLower(strings.TrimSpace(s.value)) {
	case "":
		return otherwise
	case "true", "on", "yes", "1":
		return true
	case "false", "off", "no", "0":
		return false
	}
	r.problem(s, s.name+" is neither "+on+" nor "+off, "write "+on+" or "+off)
	return otherwise
}

// protectedName is the setting that asks for a question before signing.
const protectedName = "PROTECTED"

// protected reads PROTECTED. Unlike any other setting it is true when either the
// file or the environment says so: a variable that somebody left in a shell must
// not take the protection from a file.
func (r *reader) protected() bool {
	given := r.inFile(protectedName)
	protected := r.toggleIn(given, "true", "false", false)
	for _, st := range r.statements {
		if st.name == protectedName && st.line < given.line { // it could take the protection away
			r.problem(given, "PROTECTED is set a second time", "keep one of the lines")
		}
	}
	if value, _ := r.lookup(protectedName); value != "" {
		protected = r.toggle(protectedName, "true", "false", false) || protected
	}
	return protected
}

// lifetimes reads the lifetime and its limit.
func (r *reader) lifetimes() {
	s := r.settings
	lifetime, given := r.minutes("ACCESS_TOKEN_EXPIRE_MINUTES")
	if given {
		s.Lifetime = lifetime
	}
	limit, limited := r.minutes("MAX_TOKEN_MINUTES")
	if !limited {
		return
	}
	s.MaxLifetime = limit
	if s.Lifetime <= limit {
		return
	}
	if given {
		r.problem(r.get("ACCESS_TOKEN_EXPIRE_MINUTES"), "ACCESS_TOKEN_EXPIRE_MINUTES is above MAX_TOKEN_MINUTES",
			"lower the one or raise the other")
		return
	}
	s.Lifetime = limit // the default is ours to shorten
}

// minutes reads a number of minutes and whether there is one.
func (r *reader) minutes(name string) (time.Duration, bool) {
	s := r.get(name)
	text := strings.TrimSpace(s.value)
	if text == "" {
		return 0, false
	}
	fail := func(what string) (time.Duration, bool) {
		r.problem(s, name+" "+what, "write whole minutes, such as 30")
		return 0, false
	}
	whole, fraction, isFraction := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	switch {
	case err != nil && isNumber(whole) && n > 0:
		return fail("is larger than any lifetime")
	case err != nil && !isNumber(whole):
		return fail("is not a number")
	case isFraction && isNumber(fraction):
		return fail("is not a whole number")
	case isFraction:
		return fail("is not a number")
	case n == 0:
		return fail("is zero, so every token would have expired when it is issued")
	case n < 0:
		return fail("is negative, so every token would have expired when it is issued")
	case n > math.MaxInt64/int64(time.Minute):
		return fail("is larger than any lifetime")
	}
	return time.Duration(n) * time.Minute, true
}

func isNumber(text string) bool {
	text = strings.TrimPrefix(text, "-")
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// algorithm reads ALGORITHM, and returns the empty string when it is wrong.
func (r *reader) algorithm() auth.Algorithm {
	s := r.get("ALGORITHM")
	if !s.set {
		return auth.HS256
	}
	alg, err := auth.ParseAlgorithm(strings.TrimSpace(s.value))
	if err != nil {
		r.problem(s, "ALGORITHM names no algorithm that can be used here",
			"write HS256, HS384 or HS512, or one that fits KEY_FILE, such as RS256, ES256 or EdDSA")
		return ""
	}
	r.settings.algorithmGiven = true
	return alg
}
