package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// service is a project that runs.
type service struct {
	url  string
	stop func()
}

// prepare copies a project, makes its .env and runs the release line of its Procfile.
func (b *bench) prepare(ctx context.Context, p project) (dir string, err error) {
	source, dir := filepath.Join(b.source, p.folder), filepath.Join(b.dir, p.folder)
	if err := os.CopyFS(dir, os.DirFS(source)); err != nil {
		return "", fmt.Errorf("copying the project: %w", err)
	}
	if err := copyFile(filepath.Join(dir, ".env.example"), filepath.Join(dir, ".env")); err != nil {
		return "", err
	}
	release, err := procfile(dir, "release")
	if err != nil || release == "" {
		return dir, err
	}
	_, _, err = run(ctx, dir, append(slices.Clone(b.env), "SOURCE="+source), "", "bash", "-c", release)
	return dir, err
}

// start runs the web line of the Procfile and waits until something listens.
func (b *bench) start(ctx context.Context, dir string) (service, error) {
	web, err := procfile(dir, "web")
	if err != nil {
		return service{}, err
	}
	address, err := freeAddress(ctx)
	if err != nil {
		return service{}, err
	}
	_, port, _ := net.SplitHostPort(address)

	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	cmd := exec.CommandContext(ctx, "bash", "-c", web)
	var log bytes.Buffer
	cmd.Dir, cmd.Env, cmd.WaitDelay = dir, append(slices.Clone(b.env), "PORT="+port), time.Second
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		cancel()
		return service{}, fmt.Errorf("starting: %w", err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	stop := func() { cancel(); <-ended }

	for !listens(ctx, address) {
		select {
		case <-ended:
			stop()
			return service{}, fmt.Errorf("the service ended: %s", end(log.String()))
		case <-time.After(50 * time.Millisecond):
		}
	}
	return service{url: "http://" + address, stop: stop}, nil
}

// freeAddress returns an address of this machine on which nothing listens.
func freeAddress(ctx context.Context) (string, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("no free port: %w", err)
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

func listens(ctx context.Context, address string) bool {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return false
	}
	return connection.Close() == nil
}

// procfile returns the command of a process type, or "".
func procfile(dir, process string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, "Procfile"))
	if err != nil {
		return "", fmt.Errorf("the Procfile: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		if command, found := strings.CutPrefix(lines.Text(), process+": "); found {
			return command, nil
		}
	}
	return "", nil
}
