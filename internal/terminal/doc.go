// Package terminal is what the console needs from the terminal it runs in and
// from the operating system around it: input that cannot crash the program,
// the decision between the console and its plain line mode, and a terminal that
// is given back as it was found, whatever ends the program.
package terminal
