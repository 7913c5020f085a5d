package ui

import (
	"strings"
	"testing"
)

// A shape is chosen in the palette: the form shows it, the preview says what comes from it, and the
// token has the claims in the vendor's order.
func TestShapeInTheForm(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, somePersonas))
	d.typed("ada@example.com")
	d.press("ctrl+p")
	d.typed("keycl")
	d.shows("keycloak-access", "Keycloak", "iss: {scheme}://{host}/realms/{realm}")
	d.press("enter")
	d.shows("the form now makes tokens like those of Keycloak", "Shape", "ctrl+p changes", "shape keycloak-access")
	equal(t, "the subject", d.field("Subject"), "ada@example.com")
	equal(t, "the lifetime", d.field("Lifetime"), "5m")
	d.press("enter")
	var names []string
	for _, m := range d.entry().Token.Claims[:6] {
		names = append(names, m.Name)
	}
	equal(t, "the first claims", strings.Join(names, " "), "exp iat auth_time jti iss aud")
	equal(t, "the lifetime of the token", d.entry().Draft.Lifetime, "5m")

	// What the user has typed stays, and the shape goes when it is taken away.
	d.press("ctrl+p")
	d.typed("no shape")
	d.shows("No shape: make tokens without keycloak-access")
	d.press("enter")
	d.hides("ctrl+p changes")
	equal(t, "the lifetime", d.field("Lifetime"), "30m")
	d.press("enter")
	equal(t, "the claims", len(d.entry().Token.Claims), 4)
}

// Tokens about nobody that do not expire need neither a subject nor a lifetime.
func TestShapeAboutNobody(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, somePersonas))
	d.press("ctrl+p")
	d.typed("apns")
	d.press("enter")
	d.shows("tokens of APNs have no sub")
	d.shows("no exp", "tokens of APNs do not expire")
	d.press("enter")
	equal(t, "the claims", len(d.entry().Token.Claims), 2)
	d.typed("ada")
	d.press("enter")
	equal(t, "sub", d.entry().Token.Subject(), "ada")
}

// A persona brings its shape, and keeps it when it is kept under another name.
func TestPersonaBringsItsShape(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, "bot:\n  subject: ada\n  shape: cognito-access\n  claims:\n    username: BOT\n"))
	d.press("ctrl+p")
	d.typed("bot")
	d.press("enter")
	d.shows("persona bot · shape cognito-access", "cognito-access")
	equal(t, "the lifetime", d.field("Lifetime"), "1h")
	d.press("enter")
	name, _ := d.entry().Token.Claims.String("username")
	equal(t, "the claim of the persona", name, "BOT")
	use, _ := d.entry().Token.Claims.String("token_use")
	equal(t, "the claim of the shape", use, "access")
	d.press("ctrl+r")
	d.typed("bot2")
	d.press("enter")
	d.press("ctrl+p")
	d.typed("bot2")
	d.shows("shape cognito-access")
}

// What a shape leaves to be said is visible at once: below the claims, or else in a line above them.
func TestShapeNotesAreVisible(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, personasOf(t, "bot: {subject: ada, shape: cognito-access}\n"))
	d.press("f6")
	d.resize(80, 24)
	d.shows("▲ 2 notes: ")
	d.resize(120, 60)
	d.hides("2 notes")
	d.shows("▾ header", "is the example from the shape")
	d.press("o")
	d.resize(80, 24)
	d.shows("▲ 2 notes: ")
}
