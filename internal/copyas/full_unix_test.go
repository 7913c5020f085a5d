//go:build unix

package copyas

import "syscall"

const errNoRoom = syscall.ENOSPC
