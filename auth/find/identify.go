package find

import (
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/auth/kind"
)

// Forms of what is no token.
const (
	FormAbbreviated Form = "abbreviated"
	FormPaseto      Form = "paseto"
	FormOpaque      Form = "opaque"
	FormNothing     Form = "nothing" // the word that a program writes when it has no token
	FormVariable    Form = "variable"
	FormKey         Form = "key"
	FormOther       Form = "other"
)

// other is something that stands where a token should be.
type other struct {
	form           Form
	reason, advice string
	source         string
}

// identify says what a text is that is no token, and whether it knows. It does not for a
// text that is only broken.
func identify(text string) (other, bool) {
	for _, ask := range [...]func(string) (other, bool){
		ofAbbreviated, ofNothing, ofVariable, ofPaseto, ofCredentials, ofCookie, ofOpaque, ofKind, ofShape, ofJSON, ofDocument,
	} {
		if o, ok := ask(text); ok {
			return o, true
		}
	}
	return other{}, false
}

// refused returns the error that says so, with the part of the token that can be read.
func (o other) refused(text string) *auth.DecodeError {
	token := &auth.Token{Compact: text}
	if o.form == FormAbbreviated {
		_, err := auth.Decode(text)
		token = partOf(err)
		token.Compact = text
	}
	return &auth.DecodeError{
		Stage: auth.StageForm, Verdict: auth.VerdictMalformed, Reason: o.reason, Advice: o.advice, Source: o.source, Token: token,
	}
}

// ellipses are how programs and people shorten a token.
var ellipses = [...]string{
	"…", "...", "⋯", "•••", "***", "xxxxx", "<snip>", "[snip]", "<truncated>", "[truncated]", "<redacted>", "[redacted]", "[REDACTED]",
}

// isAbbreviated reports whether a part was left out of a token. The dots of a sentence
// after a whole token are no such part.
func isAbbreviated(text string) bool {
	if !auth.StartsToken(text) && !strings.HasPrefix(text, "ey") {
		return false
	}
	for _, mark := range ellipses {
		before, after, ok := strings.Cut(text, mark)
		if !ok {
			continue
		}
		if mark == "xxxxx" && (strings.Contains(after, ".") || !strings.HasSuffix(before, ".")) && strings.Trim(after, "x") != "" {
			continue // it may be base64url
		}
		if mark == "..." && strings.Trim(after, ".") == "" && isWhole(before) {
			continue
		}
		return true
	}
	return strings.Count(text, "..") > 1 && strings.Count(text, ".") == 4 && !isEncrypted(text)
}

// isJWE reports whether five segments are those of a JWE, and not several of signed tokens.
func isJWE(text string) bool {
	_, err := auth.Decode(text)
	return partOf(err).IsEncrypted()
}

// isEncrypted reports whether the header of a text is that of a JWE.
func isEncrypted(text string) bool {
	_, err := auth.Decode(text)
	_, ok := partOf(err).Header.Get("enc")
	return ok
}

func ofAbbreviated(text string) (other, bool) {
	return other{
		form: FormAbbreviated, reason: "this token was shortened on the way: a part of it was left out", advice: "copy the whole token",
		source: "RFC 7515 section 3.1",
	}, isAbbreviated(text)
}

// ofNothing recognises what a program writes that had no token.
func ofNothing(text string) (other, bool) {
	word := strings.Trim(text, "\"'` ")
	switch strings.ToLower(word) {
	case "undefined", "null", "none", "nil", "(null)", "<nil>", "<null>", "nan", "false", "true", "[object object]", "[object promise]",
		"[object undefined]", "[object null]", "[object response]", "promise { <pending> }", "{}", "[]", "(nil)", "no token", "<no value>":
		return other{
			form: FormNothing, reason: "there is the word " + word + " where a token should be: the program that wrote it had none",
			advice: "look where that program gets its token from",
		}, true
	case "bearer", "authorization", "authorization:", "jwt", "dpop", "token":
		return other{
			form: FormNothing, reason: "there is only the word " + word + ", and no token after it",
			advice: "check the program that adds the token",
		}, true
	case "":
		if text != "" {
			return other{
				form: FormNothing, reason: "there is nothing between the quotes", advice: "check the program that puts the token there",
			}, true
		}
	}
	return other{}, false
}

