package ui

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// realmHeader and realmClaims are those of an access token of Keycloak.
const realmHeader = `{"alg":"RS256","typ" : "JWT","kid" : "FJ86GcF3jTbNLOco4NvZkUCIUmfYCqoqtOQeMfbhNlE"}`

func realmClaims() string {
	return fmt.Sprintf(`{"exp":%d,"iat":%d,"auth_time":%d,"jti":"onrtac:8f2a9b1c-5a51-4c1e-9d43-0b6e77c0c3a1",`+
		`"iss":"https://kc.example/realms/shop","aud":["account","jobs-api"],"sub":"f:550e8400:realm-user-17","typ":"Bearer",`+
		`"azp":"shop-web","sid":"52f1a0c7-93cb-4d5f-8b3e-6f1f4f3d0a3b","acr":"1","allowed-origins":["https://shop.example"],`+
		`"realm_access":{"roles":["offline_access","admin"]},`+
		`"resource_access":{"account":{"roles":["manage-account","view-profile"]}},"scope":"openid profile email",`+
		`"email_verified":true,"name":"Ada Lovelace","preferred_username":"ada","given_name":"Ada","family_name":"Lovelace",`+
		`"email":"ada@example.com"}`, moment.Unix()+252, moment.Unix()-48, moment.Unix()-48)
}

// realmToken is signed with a key that the console does not have.
func realmToken(t testing.TB) string {
	t.Helper()
	return handmade(t, realmHeader, realmClaims())
}

func realmNames(t testing.TB) []string {
	t.Helper()
	object, err := jsontext.ParseObject([]byte(realmClaims()))
	if err != nil {
		t.Fatal(err)
	}
	names := make([]string, len(object))
	for i, m := range object {
		names[i] = m.Name
	}
	return names
}

// claimsSeen counts the claims of a token whose rows are on the screen.
func (d *desktop) claimsSeen(names []string) int {
	seen := 0
	for line := range strings.SplitSeq(d.screenText(), "\n") {
		words := strings.Fields(strings.NewReplacer("│", " ", "▌", " ", "▸", " ", "▾", " ").Replace(line))
		if len(words) > 1 && slices.Contains(names, words[0]) {
			seen++
		}
	}
	return seen
}

// TestClaimsFirst: the verdict and at least ten claims of a token of Keycloak are seen at
// once, and all of them on a larger terminal.
func TestClaimsFirst(t *testing.T) {
	t.Parallel()
	names := realmNames(t)
	for _, test := range []struct{ width, height, claims int }{{80, 24, 10}, {120, 40, len(names)}, {200, 60, len(names)}} {
		d := newDesktop(t)
		d.resize(test.width, test.height)
		d.read(realmToken(t))
		d.shows("✗ wrong key", "4m 12s left")
		if seen := d.claimsSeen(names); seen < test.claims {
			t.Errorf("at %d by %d it shows %d claims:\n%s", test.width, test.height, seen, d.screenText())
		}
	}
}

// TestUnfoldAtTheEnd: what the last visible row unfolds is scrolled to, and the row stays.
func TestUnfoldAtTheEnd(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(80, 24)
	claims := []string{`"sub":"ada"`}
	for i := range 30 {
		claims = append(claims, fmt.Sprintf(`"m%d":{"one":1,"two":%d,"three":{"four":[4]}}`, i, i))
	}
	d.read(handmade(t, plainHeader, "{"+strings.Join(claims, ",")+"}"))
	rows := regexp.MustCompile(`▸ (m\d+)`).FindAllStringSubmatch(d.screenText(), -1)
	last := rows[len(rows)-1][1]
	d.goTo(last)
	d.press("f")
	d.shows("▌ ▾ "+last, "one 1", "two "+last[1:], "▾ four", "0  4")
	d.press("f")
	d.shows("▌ ▸ " + last)
}

