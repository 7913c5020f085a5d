package inspect

import (
	"net/url"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// understood says by examples what can be pasted.
func understood(t *widget.Theme, width int) []string {
	lines := []string{t.Faint.Render("for example")}
	for _, each := range []string{
		"eyJhbGciOiJFUzI1NiJ9.eyJzdWIi…",
		"Authorization: Bearer eyJhbGci…",
		"curl -H 'Authorization: …' URL",
		`{"access_token": "eyJhbGciOi…"}`,
		"Cookie: access_token=eyJhbGci…",
		"https://…#id_token=eyJhbGciOi…",
	} {
		lines = append(lines, t.Faint.Render("  ")+t.Plain.Render(widget.Clip(each, max(1, width-2))))
	}
	lines = append(lines, "")
	const found = "Folded over several lines, in quotes or in JSON: it is found. Nothing leaves this machine."
	return append(lines, t.Sentence(widget.Note{Text: found}, width, 0)...)
}

// viewExample draws what a token looks like here, while none was read.
func viewExample(c *frame.Ctx, r frame.Room) []string {
	t := c.Env.Theme
	in := r.Inner(r.Second)
	row := func(name, value, note string) string {
		return widget.Spread(t.Name.Render(widget.Fit(name, 11))+t.Str.Render(value), t.Faint.Render(note), in.W)
	}
	f := t.Faded()
	lines := []string{
		widget.Bar(0.8, in.W, t.Good, t.Border),
		"",
		t.Good.Render("✓ ") + t.Plain.Render("valid: which key signed it, or every check that failed"),
		"  " + t.HelpKey.Render("a") + t.Faint.Render("  another key: paste it, choose a file, or fetch those of the issuer"),
		"  " + t.HelpKey.Render("i") + t.Faint.Render("  check iss and aud as the settings have them"),
		"  " + t.HelpKey.Render("=") + t.Faint.Render("  compare it with another token, claim by claim"),
		"",
		row("sub", "ada@example.com", "who it is about"),
		row("iss", "https://auth.example.com", "who issued it"),
		row("aud", "jobs-api", "who it is for"),
		row("exp", "14:35:12 UTC · in 24m", "the number beside the date"),
		t.Name.Render(widget.Fit("▸ roles", 11)) + t.Plain.Render("2 values") + t.Faint.Render("   enter unfolds them"),
		"",
		t.Faint.Render("findings   anything odd or dangerous about it, with the RFC section"),
		t.Faint.Render("token      ") + f.Header.Render("eyJhbGciOiJFUzI1NiJ9") + t.Faint.Render(".eyJzdWIi…"),
	}
	return r.Pane(t, r.Second, t.Faint.Render("What you will see here"), "", lines, false)
}

// viewExampleJSON draws the JSON beside the example.
func viewExampleJSON(c *frame.Ctx, r frame.Room) []string {
	t := c.Env.Theme
	lines := []string{t.Plain.Render("{")} //nolint:prealloc // it is an example
	for _, m := range [][2]string{
		{"sub", `"ada@example.com"`},
		{"iss", `"https://auth.example.com"`},
		{"aud", `"jobs-api"`},
		{"exp", "1795444512"},
		{"roles", `["read","write"]`},
	} {
		style := t.Str
		if m[0] == "exp" {
			style = t.Number
		}
		comma := ","
		if m[0] == "roles" {
			comma = ""
		}
		lines = append(lines, "  "+t.Name.Render(`"`+m[0]+`"`)+t.Plain.Render(": ")+style.Render(m[1])+t.Plain.Render(comma))
	}
	lines = append(lines, t.Plain.Render("}"), "", t.Faint.Render("and what is copied as curl, a header or code"))
	return r.Pane(t, r.Third, t.Faint.Render("Its JSON"), "", lines, false)
}

// host returns the host of a URL, or another text as it is.
func host(text string) string {
	if u, err := url.Parse(text); err == nil && u.Host != "" {
		return u.Host + u.Path
	}
	return text
}
