package settings

import (
	"maps"
	"path/filepath"
	"slices"

	"tokendesk/auth/advice"
)

// Fit returns, by their names, why personas cannot be put into the file: the shape of one does
// not exist, or it extends nobody, itself, or another that does not fit. The errors have advice.
// The rest can be put there with [PersonasFile.Put].
func (f *PersonasFile) Fit(personas []Own) map[string]error {
	unfit := map[string]error{}
	folder := filepath.Dir(f.Path)
	shapes := ShapeNames(folder)
	for _, p := range personas {
		if p.Shape != "" && !slices.Contains(shapes, p.Shape) {
			unfit[p.Name] = noShape(folder, p.Shape)
		}
	}
	for {
		family := f.family(personas, unfit)
		found := map[string]error{}
		for _, p := range personas {
			if err := family.check(p.Name, f.Path, unfit); err != nil && unfit[p.Name] == nil {
				found[p.Name] = err
			}
		}
		if len(found) == 0 {
			return unfit
		}
		maps.Copy(unfit, found)
	}
}

// family is whom each persona extends, by their names.
type family map[string]string

// family returns whom the personas would extend with those that fit.
func (f *PersonasFile) family(personas []Own, unfit map[string]error) family {
	all := family{}
	for _, p := range f.personas {
		all[p.Name] = p.Extends
	}
	for _, p := range personas {
		if unfit[p.Name] == nil {
			all[p.Name] = p.Extends
		}
	}
	return all
}

// check returns why a persona cannot extend the one that it names, or nil.
func (f family) check(name, file string, unfit map[string]error) error {
	parent := f[name]
	if parent == "" {
		return nil
	}
	if _, ok := f[parent]; !ok && unfit[parent] != nil {
		return advice.New("it extends "+parent+", which is refused", "correct "+parent+" first")
	} else if !ok {
		return advice.New("there is no persona "+quoteName(parent)+" to extend", "name a persona in "+file+" or one that is imported")
	}
	seen := map[string]bool{}
	for ; parent != "" && !seen[parent]; parent = f[parent] {
		if parent == name {
			return advice.New("it would extend itself", "extend another persona")
		}
		seen[parent] = true
	}
	return nil
}
