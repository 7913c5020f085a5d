package file

import "syscall"

const errNoRoom = syscall.Errno(112)
