//go:build !windows

package settings

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"tokendesk/auth/advice"
)

func TestWarnMode(t *testing.T) {
	t.Parallel()
	for mode, want := range map[os.FileMode]string{
		0o600: "",
		0o400: "",
		0o640: "other users can read this file and sign any token with it",
		0o604: "other users can read this file and sign any token with it",
		0o620: "other users can change this file and so choose the key that signs",
		0o666: "other users can change this file and so choose the key that signs",
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

// A secret that others can read is a warning even if the environment overrides it.
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

// A file without a secret may be readable.
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

// The pipe that a shell makes for the output of a command is not a file to protect.
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

// Not parallel: the umask belongs to the process.
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
		if want := path + ": it is not a regular file; choose another file"; err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestNothingIsLeftOfAFailedCreate(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		// The superuser may write to any folder, so this tries a full disk instead.
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
	want := "the folder " + folder + " is read-only"
	if err == nil || err.Error() != want || advice.Of(err) != "start in another folder" {
		t.Errorf("got %v, want %s", err, want)
	}
}

// Whoever can change a file that names the key can sign.
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
