package kind_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"tokendesk/auth/kind"
)

const (
	token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	jwe   = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vp.XFBoMYUZodetZdvTiFvSkQ"
	ed    = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g"
	body  = "AAAAC3NzaC1lZDI1NTE5AAAAIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g"
	vapid = "BNNL5ZaTfK81qhXOx23-wewhigUeFb632jN6LvRWCFH1ubQr77FE_9qV1FuojuRmHP42zmf34rXgW80OvUVDgTk"
)

// pemOf is a PEM with that label around the Ed25519 key.
func pemOf(label string) string {
	return "-----BEGIN " + label + "-----\n" + ed + "\n-----END " + label + "-----\n"
}

// Each kind is recognised by its shape and has a name.
func TestKinds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		kind kind.Kind
		name string
	}{
		"":            {kind.Empty, "empty"},
		" \r\n\t":     {kind.Empty, "blank"},
		"tr0ub4dor&3": {},

		pemOf("PRIVATE KEY"):                              {kind.PEM, "a PEM private key"},
		pemOf("RSA PRIVATE KEY"):                          {kind.PEM, "a PEM private key"},
		pemOf("ENCRYPTED PRIVATE KEY"):                    {kind.PEM, "an encrypted PEM private key"},
		pemOf("PUBLIC KEY"):                               {kind.PEM, "a PEM public key"},
		pemOf("CERTIFICATE REQUEST"):                      {kind.PEM, "a certificate request"},
		pemOf("X509 CRL"):                                 {kind.PEM, "a PEM block"},
		pemOf("CERTIFICATE"):                              {kind.Certificate, "a certificate"},
		pemOf("TRUSTED CERTIFICATE"):                      {kind.Certificate, "a certificate"},
		pemOf("CERTIFICATE") + pemOf("PUBLIC KEY"):        {kind.PEM, "a PEM public key"},
		pemOf("OPENSSH PRIVATE KEY"):                      {kind.SSHPrivate, "an OpenSSH private key"},
		pemOf("PGP PRIVATE KEY BLOCK"):                    {kind.OpenPGP, "OpenPGP armor"},
		pemOf("AGE ENCRYPTED FILE"):                       {kind.Age, "a file encrypted with age"},
		"Public Key:\n" + vapid + "\n\nPrivate Key:\nx\n": {kind.WebPush, "a VAPID key pair"},
		ed: {kind.DER, "a DER private key in base64"},
		"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ":                        {kind.DER, "a damaged DER key in base64"},
		"MIIDFzCCAf+gAwIBAgIULwHWTF2SF3ToUpSNE2D3si4QQp4wDQYJKoZI":                  {kind.DER, "a damaged DER certificate in base64"},
		"MIIBCgKCAQEAo9+LlpXwqoEJROt5vcqI2wZYSEduCR14ATSzNpYnZj+O":                  {kind.DER, "a damaged DER key in base64"},
		"0\x80\x02\x01\x030\x80\x06\t*\x86H\x86\xf7\r\x01\a\x01\xa0\x80":            {kind.PKCS12, "a PKCS #12 file"},
		"\xfe\xed\xfe\xed\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x01\x00\x01a": {kind.Keystore, "a Java keystore"},
		vapid: {kind.WebPush, "the public key of a VAPID key pair"},

		"0\x82\x03\x28\x06\t*\x86H\x86\xf7\r\x01\a\x02\xa0\x82":      {kind.Binary, "a PKCS #7 file"},
		"PK\x03\x04\x14\x00\x00\x00\x08\x00abcdefgh":                 {kind.Binary, "a ZIP archive"},
		"<!DOCTYPE html><title>Log in</title>":                       {kind.Markup, "a web page"},
		"<RSAKeyValue><Modulus>AQAB</Modulus></RSAKeyValue>":         {kind.Markup, "an RSA key in XML"},
		"<KeyInfo><X509Certificate>MIIB</X509Certificate></KeyInfo>": {kind.Markup, "XML with a certificate"},

		`{"kty":"oct","k":"AA"}`:                                               {kind.JWK, "a JWK"},
		`{"kty":"oct","k":"AA"},`:                                              {kind.JWK, "a JWK"},
		`{"keys":[{"kty":"oct","k":"AA"}]}`:                                    {kind.JWKSet, "a JWK set"},
		`[{"kty":"oct","k":"AA"}]`:                                             {kind.JWKSet, "a JWK set"},
		`{"jwks":{"keys":[{"kty":"oct","k":"AA"}]}}`:                           {kind.JWKSet, "a JWK set"},
		`{"type":"service_account","private_key":""}`:                          {kind.ServiceAccount, "a Google service account"},
		`{"a":"-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n"}`: {kind.CertificateMap, "a map of certificates"},
		`{"publicKey":"` + vapid + `","privateKey":"x"}`:                       {kind.WebPush, "a VAPID key pair"},
		`{"type":"HS256","key":"tr0ub4dor&3"}`:                                 {kind.Hasura, "the JSON of a Hasura secret"},
		`{"jwk_url":"https://auth.example.com/keys"}`:                          {kind.Hasura, "the JSON of a Hasura secret"},
		`{"web":{"client_id":"x","client_secret":"y"}}`:                        {kind.JSON, "a JSON object"},
		`{"payload":"e30","signatures":[]}`:                                    {kind.JSON, "a token in JSON serialization"},
		`{"apiVersion":"v1","kind":"Secret"}`:                                  {kind.JSON, "a Kubernetes object in JSON"},
		`{"SECRET_KEY":"tr0ub4dor&3",}`:                                        {kind.JSON, "JSON"},
		`["a"]`:                                                                {kind.JSON, "a JSON array"},

		"ssh-ed25519 " + body + " ada@desk": {kind.SSHPublic, "an SSH public key"},
		`command="x" ssh-ed25519 ` + body:   {kind.SSHPublic, "an SSH public key"},
		body:                                {kind.SSHPublic, "an SSH public key in base64"},
		"---- BEGIN SSH2 PUBLIC KEY ----\nComment: x\n" + body: {kind.SSHPublic, "an SSH public key"},
		"PuTTY-User-Key-File-3: ssh-ed25519\n":                 {kind.PuTTY, "a PuTTY key"},
		"# created\nAGE-SECRET-KEY-1QQQQQQQQQ":                 {kind.Age, "an age identity"},
		"age1" + strings.Repeat("q", 58):                       {kind.Age, "an age recipient"},
		token:                                                  {kind.Token, "a JSON Web Token"},
		"Bearer " + token:                                      {kind.Token, "a JSON Web Token"},
		token[:50]:                                             {kind.Token, "a JSON Web Token"},
		token[:20] + "\n" + token[20:]:                         {kind.Token, "a JSON Web Token"},
		jwe:                                                    {kind.EncryptedToken, "an encrypted token (JWE)"},
		"v4.public.eyJzdWIiOiJhZGEifXx4eHh4eHh4eHh4eHh4":            {kind.Paseto, "a PASETO"},
		"k4.secret.cHFyc3R1dnd4eXp7fH1-f4CBgoOEhYaHiImKi4yNjo8c5WE": {kind.Paseto, "a PASERK key"},

		"apiVersion: v1\nkind: Secret\ndata:\n  key: x\n":        {kind.YAML, "a Kubernetes Secret"},
		"jwt:\n  secret: tr0ub4dor&3\n":                          {kind.YAML, "YAML"},
		"jwt_secret: tr0ub4dor&3":                                {kind.YAML, "a line of YAML"},
		"SECRET_KEY=tr0ub4dor&3":                                 {kind.Env, "a line of settings"},
		"export JWT_SECRET='tr0ub4dor&3'":                        {kind.Env, "a line of settings"},
		"# x\nALGORITHM=HS256\nSECRET=tr0ub4dor&3\n":             {kind.Env, "a settings file"},
		"[jwt]\nsecret = tr0ub4dor&3\nalgorithm = HS256":         {kind.Env, "a settings file"},
		"arn:aws:secretsmanager:eu-west-1:123456789012:secret:x": {kind.ARN, "an ARN"},
		"op://vault/item/field":                                  {kind.Reference, "a reference to a secret in a vault"},
		"secret/data/shop#jwt":                                   {kind.Reference, "a reference to a secret in a vault"},
		"vault:secret/data/shop#jwt":                             {kind.Reference, "a reference to a secret in a vault"},
		"projects/shop/secrets/jwt/versions/latest":              {kind.Reference, "a reference to a secret in a vault"},
		"{{resolve:secretsmanager:shop}}":                        {kind.Variable, "a variable that was never expanded"},
		"@Microsoft.KeyVault(SecretUri=x)":                       {kind.Reference, "a reference to a secret in a vault"},
		"ENC[AES256_GCM,data:x,iv:y]":                            {kind.Reference, "an encrypted value"},
		"$ANSIBLE_VAULT;1.1;AES256":                              {kind.Reference, "an encrypted value"},
		"/run/secrets/jwt_key":                                   {kind.Path, "the path of a file"},
		"./keys/private.pem":                                     {kind.Path, "the path of a file"},
		"%kernel.project_dir%/config/jwt/private.pem":            {kind.Path, "the path of a file"},
		`C:\keys\private.pem`:                                    {kind.Path, "the path of a file"},
		"private.pem":                                            {kind.Path, "the path of a file"},
		"https://auth.example.com/keys":                          {kind.URL, "a URL"},
		"${SECRET_KEY:-none}":                                    {kind.Variable, "a variable that was never expanded"},
		"${{ secrets.JWT }}":                                     {kind.Variable, "a variable that was never expanded"},
		"$SECRET_KEY":                                            {kind.Variable, "a variable that was never expanded"},
		"%SECRET_KEY%":                                           {kind.Variable, "a variable that was never expanded"},
		"{{ .Values.key }}":                                      {kind.Variable, "a variable that was never expanded"},
		`process.env.JWT_SECRET`:                                 {kind.Variable, "a variable that was never expanded"},
	} {
		if got := kind.Of([]byte(text)); got.Kind != want.kind || got.String() != want.name {
			t.Errorf("%.60q is %d, %q, want %d, %q", text, got.Kind, got, want.kind, want.name)
		}
	}
}

