//! Features that are declared, because cargo would otherwise take the published `pyo3` for a crate that asks for them,
//! and that do nothing yet. Turning one on is an error here rather than missing conversions everywhere else.

/// Fails to compile where one of these features is on.
macro_rules! not_yet {
    ($(#[$cfg:meta] $feature:literal;)+) => {
        $(
            #[$cfg]
            compile_error!(concat!(
                "the feature `", $feature, "` of pyo3 is declared, but not implemented yet: do not ask for it in \
                 `features = [..]`, and convert its types by way of those that convert (numbers, str, bytes, tuples ..)",
            ));
        )+
    };
}

not_yet! {
    #[cfg(feature = "anyhow")]
    "anyhow";
    #[cfg(feature = "arc_lock")]
    "arc_lock";
    #[cfg(feature = "bigdecimal")]
    "bigdecimal";
    #[cfg(feature = "bytes")]
    "bytes";
    #[cfg(feature = "chrono")]
    "chrono";
    #[cfg(feature = "chrono-local")]
    "chrono-local";
    #[cfg(feature = "chrono-tz")]
    "chrono-tz";
    #[cfg(feature = "either")]
    "either";
    #[cfg(feature = "eyre")]
    "eyre";
    #[cfg(feature = "hashbrown")]
    "hashbrown";
    #[cfg(feature = "indexmap")]
    "indexmap";
    #[cfg(feature = "jiff-02")]
    "jiff-02";
    #[cfg(feature = "lock_api")]
    "lock_api";
    #[cfg(feature = "num-complex")]
    "num-complex";
    #[cfg(feature = "num-rational")]
    "num-rational";
    #[cfg(feature = "ordered-float")]
    "ordered-float";
    #[cfg(feature = "parking_lot")]
    "parking_lot";
    #[cfg(feature = "rust_decimal")]
    "rust_decimal";
    #[cfg(feature = "serde")]
    "serde";
    #[cfg(feature = "time")]
    "time";
    #[cfg(feature = "uuid")]
    "uuid";
}
