//go:build unix

package file

import "syscall"

const errNoRoom = syscall.ENOSPC
