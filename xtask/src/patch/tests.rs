//! Tiny crates in temporary folders: some fall back to upstream's packages, others do not.
//!
//! Cargo resolves each as it would for a user. It needs only packages of the registry that this workspace has too (PyO3
//! 0.30).

use std::fs;
use std::path::{Path, PathBuf};

use super::{Plan, Proof, config};

/// An empty crate in a separate folder.
struct Tiny {
    folder: PathBuf,
}

impl Tiny {
    fn new(name: &str, dependencies: &str) -> Tiny {
        // In `target`, like cargo's own test folders. Files there do not count as ours.
        let folder = crate::sh::root().join("target/patch-tests").join(format!("{name}-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("it was made here");
        }
        let manifest = format!(
            "[package]\nname = \"tiny\"\nversion = \"1.0.0\"\nedition = \"2021\"\n\n{dependencies}\n[workspace]\n"
        );
        let tiny = Tiny { folder };
        tiny.write("Cargo.toml", &manifest);
        tiny.write("src/lib.rs", "");
        tiny
    }

    fn write(&self, path: &str, contents: &str) {
        let file = self.folder.join(path);
        fs::create_dir_all(file.parent().expect("it is in a folder")).expect("folders can be made");
        fs::write(file, contents).expect("files can be written");
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(path)).ok()
    }

    /// Adds another crate next to it.
    fn neighbour(&self, name: &str, package: &str) {
        let manifest = format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2021\"\n{package}");
        self.write(&format!("{name}/Cargo.toml"), &manifest);
        self.write(&format!("{name}/src/lib.rs"), "");
        self.write(&format!("{name}/build.rs"), "fn main() {}\n");
    }

    fn lock(&self) {
        let cmd = crate::sh::Cmd::cargo().dir(&self.folder).args(["generate-lockfile"]);
        cmd.read().expect("the crate can be resolved");
    }

    /// Returns a plan that uses another package in place of ours.
    fn plan_with_stand_in(&self, version: &str, dependencies: &str) -> Plan {
        let manifest = format!(
            "[package]\nname = \"pyo3\"\nversion = \"{version}\"\nedition = \"2021\"\n\n{dependencies}\n[features]\n\
             default = [\"macros\"]\nmacros = []\n\n[workspace]\n"
        );
        self.write("stand-in/Cargo.toml", &manifest);
        self.write("stand-in/src/lib.rs", "");
        let mut plan = Plan::new(&self.folder, false).expect("it asks for pyo3");
        plan.ours[0].folder = self.folder.join("stand-in");
        plan.ours[0].version = version.parse().expect("it is a version");
        plan
    }

    /// Resolves the crate without writing the patch, and checks that this leaves nothing behind.
    fn proof(&self) -> Proof {
        let before = self.files();
        let plan = Plan::new(&self.folder, false).expect("it asks for pyo3");
        let proof = plan.prove_unwritten().expect("cargo resolves it");
        assert_eq!(self.files(), before);
        proof
    }

    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(folder).expect("it is a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    walk(&path, found);
                } else {
                    found.push((path.clone(), fs::read(&path).expect("it is a file")));
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.folder, &mut found);
        found.sort();
        found
    }
}

impl Drop for Tiny {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            fs::remove_dir_all(&self.folder).ok();
        }
    }
}

/// Checks that one of the problems contains all of `parts`, and that stock is named.
#[track_caller]
fn assert_refused(proof: &Proof, parts: &[&str]) {
    let problems: Vec<String> = proof.problems.iter().map(ToString::to_string).collect();
    let text = problems.join("\n\n");
    assert!(problems.iter().any(|problem| parts.iter().all(|part| problem.contains(part))), "{text}");
    assert!(text.contains("upstream's packages, for the reasons above") || text.contains("cannot resolve"), "{text}");
}

#[test]
fn an_ordinary_crate_uses_ours() {
    let tiny = Tiny::new("ordinary", "[dependencies]\npyo3 = { version = \"0.30\", features = [\"abi3-py39\"] }\n");
    let proof = tiny.proof();
    assert!(proof.problems.is_empty(), "{:?}", proof.problems);
    assert!(proof.ours.iter().any(|package| package.starts_with("pyo3 0.30.1 (")), "{:?}", proof.ours);
}

