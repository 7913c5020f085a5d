// Package terminal is what the console needs from the terminal and the system
// beneath it: input that cannot crash the reader, signals that give the
// terminal back, files that only their owner can read.
package terminal
