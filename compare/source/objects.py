"""Objects of all sorts: each of `subjects` is an expression that makes one."""

import collections, datetime, decimal, fractions, array, types, enum, functools, itertools, io, re, operator, weakref


class Plain:
    pass


class Odd:

    def __init__(self, v=0):
        self.v = v

    def __eq__(self, o):
        return isinstance(o, Odd) and self.v == o.v

    def __hash__(self):
        return 5

    def __repr__(self):
        return f'Odd({self.v})'

    def __len__(self):
        return self.v

    def __getitem__(self, i):
        if i >= self.v:
            raise IndexError('odd')
        return i

    def __setitem__(self, i, x):
        self.last = (i, x)

    def __delitem__(self, i):
        self.last = i

    def __contains__(self, x):
        return x == 3

    def __call__(self, *a, **k):
        return (a, k)

    def __add__(self, o):
        return ('add', o)

    def __radd__(self, o):
        return ('radd', o)

    def __iadd__(self, o):
        return ('iadd', o)

    def __mul__(self, o):
        return ('mul', o)

    def __neg__(self):
        return 'neg'

    def __index__(self):
        return 1

    def __int__(self):
        return 8

    def __float__(self):
        return 1.5

    def __complex__(self):
        return 2j

    def __bool__(self):
        return False

    def __bytes__(self):
        return b'odd'

    def __fspath__(self):
        return '/odd'

    def __getattr__(self, n):
        if n.startswith('__'):
            raise AttributeError(n)
        return 'got ' + n

    def __divmod__(self, o):
        return (1, o)

    def __pow__(self, o, m=None):
        return ('pow', o, m)

    def __matmul__(self, o):
        return ('mat', o)

    def __lt__(self, o):
        return True

    def __dir__(self):
        return ['b', 'a']

    def __enter__(self):
        return 5

    def __exit__(self, *a):
        return True


class Raises:

    def __getattribute__(self, n):
        raise ValueError('no ' + n)

    def __len__(self):
        raise KeyError('len')

    def __iter__(self):
        raise KeyError('iter')

    def __getitem__(self, i):
        raise KeyError('item')

    def __repr__(self):
        raise KeyError('repr')

    def __str__(self):
        raise KeyError('str')

    def __hash__(self):
        raise KeyError('hash')

    def __bool__(self):
        raise KeyError('bool')

    def __eq__(self, o):
        raise KeyError('eq')

    def __lt__(self, o):
        raise KeyError('lt')

    def __call__(self):
        raise KeyError('call')

    def __contains__(self, o):
        raise KeyError('contains')

    def __int__(self):
        raise KeyError('int')

    def __index__(self):
        raise KeyError('index')

    def __float__(self):
        raise KeyError('float')


class BadLen:

    def __len__(self):
        return -1

    def __bool__(self):
        return 3

    def __hash__(self):
        return 'x'

    def __repr__(self):
        return 3

    def __str__(self):
        return 3

    def __iter__(self):
        return 3

    def __index__(self):
        return 'x'

    def __int__(self):
        return 'x'

    def __float__(self):
        return 'x'

    def __dir__(self):
        return 3

    def __bytes__(self):
        return 3

    def __contains__(self, x):
        return 'yes'


class HugeLen:

    def __len__(self):
        return 1 << 70


class Slots:
    __slots__ = ('a',)


class L(list):
    pass


class D(dict):

    def __missing__(self, k):
        return ('missing', k)


class S(str):
    pass


class I(int):
    pass


class F(float):
    pass


class T(tuple):
    pass


class B(bytes):
    pass


class BA(bytearray):
    pass


class St(set):
    pass


class Fs(frozenset):
    pass


class E(enum.Enum):
    A = 1
    B = 2


class IE(enum.IntEnum):
    A = 1


class ST(str):

    def __str__(self):
        return 'st'


def func(a, b=2, *c, d=4, **e):
    """doc"""
    return (a, b, c, d, e)


def gen():
    yield 1
    yield 2


async def coro():
    return 3
nt = collections.namedtuple('nt', 'x y')
p = Plain()
p.attr = 1

# Subclasses that override what functions of C do not ask.


class Overrides:

    def __len__(self):
        return 99

    def __getitem__(self, key):
        return 'overridden'

    def __iter__(self):
        return iter('it')


class Items(Overrides, list):

    def append(self, item):
        raise ValueError


