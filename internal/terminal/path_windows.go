package terminal

// Path is the file of the terminal of a process, wherever its streams lead.
const Path = "CONIN$"
