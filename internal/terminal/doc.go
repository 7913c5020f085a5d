// Package terminal connects the console to its terminal and the operating system:
// input that cannot crash the program, the choice between the console and its plain
// line mode, signals, and restoring the terminal whatever ends the program.
package terminal
