package kind

// Convertible reports whether [Found.Advice] names a program that converts the file.
func (f Found) Convertible() bool {
	switch f.Kind {
	case PKCS12, Keystore, PuTTY, OpenPGP, Age:
		return true
	default:
		return false
	}
}

// Advice returns what to do with a file of that kind so that it becomes a key file. FILE
// stands for it and NEW for the new one. It is empty if the file is one already.
func (f Found) Advice() string {
	const choose = "choose a file with a key"
	switch f.Kind {
	case PKCS12:
		return "convert it with openssl pkcs12 -in FILE -nodes -out NEW"
	case Binary, Markup:
		return choose
	case Keystore:
		return "convert it with keytool -importkeystore -srckeystore FILE -destkeystore NEW -deststoretype PKCS12"
	case PuTTY:
		return "convert it with puttygen FILE -O private-openssh -o NEW"
	case Age:
		return "decrypt what it protects with age -d, and use that"
	case OpenPGP:
		return "if it is encrypted, decrypt it with gpg -d FILE > NEW; otherwise " + choose
	case Token, EncryptedToken, Paseto:
		return "choose the file of the key that verifies it"
	case YAML:
		return "save the key in it to a file of its own; a value of a Kubernetes Secret is in base64"
	case Env:
		return "save the key in it to a file of its own"
	case ARN, Reference:
		return "save what it refers to in a file, and use that"
	case Path:
		return "choose the file that it names"
	case URL:
		return "download what it names, and use that"
	case Variable:
		return "put its value in the file"
	case JSON, Hasura:
		return "save the key in it to a file of its own"
	default:
		return ""
	}
}