class Pairs(Overrides, dict):

    def keys(self):
        return ['overridden']

    def __contains__(self, key):
        return True

    def get(self, key, default=None):
        return 'overridden'


class Members(Overrides, set):

    def __contains__(self, item):
        return True

    def add(self, item):
        raise ValueError


class Row(Overrides, tuple):
    pass


class Text(str):

    def __str__(self):
        return 'overridden'

    def __len__(self):
        return 99

    def encode(self, *args):
        return b'overridden'


class Count(int):

    def __int__(self):
        return 99

    def __index__(self):
        return 99


class Measure(float):

    def __float__(self):
        return 99.0


class NoHash:

    def __hash__(self):
        raise KeyError('hash')


class NoEq:

    def __hash__(self):
        return 1

    def __eq__(self, other):
        raise KeyError('eq')


class Outer:

    class Inner:
        pass


def fail():
    raise ValueError('failed')


def echo():
    sent = yield 1
    yield sent
    return 7


subjects = [
    'None',
    'True',
    'False',
    '0',
    '1',
    '-1',
    '255',
    '256',
    '2**31',
    '2**63',
    '2**64',
    '-2**63',
    '2**200',
    '0.0',
    '1.5',
    '-0.0',
    'float("inf")',
    'float("nan")',
    '1+2j',
    "''",
    "'abc'",
    "'é'",
    "'😀'",
    "'\\ud800'",
    "'a\\0b'",
    "b''",
    "b'ab'",
    "bytearray(b'ab')",
    "memoryview(b'ab')",
    '()',
    '(1, 2, 3)',
    '[]',
    '[1, 2, 3]',
    '{}',
    "{'a': 1}",
    "{1: 2, 'b': 3}",
    'set()',
    '{1}',
    'frozenset()',
    'frozenset({1})',
    'range(3)',
    'slice(1, 2)',
    'slice(None, None, -1)',
    'Ellipsis',
    'NotImplemented',
    'object()',
    'Plain()',
    'p',
    'Plain',
    'Odd(3)',
    'Odd(0)',
    'Raises()',
    'BadLen()',
    'HugeLen()',
    'Slots()',
    'L([1,2])',
    'D(a=1)',
    "S('s')",
    'I(5)',
    'F(2.5)',
    'T((1,2))',
    "B(b'x')",
    "BA(b'x')",
    'St({1})',
    'Fs({1})',
    'E.A',
    'E',
    'IE.A',
    "ST('x')",
    'func',
    'gen',
    'gen()',
    'nt(1, 2)',
    'len',
    '[].append',
    'int',
    'type',
    'object',
    'int.from_bytes',
    'Plain.__init__',
    'collections.OrderedDict(a=1)',
    'collections.defaultdict(list, a=1)',
    'collections.deque([1,2])',
    'collections.Counter("aab")',
    'collections.ChainMap({1:2})',
    'collections.UserDict({1:2})',
    'collections.UserList([1])',
    'collections.UserString("u")',
    'types.MappingProxyType({"a":1})',
    'types.SimpleNamespace(a=1)',
    'types.ModuleType("m")',
    'array.array("i", [1,2])',
    'datetime.date(2020,1,2)',
    'datetime.timedelta(1)',
    'datetime.datetime(2020,1,2,3)',
    'datetime.timezone.utc',
    'decimal.Decimal("1.5")',
    'fractions.Fraction(1, 3)',
    're.compile("a")',
    'functools.partial(func, 1)',
    'iter([1,2])',
    'iter({})',
    'reversed([1])',
    'enumerate([1])',
    'zip([1],[2])',
    'map(str, [1])',
    'ValueError("v")',
    'ValueError',
    'KeyError("k")',
    'OSError(2, "no", "f")',
    'StopIteration(4)',
    'io.StringIO("a")',
    'io.BytesIO(b"a")',
    'property(func)',
    'staticmethod(func)',
    'classmethod(func)',
    'super(Plain, p)',
    '{}.keys()',
    "{'a':1}.keys()",
    "{'a':1}.items()",
    "{'a':1}.values()",
    'list[int]',
    'int | str',
    'operator.attrgetter("a")',
    'weakref.ref(Plain)',
    'compile("1", "f", "eval")',
    'list.append',
    'dict.fromkeys',
    'str.maketrans',
]
