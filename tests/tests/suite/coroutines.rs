//! `async fn` in Python: the result of a call, waking, cancellation, and the duration of borrows.

use std::future::poll_fn;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

use pyo3::coroutine::CancelHandle;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::IntoPyDict;

/// Suspends once, until another thread wakes it.
async fn woken_by_a_thread() {
    let mut started = false;
    poll_fn(|cx| {
        if started {
            return Poll::Ready(());
        }
        started = true;
        let waker: Waker = cx.waker().clone();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(5));
            waker.wake();
        });
        Poll::Pending
    })
    .await
}

#[pyfunction]
#[pyo3(signature = (left, right = 2, *, fail = false))]
async fn add(left: i64, right: i64, fail: bool) -> PyResult<i64> {
    woken_by_a_thread().await;
    if fail { Err(PyValueError::new_err("as asked")) } else { Ok(left + right) }
}

#[pyfunction]
async fn forever() {
    std::future::pending().await
}

#[pyfunction]
async fn until_cancelled(#[pyo3(cancel_handle)] mut cancel: CancelHandle) -> String {
    let exception = cancel.cancelled().await;
    Python::attach(|py| exception.bind(py).get_type().name().unwrap().to_string())
}

#[pyclass]
struct Account {
    balance: i64,
}

#[pymethods]
impl Account {
    #[new]
    fn new(balance: i64) -> Self {
        Account { balance }
    }

    async fn pay(&mut self, amount: i64) -> i64 {
        woken_by_a_thread().await;
        self.balance += amount;
        self.balance
    }

    async fn describe<'a>(&'a self, prefix: &'a str) -> &'a str {
        if self.balance > 0 { prefix } else { "empty" }
    }

    #[staticmethod]
    async fn richest(one: Py<Account>, other: &Account) -> i64 {
        Python::attach(|py| one.borrow(py).balance).max(other.balance)
    }

    async fn __aenter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    async fn __aexit__(&self, _kind: Py<PyAny>, _value: Py<PyAny>, _traceback: Py<PyAny>) {}
}

fn run(code: &str) {
    Python::attach(|py| {
        let scope = [
            ("add", wrap_pyfunction!(add, py).unwrap().into_any()),
            ("forever", wrap_pyfunction!(forever, py).unwrap().into_any()),
            ("until_cancelled", wrap_pyfunction!(until_cancelled, py).unwrap().into_any()),
            ("Account", py.get_type::<Account>().into_any()),
            ("asyncio", py.import("asyncio").unwrap().into_any()),
        ]
        .into_py_dict(py)
        .unwrap();
        pyo3::py_run!(py, *scope, code);
    });
}

#[test]
fn results_and_errors_reach_the_awaiting_code() {
    run(r#"
        assert asyncio.run(add(40)) == 42
        assert asyncio.run(add(1, right=5)) == 6
        try:
            asyncio.run(add(1, fail=True))
        except ValueError as error:
            assert str(error) == "as asked"
        else:
            assert False
    "#);
}

#[test]
fn many_wait_at_once() {
    run(r#"
        async def main(asyncio=asyncio, add=add):
            return await asyncio.gather(*[add(i) for i in range(20)])
        assert asyncio.run(main()) == list(range(2, 22))
    "#);
}

#[test]
fn arguments_are_counted_by_the_call_and_converted_by_the_first_step() {
    run(r#"
        try:
            add()
        except TypeError as error:
            assert "missing 1 required positional argument: 'left'" in str(error), error
        else:
            assert False
        waiting = add("no number")
        try:
            waiting.send(None)
        except TypeError:
            pass
        else:
            assert False
    "#);
}

#[test]
fn a_coroutine_ends_once() {
    run(r#"
        def refused(coroutine):
            try:
                coroutine.send(None)
            except RuntimeError as error:
                return str(error)
        closed = forever()
        closed.close()
        assert refused(closed) == "cannot reuse already awaited coroutine"
        thrown = forever()
        try:
            thrown.throw(KeyError("x"))
        except KeyError:
            pass
        assert refused(thrown) == "cannot reuse already awaited coroutine"
        assert (thrown.__name__, thrown.__qualname__) == ("forever", "forever")
        method = Account(1).pay(1)
        assert (method.__name__, method.__qualname__) == ("pay", "Account.pay")
    "#);
}

#[test]
fn cancellation_ends_it_or_reaches_its_handle() {
    run(r#"
        async def cancelled(make, asyncio=asyncio):
            task = asyncio.create_task(make())
            await asyncio.sleep(0)
            task.cancel()
            try:
                return await task
            except asyncio.CancelledError:
                return "cancelled"
        assert asyncio.run(cancelled(forever)) == "cancelled"
        assert asyncio.run(cancelled(until_cancelled)) == "CancelledError"
    "#);
}

#[test]
fn methods_borrow_while_they_run() {
    run(r#"
        account = Account(10)
        assert asyncio.run(account.pay(5)) == 15
        assert asyncio.run(account.describe("rich")) == "rich"
        assert asyncio.run(Account.richest(account, Account(20))) == 20
        async def twice(asyncio=asyncio, account=account):
            return await asyncio.gather(account.pay(1), account.pay(1), return_exceptions=True)
        first, second = asyncio.run(twice())
        assert first == 16 and type(second) is RuntimeError, (first, second)
        async def entered(account=account):
            async with account as inside:
                return inside is account
        assert asyncio.run(entered())
    "#);
}

#[test]
fn a_dropped_coroutine_drops_its_future() {
    static DROPPED: AtomicUsize = AtomicUsize::new(0);
    struct Noisy;
    impl Drop for Noisy {
        fn drop(&mut self) {
            DROPPED.fetch_add(1, Ordering::SeqCst);
        }
    }
    #[pyfunction]
    async fn hold() {
        let _noisy = Mutex::new(Noisy);
        std::future::pending::<()>().await;
    }
    Python::attach(|py| {
        let hold = wrap_pyfunction!(hold, py).unwrap();
        pyo3::py_run!(
            py,
            hold,
            r#"
            import asyncio
            async def main(hold=hold, asyncio=asyncio):
                try:
                    await asyncio.wait_for(hold(), 0.01)
                except asyncio.TimeoutError:
                    pass
            asyncio.run(main())
            "#
        );
    });
    pyo3_tests::eventually(|| DROPPED.load(Ordering::SeqCst) == 1);
}
