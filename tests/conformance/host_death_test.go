package conformance

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A plugin must not outlive its host. The host here is this test's executable once more, so that it can be killed.
func TestThePluginEndsWhenItsHostIsKilled(t *testing.T) {
	endsWithItsHost(t, echoCommand(t))
}

func endsWithItsHost(t *testing.T, command *exec.Cmd) {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	killed := exec.Command(os.Args[0], append([]string{"be-a-host", command.Path}, command.Args[1:]...)...)
	killed.ExtraFiles = []*os.File{writer}
	out, err := killed.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	_ = writer.Close()
	socket, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the host started no plugin: %v", err)
	}
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.Wait()

	ended := make(chan struct{})
	go func() {
		_, _ = reader.Read(make([]byte, 1))
		close(ended)
	}()
	waitFor(t, "the end of the plugin", ended)
	if _, err := os.Stat(filepath.Dir(strings.TrimSpace(socket))); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", socket, err)
	}
}

// beAHost starts a plugin, hands on the pipe by which its end is seen, tells its socket and stays until it is killed.
func beAHost(arguments []string) {
	command := exec.Command(arguments[0], arguments[1:]...)
	command.ExtraFiles = []*os.File{os.NewFile(3, "pipe")}
	client := newClient(command, &logBuffer{})
	if _, err := client.Client(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(client.ReattachConfig().Addr)
	select {}
}