// A PEM that was damaged by hand or by a program is repaired, and it is said what was done.
func TestRepairedPEM(t *testing.T) {
	t.Parallel()
	right := pemOf("PRIVATE KEY")
	replaced := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(right) }
	const (
		escapes = `line breaks written as \n were replaced`
		lines   = "its missing line breaks were added"
		indents = "white space and quotation marks in its lines were removed"
		marks   = "its BEGIN and END lines were corrected"
	)
	for text, want := range map[string]string{
		right: "", "text\n" + right + "text": "", replaced("\n", "\r\n"): "",
		replaced("\n", `\n`): escapes, replaced("\n", `\r\n`): escapes, `"` + replaced("\n", `\n`) + `"`: escapes,
		replaced("\n", " "): lines, replaced("\n", ""): lines, replaced("\n", "\r"): lines, replaced("\n", "\t"): lines,
		replaced("\n", "\n  "): indents, replaced("\n", "\n\t"): indents, "  " + replaced("\n", "\n  "): indents,
		"'" + right + "'": "the quotation marks around it were removed", "KEY=" + right: "the text before it was ignored",
		replaced("-----", "----"): marks, replaced("-----", "—"): marks, replaced("-----", "——-"): marks, replaced("-----", "–––––"): marks,
		replaced("-----", "‐‐‐‐‐"): marks, replaced("-----", "-------"): marks, replaced("-----", ""): marks,
		replaced("-----END", "----END"): marks, replaced("BEGIN PRIVATE", "BEGIN RSA PRIVATE"): marks,
		strings.Replace(right, "BEGIN", "begin", 1): marks,
		strings.Split(right, "-----END")[0]:         "its END line was added",
		strings.SplitN(right, "\n", 2)[1]:           "its BEGIN line was added",
		"\ufeff" + right:                            "its byte order mark was removed",
		"\"-----BEGIN PRIVATE KEY-----\" +\n\"" + ed + "\" +\n\"-----END PRIVATE KEY-----\"": indents,
	} {
		got := kind.Of([]byte(text))
		if got.Kind != kind.PEM || got.Undone() != want && !strings.Contains(got.Undone(), want) {
			t.Errorf("%q is %q, %q, want %q", text, got, got.Undone(), want)
		}
		if want != "" && !strings.HasPrefix(string(got.Bytes), "-----BEGIN PRIVATE KEY-----\n"+ed[:64]) &&
			!strings.Contains(text, "RSA") {
			t.Errorf("%q became %q", text, got.Bytes)
		}
	}
}

