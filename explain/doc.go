// Package explain says what a token, a key and a fault are, as values: the one
// wording that the console, the plain mode and the commands print, as text and as
// JSON.
//
// [Token] turns what a verifier found into a [Report], [Key] a key into
// [KeyFacts], [Fault] a fault into [FaultFacts], and [Lines] any error into what
// is wrong and what to do. A face chooses which parts it has room for and draws
// them; it joins, splits and compares no sentences.
//
// Nothing here is drawn: a [Tone] stands for a colour and a sign is plain text.
// The values hold what a token or a file says as it is written there, so a face
// passes them through package visible before it prints them. A text has no full
// stop and begins in lower case, unless with a name.
package explain
