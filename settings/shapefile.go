package settings

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
)

// The members of a shape.
const (
	descriptionMember   = "description"
	vendorMember        = "vendor"
	documentationMember = "documentation"
	issuerMember        = "issuer"
	audienceMember      = "audience"
	algorithmsMember    = "algorithms"
	headerMember        = "header"
	notesMember         = "notes"
)

const writeShape = "write description, vendor, documentation, issuer, audience, subject, algorithms, lifetime, header, claims or notes"

// ParseShape reads the description of a shape: a YAML mapping. The error is [Problems], each
// with its line and column.
func ParseShape(file, name string, data []byte) (*Shape, error) {
	if problem := checkBytes(file, data); problem != nil {
		return nil, Problems{problem}
	}
	r := shapeReader{yamlReader: newYAMLReader(file, data), shape: &Shape{Name: name, Text: data}, at: map[string]*token.Token{}}
	if body := r.parse(string(data)); body != nil && len(r.problems) == 0 {
		for _, e := range r.entries(nil, body, "the file does not describe a shape", writeShape) {
			r.member(e)
		}
	}
	if len(r.problems) == 0 {
		r.check()
	}
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, func(a, b *Problem) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
		return nil, r.problems
	}
	return r.shape, nil
}

// shapeReader turns the text of a file into a shape.
type shapeReader struct {
	yamlReader

	shape *Shape
	at    map[string]*token.Token // where the members are
}

// member reads a member of the shape.
func (r *shapeReader) member(e entry) {
	s := r.shape
	r.at[e.name] = cmp.Or(firstToken(e.value), e.at)
	switch e.name {
	case descriptionMember:
		s.Description = r.text(e)
	case vendorMember:
		s.Vendor = r.text(e)
	case documentationMember:
		s.Documentation = r.text(e)
	case lifetimeMember:
		lifetime, err := input.ParseLifetime(r.text(e), time.Unix(0, 0).UTC())
		if err != nil {
			r.problem(r.at[e.name], "the lifetime cannot be used: "+err.Error(), cmp.Or(advice.Of(err), "write a lifetime such as 5m or 1h"))
		}
		s.Lifetime = lifetime
	case issuerMember:
		s.Issuer, s.issuer = r.looks(e)
	case subjectMember:
		s.Subject, s.subject = r.looks(e)
	case audienceMember:
		s.Audience, _ = r.looks(e)
	case algorithmsMember:
		for _, text := range r.texts(e) {
			alg, err := auth.ParseAlgorithm(text)
			if err != nil {
				r.problem(r.at[e.name], "an algorithm is not supported", "use "+strings.Join(auth.AlgorithmNames(), ", "))
				return
			}
			s.Algorithms = append(s.Algorithms, alg)
		}
	case notesMember:
		s.Notes = r.texts(e)
	case headerMember:
		s.header, s.Header = r.members(e)
	case claimsMember:
		s.claims, s.Claims = r.members(e)
	default:
		r.problem(e.at, "a shape has no member "+quoteName(e.name), writeShape)
	}
}

// text reads a text of one line.
func (r *shapeReader) text(e entry) string {
	value := scalar(e.value)
	if value == "" || strings.Contains(value, "\n") {
		r.problem(r.at[e.name], e.name+" is not one line of text", "write one line, or remove it")
	}
	return value
}

// texts reads a list of texts.
func (r *shapeReader) texts(e entry) (all []string) {
	list, _ := e.value.(*ast.SequenceNode)
	if list == nil {
		r.problem(r.at[e.name], e.name+" is not a list", "write [a, b], or one item per line, each after a dash")
		return nil
	}
	for _, item := range list.Values {
		value := scalar(item)
		if value == "" {
			r.problem(cmp.Or(firstToken(item), r.at[e.name]), "an item of "+e.name+" is not text", "put it in quotes")
		}
		all = append(all, value)
	}
	return all
}

// looks reads what a claim looks like.
func (r *shapeReader) looks(e entry) (l Looks, f form) {
	const write = "write form, example or default, and about below it"
	for _, inner := range r.entries(e.at, e.value, e.name+" has no members", write) {
		r.at[inner.name] = cmp.Or(firstToken(inner.value), inner.at)
		switch inner.name {
		case "form":
			l.Form = r.text(inner)
			var err error
			if f, err = parseForm(l.Form); err != nil && l.Form != "" {
				r.problem(r.at[inner.name], err.Error(), advice.Of(err))
			}
		case "example", "default":
			if l.Example != "" {
				r.problem(inner.at, e.name+" has both an example and a default", "keep one of the two")
			}
			l.Example, l.Usual = r.text(inner), inner.name == "default"
		case "about":
			l.About = r.text(inner)
		default:
			r.problem(inner.at, e.name+" has no member "+quoteName(inner.name), write)
		}
	}
	if _, fits := f.match(l.Example); f != nil && !fits {
		r.problem(r.at[e.name], "the example of "+e.name+" does not have the form", "give an example that does")
	}
	return l, f
}