// TestFold folds and unfolds claims, and the header.
func TestFold(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(realmToken(t))
	d.goTo("realm_access")
	d.hides("0 offline_access")
	d.press("f")
	d.shows("▾ realm_access", "▾ roles", "0  offline_access", "1  admin")
	d.press("down", "down")
	d.shows("▌ 0  offline_access")
	d.press("left")
	d.shows("▌ ▾ roles")
	d.press("left")
	d.shows(`▌ roles  ["offline_access","admin"]`)
	d.press("right")
	d.shows("0  offline_access")
	d.press("up", "enter")
	d.shows("▌ ▸ realm_access  2 roles: offline_access, admin")
	d.shows("▸ resource_access  1 client: account")
	d.goTo("header")
	d.press("f", "down", "down")
	d.shows("▾ header", "alg RS256", "RSA PKCS #1 v1.5 with SHA-256")
}

// goTo moves the cursor to the row that begins with that.
func (d *desktop) goTo(name string) {
	d.t.Helper()
	d.press("home")
	for range 200 {
		for line := range strings.SplitSeq(d.screenText(), "\n") {
			if _, row, found := strings.Cut(line, "▌"); found && strings.HasPrefix(strings.TrimLeft(row, " ▸▾✗"), name+" ") {
				return
			}
		}
		d.press("down")
	}
	d.t.Fatalf("there is no row %q:\n%s", name, d.screenText())
}

// TestCopyValue: a text without its quotes, anything else as the JSON that it is, and the
// claims as they are in the token.
func TestCopyValue(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	claims := `{ "sub":"a\"da", "n": 1.50, "o": {"b": [1, 2]}, "t": true }`
	d.read(handmade(t, plainHeader, claims))
	for _, test := range []struct{ row, value string }{
		{"sub", `a"da`}, {"n", "1.50"}, {"o", `{"b": [1, 2]}`}, {"t", "true"}, {"header", plainHeader},
	} {
		d.goTo(test.row)
		d.press("v")
		equal(t, "the value of "+test.row, d.clip[len(d.clip)-1], test.value)
	}
	d.shows("✓ the header was sent to the clipboard")
	d.press("p")
	equal(t, "the claims", d.clip[len(d.clip)-1], claims)
	d.shows("✓ the claims as JSON was sent to the clipboard")
	d.press("end", "v")
	equal(t, "the token", d.clip[len(d.clip)-1], handmade(t, plainHeader, claims))
}

// TestSearchClaims goes through the claims with a text in their name or value.
func TestSearchClaims(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(80, 24)
	d.read(realmToken(t))
	d.press("/")
	equal(t, "typing", d.typing(), true)
	d.typed("ADMIN")
	d.shows("1 of 1", "▌ 1  admin") // in what was folded
	d.press("backspace", "backspace", "backspace", "backspace", "backspace")
	d.typed("ada")
	d.shows("1 of 4", "▌ name  Ada Lovelace")
	d.press("enter")
	d.shows("2 of 4", "▌ preferred_username  ada")
	d.press("up", "up")
	d.shows("4 of 4", "▌ email  ada@example.com")
	d.paste("zzz")
	d.shows("▲ not found")
	d.press("esc")
	d.shows("▌ email  ada@example.com", "▾ realm_access")
	equal(t, "typing", d.typing(), false)
	equal(t, "the screen", d.front(), "Inspect")
}

// TestTokenCursor: the cursor of the terminal stands on the row that is selected.
func TestTokenCursor(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{200, 60}, {120, 40}, {80, 24}, {40, 10}} {
		d := newDesktop(t)
		d.resize(size[0], size[1])
		d.read(realmToken(t))
		for range 30 {
			at := d.View().Cursor
			lines := strings.Split(d.screenText(), "\n")
			if at != nil && !strings.HasPrefix(string([]rune(lines[at.Y])[at.X:]), "▌") {
				t.Fatalf("at %v the cursor stands at %d, %d:\n%s", size, at.X, at.Y, d.screenText())
			}
			d.press("down")
		}
		if d.View().Cursor == nil {
			t.Errorf("at %v there is no cursor:\n%s", size, d.screenText())
		}
	}
}

// TestRowsSelectedOnce: the selection covers one row from edge to edge, and a member at
// fault has its sign without colour too.
func TestRowsSelectedOnce(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(realmToken(t))
	equal(t, "the rows that are selected", strings.Count(d.screenText(), "▌"), 1)
}

