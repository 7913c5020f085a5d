package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// findAll returns every change to the code below a folder except tests, in the order
// of files and lines.
func findAll(dir string) ([]mutant, error) {
	var all []mutant
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		source, err := os.ReadFile(path) //nolint:gosec // the tree is ours
		if err != nil {
			return err //nolint:wrapcheck // findAll wraps it
		}
		mutants, err := find(path, source)
		all = append(all, mutants...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for changes: %w", err)
	}
	return all, nil
}

// find returns every change to one file.
func find(path string, source []byte) ([]mutant, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("%s does not parse: %w", path, err)
	}
	f := finder{set: set, path: path, source: source, bounds: map[*ast.BasicLit]bool{}}
	for _, decl := range file.Decls {
		f.name = declName(decl)
		ast.PreorderStack(decl, nil, f.visit)
	}
	setKeys(f.mutants, f.names, f.kinds)
	return f.mutants, nil
}

// finder collects the changes of one file.
type finder struct {
	set     *token.FileSet
	path    string
	source  []byte
	name    string                 // of the current declaration
	bounds  map[*ast.BasicLit]bool // numbers that were changed as bounds
	mutants []mutant
	names   []string
	kinds   []kind
}

// replace adds the change of the code from one place to another.
func (f *finder) replace(k kind, from, to token.Pos, text string) {
	at := f.set.Position(from)
	f.mutants = append(f.mutants, mutant{
		file: f.path, line: at.Line, source: f.source,
		start: at.Offset, end: f.set.Position(to).Offset, text: text,
	})
	f.names = append(f.names, f.name)
	f.kinds = append(f.kinds, k)
}

func (f *finder) text(n ast.Node) string {
	return string(f.source[f.set.Position(n.Pos()).Offset:f.set.Position(n.End()).Offset])
}

func (f *finder) visit(n ast.Node, stack []ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.Field: // its tag is not a constant of the code
		return n.Tag == nil
	case *ast.IfStmt:
		f.negate(n.Cond)
		f.swallowCondition(n.Cond)
	case *ast.ForStmt:
		if n.Cond != nil {
			f.negate(n.Cond)
		}
	case *ast.SwitchStmt:
		if n.Tag == nil {
			f.cases(n.Body.List)
		}
	case *ast.BinaryExpr:
		f.binary(n)
	case *ast.SliceExpr:
		for _, e := range []ast.Expr{n.Low, n.High, n.Max} {
			f.shift(e)
		}
	case *ast.IndexExpr:
		f.shift(n.Index)
	case *ast.BasicLit:
		f.literal(n)
	case *ast.Ident:
		if opposite, ok := map[string]string{"true": "false", "false": "true"}[n.Name]; ok {
			f.replace(constant, n.Pos(), n.End(), opposite)
		}
	case *ast.BlockStmt:
		f.statements(n.List)
	case *ast.CaseClause:
		f.statements(n.Body)
	case *ast.CommClause:
		f.statements(n.Body)
	case *ast.ReturnStmt:
		f.swallowReturn(n, stack)
	}
	return true
}

func (f *finder) cases(clauses []ast.Stmt) {
	for _, clause := range clauses {
		if clause, ok := clause.(*ast.CaseClause); ok {
			for _, condition := range clause.List {
				f.negate(condition)
			}
		}
	}
}

func (f *finder) negate(condition ast.Expr) {
	f.replace(negate, condition.Pos(), condition.End(), "!("+f.text(condition)+")")
}

// binary changes both sides of a logical operator and the bound of a comparison.
func (f *finder) binary(e *ast.BinaryExpr) {
	other := map[token.Token]string{token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">"}
	switch to, compares := other[e.Op]; {
	case isLogical(e):
		for _, side := range []ast.Expr{e.X, e.Y} {
			if !isLogical(side) {
				f.negate(side)
			}
		}
	case compares:
		f.replace(bound, e.OpPos, e.OpPos+token.Pos(len(e.Op.String())), to)
		f.shift(e.X)
		f.shift(e.Y)
	}
}

// isLogical reports whether an expression is && or ||, whose sides are changed
// separately.
func isLogical(e ast.Expr) bool {
	binary, ok := ast.Unparen(e).(*ast.BinaryExpr)
	return ok && (binary.Op == token.LAND || binary.Op == token.LOR)
}

// shift adds and subtracts one.
func (f *finder) shift(e ast.Expr) {
	literal, ok := e.(*ast.BasicLit)
	if !ok {
		return
	}
	n, ok := number(literal)
	if !ok {
		return
	}
	f.bounds[literal] = true
	f.replace(bound, literal.Pos(), literal.End(), strconv.FormatInt(n+1, 10))
	f.replace(bound, literal.Pos(), literal.End(), strconv.FormatInt(n-1, 10))
}

// number returns the value of an integer or a character.
func number(literal *ast.BasicLit) (int64, bool) {
	if literal.Kind == token.CHAR {
		r, _, _, err := strconv.UnquoteChar(strings.Trim(literal.Value, "'"), '\'')
		return int64(r), err == nil
	}
	n, err := strconv.ParseInt(literal.Value, 0, 64)
	return n, err == nil
}

func (f *finder) literal(literal *ast.BasicLit) {
	if f.bounds[literal] {
		return
	}
	text := "(" + literal.Value + " + 1)"
	if n, ok := number(literal); ok {
		text = strconv.FormatInt(n+1, 10)
	}
	if literal.Kind == token.STRING {
		text = `""`
		if value, err := strconv.Unquote(literal.Value); err == nil && value == "" {
			text = `"mutated"`
		}
	}
	f.replace(constant, literal.Pos(), literal.End(), text)
}

// statements leaves out one statement at a time.
func (f *finder) statements(list []ast.Stmt) {
	for _, s := range list {
		switch s.(type) {
		case *ast.AssignStmt, *ast.IncDecStmt, *ast.ExprStmt, *ast.DeferStmt, *ast.GoStmt, *ast.SendStmt, *ast.ReturnStmt, *ast.BranchStmt:
			f.replace(drop, s.Pos(), s.End(), "")
		}
	}
}

// declName returns the name of a function, with its receiver, or the first name that
// a declaration declares.
func declName(decl ast.Decl) string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return d.Name.Name
		}
		return receiver(d.Recv.List[0].Type) + "." + d.Name.Name
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.ValueSpec:
				return s.Names[0].Name
			case *ast.TypeSpec:
				return s.Name.Name
			}
		}
	}
	return ""
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}
