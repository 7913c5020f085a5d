package explain

import (
	"testing"

	"tokendesk/settings"
)

func TestPersona(t *testing.T) {
	t.Parallel()
	personas, err := settings.ParsePersonas("personas.yaml", []byte(`empty: {}
admin:
  subject: ada@example.com
  lifetime: 15m
  algorithm: ES256
  key: k1
  shape: rfc9068
  claims:
    role: admin
    level: 3
    session: "{{uuid}}"
`))
	if err != nil {
		t.Fatal(err)
	}
	empty, admin := Persona(personas[0]), Persona(personas[1])
	equal(t, "the subjects", empty.For()+" "+admin.For(), "(no subject) ada@example.com")
	equal(t, "their content", empty.Holds()+"|"+admin.Holds(), "|shape rfc9068  ES256  key k1  role=admin  level:=3  session={{uuid}}")
	equal(t, "the JSON", marshal(t, admin),
		`{"name":"admin","subject":"ada@example.com","lifetime":"15m","algorithm":"ES256","key":"k1","shape":"rfc9068","extends":null,"disabled":false,`+
			`"claims":{"role":"admin","level":3,"session":"{{uuid}}"},"file":"personas.yaml","line":2}`)
}
