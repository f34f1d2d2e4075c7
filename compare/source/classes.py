"""What the expressions of classes.txt use."""

import copy
import gc
import inspect
import math
import operator
import pickle
import sys
import types
import weakref

import python_classes as m


class Sub(m.Base):
    z = 3

    def method(self, *args):
        return 'over ' + super().method(*args)


class SubD(m.Derived):

    def __new__(cls, *args, **kwargs):
        return super().__new__(cls, 2.5)

    def __init__(self, *args, **kwargs):
        self.own = args


class SubErr(m.MyErr):
    pass


def show(expression):
    """The value of an expression, or all of its exception."""
    try:
        value = eval(expression)
    except BaseException as error:
        notes = getattr(error, '__notes__', None)
        return (f'{type(error).__name__}: {error} args={error.args!r} cause={error.__cause__!r} '
                f'context={error.__context__!r} notes={notes}')
    return f'{type(value).__name__}: {value!r}'
