package kind

import "strings"

// ofMarkup recognises a web page, which some servers send in place of a key, and XML with a
// key in it. Other text in angle brackets may be a secret.
func ofMarkup(text string) (Found, bool) {
	if text == "" || text[0] != '<' {
		return Found{}, false
	}
	head := strings.ToLower(text[:min(len(text), 15)])
	switch {
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return found(Markup, "a web page", text)
	case strings.Contains(text, "<RSAKeyValue>"), strings.Contains(text, "<Modulus>"):
		return found(Markup, "an RSA key in XML", text)
	case strings.Contains(text, "X509Certificate>"):
		return found(Markup, "XML with a certificate", text)
	}
	return Found{}, false
}
