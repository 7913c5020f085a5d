// Package input parses what people type when they ask for a token: lifetimes
// ([ParseLifetime]) and moments ([ParseMoment], [ParseInstant]), claims ([ParseClaim], [ParseClaims])
// and subjects ([CheckSubject]). Its errors are meant to be shown next to the input; most
// have advice, see [advice.Of].
package input
