package kind

import (
	"bytes"
	"encoding/asn1"
	"encoding/binary"
	"strings"
)

// How data that is no text starts, and the object identifiers of keys and of PKCS #7 data as
// DER has them.
const (
	oidRSA        = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"
	oidPSS        = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"
	oidEC         = "\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"
	oidPBES2      = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d"
	oidPKCS7      = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
	oidPKCS7Data  = oidPKCS7 + "\x01"
	sshLength     = 4
	maxSSHName    = 64
	opensshMagic  = "openssh-key-v1\x00"
	keystoreMagic = "\xfe\xed\xfe\xed"
)

// ofBytes recognises what is not a text.
func ofBytes(data []byte) (Found, bool) {
	is := func(kind Kind, name string) (Found, bool) { return Found{Kind: kind, Name: name, Bytes: data}, true }
	if name := binaryName(data); name != "" {
		return is(Binary, name)
	}
	switch {
	case bytes.HasPrefix(data, []byte(keystoreMagic)) && len(data) > 12 && data[4] == 0:
		return is(Keystore, "a Java keystore")
	case bytes.HasPrefix(data, []byte(opensshMagic)):
		return is(SSHPrivate, "an OpenSSH private key")
	case isSSHWire(data):
		return is(SSHPublic, "an SSH public key")
	case isWebPushPoint(data):
		return is(WebPush, "the public key of a VAPID key pair")
	case len(data) < 2 || data[0] != 0x30:
		return Found{}, false
	}
	head := data[:min(len(data), 40)]
	if bytes.Contains(head, []byte("\x02\x01\x03\x30")) && bytes.Contains(head, []byte(oidPKCS7Data)) {
		return is(PKCS12, "a PKCS #12 file")
	}
	if bytes.Contains(head, []byte(oidPKCS7)) {
		return is(Binary, "a PKCS #7 file")
	}
	if name := derName(data); name != "" {
		return is(DER, name)
	}
	return Found{}, false
}

// binaryName names a file of a format that is no key, by its first bytes, or returns nothing.
func binaryName(data []byte) string {
	for _, format := range [...]struct{ start, name string }{
		{"PK\x03\x04", "a ZIP archive"},
		{"\x1f\x8b\x08\x00\x00", "a gzip file"},
		{"\x1f\x8b\x08\x08", "a gzip file"},
		{"\x7fELF\x01\x01", "a program"},
		{"\x7fELF\x02\x01", "a program"},
		{"%PDF-", "a PDF"},
		{"\x89PNG\r\n", "an image"},
		{"SQLite format 3\x00", "a SQLite database"},
		{"7z\xbc\xaf\x27", "a 7-Zip archive"},
		{"\xfd7zXZ\x00", "an xz file"},
	} {
		if len(data) > 16 && bytes.HasPrefix(data, []byte(format.start)) {
			return format.name
		}
	}
	return ""
}

// isSSHWire reports whether the data starts like a public key in the protocol of SSH (RFC
// 4253 section 6.6): the length of a name, and the name.
func isSSHWire(data []byte) bool {
	if len(data) < sshLength+8 {
		return false
	}
	n := binary.BigEndian.Uint32(data)
	return n < maxSSHName && len(data) > sshLength+int(n) && isSSHName(string(data[sshLength:sshLength+n]))
}

// isWebPushPoint reports whether the data has the length and first byte of an uncompressed
// point on P-256. As 65 random bytes are a rare secret, one in 256 of them is all that is lost.
func isWebPushPoint(data []byte) bool { return len(data) == 65 && data[0] == 4 && isOnP256(data) }

// derName names a key or a certificate in DER, or returns nothing. White space after it is
// allowed.
func derName(data []byte) string {
	whole := false
	for _, text := range [][]byte{data, bytes.TrimRight(data, "\r\n")} {
		whole = whole || isDER(text)
	}
	name := nameByFields(data)
	if whole {
		if name == "" {
			name = "a DER-encoded key or certificate"
		}
		return name
	}
	head := data[:min(len(data), 48)]
	for _, oid := range []string{oidRSA, oidPSS, oidEC, oidPBES2} {
		if bytes.Contains(head, []byte(oid)) {
			return "a damaged DER key"
		}
	}
	if len(data) > 9 && data[1] == 0x82 {
		switch inside := string(data[4:]); {
		case strings.HasPrefix(inside, "\x30\x82"):
			return "a damaged DER certificate"
		case strings.HasPrefix(inside, "\x02\x82"), strings.HasPrefix(inside, "\x02\x01\x00\x02\x82"):
			return "a damaged DER key"
		}
	}
	return ""
}

// isDER reports whether the data is exactly one ASN.1 SEQUENCE that starts like a key or a
// certificate: with an INTEGER or a SEQUENCE if its length has two bytes, else with the
// version 0 or 1 or the OBJECT IDENTIFIER of an algorithm. Fewer than one in 2^30 random
// secrets of 32 bytes does.
func isDER(data []byte) bool {
	if len(data) > 5 && data[0] == 0x30 && data[1] == 0x82 {
		return int(data[2])<<8|int(data[3]) == len(data)-4 && (data[4] == 0x02 || data[4] == 0x30)
	}
	var outer asn1.RawValue
	rest, err := asn1.Unmarshal(data, &outer)
	if err != nil || len(rest) > 0 || outer.Tag != asn1.TagSequence || !outer.IsCompound || len(outer.Bytes) < 3 {
		return false
	}
	body := outer.Bytes
	version := body[0] == asn1.TagInteger && body[1] == 1 && body[2] <= 1
	algorithm := body[0] == 0x30 && int(body[1]) <= len(body)-2 && body[2] == asn1.TagOID
	return version || algorithm
}

// nameByFields names a key or a certificate by the types of its first fields.
func nameByFields(data []byte) string {
	var outer, first, second asn1.RawValue
	if _, err := asn1.Unmarshal(data, &outer); err != nil {
		return ""
	}
	rest, err := asn1.Unmarshal(outer.Bytes, &first)
	if err != nil {
		return ""
	}
	if _, err = asn1.Unmarshal(rest, &second); err != nil {
		return ""
	}
	switch {
	case first.Tag == asn1.TagInteger && second.Tag == asn1.TagSequence,
		first.Tag == asn1.TagInteger && second.Tag == asn1.TagOctetString,
		first.Tag == asn1.TagInteger && second.Tag == asn1.TagInteger && len(first.Bytes) == 1:
		return "a DER private key"
	case first.Tag == asn1.TagInteger && second.Tag == asn1.TagInteger,
		first.Tag == asn1.TagSequence && second.Tag == asn1.TagBitString:
		return "a DER public key"
	case first.Tag == asn1.TagSequence && second.Tag == asn1.TagOctetString:
		return "an encrypted DER private key"
	case first.Tag == asn1.TagSequence && second.Tag == asn1.TagSequence:
		return "a DER certificate"
	}
	return ""
}
