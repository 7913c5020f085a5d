// Package find finds tokens in any text that contains them: a header line, a curl
// command, the JSON of a response, a cookie, a URL, a log. For each token [Tokens] says
// what was around it.
package find
