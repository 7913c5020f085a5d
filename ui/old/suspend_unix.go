//go:build !windows

package old

// canSuspend reports whether the system can stop a program and go on with it.
const canSuspend = true
