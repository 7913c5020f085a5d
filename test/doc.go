// Package test tests Tokendesk as a whole: the built program on a terminal and in a
// pipe, the documents against the code, the layers of the packages, and the release
// configuration.
package test
