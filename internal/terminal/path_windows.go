package terminal

// Path is the file that is the terminal of a process, whatever its streams are.
const Path = "CONIN$"
