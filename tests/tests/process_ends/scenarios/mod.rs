//! Scripts that end in different ways.

/// Turns each function into one test per host.
macro_rules! scenarios {
    ($($(#[$meta:meta])* fn $name:ident($host:ident) $body:block)+) => {
        $($(#[$meta])* fn $name($host: Host) $body)+

        mod initialize {
            $(#[test] fn $name() { super::$name(crate::host::Host::Initialize); })+
        }

        mod embedded {
            $(#[test] fn $name() { super::$name(crate::host::Host::Embedded); })+
        }

        mod interpreter {
            $(#[test] fn $name() { super::$name(crate::host::Host::Interpreter); })+
        }
    };
}

mod shutdown;
mod system;
mod threads;