// members reads the header or the claims. They are also returned as they are written.
func (r *shapeReader) members(e entry) (all []claim, written auth.Object) {
	for _, m := range r.entries(e.at, e.value, e.name+" has no members", "write one name and value per line below it") {
		before := len(r.problems)
		v := claimReader{yamlReader: &r.yamlReader, parse: func(s string) (text, error) { return splitText(s, parseShapePlaceholder) }}
		v.value(m.at, m.value, 0)
		if m.name == "aud" && string(v.written) == `["{{audience}}"]` {
			r.shape.audienceIsAnArray, v.filled = true, jsonText{{text: text{{word: shapeWord, name: audienceName, text: "{{audience}}"}}}}
		}
		if len(r.problems) == before {
			r.at[e.name+" "+m.name] = cmp.Or(firstToken(m.value), m.at)
			all, written = append(all, claim{name: m.name, value: v.filled}), append(written, auth.Member{Name: m.name, Value: v.written})
		}
	}
	return all, written
}

// check checks how the members fit together.
func (r *shapeReader) check() {
	s := r.shape
	if len(s.claims) == 0 {
		r.problem(nil, "the shape has no claims", "list them below claims, in their order")
		return
	}
	if s.header == nil {
		s.header, s.Header = usualHeader()
	}
	if i := slices.IndexFunc(s.header, func(c claim) bool { return c.name == algName }); i < 0 || !s.header[i].value.isOnly(algName) {
		r.problem(r.at[headerMember], "the header has no alg, or one that may differ from the key's", `write alg: "{{alg}}"`)
	}
	for _, m := range s.header {
		r.checkPlaceholders(headerMember, m.name, m.value, func(p part) bool { return p.name == algName || p.name == kidName })
	}
	known := func(p part) bool {
		name, inIssuer := strings.CutPrefix(p.name, issuerPart)
		if inIssuer {
			return s.issuer.has(name)
		}
		name, inSubject := strings.CutPrefix(p.name, subjectPart)
		return !inSubject || s.subject.has(name)
	}
	for _, m := range s.claims {
		r.checkPlaceholders(claimsMember, m.name, m.value, known)
	}
	var err error
	if s.audience, err = splitText(s.Audience.Example, parseShapePlaceholder); err != nil {
		r.problem(r.at[audienceMember], err.Error(), advice.Of(err))
	}
	if len(r.problems) == 0 {
		r.checkSample()
	}
}

// checkPlaceholders refuses the placeholders of a member that are not known.
func (r *shapeReader) checkPlaceholders(place, name string, value jsonText, known func(part) bool) {
	for _, p := range value {
		for _, p := range p.text {
			if p.word != plainText && !known(p) {
				r.problem(r.at[place+" "+name], "there is no "+p.text+" here", "name it in the form of issuer or subject, or write another placeholder")
			}
		}
	}
}

// checkSample checks the claims of an example.
func (r *shapeReader) checkSample() {
	claims, err := r.shape.ClaimsOf(ShapeFor{
		Fresh: example(), Subject: "ada@example.com", Issuer: "https://example.com", Audience: []string{"api"},
		Lifetime: time.Hour, Algorithm: auth.HS256, KeyID: "key",
	})
	if err != nil {
		r.problem(nil, err.Error(), "")
		return
	}
	for _, m := range claims {
		if err := auth.CheckIssued(m); err != nil {
			r.problem(r.at[claimsMember+" "+m.Name], "the claim "+quoteName(m.Name)+" cannot be used: "+err.Error(),
				cmp.Or(advice.Of(err), "change it, or leave it out"))
		}
	}
}

// usualHeader returns the header of a shape that has none of its own.
func usualHeader() (members []claim, written auth.Object) {
	named := func(name string) jsonText {
		return jsonText{{text: text{{word: shapeWord, name: name, text: "{{" + name + "}}"}}}}
	}
	written = auth.Object{jsontext.Text(algName, "{{alg}}"), jsontext.Text("typ", "JWT"), jsontext.Text(kidName, "{{kid}}")}
	return []claim{
		{name: algName, value: named(algName)}, {name: "typ", value: constant(written[1].Value)}, {name: kidName, value: named(kidName)},
	}, written
}
