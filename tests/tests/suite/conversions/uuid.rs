//! `Uuid`: `uuid.UUID`.

use proptest::prelude::*;
use pyo3::prelude::*;
use uuid::{NonNilUuid, Uuid};

use super::{refuses, scope_of_modules};
use pyo3_tests::run;

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bits(bits in 1..u128::MAX) {
        Python::attach(|py| {
            let scope = scope_of_modules(py, &["uuid"]);
            let id = Uuid::from_u128(bits);
            both_ways!(&scope, &id, &format!("UUID('{id}')"));
            both_ways!(&scope, &NonNilUuid::new(id).unwrap(), &format!("UUID('{id}')"));
        });
    }
}

#[test]
fn only_instances_are_taken() {
    Python::attach(|py| {
        let scope = scope_of_modules(py, &["uuid"]);
        run(&scope, c"class Sub(UUID): pass");
        both_ways!(&scope, &Uuid::nil(), "UUID(int=0)");
        let id: Uuid = pyo3_tests::eval(&scope, c"Sub(int=7)").extract().unwrap();
        assert_eq!(id, Uuid::from_u128(7));
        refuses::<NonNilUuid>(&scope, "UUID(int=0)", "ValueError: UUID is nil");
        let message = "TypeError: Expected a `uuid.UUID` instance.";
        refuses::<Uuid>(&scope, "'12345678-1234-5678-1234-567812345678'", message);
        refuses::<NonNilUuid>(&scope, "7", message);
        refuses::<Uuid>(&scope, "None", message);
    });
}