#[test]
fn a_crate_that_asks_for_the_c_api_alone_or_too_uses_ours() {
    for (name, dependencies) in [("ffi", "pyo3-ffi = \"0.30\"\n"), ("both", "pyo3-ffi = \"0.30\"\npyo3 = \"0.30\"\n")] {
        let tiny = Tiny::new(name, &format!("[dependencies]\n{dependencies}"));
        let proof = tiny.proof();
        assert!(proof.problems.is_empty(), "{:?}", proof.problems);
        assert!(proof.ours.iter().any(|package| package.starts_with("pyo3-ffi 0.30.1 (")), "{:?}", proof.ours);
    }
}

#[test]
fn what_build_scripts_ask_is_ours_where_it_would_find_a_python_by_itself() {
    for (line, is_ours) in [("0.28", true), ("0.30", false)] {
        let dependencies = format!(
            "[dependencies]\npyo3 = \"{line}\"\n\n[build-dependencies]\npyo3-build-config = {{ version = \"{line}\", \
             features = [\"resolve-config\"] }}\n"
        );
        let tiny = Tiny::new(&format!("build-config-{line}"), &dependencies);
        let proof = tiny.proof();
        assert!(proof.problems.is_empty(), "{:?}", proof.problems);
        let asked = proof.ours.iter().any(|package| package.starts_with("pyo3-build-config 0.28.3 ("));
        assert_eq!(asked, is_ours, "{:?}", proof.ours);
    }
}

/// maturin refuses a graph in which two packages are called `pyo3`.
#[test]
fn with_a_facade_written_one_package_is_called_pyo3() {
    for line in ["0.29", "0.28", "0.27"] {
        let dependencies = format!("[dependencies]\npyo3 = {{ version = \"{line}\", features = [\"abi3-py39\"] }}\n");
        let tiny = Tiny::new(&format!("one-{line}"), &dependencies);
        let before = tiny.files();
        let mut plan = Plan::new(&tiny.folder, false).expect("it asks for pyo3");
        plan.write().expect("it can be written");
        let proof = plan.prove().expect("cargo resolves it");
        assert!(proof.problems.is_empty(), "{:?}", proof.problems);
        let (graph, _) = plan.workspace.graph(&[]).expect("cargo resolves it");
        assert_eq!(graph.packages.iter().filter(|package| *package.name == "pyo3").count(), 1);
        let core = graph.packages.iter().find(|package| *package.name == "pyo3-core").expect("it is below");
        let own = super::problems::graph_of(&plan.ours[0]).expect("cargo knows us");
        assert!(own.packages.iter().any(|package| package.id == core.id));
        let source = &core.targets.iter().find(|target| target.is_lib()).expect("it is one").src_path;
        assert!(super::family::in_repository(source.as_std_path()), "{source}");

        fs::remove_file(tiny.folder.join("Cargo.lock")).expect("it is there");
        super::undo(&plan.workspace.root).expect("it can be undone");
        assert_eq!(tiny.files(), before);
    }
}

/// maturin also rejects two packages called `pyo3-ffi`, with or without `pyo3` in the graph.
#[test]
fn with_facades_written_one_package_is_called_pyo3_ffi() {
    for (line, version) in [("0.29", "0.29.3"), ("0.28", "0.28.3"), ("0.27", "0.27.2")] {
        for more in ["", &format!("pyo3 = \"{line}\"\n")] {
            let dependencies =
                format!("[dependencies]\n{more}pyo3-ffi = {{ version = \"{line}\", features = [\"abi3-py38\"] }}\n");
            let tiny = Tiny::new(&format!("one-ffi-{line}-{}", more.len()), &dependencies);
            let before = tiny.files();
            let mut plan = Plan::new(&tiny.folder, false).expect("it asks for pyo3-ffi");
            plan.write().expect("it can be written");
            let proof = plan.prove().expect("cargo resolves it");
            assert!(proof.problems.is_empty(), "{:?}", proof.problems);
            let (graph, _) = plan.workspace.graph(&[]).expect("cargo resolves it");
            let found: Vec<_> = graph.packages.iter().filter(|package| *package.name == "pyo3-ffi").collect();
            let [ffi] = found[..] else { panic!("{found:?}") };
            assert_eq!(ffi.version.to_string(), version);
            let source = &ffi.targets.iter().find(|target| target.is_lib()).expect("it is one").src_path;
            assert!(super::family::in_repository(source.as_std_path()), "{source}");

            // Planning again with the patch in place gives the same result.
            Plan::new(&tiny.folder, false).and_then(|mut plan| plan.write()).expect("it can be written again");
            fs::remove_file(tiny.folder.join("Cargo.lock")).expect("it is there");
            super::undo(&plan.workspace.root).expect("it can be undone");
            assert_eq!(tiny.files(), before);
        }
    }
}

