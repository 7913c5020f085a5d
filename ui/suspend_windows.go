package ui

// canSuspend reports whether the system can stop a program and continue it.
const canSuspend = false
