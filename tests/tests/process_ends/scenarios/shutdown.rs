//! Code that runs while the interpreter shuts down, and objects that are left then.

use crate::host::Host;

scenarios! {
    fn an_exit_code_comes_through_rust(host) {
        let script = "import process_ends as ends, sys\nprint('end', flush=True)\nends.call(lambda: sys.exit(7))";
        host.run(script).quietly(7, "end\n");
    }

    fn an_error_comes_through_rust(host) {
        let ended = host.run("import process_ends as ends\nends.call(lambda: 1 // 0)");
        ended.with(1, "");
        ended.complains_only_of(&["Traceback (most recent call last):", "File ", "ends.call", "~~", "^^", "ZeroDivisionError: "]);
    }

    fn exits_of_threads_are_theirs(host) {
        let script = "
import process_ends as ends, sys, threading
threads = [threading.Thread(target=ends.call, args=(lambda: sys.exit(3),)) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print('end')
";
        host.run(script).quietly(0, "end\n");
    }

    fn exit_functions_use_classes(host) {
        let script = "
import atexit, process_ends as ends
counter = ends.Counter()
atexit.register(lambda: print('at exit:', ends.call(counter), ends.call(ends.Counter())))
counter()
print('end')
";
        host.run(script).quietly(0, when_shut_down(host, "end\n", "at exit: 2 1\n"));
    }

    fn exit_functions_use_threads_of_rust(host) {
        let script = "
import atexit, process_ends as ends
atexit.register(lambda: print('at exit:', ends.call_on_another_thread(ends.Counter())))
print('end')
";
        host.run(script).quietly(0, when_shut_down(host, "end\n", "at exit: 1\n"));
    }

    /// A thread that the shutdown waits for can still attach.
    fn a_thread_that_is_waited_for_uses_threads_of_rust(host) {
        let script = "
import process_ends as ends, threading
main = threading.current_thread()
def late():
    # `threading` has begun to shut down when the main thread counts as ended.
    main.join(0.3)
    print('late:', ends.call_on_another_thread(ends.Counter()), flush=True)
threading.Thread(target=late).start()
print('end', flush=True)
";
        host.run(script).quietly(0, when_shut_down(host, "end\n", "late: 1\n"));
    }

    fn globals_and_cycles_die(host) {
        let script = "
import process_ends as ends
cycle = ends.Node('cycle')
cycle.other = cycle
chain = ends.Node('chain')
chain.attribute = ends.Node('attribute')
other = ends.Node('other')
chain.other = other
other.back = chain
ends.keep = ends.Node('kept by the module')
print('end')
";
        let ended = host.run(script);
        ended.quietly_with(0, |output| {
            // Objects that live until the end may or may not be dropped, but at most once, and only after `end`.
            let mut lines: Vec<&str> = output.lines().collect();
            assert_eq!(lines.remove(0), "end");
            let mut names: Vec<&str> = lines.iter().map(|line| line.strip_suffix(" dies").expect("only deaths")).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), lines.len());
            let known = ["cycle", "chain", "attribute", "other", "kept by the module"];
            assert!(names.iter().all(|name| known.contains(name)));
        });
    }

    fn finalisers_written_in_python_use_classes(host) {
        let script = "
import process_ends as ends
class Last(ends.Node):
    def __del__(self, counter=ends.Counter(), print=print):
        print('del:', counter())
kept = Last('last')
kept.me = kept
del kept
import gc
gc.collect()
print('end')
";
        host.run(script).quietly_with(0, |output| {
            assert!(output.starts_with("del: 1\n"));
            assert!(output.ends_with("end\n"));
        });
    }

    fn objects_outlive_the_interpreter(host) {
        let script = "
import process_ends as ends
ends.keep_in_static(ends.Node('in a static'))
ends.keep_in_thread_local(ends.Node('in a thread-local'))
ends.keep_in_thread_local([ends.Counter(), 'text', 10 ** 30])
print('end')
";
        host.run(script).quietly_with(0, |output| assert!(output.starts_with("end\n")));
    }

    fn objects_of_ended_threads(host) {
        let script = "
import process_ends as ends, threading
for _ in range(8):
    thread = threading.Thread(target=ends.keep_in_thread_local, args=(ends.Counter(),))
    thread.start()
    thread.join()
ends.call_on_another_thread(lambda: ends.keep_in_thread_local(ends.Counter()))
print('end')
";
        host.run(script).quietly(0, "end\n");
    }
}

#[test]
fn a_second_interpreter_follows_the_first() {
    let script = "
import sys
assert not hasattr(sys, 'seen')
sys.seen = True
kept = [{'key': number} for number in range(100)]
print(sum(len(item) for item in kept), flush=True)
";
    Host::Twice.run(script).quietly(0, "100\n100\n");
}

/// Returns the expected output. Only hosts that finalize the interpreter print `at_shutdown`.
fn when_shut_down<'a>(host: Host, always: &'a str, at_shutdown: &str) -> &'a str {
    if host.finalizes() { Box::leak(format!("{always}{at_shutdown}").into_boxed_str()) } else { always }
}
