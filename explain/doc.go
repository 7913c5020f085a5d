// Package explain says in words what stands in a token.
package explain
