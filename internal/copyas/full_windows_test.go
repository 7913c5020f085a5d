package copyas

import "syscall"

const errNoRoom = syscall.Errno(112)
