//go:build !windows

package settings

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestWarnMode(t *testing.T) {
	t.Parallel()
	for mode, want := range map[os.FileMode]string{
		0o600: "",
		0o400: "",
		0o640: "others can read it, and with it sign any token",
		0o604: "others can read it, and with it sign any token",
		0o620: "others can change it, and with it which key signs",
		0o666: "others can change it, and with it which key signs",
	} {
		path := filepath.Join(t.TempDir(), ".env")
		if err := os.WriteFile(path, []byte("SECRET_KEY="+canary+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		s, err := Load(Options{File: path, Lookup: lookupIn(nil)})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(s.Warnings) > 0 {
			got = s.Warnings[0].String()
			if !s.Warnings[0].Severe {
				t.Errorf("mode %o: not severe", mode)
			}
		}
		if want != "" {
			want = path + ": " + want + "; run chmod 600 " + path
		}
		if got != want {
			t.Errorf("mode %o: %q, want %q", mode, got, want)
		}
	}
}

// The environment may replace the secret that others can read, which is one
// all the same.
func TestModeOfASecretThatIsReplaced(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte("SECRET_KEY="+canary+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Load(Options{File: path, Lookup: lookupIn(map[string]string{"SECRET_KEY": canary + "2"})})
	if err != nil || len(s.Warnings) != 1 || !strings.HasSuffix(s.Warnings[0].String(), "; run chmod 600 "+path) {
		t.Errorf("got %v, %v, want the chmod to run", s.Warnings, err)
	}
}

// A file without the secret is nobody's loss.
func TestModeWithoutASecret(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte("PROJECT_NAME=x\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Load(Options{File: path, Lookup: lookupIn(map[string]string{"SECRET_KEY": canary})})
	if err != nil || len(s.Warnings) > 0 {
		t.Errorf("got %v, %v, want no warning", s.Warnings, err)
	}
}

// What a shell makes for a command's output is nobody's file.
func TestModeOfAPipe(t *testing.T) {
	t.Parallel()
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(fifo, 0o666); err != nil {
		t.Fatal(err)
	}
	if w, exposed := CheckMode(fifo); exposed {
		t.Errorf("got %v, want no warning", w)
	}
}

// Not parallel: the umask is the process's.
func TestCreateModeUnderAnyUmask(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o077, 0o777} {
		path := filepath.Join(t.TempDir(), ".env")
		old := syscall.Umask(umask)
		_, err := Create(path, template, canary)
		syscall.Umask(old)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("umask %o: mode %v, %v, want 0600", umask, info.Mode(), err)
		}
	}
}

func TestDevicesAreNotRead(t *testing.T) {
	t.Parallel()
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{fifo, "/dev/zero"} {
		_, err := Load(Options{File: path, Lookup: lookupIn(nil)})
		if want := path + ": it is not a regular file; name a file"; err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestNothingIsLeftOfAFailedCreate(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		// The superuser writes anywhere; a full disk stands in for it.
		_, err := Create("/dev/full/.env", template, canary)
		if err == nil || strings.Contains(err.Error(), canary) {
			t.Errorf("got %v", err)
		}
		return
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	_, err := Create(filepath.Join(folder, ".env"), template, canary)
	want := "the folder " + folder + " cannot be written to: start in another"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestWarnModeOfAFileWithoutASecret: who can change which key is used can sign.
func TestWarnModeOfAFileWithoutASecret(t *testing.T) {
	t.Parallel()
	for mode, want := range map[os.FileMode]int{0o600: 0, 0o644: 0, 0o664: 1, 0o602: 1} {
		dir := t.TempDir()
		path, key := filepath.Join(dir, ".env"), filepath.Join(dir, "key.txt")
		for file, text := range map[string]string{path: "KEY_FILE=key.txt\n", key: canary} {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		s, err := Load(Options{File: path, Lookup: lookupIn(nil)})
		if err != nil || len(s.Warnings) != want {
			t.Errorf("mode %o: %d warnings, want %d, error %v", mode, len(s.Warnings), want, err)
		}
	}
}
