// Package explain describes tokens, keys, faults and errors as values: the one wording
// that the console, the plain mode and the commands print, as text and as JSON.
//
// [Token] turns the result of a verifier into a [Report], [Key] a key into [KeyFacts],
// [Fault] a fault into [FaultFacts], and [Lines] any error into what is wrong and what
// to do. A face (the console, the plain mode or a command) chooses the parts that it
// has room for and draws them; it does not join, split or compare sentences.
//
// The package draws nothing: a [Tone] stands for a colour, and a sign is plain text.
// The values may contain untrusted text of a token or a file, so a face passes them
// through package visible before it prints them. A text starts in lower case, unless it
// starts with a name, and has no full stop.
package explain
