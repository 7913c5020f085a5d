package settings

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
	"tokendesk/internal/copyas"
	"tokendesk/settings/project"
)

// text reads a setting that is shown to the user or signed.
func (r *reader) text(name string) string {
	s := r.get(name)
	switch {
	case !utf8.ValidString(s.value):
		r.problem(s, name+" is not valid UTF-8", "retype it")
		return ""
	case strings.ContainsFunc(s.value, unicode.IsControl):
		r.problem(s, name+" contains a control character", "retype it")
		return ""
	}
	return s.value
}

// list reads names separated by commas, or a JSON array of them.
func (r *reader) list(name string) []string {
	text := r.text(name)
	if items, ok := jsontext.Strings([]byte(strings.TrimSpace(text))); ok {
		return items
	}
	var items []string
	for item := range strings.SplitSeq(text, ",") {
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
		r.problem(s, name+" cannot be used: "+err.Error(), advice.Of(err))
		return ""
	}
	return s.value
}

// cookie reads the cookie in which an API takes a token.
func (r *reader) cookie(name string) copyas.Cookie {
	s := r.get(name)
	if !s.set {
		return copyas.Cookie{}
	}
	cookie, err := copyas.ParseCookie(s.value)
	if err != nil {
		r.problem(s, name+" cannot be used: "+err.Error(), advice.Of(err))
	}
	return cookie
}

// toggle reads a setting that is on or off. It accepts every usual word for that;
// its advice names two.
func (r *reader) toggle(name, on, off string, otherwise bool) bool {
	return r.toggleIn(r.get(name), on, off, otherwise)
}

// toggleIn is toggle for a setting that has been looked up.
func (r *reader) toggleIn(s setting, on, off string, otherwise bool) bool {
	switch strings.ToLower(strings.TrimSpace(s.value)) {
	case "":
		return otherwise
	case "true", "on", "yes", "1":
		return true
	case "false", "off", "no", "0":
		return false
	}
	r.problem(s, s.name+" is neither "+on+" nor "+off, "use "+on+" or "+off)
	return otherwise
}

// protectedName is the setting that makes the program ask before it signs.
const protectedName = "PROTECTED"

// protected reads PROTECTED. Unlike any other setting it is true when either the
// file or the environment says so: a variable left behind in a shell must not undo
// the protection of a file.
func (r *reader) protected() bool {
	given := r.inFile(protectedName)
	protected := r.toggleIn(given, "true", "false", false)
	for _, st := range r.statements {
		if st.name == protectedName && st.line < given.line { // the second could undo the first
			r.problem(given, "PROTECTED is set a second time", "keep one of the two lines")
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
	found := &s.Recognised.Lifetime
	switch {
	case given:
		s.Lifetime = lifetime
	case found.Name != "":
		s.Lifetime = found.Duration
	}
	limit, limited := r.minutes("MAX_TOKEN_MINUTES")
	if !limited {
		return
	}
	s.MaxLifetime = limit
	if s.Lifetime <= limit {
		return
	}
	if found.Name != "" {
		s.Recognised.Unused = append(s.Recognised.Unused, project.Note{
			Name: found.Name, Line: found.Line, Text: found.Name + " is above MAX_TOKEN_MINUTES, so it is not used", Lifetime: true,
		})
		*found = project.Lifetime{}
	}
	if given {
		r.problem(r.get("ACCESS_TOKEN_EXPIRE_MINUTES"), "ACCESS_TOKEN_EXPIRE_MINUTES is above MAX_TOKEN_MINUTES",
			"lower the first or raise the second")
		return
	}
	s.Lifetime = limit // only the default was too long
}

// minutes reads a number of minutes, and reports whether it is set.
func (r *reader) minutes(name string) (time.Duration, bool) {
	s := r.get(name)
	text := strings.TrimSpace(s.value)
	if text == "" {
		return 0, false
	}
	fail := func(reason string) (time.Duration, bool) {
		r.problem(s, name+" "+reason, "use whole minutes, such as 30")
		return 0, false
	}
	whole, fraction, isFraction := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	switch {
	case err != nil && isNumber(whole) && n > 0:
		return fail("is too large")
	case err != nil && !isNumber(whole):
		return fail("is not a number")
	case isFraction && isNumber(fraction):
		return fail("is not a whole number")
	case isFraction:
		return fail("is not a number")
	case n == 0:
		return fail("is zero, so tokens would expire the moment they are issued")
	case n < 0:
		return fail("is negative, so tokens would expire before they are issued")
	case n > math.MaxInt64/int64(time.Minute):
		return fail("is too large")
	}
	return time.Duration(n) * time.Minute, true
}

func isNumber(text string) bool {
	text = strings.TrimPrefix(text, "-")
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// algorithm reads ALGORITHM. It returns the empty string after it has reported a
// problem.
func (k signing) algorithm() auth.Algorithm {
	r := k.r
	s := r.get("ALGORITHM")
	if (names{r}).foreign(s) {
		r.warn(s, false, "ALGORITHM is not a supported algorithm, so it is not used", "set JWT_ALGORITHM if the API does not sign with HS256")
		s.set = false
	}
	switch found := r.settings.Recognised.Algorithm; {
	case !s.set && found.Name != "":
		r.settings.algorithmGiven = true
		return auth.Algorithm(found.Value)
	case !s.set:
		return auth.HS256
	}
	alg, err := auth.ParseAlgorithm(strings.TrimSpace(s.value))
	if err != nil {
		r.problem(s, "ALGORITHM is not a supported algorithm",
			"use "+auth.KeyTypeSecret.Algorithms()+", or one that matches KEY_FILE, such as RS256, ES256 or EdDSA")
		return ""
	}
	r.settings.algorithmGiven = true
	return alg
}
