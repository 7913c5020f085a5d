package main

import (
	"go/ast"
	"go/token"
	"strings"
)

// swallowCondition makes a condition that compares an error with nil find none, so
// that the error is not handled. The condition stays in the code, so that its
// variables are used.
func (f *finder) swallowCondition(condition ast.Expr) {
	var op token.Token
	ast.Inspect(condition, func(n ast.Node) bool {
		if e, ok := n.(*ast.BinaryExpr); ok && isNil(e.Y) && isErrorName(e.X) {
			op = e.Op
		}
		_, isFunc := n.(*ast.FuncLit)
		return !isFunc
	})
	if word, ok := map[token.Token]string{token.NEQ: "false && ", token.EQL: "true || "}[op]; ok {
		f.replace(swallow, condition.Pos(), condition.End(), word+"("+f.text(condition)+")")
	}
}

// isErrorName reports whether the name of an expression reads like that of an error.
// Types are not known here.
func isErrorName(e ast.Expr) bool {
	name := ""
	switch e := e.(type) {
	case *ast.Ident:
		name = e.Name
	case *ast.SelectorExpr:
		name = e.Sel.Name
	}
	return strings.HasSuffix(strings.ToLower(name), "err") || name == "refused" || name == "failure"
}

// swallowReturn makes a function return nil instead of an error.
func (f *finder) swallowReturn(s *ast.ReturnStmt, stack []ast.Node) {
	signature := enclosing(stack)
	if signature == nil || signature.Results == nil {
		return
	}
	results := signature.Results
	if !isIdent(results.List[len(results.List)-1].Type, "error") || len(s.Results) != results.NumFields() {
		return
	}
	if last := s.Results[len(s.Results)-1]; !isNil(last) {
		f.replace(swallow, last.Pos(), last.End(), "nil")
	}
}

// enclosing returns the type of the innermost function.
func enclosing(stack []ast.Node) *ast.FuncType {
	for i := len(stack) - 1; i >= 0; i-- {
		switch fn := stack[i].(type) {
		case *ast.FuncDecl:
			return fn.Type
		case *ast.FuncLit:
			return fn.Type
		}
	}
	return nil
}

func isNil(e ast.Expr) bool { return isIdent(e, "nil") }

func isIdent(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}