#[test]
fn an_optional_dependency_is_seen() {
    let tiny = Tiny::new(
        "optional",
        "[dependencies]\npy = { package = \"pyo3\", version = \"0.30\", optional = true }\n\n[features]\n\
         python = [\"dep:py\", \"py?/no-such-feature\"]\n",
    );
    // Upstream has no such feature either, so cargo cannot fall back to it. The reason is the same.
    let plan = Plan::new(&tiny.folder, false);
    let error = format!("{:#}", plan.expect_err("there is no such feature anywhere"));
    assert!(error.contains("no-such-feature"), "{error}");
}

#[test]
fn a_feature_that_ours_does_not_have_is_named() {
    // Ours declares every feature of upstream's, but the package that stands in for ours has only a few.
    let tiny = Tiny::new("feature", "[dependencies]\npyo3 = { version = \"0.30\", features = [\"serde\"] }\n");
    let plan = tiny.plan_with_stand_in("0.30.1", "");
    let proof = plan.prove_unwritten().expect("cargo resolves it");
    assert_refused(&proof, &["tiny 1.0.0 asks for features of pyo3 that ours does not have: serde", "remedy"]);
}

/// Checks a crate that requires the newest published version of a line, which is also ours, with all of its features.
#[track_caller]
fn assert_features(line: &str) {
    let dependencies = format!("[dependencies]\npyo3 = \"{line}\"\npyo3-ffi = \"{line}\"\n");
    let tiny = Tiny::new(&format!("all-features-{line}"), &dependencies);
    let plan = Plan::new(&tiny.folder, false).expect("it asks for pyo3");
    let _lock = super::Kept::new(plan.workspace.lock()).expect("there is none");
    let (graph, _) = plan.workspace.graph(&[]).expect("cargo resolves it");
    for ours in &plan.ours {
        let upstream = graph.packages.iter().find(|package| *package.name == ours.name).expect("it is there");
        assert!(upstream.source.is_some());
        assert_eq!(upstream.version, ours.version, "upstream has released another");
        let own = super::problems::graph_of(ours).expect("cargo knows us");
        let manifest = super::problems::manifest_of(ours, &own).expect("cargo knows us");
        let missing: Vec<_> = upstream.features.keys().filter(|name| !manifest.features.contains_key(*name)).collect();
        assert!(missing.is_empty(), "{line}: {missing:?}");
    }
}

#[test]
fn every_feature_of_upstream_is_declared() {
    for line in ["0.30", "0.29", "0.28", "0.27"] {
        assert_features(line);
    }
}

#[test]
fn a_crate_for_an_older_version_uses_the_facade() {
    for (line, version) in [("0.29", "0.29.3"), ("0.28", "0.28.3"), ("0.27", "0.27.2")] {
        // Pinned or not, with a feature that 0.30 does not have.
        for requirement in [line.to_owned(), format!("={version}")] {
            let tiny = Tiny::new(
                &format!("facade-{requirement}"),
                &format!(
                    "[dependencies]\npyo3 = {{ version = \"{requirement}\", features = [\"abi3-py38\"] }}\n\
                     pyo3-ffi = \"{line}\"\n"
                ),
            );
            let proof = tiny.proof();
            assert!(proof.problems.is_empty(), "{:?}", proof.problems);
            for package in ["pyo3", "pyo3-ffi"] {
                let facade = format!("{package} {version} (");
                assert!(proof.ours.iter().any(|ours| ours.starts_with(&facade)), "{:?}", proof.ours);
            }
        }
    }
}

#[test]
fn a_locked_dependency_is_named_and_unlocked() {
    let tiny = Tiny::new("locked", "[dependencies]\npyo3 = \"0.30\"\n");
    tiny.lock();
    let mut plan = tiny.plan_with_stand_in("0.30.99", "");
    let proof = plan.prove_unwritten().expect("cargo resolves it");
    assert_refused(
        &proof,
        &["Cargo.lock has pyo3 0.30.1", "in your crate's folder: cargo update -p pyo3 --precise 0.30.99"],
    );

    plan.write().expect("it can be written");
    let proof = plan.settle().expect("the remedy works");
    assert!(proof.problems.is_empty(), "{:?}", proof.problems);
    assert!(tiny.read("Cargo.lock").expect("it was made").contains("0.30.99"));
}

