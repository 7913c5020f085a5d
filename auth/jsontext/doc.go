// Package jsontext reads and writes JSON texts (RFC 8259) whose exact bytes
// matter: the header and the claims of a token.
//
// An [Object] keeps the order of its members and the digits of its numbers.
// [ParseObject] is strict, so that a text which it accepts means the same to
// every reader, and a [SyntaxError] says where a text is broken.
package jsontext
