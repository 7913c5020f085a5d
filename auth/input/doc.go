// Package input reads what people type when they ask for a token: lifetimes
// ([ParseLifetime]) and moments ([ParseMoment]), claims ([ParseClaim],
// [ParseClaims]) and subjects ([CheckSubject]). Its errors are meant to be shown where it was typed.
package input
