//! Weak references and weak proxies.

use crate::provided::{self};
use crate::{Attached, Backend, BuiltinType, Outcome, Owned, Ref, TypeOps, kind};

/// Operations on `weakref.ref` and `weakref.proxy`.
pub trait WeakrefOps: TypeOps {
    /// Returns the object that a weak reference or a weak proxy refers to, or `None` if it is gone.
    ///
    /// `reference` is an instance of `weakref.ref` or of a subclass, or a proxy. A subclass's `__call__` is ignored.
    ///
    /// Runs Python: no.
    /// CPython: `PyWeakref_GetRef` (3.13), `PyWeakref_GetObject`. RustPython: calls `ref` itself.
    fn weakref_target<'py>(py: Attached<'py, Self>, reference: Ref<'_, Self>) -> Option<Owned<'py, Self>>;

    /// Returns `weakref.ref(object, callback)`.
    ///
    /// Runs Python: no. Errors: `TypeError` if `object` does not support weak references.
    /// CPython: `PyWeakref_NewRef`. RustPython: calls the type.
    fn weakref_new<'py>(
        py: Attached<'py, Self>,
        object: Ref<'_, Self>,
        callback: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::WeakRef>>
    where
        Self: Backend,
    {
        let callback = callback.unwrap_or_else(|| Self::constant_none(py));
        provided::instance(py, BuiltinType::WeakRef, &[object, callback])
    }

    /// Returns `weakref.proxy(object, callback)`.
    ///
    /// Runs Python: no. Errors: `TypeError` if `object` does not support weak references.
    /// CPython: `PyWeakref_NewProxy`. RustPython: as provided.
    fn weakref_proxy_new<'py>(
        py: Attached<'py, Self>,
        object: Ref<'_, Self>,
        callback: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        let callback = callback.unwrap_or_else(|| Self::constant_none(py));
        provided::function(py, "weakref", "proxy", &[object, callback])
    }

    /// Returns whether the type of `object` is one of the two types of weak proxies.
    ///
    /// Runs Python: no. CPython: `PyWeakref_CheckProxy`. RustPython: the type of the payload.
    fn weakref_is_proxy(py: Attached<'_, Self>, object: Ref<'_, Self>) -> bool
    where
        Self: Backend,
    {
        let class = Self::type_of(py, object);
        ["ProxyType", "CallableProxyType"].into_iter().any(|name| match provided::member(py, "weakref", name) {
            Ok(proxy) => class.any().is(proxy.as_ref()),
            Err(raised) => {
                Self::error_discard(raised);
                false
            }
        })
    }
}
