package explain

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"tokendesk/auth"
	"tokendesk/auth/find"
)

// Part is a part of a token as a face shows it: members, or a text.
type Part struct {
	// Title is one short word.
	Title string
	// Of names the text or one of the members: "Kind", "Header", "Claim".
	Of string
	// Members are the members in their order. There are none of an empty object.
	Members []Member
	// Text is what the part says instead of members, or empty.
	Text string
}

// Parts returns what a token is and what is in it: its header and claims, what came with it
// outside the signature, the text of what could not be read, and the parts of the token
// inside it.
func (r *Report) Parts() []Part {
	var parts []Part
	text := func(title, of, text string) {
		if text != "" {
			parts = append(parts, Part{Title: title, Of: of, Text: text})
		}
	}
	members := func(title, of string, all []Member) {
		if all != nil {
			parts = append(parts, Part{Title: title, Of: of, Members: all})
		}
	}
	text("kind", "Kind", r.Kind)
	members("header", "Header", r.Header)
	text("header", "Header", excerpt(r.Token.HeaderText()))
	members("unsigned", "Unsigned header", r.Unprotected)
	members("claims", "Claim", r.Claims)
	if isToken(r.known.Form) {
		text("payload", "Payload", excerpt(r.Token.PayloadText()))
	}
	members("disclosed", "Disclosure", r.Disclosures)
	if r.Inner != nil {
		text("inside", "Inside", "another token, which has these:")
		parts = append(parts, r.Inner.Parts()...)
	}
	return parts
}

// isToken reports whether a text of that form is a token, good or not.
func isToken(f find.Form) bool {
	switch f {
	case "", find.FormJWS, find.FormJSON, find.FormDetached, find.FormJWE, find.FormSDJWT:
		return true
	default:
		return false
	}
}

// maxExcerpt is how many bytes of a payload that cannot be read are shown.
const maxExcerpt = 2000

// excerpt returns the bytes of a part that could not be read, for people. What is no UTF-8
// is written as \x and two digits.
func excerpt(data []byte) string {
	rest := ""
	if len(data) > maxExcerpt {
		rest = fmt.Sprintf(" … (%d bytes in all)", len(data))
		data = data[:maxExcerpt]
	}
	var out strings.Builder
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&out, `\x%02x`, data[0])
		} else {
			out.Write(data[:size])
		}
		data = data[size:]
	}
	return out.String() + rest
}

// kind says what a token is, if it is more than a signed token: its form and its type.
func kind(known Known) string {
	t := known.Result.Token
	var parts []string
	switch known.Form {
	case find.FormSDJWT:
		parts = append(parts, "SD-JWT (RFC 9901)")
	case find.FormJSON:
		parts = append(parts, "JWS in JSON (RFC 7515 section 7.2)")
	case find.FormDetached:
		parts = append(parts, "detached JWS (RFC 7515 appendix F)")
	case find.FormJWE:
		parts = append(parts, "encrypted token, JWE (RFC 7516)")
	default:
	}
	if t.Nested != "" && known.Form != find.FormJWE {
		parts = append(parts, "nested token (RFC 7519 section 5.2)")
	}
	if t.Type() != auth.TypeOther {
		parts = append(parts, t.Type().String()+" ("+t.Type().Source()+")")
	}
	return strings.Join(parts, ", ")
}

// disclosed explains the disclosures of a token like claims.
func disclosed(t *auth.Token) []Member {
	if len(t.Disclosures) == 0 {
		return nil
	}
	all := make([]Member, 0, len(t.Disclosures))
	for _, d := range t.Disclosures {
		m := claim(auth.Member{Name: d.Name, Value: d.Value})
		m.Name, m.Raw, m.Text = d.Name, d.Value, readable(d.Value)
		if d.Name == "" {
			m.Name, m.About = "(element)", "element of an array"
		}
		all = append(all, m)
	}
	return all
}

// namesOf joins the names of members.
func namesOf(members []Member) string {
	all := make([]string, len(members))
	for n := range members {
		all[n] = members[n].Name
	}
	return strings.Join(all, ", ")
}

// inside returns the report on the token inside a token, or nil.
func inside(known Known, at Clock) *Report {
	result := known.Result.Inner
	if result == nil {
		return nil
	}
	return Token(Known{Result: *result, Form: formOf(result.Token), Origin: known.Origin, Leeway: known.Leeway, Moved: known.Moved}, at.Now)
}

// formOf returns the form of a token in the compact serialization.
func formOf(t *auth.Token) find.Form {
	switch {
	case t.IsEncrypted():
		return find.FormJWE
	case t.IsDetached():
		return find.FormDetached
	default:
		return find.FormJWS
	}
}