// Encodings are undone, also two of them, and named from the inside out.
func TestEncodings(t *testing.T) {
	t.Parallel()
	right := pemOf("PUBLIC KEY")
	std := base64.StdEncoding.EncodeToString([]byte(right))
	inURL := base64.RawURLEncoding.EncodeToString([]byte(right + "??>"))
	twice := base64.StdEncoding.EncodeToString([]byte(std))
	for text, want := range map[string]string{
		std: " in base64", twice: " in base64, twice",
		fmt.Sprintf("%x", right): " in hexadecimal", fmt.Sprintf("%X", std): " in base64 and then in hexadecimal",
		base64.StdEncoding.EncodeToString([]byte(inURL)):                        " in base64url and then in base64",
		strings.NewReplacer("\n", "%0A", " ", "%20", "+", "%2B").Replace(right): " in percent encoding",
		"data:application/x-pem-file;base64," + std:                             " in base64",
		"base64:" + std: " in base64", `"` + std + `"`: " in base64", std[:40] + "\n" + std[40:]: " in base64",
	} {
		got := kind.Of([]byte(text))
		if got.String() != "a PEM public key"+want || !strings.Contains(string(got.Bytes), right[:40]) {
			t.Errorf("%.50q is %q, want a PEM public key%s", text, got, want)
		}
	}
}
