//! Files are read in the encoding of the user's locale. The encoding is fixed when the interpreter starts, so this
//! needs a separate process.

use pyo3::prelude::*;

#[test]
fn a_locale_of_utf_8_makes_files_of_utf_8() {
    // SAFETY: no other thread of this process reads or writes the environment yet.
    unsafe { std::env::set_var("LC_ALL", "C.UTF-8") };
    Python::attach(|py| {
        py.run(
            c"
import codecs, io, locale, os, pathlib, sys, tempfile
assert codecs.lookup(locale.getpreferredencoding(False)).name == 'utf-8', locale.getpreferredencoding(False)
assert 'utf' in locale.setlocale(locale.LC_CTYPE).lower(), locale.setlocale(locale.LC_CTYPE)
text = 'na\\u00efve \\u2713'
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / 'text'
    path.write_bytes(text.encode())
    assert path.read_text() == text
    with open(path) as file:
        assert codecs.lookup(file.encoding).name == 'utf-8', file.encoding
        assert file.read() == text
    path.write_text(text * 2)
    assert path.read_bytes() == (text * 2).encode()
if sys.flags.utf8_mode:
    assert io.text_encoding(None) == 'utf-8'
",
            None,
            None,
        )
        .map_err(|error| error.display(py))
        .unwrap();
    });
}
