//! The version of the running Python.

/// The version of the running Python, split into its parts.
///
/// It can be compared with `(major, minor)` and `(major, minor, patch)`.
///
/// ```
/// # use pyo3::prelude::*;
/// # Python::initialize();
/// Python::attach(|py| {
///     assert!(py.version_info() >= (3, 9));
/// });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PythonVersionInfo {
    /// The major version: 3.
    pub major: u8,
    /// The minor version: 12 in 3.12.1.
    pub minor: u8,
    /// The patch version: 1 in 3.12.1.
    pub patch: u8,
    /// The text after the numbers, such as `rc1` or `+`.
    pub suffix: Option<&'static str>,
}

impl PythonVersionInfo {
    /// Parses the start of `sys.version`, for example `3.13.0rc1+ (main, ...)`. Missing parts are 0.
    pub(crate) fn parse(version: &'static str) -> Self {
        let number = version.split(' ').next().unwrap_or(version);
        let mut parts = number.splitn(3, '.');
        let mut leading = || -> (u8, &'static str) {
            let part = parts.next().unwrap_or("");
            let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            (part[..end].parse().unwrap_or(0), &part[end..])
        };
        let (major, _) = leading();
        let (minor, minor_rest) = leading();
        let (patch, patch_rest) = leading();
        let suffix = if patch_rest.is_empty() { minor_rest } else { patch_rest };
        PythonVersionInfo { major, minor, patch, suffix: (!suffix.is_empty()).then_some(suffix) }
    }
}

impl PartialEq<(u8, u8)> for PythonVersionInfo {
    fn eq(&self, other: &(u8, u8)) -> bool {
        (self.major, self.minor) == *other
    }
}

impl PartialEq<(u8, u8, u8)> for PythonVersionInfo {
    fn eq(&self, other: &(u8, u8, u8)) -> bool {
        (self.major, self.minor, self.patch) == *other
    }
}

impl PartialOrd<(u8, u8)> for PythonVersionInfo {
    fn partial_cmp(&self, other: &(u8, u8)) -> Option<core::cmp::Ordering> {
        (self.major, self.minor).partial_cmp(other)
    }
}

impl PartialOrd<(u8, u8, u8)> for PythonVersionInfo {
    fn partial_cmp(&self, other: &(u8, u8, u8)) -> Option<core::cmp::Ordering> {
        (self.major, self.minor, self.patch).partial_cmp(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_releases_and_candidates() {
        let release = PythonVersionInfo::parse("3.12.1 (main, Jan  1 2024)");
        assert_eq!((release.major, release.minor, release.patch, release.suffix), (3, 12, 1, None));
        assert!(release >= (3, 12) && release < (3, 12, 2));
        let candidate = PythonVersionInfo::parse("3.13.0rc1+");
        assert_eq!(candidate.suffix, Some("rc1+"));
        assert_eq!(PythonVersionInfo::parse("3.14").patch, 0);
    }
}
