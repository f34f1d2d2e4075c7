//! Weak references and weak proxies.

use crate::provided::{self};
use crate::{Attached, Backend, BuiltinType, Outcome, Owned, Ref, TypeOps, kind};

/// `weakref.ref` and `weakref.proxy`.
pub trait WeakrefOps: TypeOps {
    /// What a weak reference or a weak proxy refers to, or `None` where that is gone.
    ///
    /// `reference` is an instance of `weakref.ref`, of a subclass, or a proxy. What a subclass answers when it is called is
    /// not asked. Runs Python: no. CPython: `PyWeakref_GetRef` (3.13), `PyWeakref_GetObject`. RustPython: `ref`'s own call.
    fn weakref_target<'py>(py: Attached<'py, Self>, reference: Ref<'_, Self>) -> Option<Owned<'py, Self>>;

    /// `weakref.ref(object, callback)`
    ///
    /// Runs Python: no. Errors: `TypeError` where there can be no weak reference to `object`.
    /// CPython: `PyWeakref_NewRef`. RustPython: the type is called.
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

    /// `weakref.proxy(object, callback)`
    ///
    /// Runs Python: no. Errors: `TypeError` where there can be no weak reference to `object`.
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

    /// Whether the type of `object` is one of the two types of weak proxies.
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
