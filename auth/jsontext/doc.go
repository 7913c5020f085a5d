// Package jsontext reads and writes JSON texts (RFC 8259) whose exact bytes
// matter: the header and the claims of a token.
//
// An [Object] keeps the order of its members and the digits of its numbers.
// [ParseObject] is strict: a text that it accepts means the same to every reader. A
// [SyntaxError] says what is wrong with a text and where.
package jsontext
