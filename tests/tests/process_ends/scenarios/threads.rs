//! Threads that are still running when the process ends.

use crate::host::Host;

scenarios! {
    fn nothing_special(host) {
        host.run("import process_ends as ends\nprint(ends.call(ends.Counter()))").quietly(0, "1\n");
    }

    fn a_thread_sleeps_detached(host) {
        host.run("import process_ends as ends\nends.thread_detached()\nprint('end')").quietly(0, "end\n");
    }

    fn a_thread_runs_python(host) {
        host.run("import process_ends as ends\nends.thread_in_python()\nprint('end')").quietly(0, "end\n");
    }

    fn a_thread_calls_python(host) {
        let script = "import process_ends as ends\nends.thread_calling(lambda number: number + 1)\nprint('end')";
        host.run(script).quietly(0, "end\n");
    }

    /// Attaching panics once the shutdown has begun.
    fn threads_attach(host) {
        let ended = host.run("import process_ends as ends\nends.threads_attaching()\nprint('end')");
        ended.with(0, "end\n");
        ended.complains_only_of(&[
            "panicked at",
            "Cannot attach to the Python interpreter while it is finalizing.",
            "note: run with `RUST_BACKTRACE=1`",
        ]);
    }

    fn threads_try_to_attach(host) {
        let script = "import process_ends as ends\nends.threads_trying_to_attach()\nprint('end')";
        host.run(script).quietly(0, "end\n");
    }

    /// These threads start after the shutdown has begun.
    fn threads_begin_at_exit(host) {
        let script = "
import atexit, process_ends as ends
atexit.register(ends.threads_trying_to_attach)
atexit.register(ends.threads_dropping, ends.Counter())
atexit.register(ends.thread_detaching)
atexit.register(ends.thread_calling, lambda number: number)
print('end')
";
        host.run(script).quietly(0, "end\n");
    }

    fn many_threads_of_all_kinds(host) {
        let script = "
import process_ends as ends
for _ in range(2):
    ends.thread_detached()
    ends.thread_detaching()
    ends.thread_in_drop()
    ends.threads_dropping([ends.Node('cycle')])
    ends.threads_trying_to_attach()
print('end')
";
        host.run(script).quietly_with(0, |output| assert!(output.starts_with("end\n")));
    }

    fn a_thread_detaches_again_and_again(host) {
        host.run("import process_ends as ends\nends.thread_detaching()\nprint('end')").quietly(0, "end\n");
    }

    fn a_thread_is_in_a_drop(host) {
        host.run("import process_ends as ends\nends.thread_in_drop()\nprint('end')").quietly(0, "end\n");
    }

    /// The threads drop Python objects with a `__del__`, which may be running when the process ends.
    fn a_thread_is_in_a_finaliser(host) {
        let script = "
import process_ends as ends

class Slow:
    def __del__(self):
        for _ in range(1000):
            pass

ends.thread_dropping_results(Slow)
print('end')
";
        host.run(script).quietly(0, "end\n");
    }

    /// Rust calls operators written in Python.
    fn a_thread_is_in_operators(host) {
        let script = "
import process_ends as ends

def slowly(result):
    def operator(self, *other):
        for _ in range(1000):
            pass
        return result
    return operator

class Slow:
    __add__ = __neg__ = slowly(None)
    __contains__ = __bool__ = slowly(True)
    __len__ = __hash__ = slowly(3)

ends.thread_in_operators(Slow())
print('end')
";
        host.run(script).quietly(0, "end\n");
    }

    fn threads_drop_references(host) {
        host.run("import process_ends as ends\nends.threads_dropping(object())\nprint('end')").quietly(0, "end\n");
    }

    fn a_daemon_thread_calls_rust_that_calls_python(host) {
        let script = "
import process_ends as ends, threading, time
begun = threading.Event()
threading.Thread(target=ends.call_for_ever, args=(begun.set,), daemon=True).start()
begun.wait()
print('end')
";
        host.run(script).quietly(0, "end\n");
    }
}