#[test]
fn a_lock_below_what_ours_needs_is_named() {
    // Ours needs a later `libc` than the one in the lock file.
    let tiny = Tiny::new("low", "[dependencies]\npyo3 = \"=0.30.1\"\nlibc = \"=0.2.177\"\n");
    tiny.lock();
    let plan = tiny.plan_with_stand_in("0.30.1", "[dependencies]\nlibc = \"0.2.186\"\n");
    let proof = plan.prove_unwritten().expect("cargo resolves it");
    assert_refused(&proof, &["Cargo.lock has libc 0.2.177", "our pyo3 needs ^0.2.186", "cargo update -p libc@0.2.177"]);
}

#[test]
fn a_lock_below_what_the_machine_needs_is_named_and_unlocked() {
    // The crate locks a dependency below what RustPython needs, and `pyo3` below ours.
    let tiny = Tiny::new("low-machine", "[dependencies]\npyo3 = \"0.29\"\nmemchr = \"2\"\n");
    tiny.lock();
    for (package, version) in [("pyo3", "0.29.2"), ("memchr", "2.7.5")] {
        let cmd =
            crate::sh::Cmd::cargo().dir(&tiny.folder).args(["update", "--quiet", "-p", package, "--precise", version]);
        cmd.run().expect("there is that version");
    }
    let mut plan = Plan::new(&tiny.folder, true).expect("it asks for pyo3");
    plan.write().expect("it can be written");
    let proof = plan.prove().expect("cargo can be asked");
    assert_refused(&proof, &["Cargo.lock has ", "memchr 2.7.5, and ", "cargo update ", "-p memchr@2.7.5"]);
    assert_refused(&proof, &["cargo update -p pyo3 --precise 0.29.3"]);
    let proof = plan.settle().expect("the remedies work");
    assert!(proof.problems.is_empty(), "{:?}", proof.problems);
}

#[test]
fn an_exact_pin_is_named() {
    let tiny = Tiny::new("pin", "[dependencies]\npyo3 = \"=0.30.1\"\n");
    let proof = tiny.plan_with_stand_in("0.30.99", "").prove_unwritten().expect("cargo resolves it");
    assert_refused(&proof, &["tiny 1.0.0 pins pyo3 =0.30.1", "ours (0.30.99)", "change the requirement to `0.30`"]);
}

#[test]
fn a_clash_of_links_is_named() {
    // Upstream spells its value with a hyphen, so there is no clash without ours.
    let tiny = Tiny::new("links", "[dependencies]\npyo3 = \"0.30\"\nother = { path = \"other\" }\n");
    tiny.neighbour("other", "links = \"pyo3_python\"\n");
    assert_refused(&tiny.proof(), &["other 1.0.0 has `links = \"pyo3_python\"`", "as our pyo3 has"]);
}

#[test]
fn a_version_that_nothing_of_ours_stands_for_is_an_error() {
    let tiny = Tiny::new("old", "[dependencies]\npyo3 = \"0.20\"\n");
    let error = format!("{:#}", Plan::new(&tiny.folder, false).expect_err("there is no such facade"));
    assert!(error.contains("no `pyo3` of ours"), "{error}");
    assert!(["0.30.1", "0.29.3", "0.28.3", "0.27.2"].iter().all(|version| error.contains(version)), "{error}");
}

#[test]
fn without_pyo3_there_is_nothing_to_patch() {
    let tiny = Tiny::new("none", "[dependencies]\n");
    let error = format!("{:#}", Plan::new(&tiny.folder, false).expect_err("it does not depend on it"));
    assert!(error.contains("depends on pyo3"), "{error}");
}

#[test]
fn on_rustpython_the_feature_is_on_and_the_lock_file_has_the_machine() {
    let tiny = Tiny::new("rustpython", "[dependencies]\npyo3 = { version = \"0.30\", default-features = false }\n");
    let before = tiny.files();
    let mut plan = Plan::new(&tiny.folder, true).expect("it asks for pyo3");
    plan.write().expect("it can be written");
    let (graph, _) = plan.workspace.graph(&[]).expect("cargo resolves it");
    let node = |name: &str| {
        let inside = |id: &cargo_metadata::PackageId| id.repr.contains("/pyo3#");
        let nodes = &graph.resolve.as_ref().expect("it was asked for").nodes;
        nodes.iter().find(|node| inside(&node.id)).unwrap_or_else(|| panic!("no {name}")).features.clone()
    };
    assert!(node("pyo3").iter().any(|feature| feature.as_str() == "runtime-rustpython"));
    assert!(!node("pyo3").iter().any(|feature| feature.as_str() == "macros"));
    // The newest versions of some dependencies do not build the virtual machine. The remedy for this must work.
    let proof = plan.settle().expect("the remedies work");
    assert!(proof.problems.is_empty(), "{:?}", proof.problems);
    assert!(tiny.read("Cargo.lock").expect("cargo wrote it").contains("rustpython-vm"));

    fs::remove_file(tiny.folder.join("Cargo.lock")).expect("it is there");
    super::undo(&plan.workspace.root).expect("it can be undone");
    assert_eq!(tiny.files(), before);
}

