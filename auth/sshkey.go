package auth

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"tokendesk/auth/advice"
)

// errSSH says that an SSH key is damaged.
var errSSH = errors.New("the SSH key is damaged")

// sshFields reads the fields of an SSH key (RFC 4251 section 5), each with its length.
type sshFields struct {
	rest []byte
	err  error
}

// next returns the next field. After the first error it returns nothing.
func (f *sshFields) next() []byte {
	if f.err != nil || len(f.rest) < 4 {
		f.err = errSSH
		return nil
	}
	n := int64(binary.BigEndian.Uint32(f.rest))
	if n > int64(len(f.rest)-4) {
		f.err = errSSH
		return nil
	}
	field := f.rest[4 : 4+n]
	f.rest = f.rest[4+n:]
	return field
}

// number returns the next field as a positive integer.
func (f *sshFields) number() *big.Int { return new(big.Int).SetBytes(f.next()) }

// readSSHPublic reads a public key: a line of OpenSSH, RFC 4716, or the bytes in them.
func readSSHPublic(data []byte) (material, error) {
	wire := data
	if text := string(data); !strings.HasPrefix(text, "\x00") {
		wire = decodeSSH(text)
	}
	fields := &sshFields{rest: wire}
	key, err := sshPublic(string(fields.next()), fields)
	return material{key: key}, err
}

// decodeSSH returns the bytes in a line of OpenSSH or in RFC 4716, or nil.
func decodeSSH(text string) []byte {
	if _, inside, is4716 := strings.Cut(text, "\n"); is4716 && strings.HasPrefix(text, "-") {
		body := ""
		continued := false
		for line := range strings.Lines(inside) {
			line = strings.TrimSpace(line)
			isHeader := continued || strings.Contains(line, ":")
			continued = isHeader && strings.HasSuffix(line, `\`)
			if !isHeader && !strings.HasPrefix(line, "-") {
				body += line
			}
		}
		text = body
	} else if fields := strings.Fields(text); len(fields) > 1 {
		text = fields[1]
	}
	wire, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return wire
}

// sshPublic reads the fields of a public key after its name (RFC 4253 section 6.6, RFC 5656
// section 3.1, RFC 8709 section 4).
func sshPublic(name string, fields *sshFields) (crypto.PublicKey, error) {
	switch name {
	case "ssh-rsa":
		e, n := fields.number(), fields.number()
		if fields.err != nil || !e.IsInt64() || e.Int64() > 1<<31-1 {
			return nil, damagedSSH()
		}
		return &rsa.PublicKey{N: n, E: int(e.Int64())}, nil
	case "ssh-ed25519":
		point := fields.next()
		if len(point) != ed25519.PublicKeySize {
			return nil, damagedSSH()
		}
		return ed25519.PublicKey(point), nil
	case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521":
		_, point := fields.next(), fields.next()
		curve := map[string]elliptic.Curve{"256": elliptic.P256(), "384": elliptic.P384(), "521": elliptic.P521()}[name[len(name)-3:]]
		key, err := ecdsa.ParseUncompressedPublicKey(curve, point)
		if err != nil {
			return nil, damagedSSH()
		}
		return key, nil
	}
	if fields.err != nil {
		return nil, damagedSSH()
	}
	return nil, advice.New("it is an SSH key of the type "+quoted(name)+", which is not supported", useSupported)
}

func damagedSSH() error { return advice.Add(errSSH, getFreshCopy) }

// readSSHPrivate reads a private key in the format of OpenSSH (PROTOCOL.key in its source).
func readSSHPrivate(data []byte) (material, error) {
	if block, _ := pem.Decode(data); block != nil {
		data = block.Bytes
	}
	body, ok := bytes.CutPrefix(data, []byte("openssh-key-v1\x00"))
	if !ok {
		return material{}, advice.New("the OpenSSH key is damaged", getFreshCopy)
	}
	fields := &sshFields{rest: body}
	cipher, _, _ := string(fields.next()), fields.next(), fields.next()
	if fields.err != nil || len(fields.rest) < 4 || binary.BigEndian.Uint32(fields.rest) != 1 {
		return material{}, damagedSSH()
	}
	if cipher != "none" {
		return material{}, advice.New("it is an OpenSSH key with a passphrase",
			"remove the passphrase from a copy with ssh-keygen -p -N '' -f COPY")
	}
	fields.rest = fields.rest[4:]
	fields.next() // the public key
	inner := &sshFields{rest: fields.next()}
	if fields.err != nil || len(inner.rest) < 8 || !bytes.Equal(inner.rest[:4], inner.rest[4:8]) {
		return material{}, damagedSSH()
	}
	inner.rest = inner.rest[8:]
	key, err := sshPrivate(inner)
	return material{key: key}, err
}

// sshPrivate reads the fields of a private key.
func sshPrivate(fields *sshFields) (crypto.PrivateKey, error) {
	switch name := string(fields.next()); name {
	case "ssh-rsa":
		n, e, d := fields.number(), fields.number(), fields.number()
		_, p, q := fields.next(), fields.number(), fields.number()
		if fields.err != nil || !e.IsInt64() || e.Int64() > 1<<31-1 {
			return nil, damagedSSH()
		}
		return rsaPrivate(n, int(e.Int64()), d, p, q)
	case "ssh-ed25519":
		public, private := fields.next(), fields.next()
		if len(private) != ed25519.PrivateKeySize || !bytes.Equal(public, private[ed25519.SeedSize:]) {
			return nil, damagedSSH()
		}
		return ed25519.NewKeyFromSeed(private[:ed25519.SeedSize]), nil
	case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521":
		public, err := sshPublic(name, fields)
		if err != nil {
			return nil, err
		}
		known, _ := public.(*ecdsa.PublicKey)
		scalar := fields.number()
		size := (known.Curve.Params().BitSize + 7) / 8
		if fields.err != nil || scalar.BitLen() > 8*size {
			return nil, damagedSSH()
		}
		private, err := ecdsa.ParseRawPrivateKey(known.Curve, scalar.FillBytes(make([]byte, size)))
		if err != nil || !private.PublicKey.Equal(known) {
			return nil, errors.New("the parts of the EC key do not match")
		}
		return private, nil
	default:
		if fields.err != nil {
			return nil, damagedSSH()
		}
		return nil, advice.New(fmt.Sprintf("it is an SSH key of the type %s, which is not supported", quoted(name)), useSupported)
	}
}
