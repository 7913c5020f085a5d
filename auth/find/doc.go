// Package find finds tokens in whatever text holds them: a header line, a curl
// command, the JSON of an answer, a cookie, a URL, a log. [Tokens] says of each
// what was around it.
package find
