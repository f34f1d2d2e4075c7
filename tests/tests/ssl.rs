//! Tests the `ssl` module of the standard library. Needs the feature `ssl`.

use std::ffi::CStr;

use pyo3::prelude::*;
use pyo3_tests::{run, scope};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};

/// Functions for the scripts: contexts for both ends, and a handshake in memory.
const HELPERS: &CStr = c"
import os, ssl, tempfile

def server_context():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'server.pem')
        with open(path, 'w') as file:
            file.write(key + chain)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

def client_context():
    context = ssl.create_default_context(cadata=authority)
    assert context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname
    return context

class Pair:
    def __init__(self, client, server, name='localhost'):
        to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.client = client.wrap_bio(to_client, to_server, server_hostname=name)
        self.server = server.wrap_bio(to_server, to_client, server_side=True)

    def handshake(self):
        waiting = [self.client, self.server]
        for _ in range(20):
            for end in list(waiting):
                try:
                    end.do_handshake()
                    waiting.remove(end)
                except ssl.SSLWantReadError:
                    pass
            if not waiting:
                return self
        raise AssertionError('no end to the handshake')
";

/// Runs a script after [`HELPERS`], with `authority`, a certificate of a certificate authority, and with `chain` and
/// `key`, which it signed for `localhost`.
fn with_certificates(code: &CStr) {
    let authority_key = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    // Python 3.13 and later enforce RFC 5280 strictly.
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    // Otherwise both certificates would have the same name, and the signed one would look self-signed.
    authority.distinguished_name.push(DnType::CommonName, "authority");
    let authority_text = authority.self_signed(&authority_key).unwrap().pem();
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate().unwrap();
    let mut certificate = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    certificate.use_authority_key_identifier_extension = true;
    let certificate = certificate.signed_by(&key, &issuer).unwrap();
    Python::attach(|py| {
        let scope = scope(py);
        scope.set_item("authority", authority_text).unwrap();
        scope.set_item("chain", certificate.pem()).unwrap();
        scope.set_item("key", key.serialize_pem()).unwrap();
        run(&scope, HELPERS);
        run(&scope, code);
    });
}

#[test]
fn two_ends_in_memory() {
    with_certificates(
        c"
pair = Pair(client_context(), server_context()).handshake()
assert pair.client.version() == pair.server.version() and pair.client.version() in ('TLSv1.2', 'TLSv1.3')
name, version, bits = pair.client.cipher()
assert isinstance(name, str) and bits >= 128
assert pair.client.getpeercert()['subjectAltName'] == (('DNS', 'localhost'),)
for sender, receiver in (pair.client, pair.server), (pair.server, pair.client):
    assert sender.write(b'x' * 1000) == 1000
    assert receiver.read(4096) == b'x' * 1000
try:
    pair.client.read(1)
    raise AssertionError('there is nothing to read')
except ssl.SSLWantReadError:
    pass
",
    );
}

#[test]
fn a_certificate_must_be_trusted_and_for_the_name() {
    with_certificates(
        c"
def refused(client, name):
    try:
        Pair(client, server_context(), name).handshake()
    except ssl.SSLCertVerificationError as error:
        assert isinstance(error, ssl.SSLError) and isinstance(error, ValueError)
        return
    raise AssertionError('not refused')

refused(client_context(), 'example.org')
refused(ssl.create_default_context(), 'localhost')
unchecked = ssl.create_default_context()
unchecked.check_hostname = False
unchecked.verify_mode = ssl.CERT_NONE
assert Pair(unchecked, server_context(), 'localhost').handshake().client.version()
",
    );
}

#[test]
fn errors_of_verification_are_errors_of_values_too() {
    with_certificates(
        c"
error = ssl.SSLCertVerificationError
assert error is ssl.CertificateError
assert error.__bases__ == (ssl.SSLError, ValueError)
assert error.__mro__ == (error, ssl.SSLError, OSError, ValueError, Exception, BaseException, object)
assert error in ValueError.__subclasses__() and issubclass(error, ValueError)
try:
    Pair(client_context(), server_context(), 'example.org').handshake()
except ValueError as raised:
    assert type(raised) is error and raised.verify_code
else:
    raise AssertionError('not refused')

class Mine(error):
    pass
assert issubclass(Mine, ValueError) and Mine.__mro__[1:] == error.__mro__
try:
    raise Mine(1, 'text')
except ValueError as raised:
    assert raised.errno == 1 and raised.strerror == 'text'
",
    );
}

#[test]
fn versions_can_be_limited() {
    with_certificates(
        c"
for version, name in (ssl.TLSVersion.TLSv1_2, 'TLSv1.2'), (ssl.TLSVersion.TLSv1_3, 'TLSv1.3'):
    server = server_context()
    server.minimum_version = server.maximum_version = version
    assert Pair(client_context(), server).handshake().server.version() == name

old, new = server_context(), client_context()
old.maximum_version = ssl.TLSVersion.TLSv1_2
new.minimum_version = ssl.TLSVersion.TLSv1_3
try:
    Pair(new, old).handshake()
    raise AssertionError('no version in common')
except ssl.SSLError:
    pass
",
    );
}

#[test]
fn roots_are_those_of_the_environment() {
    with_certificates(
        c"
with tempfile.NamedTemporaryFile('w', suffix='.pem', delete=False) as file:
    file.write(authority)
previous = os.environ.get('SSL_CERT_FILE')
os.environ['SSL_CERT_FILE'] = file.name
try:
    context = ssl.create_default_context()
    assert context.cert_store_stats()['x509_ca'] >= 1
    assert Pair(context, server_context()).handshake().client.version()
finally:
    os.environ.pop('SSL_CERT_FILE')
    if previous is not None:
        os.environ['SSL_CERT_FILE'] = previous
    os.unlink(file.name)
",
    );
}

#[test]
fn streams_of_asyncio() {
    with_certificates(
        c"
import asyncio

async def main():
    async def answer(reader, writer):
        line = await reader.readline()
        writer.write(line.upper())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, '127.0.0.1', 0, ssl=server_context())
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection(
        '127.0.0.1', port, ssl=client_context(), server_hostname='localhost')
    writer.write(b'whispered\\n')
    await writer.drain()
    assert await reader.readline() == b'WHISPERED\\n'
    assert writer.get_extra_info('ssl_object').version().startswith('TLS')
    writer.close()
    server.close()

asyncio.run(asyncio.wait_for(main(), 60))
",
    );
}

#[test]
fn blocking_sockets_in_threads() {
    with_certificates(
        c"
import socket, threading

listener = socket.create_server(('127.0.0.1', 0))
problems = []

def serve():
    try:
        raw, _ = listener.accept()
        with server_context().wrap_socket(raw, server_side=True) as connection:
            connection.sendall(connection.recv(100)[::-1])
    except BaseException as error:
        problems.append(error)

thread = threading.Thread(target=serve)
thread.start()
with socket.create_connection(listener.getsockname(), timeout=60) as raw:
    with client_context().wrap_socket(raw, server_hostname='localhost') as connection:
        connection.sendall(b'abc')
        assert connection.recv(100) == b'cba'
thread.join()
listener.close()
assert not problems, problems
",
    );
}