// TestPreview: claims that are not signed are drawn by the same rows, without a verdict.
func TestPreview(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	claims, err := jsontext.ParseObject([]byte(fmt.Sprintf(`{"sub":"ada","exp":%d,"deep":{"a":{"b":1}}}`, moment.Unix()+1800)))
	if err != nil {
		t.Fatal(err)
	}
	var pane token.Pane
	show := func() string {
		pane.Preview(explain.Preview(auth.Object{jsontext.Text("alg", "HS256")}, claims,
			map[string]string{"sub": "the form", "exp": "default"}, moment))
		pane.Layout(&d.ctx, widget.Rect{W: 76, H: 12}, true)
		return ansi.Strip(strings.Join(pane.View(&d.ctx), "\n"))
	}
	text := show()
	for _, want := range []string{"ada", "the form", "14:35:12 UTC", "default", "▸ deep    a: b: 1", "▸ header  alg HS256"} {
		if !strings.Contains(text, want) {
			t.Errorf("the preview does not show %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "token") || pane.Entry() != nil || !pane.Previews() {
		t.Errorf("the preview shows a token:\n%s", text)
	}
	title, _ := pane.Title(&d.ctx, "")
	equal(t, "the title", ansi.Strip(title), "Preview: not signed")
	pane.Move(2)
	frame.Press(&d.ctx, pane.Actions(&d.ctx), "f")
	if text = show(); !strings.Contains(text, "▾ deep") || !strings.Contains(text, "▌") {
		t.Errorf("the cursor is lost:\n%s", text)
	}
}

// TestRaw: the JSON beside the claims is that of the token, and follows the cursor.
func TestRaw(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(realmToken(t))
	d.press("b")
	var pane token.Pane
	pane.Show(d.entry())
	var raw token.Raw
	show := func(height int) string {
		pane.Layout(&d.ctx, widget.Rect{W: 76, H: 30}, true)
		raw.Layout(&d.ctx, widget.Rect{W: 60, H: height}, &pane)
		return ansi.Strip(strings.Join(raw.View(&d.ctx), "\n"))
	}
	text := show(60)
	for _, want := range []string{
		"{\n  \"exp\": 1795442964,\n", `  "aud": ["account","jobs-api"],`,
		"  \"realm_access\": {\n    \"roles\": [\"offline_access\",\"admin\"]\n  },\n",
		"  \"email\": \"ada@example.com\"\n}\n", "Token", "c changes the form", "eyJhbGciOi",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the JSON does not show %q:\n%s", want, text)
		}
	}
	if text = show(8); strings.Contains(text, "email") {
		t.Fatalf("all of it has room:\n%s", text)
	}
	pane.Move(len(realmNames(t)) - 1)
	if text = show(8); !strings.Contains(text, `"email":`) {
		t.Errorf("it does not follow the cursor:\n%s", text)
	}
	frame.Press(&d.ctx, []frame.Group{{Actions: []frame.Action{raw.Action()}}}, "t")
	if text = show(20); !strings.HasPrefix(text, "{\n  \"alg\": \"RS256\"") {
		t.Errorf("it does not show the header:\n%s", text)
	}
}

// TestRawBroken: a text that is broken over lines keeps the colour of a text.
func TestRawBroken(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(handmade(t, plainHeader, `{"sub":"ada","id":"aaaa-0123456789-true-4567"}`))
	d.press("b")
	var pane token.Pane
	pane.Show(d.entry())
	var raw token.Raw
	pane.Layout(&d.ctx, widget.Rect{W: 76, H: 30}, true)
	raw.Layout(&d.ctx, widget.Rect{W: 20, H: 30}, &pane)
	want := d.ctx.Env.Theme.Str.Render(`6789-true-4567"`)
	if text := strings.Join(raw.View(&d.ctx), "\n"); !strings.Contains(text, "\n"+want+"\n") {
		t.Errorf("the second line of a text is not drawn as %q:\n%q", want, text)
	}
}

// TestManyMembers: a token with thousands of claims is read and searched.
func TestManyMembers(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(handmade(t, plainHeader, `{"sub":"ada",`+manyMembers(3000)+`}`))
	d.shows("more lines ↓")
	d.press("end", "up", "up")
	d.shows("▌ m2999")
	d.press("/")
	d.typed("m2321")
	d.shows("1 of 1", "▌ m2321")
}

// manyMembers are that many members of a JSON object.
func manyMembers(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(`"m%d":%d`, i, i)
	}
	return strings.Join(all, ",")
}
