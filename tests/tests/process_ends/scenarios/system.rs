//! Signals, forks and subinterpreters.

use crate::host::Host;

/// Returns Python code whose last call only ends when another thread sends a signal.
fn signalled(signal: &str, handler: &str, waiting: &str) -> String {
    format!(
        "
import os, process_ends as ends, signal, threading, time
{handler}
begun = threading.Event()
def send():
    begun.wait()
    time.sleep(0.05)
    os.kill(os.getpid(), signal.{signal})
threading.Thread(target=send).start()
{waiting}
"
    )
}

/// Makes SIGINT raise `KeyboardInterrupt`, even if the host has installed no handler.
const INTERRUPTS: &str = "signal.signal(signal.SIGINT, signal.default_int_handler)";

scenarios! {
    fn handlers_are_known(host) {
        let script = "
import signal
assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL, signal.getsignal(signal.SIGTERM)
# Rust ignores it before `main` begins, and Python does when it starts a program.
assert signal.getsignal(signal.SIGPIPE) is signal.SIG_IGN, signal.getsignal(signal.SIGPIPE)
former = signal.signal(signal.SIGALRM, lambda *_: None)
assert former is signal.SIG_DFL, former
signal.signal(signal.SIGALRM, former)
assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
";
        host.run(script).quietly(0, "");
    }

    fn an_interrupt_while_detached(host) {
        let waiting = "
try:
    ends.wait_for_signal(begun.set)
except KeyboardInterrupt:
    print('interrupted')
";
        host.run(&signalled("SIGINT", INTERRUPTS, waiting)).quietly(0, "interrupted\n");
    }

    fn an_interrupt_that_nobody_catches(host) {
        let waiting = "ends.call(lambda: ends.wait_for_signal(begun.set))";
        host.run(&signalled("SIGINT", INTERRUPTS, waiting)).interrupted();
    }

    fn a_handler_that_raises_while_detached(host) {
        let handler = "
def handler(number, frame):
    raise LookupError(number == signal.SIGTERM)
signal.signal(signal.SIGTERM, handler)
";
        let waiting = "
try:
    ends.wait_for_signal(begun.set)
except LookupError as error:
    print('handled', error)
";
        host.run(&signalled("SIGTERM", handler, waiting)).quietly(0, "handled True\n");
    }

    fn a_child_uses_classes_and_ends_at_once(host) {
        let script = "
import os, process_ends as ends
counter = ends.Counter()
counter()
child = os.fork()
if child == 0:
    code = counter() + ends.call(ends.Counter()) + ends.call_on_another_thread(ends.Counter())
    os._exit(code)
_, status = os.waitpid(child, 0)
print('child:', os.WEXITSTATUS(status) if os.WIFEXITED(status) else status, 'parent:', counter())
";
        host.run(script).quietly(0, "child: 4 parent: 2\n");
    }

    fn a_child_ends_as_other_processes_do(host) {
        let script = "
import os, process_ends as ends, sys
kept = ends.Node('kept')
kept.other = kept
ends.keep_in_static(ends.Counter())
child = os.fork()
if child == 0:
    sys.exit(5)
_, status = os.waitpid(child, 0)
print('child:', os.WEXITSTATUS(status) if os.WIFEXITED(status) else status)
";
        host.run(script).quietly_with(0, |output| assert!(output.contains("child: 5\n")));
    }

    /// If classes and cached objects belong to the interpreter that created them, a second interpreter is refused. If
    /// all interpreters share them, it works.
    fn a_subinterpreter_is_refused_or_works(host) {
        let script = "
import process_ends
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
try:
    other = interpreters.create('legacy')
except TypeError:
    other = interpreters.create(isolated=False)
code = '''
import os
try:
    import process_ends
    answer = process_ends.call(process_ends.Counter())
except ImportError as error:
    answer = error
os.write(1, (str(answer) + chr(10)).encode())
'''
interpreters.run_string(other, code)
interpreters.destroy(other)
";
        let refused = "PyO3 modules do not yet support subinterpreters, see https://github.com/PyO3/pyo3/issues/576\n";
        host.run(script).quietly_with(0, |output| assert!([refused, "1\n"].contains(&output)));
    }
}
