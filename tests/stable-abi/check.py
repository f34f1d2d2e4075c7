"""Uses everything of `stable_abi_sample`; the last line says how many checks held. Any that does not is an error."""

import gc
import sys
import weakref

import stable_abi_sample as sample

held = 0


def same(found, expected):
    global held
    if found != expected or type(found) is not type(expected):
        raise AssertionError(f"check {held + 1}: {found!r} is not {expected!r}")
    held += 1


def raises(kind, text, function, *args, **kwargs):
    global held
    try:
        function(*args, **kwargs)
    except kind as error:
        if text not in str(error):
            raise AssertionError(f"check {held + 1}: {error!r} does not say {text!r}") from None
        held += 1
        return error
    raise AssertionError(f"check {held + 1}: {kind.__name__} was not raised")


def functions():
    same(sample.apart(1), "1 2 () k {}")
    same(sample.apart(1, 3, 4, "5", key="l", other=6), "1 3 (4, '5') l {'other': 6}")
    raises(TypeError, "missing 1 required positional argument", sample.apart, first=1)
    raises(TypeError, "missing 1 required positional argument", sample.apart)
    raises(TypeError, "'str' object cannot be", sample.apart, "one")
    raises(OverflowError, "", sample.apart, 1, 256)
    for number in (0, -1, 2**31, 2**62, -(2**63), 2**64, 2**126):
        same(sample.negated(number), -number)
    same(sample.negated(-(2**127)), None)
    raises(OverflowError, "", sample.negated, 2**127)
    same(sample.scale([1.5, 2], 2.0), [3.0, 4.0])
    same(sample.reversed("aé€😀"), "😀€éa")
    raises(UnicodeEncodeError, "surrogates", sample.reversed, "\ud800")
    same(sample.doubled_bytes(b"a\0"), b"a\0a\0")
    same(sample.merged({"a": 1, "b": 2}, {2, 3}), ({"a": 1, "b": 2}, 1))
    same(sample.total(range(5)), 10)
    same(sample.total(iter([])), 0)
    raises(TypeError, "not iterable", sample.total, 5)
    error = raises(sample.SampleError, "because", sample.refuse, "because")
    same(isinstance(error, ValueError), True)
    same(repr(error.__cause__), "KeyError('cause')")
    same(sample.catching(lambda: {}["missing"]), "KeyError")
    same(sample.catching(list), "nothing")
    same(sample.adder(40)(2), 42)
    same(raises(BaseException, "as it must", sample.panics).__class__.__name__, "PanicException")
    numbers = []
    sample.in_parallel(numbers, 4)
    same(sorted(numbers), [0, 1, 2, 3])
    same(sample.inner.answer(), 42)
    same(sample.VERSION, 3)


def classes():
    account = sample.Account("a", cents=5)
    same(repr(account), 'Account("a", 5)')
    same((account.owner, account.cents), ("a", 5))
    account.owner, account.cents = "b", 7
    same((account.owner, account.cents), ("b", 7))
    account.note = "kept"
    same(account.__dict__, {"note": "kept"})
    raises(TypeError, "", setattr, account, "cents", "many")
    raises(TypeError, "positional argument", sample.Account)
    same(sample.Account.CURRENCY, "EUR")
    same(sample.Account.named(), "Account")
    same(bool(sample.Account.empty()), False)
    same(repr(account + account), 'Account("b+b", 14)')
    same((account / 2).cents, 3)
    raises(ZeroDivisionError, "no parts", lambda: account / 0)
    raises(TypeError, "unsupported operand", lambda: account + 1)
    same(account == sample.Account("c", cents=7), True)
    same(account < sample.Account("c", cents=8), True)
    same(hash(account), 7)
    same(account(3), 10)
    reference = weakref.ref(account)
    same(reference() is account, True)
    del account
    same(reference(), None)

    savings = sample.Savings("s", 0.5)
    savings.cents = 4
    same(savings.interest(), 2.0)
    same(isinstance(savings, sample.Account), True)

    class Special(sample.Savings):
        def __init__(self, owner, rate):
            super().__init__()
            self.extra = owner.upper()

        def __repr__(self):
            return "special " + super().__repr__()

    special = Special("s", 1.0)
    same((special.extra, repr(special)), ("S", 'special Account("s", 0)'))
    same(Special.named(), "Special")

    same(list(sample.Countdown(3)), [2, 1, 0])
    countdown = sample.Countdown(3)
    same((len(countdown), countdown[0], 2 in countdown, 3 in countdown), (3, 2, True, False))
    raises(IndexError, "over", lambda: countdown[3])
    same(sample.Suit.Spades == 7, True)
    same({sample.Suit.Hearts: 1}[sample.Suit.Hearts], 1)
    same(repr(sample.Suit.Hearts), "Suit.Hearts")

    diary = sample.Diary()
    diary[1] = "one"
    diary[2] = "two"
    del diary[1]
    same(diary.pages, {2: "two"})
    raises(AttributeError, "no colour", getattr, diary, "colour")


def collector():
    link = sample.Link()
    link.to = [link]
    reference = weakref.ref(link)
    del link
    gc.collect()
    same(reference(), None)
    before = sys.getrefcount(sample.Link)
    for _ in range(1000):
        sample.Link().to = sample.Link()
    same(abs(sys.getrefcount(sample.Link) - before) < 10, True)


functions()
classes()
collector()
print(f"{held} checks held")