/// Writes, writes again, and undoes. Returns the file as written, and checks that undoing restores the original.
#[track_caller]
fn round_trip(name: &str, before: Option<&str>) -> String {
    let tiny = Tiny::new(name, "[dependencies]\npyo3 = \"0.30\"\npyo3-ffi = \"0.30\"\n");
    if let Some(text) = before {
        tiny.write(".cargo/config.toml", text);
    }
    let mut plan = Plan::new(&tiny.folder, false).expect("it asks for pyo3");
    plan.write().expect("it can be written");
    let written = tiny.read(".cargo/config.toml").expect("it was written");
    plan.write().expect("it can be written again");
    assert_eq!(tiny.read(".cargo/config.toml").as_deref(), Some(&*written), "the block is there once");
    // Examining the crate ignores the patch, and keeps it.
    Plan::new(&tiny.folder, false).expect("it asks for pyo3");
    assert_eq!(tiny.read(".cargo/config.toml").as_deref(), Some(&*written));
    let proof = plan.prove().expect("cargo resolves it");
    assert!(proof.problems.is_empty(), "{:?}", proof.problems);

    super::undo(&tiny.folder).expect("it can be undone");
    assert_eq!(tiny.read(".cargo/config.toml").as_deref(), before);
    assert_eq!(tiny.folder.join(".cargo").exists(), before.is_some());
    assert!(super::undo(&tiny.folder).expect("there is nothing to do").is_none());
    written
}

#[test]
fn a_file_that_was_made_is_deleted() {
    round_trip("made", None);
}

#[test]
fn what_is_in_the_file_stays_to_the_byte() {
    for (name, text) in [
        ("empty", ""),
        ("comment", "# only this"),
        ("lines", "# mine\r\n[build]\r\n  jobs=1 # few\r\n\r\n"),
        ("no-end", "[net]\nretry = 3"),
        ("others", "[patch.crates-io]\n# none\n\n[term]\nquiet = false\n"),
    ] {
        let written = round_trip(name, Some(text));
        assert!(written.starts_with(text), "{written}");
    }
}

#[test]
fn a_line_after_the_block_stays() {
    let tiny = Tiny::new("after", "[dependencies]\npyo3 = \"0.30\"\n");
    let mut plan = Plan::new(&tiny.folder, false).expect("it asks for pyo3");
    plan.write().expect("it can be written");
    let written = tiny.read(".cargo/config.toml").expect("it was written");
    tiny.write(".cargo/config.toml", &format!("{written}[net]\nretry = 3\n"));
    config::undo(&tiny.folder).expect("it can be undone");
    assert_eq!(tiny.read(".cargo/config.toml").as_deref(), Some("[net]\nretry = 3\n"));
}

#[test]
fn a_patch_of_the_users_own_is_left_alone() {
    let tiny = Tiny::new("own", "[dependencies]\npyo3 = \"0.30\"\n");
    for text in ["[patch.crates-io]\npyo3 = { path = \"x\" }\n", "patch = { crates-io = {} }\n"] {
        let mut plan = Plan::new(&tiny.folder, false).expect("it asks for pyo3");
        tiny.write(".cargo/config.toml", text);
        let error = format!("{:#}", plan.write().expect_err("it must not be written over"));
        assert!(error.contains("remedy"), "{error}");
        assert_eq!(tiny.read(".cargo/config.toml").as_deref(), Some(text));
        fs::remove_file(tiny.folder.join(".cargo/config.toml")).expect("it is there");
    }
}

#[test]
fn vendored_dependencies_are_named() {
    let tiny = Tiny::new("vendored", "[dependencies]\npyo3 = \"0.30\"\n");
    let plan = Plan::new(&tiny.folder, false).expect("it asks for pyo3");
    tiny.write("vendor/empty/none", "");
    tiny.write(
        ".cargo/config.toml",
        "[source.crates-io]\nreplace-with = \"vendored\"\n\n[source.vendored]\ndirectory = \"vendor\"\n",
    );
    let proof = plan.prove_unwritten().expect("it is a problem, not an error");
    let text = proof.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(text.contains("vendor again with the patch in place"), "{text}");
}
