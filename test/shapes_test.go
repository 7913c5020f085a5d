package test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// The most that a type may have. One with many methods and many fields is several
// things in one; plain data may be wide.
const (
	mostMethods     = 30 // with those promoted from types of ours
	methodsOfObject = 12 // of a type that also has more fields than fieldsOfObject
	fieldsOfObject  = 12
)

// shape is what counts of a type: its own methods and fields, and the types of
// ours that are embedded in it.
type shape struct {
	methods, fields int
	embedded        []string
}

// TestShapes holds every type to a size that one can keep in mind.
func TestShapes(t *testing.T) {
	t.Parallel()
	shapes := readShapes(t)
	if len(shapes) < 200 {
		t.Fatalf("only %d types were found", len(shapes))
	}
	for name, s := range shapes {
		methods := countMethods(shapes, name, map[string]bool{})
		if methods > mostMethods {
			t.Errorf("%s has %d methods, more than %d", name, methods, mostMethods)
		}
		if methods > methodsOfObject && s.fields > fieldsOfObject {
			t.Errorf("%s has %d methods and %d fields: one of them may be more than 12, not both", name, methods, s.fields)
		}
	}
}

// countMethods counts the methods of a type with those that are promoted.
func countMethods(shapes map[string]*shape, name string, seen map[string]bool) int {
	s := shapes[name]
	if s == nil || seen[name] { // a type of others
		return 0
	}
	seen[name] = true
	n := s.methods
	for _, embedded := range s.embedded {
		n += countMethods(shapes, embedded, seen)
	}
	return n
}

// readShapes reads the types of every package, by folder and name.
func readShapes(t *testing.T) map[string]*shape {
	t.Helper()
	shapes := map[string]*shape{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata") {
			return fs.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_windows.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err == nil {
			addShapes(shapes, filepath.ToSlash(filepath.Dir(strings.TrimPrefix(path, root+string(filepath.Separator)))), file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return shapes
}

// addShapes counts what a file has.
func addShapes(shapes map[string]*shape, folder string, file *ast.File) {
	of := func(name string) *shape {
		key := folder + "." + name
		if shapes[key] == nil {
			shapes[key] = &shape{}
		}
		return shapes[key]
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv != nil {
				of(typeName(n.Recv.List[0].Type)).methods++
			}
			return false
		case *ast.TypeSpec:
			s := of(n.Name.Name)
			switch body := n.Type.(type) {
			case *ast.StructType:
				s.addFields(folder, body.Fields, false)
			case *ast.InterfaceType:
				s.addFields(folder, body.Methods, true)
			}
		}
		return true
	})
}

// addFields counts fields, or the methods of an interface, and notes what is
// embedded.
func (s *shape) addFields(folder string, list *ast.FieldList, isInterface bool) {
	for _, field := range list.List {
		switch {
		case len(field.Names) == 0:
			name := typeName(field.Type)
			if !strings.Contains(name, ".") {
				name = folder + "." + name
			}
			s.embedded = append(s.embedded, name)
			s.fields++
		case isInterface:
			s.methods += len(field.Names)
		default:
			s.fields += len(field.Names)
		}
	}
}

// typeName is the name of a type without stars and parameters. That of another
// package has its name before it, by which types of ours in folders of more than
// one word are found too.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.IndexListExpr:
		return typeName(e.X)
	case *ast.SelectorExpr:
		return typeName(e.X) + "." + e.Sel.Name
	case *ast.Ident:
		return e.Name
	default:
		return ""
	}
}