// ofVariable recognises what a shell or a template should have replaced by a token.
func ofVariable(text string) (other, bool) {
	o := other{
		form: FormVariable, reason: "this is a variable that was never replaced by its value",
		advice: "check the quotes around it (single quotes keep it as it is) and its name",
	}
	for _, marks := range [...][2]string{
		{"${", "}"}, {"$(", ")"}, {"{{", "}}"}, {"%", "%"}, {"<%", "%>"}, {"#{", "}"}, {"@{", "}"}, {"$env:", ""}, {"$", ""},
	} {
		inside, starts := strings.CutPrefix(text, marks[0])
		inside, ends := strings.CutSuffix(inside, marks[1])
		hasSpace := strings.ContainsAny(inside, " \n\t") && marks[1] == ""
		if starts && ends && isName(inside) && !hasSpace {
			return o, true
		}
	}
	if kind.Of([]byte(text)).Kind == kind.Variable { // such as process.env.TOKEN
		return o, true
	}
	lower := strings.ToLower(text)
	placeholder := strings.Contains(lower, "your") || strings.HasPrefix(text, "<")
	if placeholder && len(text) < 64 && (strings.Contains(lower, "token") || strings.Contains(lower, "jwt")) && !strings.Contains(text, ".") {
		o.reason, o.advice = "this is a placeholder for a token", "put a token in its place"
		return o, true
	}
	return o, false
}

// isName reports whether a text can be the name of a variable, or an expression.
func isName(text string) bool {
	return text != "" && len(text) < 200 && strings.Trim(text, "0123456789.-_") != "" && strings.IndexFunc(text, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune("0123456789_.-:[]\"' /|$", r)
	}) < 0
}

// ofPaseto recognises a PASETO.
func ofPaseto(text string) (other, bool) {
	version, rest, _ := strings.Cut(text, ".")
	purpose, body, _ := strings.Cut(rest, ".")
	isVersion := len(version) == 2 && version[0] == 'v' && version[1] >= '1' && version[1] <= '9'
	return other{
		form: FormPaseto, reason: "this is a PASETO (" + version + "." + purpose + "), not a JWT", advice: "read it with a PASETO library",
	}, isVersion && (purpose == "local" || purpose == "public") && body != ""
}

// ofKind recognises keys, certificates, settings, references and the like.
func ofKind(text string) (other, bool) {
	o := other{form: FormOther, advice: "pass the token itself"}
	found := kind.Of([]byte(text))
	switch found.Kind {
	case kind.Plain, kind.Empty, kind.Token, kind.EncryptedToken, kind.Paseto, kind.Variable, kind.JSON, kind.Markup, kind.Binary:
		return o, false
	default:
	}
	if found.HasKey() {
		o.form, o.advice = FormKey, "pass the token itself, and this as its key"
	}
	o.reason = "this is " + found.String() + ", not a token"
	return o, true
}

// ofJSON recognises JSON that has no token where one would be.
func ofJSON(text string) (other, bool) {
	if text == "" || text[0] != '{' && text[0] != '[' {
		return other{}, false
	}
	object, err := jsontext.ParseObject([]byte(text))
	if err != nil {
		return other{}, false
	}
	if name, ok := object.String("error"); ok {
		return other{
			form: FormOther, reason: "this is an OAuth error (" + printable(name) + ") instead of a token",
			advice: "see its error_description", source: "RFC 6749 section 5.2",
		}, true
	}
	for _, name := range [...]string{"access_token", "accessToken", "id_token", "token", "jwt", "refresh_token"} {
		value, ok := object.String(name)
		if !ok {
			continue
		}
		inside := unwrap(value)
		if o, ok := identify(inside.Compact); ok {
			o.reason = "in " + name + ": " + o.reason
			return o, true
		}
		return other{
			form: FormOpaque, reason: "the value of " + name + " is not a JWT: it is opaque, and only the server that issued it can read it",
			advice: "ask that server about it (token introspection)", source: "RFC 7662 section 2",
		}, true
	}
	_, hasAlg := object.Get("alg")
	_, isKey := object.Get("kty")
	isClaims := hasAny(object, "sub", "iss", "exp", "iat", "aud")
	switch {
	case isKey:
		return other{}, false
	case hasAlg || isClaims:
		return other{
			form: FormOther, reason: "this is the decoded header or payload of a token, without its signature",
			advice: "copy the token itself, or issue one with these claims",
		}, true
	}
	return other{}, false
}

func hasAny(o auth.Object, names ...string) bool {
	for _, name := range names {
		if _, ok := o.Get(name); ok {
			return true
		}
	}
	return false
}

// printable returns a short text of a stranger for a sentence.
func printable(text string) string { return jsontext.Excerpt(jsontext.Quote(text)) }

// ofDocument recognises a page or a document.
func ofDocument(text string) (other, bool) {
	start := strings.ToLower(strings.TrimSpace(text[:min(len(text), 64)]))
	switch {
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"):
		return other{
			form: FormOther, reason: "this is a web page, not a token: the request was probably sent to a login page",
			advice: "check the URL of the token endpoint, and follow no redirects",
		}, true
	case strings.HasPrefix(start, "<saml"), strings.HasPrefix(start, "<?xml"),
		strings.HasPrefix(text, "PHNhbWx"), strings.HasPrefix(text, "PD94bWwg"): // the same in base64
		return other{form: FormOther, reason: "this is XML, such as a SAML assertion, not a JWT", advice: "read it with a SAML tool"}, true
	}
	return other{}, false
}
