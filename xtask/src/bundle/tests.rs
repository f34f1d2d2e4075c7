//! Tests of what is read from crates, and of the errors for crates that cannot be in a bundle. Nothing is compiled.

use std::fs;
use std::path::{Path, PathBuf};

use super::host::{self, Form, Host, Site, Start};
use super::project::{self, Project};
use super::{check, fetch, manifest, pip, site};
use crate::flags;

/// A folder with a crate, created anew for each test.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn new(name: &str) -> Folder {
        let path = crate::sh::root().join("target/bundle-tests").join(format!("{name}-{}", std::process::id()));
        if path.exists() {
            fs::remove_dir_all(&path).expect("it was made here");
        }
        fs::create_dir_all(&path).expect("folders can be made");
        Folder { path }
    }

    fn with(self, file: &str, contents: &str) -> Folder {
        let file = self.path.join(file);
        fs::create_dir_all(file.parent().expect("it is in a folder")).expect("folders can be made");
        fs::write(file, contents).expect("files can be written");
        self
    }

    /// Adds a crate whose library has this name.
    fn extension(self, package: &str, library: &str) -> Folder {
        let manifest = format!(
            "[package]\nname = \"{package}\"\nversion = \"1.2.3\"\nedition = \"2021\"\n\n[lib]\nname = \"{library}\"\n\
             crate-type = [\"cdylib\"]\n\n[workspace]\n"
        );
        self.with("Cargo.toml", &manifest).with("src/lib.rs", "")
    }

    fn read(&self) -> Project {
        project::read(&self.path).expect("it can be read")
    }

    fn error(&self) -> String {
        format!("{:#}", project::read(&self.path).expect_err("it is refused"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.path).ok();
    }
}

fn module(project: &Project) -> &str {
    &project.extensions[0].module
}

#[test]
fn a_wheel_of_rust_alone_is_a_package_around_the_module() {
    let folder = Folder::new("alone")
        .extension("fast-things", "fast_things")
        .with("pyproject.toml", "[project]\nname = \"fast-things\"\ndynamic = [\"version\"]\n")
        .with("fast_things.pyi", "def f() -> int: ...\n");
    let project = folder.read();
    assert_eq!(module(&project), "fast_things.fast_things");
    assert_eq!(project.extensions[0].export(), "fast_things");
    assert_eq!(
        project.files.places(),
        [
            "fast_things-1.2.3.dist-info/METADATA",
            "fast_things/__init__.py",
            "fast_things/__init__.pyi",
            "fast_things/py.typed"
        ]
    );
    let init = project.files.text("fast_things/__init__.py").expect("it is there");
    assert!(init.starts_with("from .fast_things import *\n"), "{init}");
    let metadata = project.files.text("fast_things-1.2.3.dist-info/METADATA").expect("it is there");
    assert_eq!(metadata, "Metadata-Version: 2.1\nName: fast-things\nVersion: 1.2.3\n");
}

#[test]
fn a_module_goes_into_the_package_that_its_name_says() {
    let folder = Folder::new("dotted")
        .extension("grammar", "grammar")
        .with(
            "pyproject.toml",
            "[project]\nname = \"grammar\"\nversion = \"7\"\n[project.scripts]\ngrammar = \"grammar:main\"\n\
             [tool.maturin]\nmodule-name = \"grammar._native\"\npython-source = \"python\"\n\
             python-packages = [\"grammar\", \"grammar_extra\"]\nfeatures = [\"pyo3/extension-module\"]\n",
        )
        .with("python/grammar/__init__.py", "from ._native import parse\n")
        .with("python/grammar/_native.cpython-312-x86_64-linux-gnu.so", "")
        .with("python/grammar/__pycache__/__init__.cpython-312.pyc", "")
        .with("python/grammar_extra/__init__.py", "");
    let project = folder.read();
    assert_eq!(module(&project), "grammar._native");
    assert_eq!(project.extensions[0].export(), "_native");
    assert_eq!(
        project.files.places(),
        [
            "grammar-7.dist-info/METADATA",
            "grammar-7.dist-info/entry_points.txt",
            "grammar/__init__.py",
            "grammar_extra/__init__.py"
        ]
    );
}

#[test]
fn a_package_beside_the_manifest_takes_the_module_in() {
    let folder = Folder::new("beside").extension("pair", "pair").with("pair/__init__.py", "from .pair import *\n");
    let project = folder.read();
    assert_eq!(module(&project), "pair.pair");
    assert!(project.files.places().contains(&"pair/__init__.py".to_owned()));

    let folder = Folder::new("source")
        .extension("pair", "pair")
        .with("pyproject.toml", "[project]\nname = \"pair\"\n[tool.maturin]\nmodule-name = \"pair._rust\"\n")
        .with("src/pair/__init__.py", "")
        .with("src/pair/tools.py", "");
    let project = folder.read();
    assert_eq!(module(&project), "pair._rust");
    assert!(project.files.places().contains(&"pair/tools.py".to_owned()));
}

#[test]
fn setuptools_rust_names_the_module_and_the_folder_of_packages() {
    let folder = Folder::new("setuptools")
        .with(
            "pyproject.toml",
            "[project]\nname = \"ciphers\"\nversion = \"2\"\n[tool.setuptools.packages.find]\nwhere = [\"lib\"]\n\
             [[tool.setuptools-rust.ext-modules]]\ntarget = \"ciphers._rust\"\npath = \"rust/Cargo.toml\"\n",
        )
        .with("lib/ciphers/__init__.py", "")
        .with("rust/Cargo.toml", "[package]\nname = \"ciphers-rust\"\nversion = \"2.0.0\"\nedition = \"2021\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n")
        .with("rust/src/lib.rs", "");
    let project = folder.read();
    assert_eq!(module(&project), "ciphers._rust");
    assert_eq!(project.files.places(), ["ciphers-2.dist-info/METADATA", "ciphers/__init__.py"]);
}

#[test]
fn what_a_setup_script_says_of_its_extensions_is_read() {
    let cargo = "[package]\nname = \"tokens\"\nversion = \"2.0.0\"\nedition = \"2021\"\n[lib]\nname = \"_tokens\"\n\
                 crate-type = [\"cdylib\"]\n[features]\npython = []\n[workspace]\n";
    let folder = |name: &str, setup: &str| {
        Folder::new(name)
            .with("pyproject.toml", "[project]\nname = \"tokens\"\nversion = \"2\"\n")
            .with("setup.py", setup)
            .with("Cargo.toml", cargo)
            .with("src/lib.rs", "")
            .with("tokens/__init__.py", "")
    };
    let setup = "from setuptools import setup\nfrom setuptools_rust import Binding, RustExtension\n\
                 setup(rust_extensions=[RustExtension('tokens._tokens', binding=Binding.PyO3, features=[\"python\"])])\n";
    let project = folder("script", setup).read();
    assert_eq!((module(&project), &*project.extensions[0].features), ("tokens._tokens", &["python".to_owned()][..]));
    assert!(project.files.places().contains(&"tokens/__init__.py".to_owned()));
    let error = folder("computed", "rust_extensions = [RustExtension(name_of(HERE), BINDING)]\n").error();
    assert!(error.contains("cannot be read without running it") && error.contains("ext-modules"), "{error}");
}

#[test]
fn a_generated_manifest_says_all_that_the_crates_own_does() {
    let folder = Folder::new("manifest")
        .with(
            "Cargo.toml",
            "[workspace]\nmembers = [\"ext\", \"core\"]\n[workspace.package]\nversion = \"4.5.6\"\nedition = \"2021\"\n\
             authors = [\"Ada\"]\n[workspace.dependencies]\npyo3 = { version = \"0.30\", default-features = false }\n",
        )
        .with("core/Cargo.toml", "[package]\nname = \"core-part\"\nversion.workspace = true\nedition.workspace = true\n")
        .with("core/src/lib.rs", "")
        .with("pyproject.toml", "[tool.maturin]\nmanifest-path = \"ext/Cargo.toml\"\nmodule-name = \"ext\"\nfeatures = [\"fast\", \"pyo3/num-bigint\", \"pyo3/abi3-py39\"]\n")
        .with(
            "ext/Cargo.toml",
            "[package]\nname = \"ext\"\nversion.workspace = true\nedition.workspace = true\nauthors.workspace = true\n\
             [lib]\ncrate-type = [\"cdylib\"]\n[dependencies]\npyo3 = { workspace = true, features = [\"macros\"] }\n\
             core-part = { path = \"../core\" }\nother = { package = \"itoa\", version = \"1\", optional = true }\n\
             [target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n[build-dependencies]\npyo3-build-config = \"0.30\"\n\
             [dev-dependencies]\nnumpy = \"0.30\"\n[features]\nfast = [\"dep:other\"]\n",
        )
        .with("ext/src/lib.rs", "")
        .with("ext/build.rs", "fn main() {}")
        .with("ext/README.md", "read by `include_str!`");
    let project = folder.read();
    assert_eq!(module(&project), "ext.ext");
    let generated = manifest::generate(&project.extensions[0], &folder.path.join("made")).expect("it can be made");
    assert_eq!(generated.features, ["fast"]);

    let text = fs::read_to_string(generated.folder.join("Cargo.toml")).expect("it is there");
    let made: toml::Table = text.parse().expect("it is TOML");
    let text = |path: &[&str]| {
        let mut value = &toml::Value::Table(made.clone());
        for part in path {
            value = value.get(part).unwrap_or_else(|| panic!("{part} of {path:?} is there"));
        }
        value.to_string()
    };
    assert_eq!(text(&["package", "version"]), "\"4.5.6\"");
    assert_eq!(text(&["package", "authors"]), "[\"Ada\"]");
    assert_eq!(text(&["lib", "crate-type"]), "[\"rlib\"]");
    assert_eq!(text(&["dependencies", "pyo3", "features"]), "[\"macros\", \"num-bigint\"]");
    assert_eq!(text(&["dependencies", "pyo3", "default-features"]), "false");
    assert_eq!(text(&["dependencies", "other", "package"]), "\"itoa\"");
    assert_eq!(text(&["target", "cfg(unix)", "dependencies", "libc", "version"]), "\"^0.2\"");
    assert_eq!(text(&["build-dependencies", "pyo3-build-config", "version"]), "\"^0.30\"");
    assert_eq!(text(&["features", "fast"]), "[\"dep:other\"]");
    assert_eq!(text(&["lints", "rust", "dangerous_implicit_autorefs"]), "\"allow\"");
    assert!(made.get("dev-dependencies").is_none());
    let path = |text: String| PathBuf::from(text.trim_matches('"').to_owned());
    assert!(path(text(&["lib", "path"])).ends_with("ext/src/lib.rs"));
    assert!(path(text(&["package", "build"])).ends_with("ext/build.rs"));
    assert!(path(text(&["dependencies", "core-part", "path"])).ends_with("core"));
    assert!(generated.folder.join("README.md").is_file());

    let cmd = crate::sh::Cmd::cargo().dir(&generated.folder).args(["metadata", "--format-version", "1", "--no-deps"]);
    let metadata = cargo_metadata::MetadataCommand::parse(cmd.read().expect("cargo takes it")).expect("it is JSON");
    assert_eq!(metadata.packages[0].targets[0].name, "ext");

    // The second time, nothing is written.
    let time =
        || fs::metadata(generated.folder.join("Cargo.toml")).and_then(|data| data.modified()).expect("it is there");
    let before = time();
    manifest::generate(&project.extensions[0], &folder.path.join("made")).expect("it can be made");
    assert_eq!(time(), before);
}

#[test]
fn what_is_no_extension_crate_is_refused() {
    let error = Folder::new("empty").error();
    assert!(error.contains("has no Cargo.toml") && error.contains("remedy: ") && error.contains("--site"), "{error}");
    let program = Folder::new("program")
        .with("Cargo.toml", "[package]\nname = \"tool\"\nversion = \"1.0.0\"\nedition = \"2021\"\n[workspace]\n")
        .with("src/main.rs", "fn main() {}");
    let error = program.error();
    assert!(error.contains("tool 1.0.0 has no library"), "{error}");
    let error = Folder::new("virtual").with("Cargo.toml", "[workspace]\nmembers = []\n").error();
    assert!(error.contains("is a workspace, not a crate") && error.contains("member"), "{error}");
}

#[test]
fn two_modules_of_one_name_are_refused() {
    let one = Folder::new("one").extension("one", "same").read();
    let other = Folder::new("other").extension("other", "same").read();
    let error = format!("{:#}", check::modules(&[one, other]).expect_err("they are refused"));
    assert!(error.contains("one 1.2.3 and other 1.2.3 both make the module same.same"), "{error}");

    let native = |name: &str| {
        let pyproject = format!("[tool.maturin]\nmodule-name = \"{name}._native\"\n");
        Folder::new(name).extension(name, name).with("pyproject.toml", &pyproject).read()
    };
    let error = format!("{:#}", check::modules(&[native("left"), native("right")]).expect_err("they are refused"));
    assert!(error.contains("both export PyInit__native") && error.contains("module left._native"), "{error}");
    check::modules(&[
        Folder::new("first").extension("a", "a").read(),
        Folder::new("second").extension("b", "b").read(),
    ])
    .expect("they differ");
}

#[test]
fn options_that_cannot_be_are_refused() {
    let error = |change: &dyn Fn(&mut flags::Bundle)| {
        let mut options = super::options(vec!["x".to_owned()]);
        change(&mut options);
        format!("{:#}", check::options(&options).expect_err("they are refused"))
    };
    assert!(error(&|options| options.with.clear()).contains("no extension crate is named\n  remedy: "));
    assert!(error(&|options| options.script = Some("missing.py".into())).contains("there is no script missing.py"));
    assert!(error(&|options| options.module = Some("a/b.py".into())).contains("the name of a module"));
    let both = |options: &mut flags::Bundle| {
        options.script = Some("a.py".into());
        options.module = Some("a".into());
    };
    assert!(error(&both).contains("not both"));
}

#[test]
fn folders_with_compiled_code_are_refused() {
    let folder = Folder::new("compiled").with("fast/__init__.py", "").with("fast/_fast.cpython-312-darwin.so", "");
    let error = format!("{:#}", site::check_folder(&folder.path).expect_err("it is refused"));
    assert!(error.contains("_fast.cpython-312-darwin.so") && error.contains("--with"), "{error}");
    let error = format!("{:#}", site::check_folder(Path::new("missing")).expect_err("it is refused"));
    assert!(error.contains("missing is not a folder"), "{error}");
}

#[test]
fn what_pip_does_not_find_is_explained() {
    let text = pip::explain(
        "`pip install` failed\nERROR: Could not find a version that satisfies the requirement numpy (from versions: none)\n\
         ERROR: No matching distribution found for numpy",
    );
    assert!(text.starts_with("there is no pure-Python wheel for numpy\n"), "{text}");
    let text = pip::explain(
        "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError'\nERROR: Could not find a version \
         that satisfies the requirement six (from versions: none)\nERROR: No matching distribution found for six",
    );
    assert!(text.contains("cannot reach the index for six") && text.contains("network"), "{text}");
    let error = |names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        format!("{:#}", pip::install(&names, &[], Path::new("missing")).expect_err("it is refused"))
    };
    assert!(error(&["--upgrade"]).contains("give the name of a package"));
    assert!(error(&["git+https://example.com/x"]).contains("give the name of a package"));
}

#[test]
fn names_of_packages_are_read() {
    let wanted = |text: &str| fetch::Wanted::parse(text).expect("it is a name");
    assert_eq!(wanted("rpds-py@2026.9.1"), wanted("rpds-py==2026.9.1"));
    assert_eq!(wanted("jiter").version, None);
    let error = fetch::Wanted::parse("no such folder").expect_err("it is none").to_string();
    assert!(error.contains("neither a folder nor the name of a package"), "{error}");
    assert!(fetch::Wanted::parse("jiter@").is_err());
}

#[test]
fn the_newest_release_with_a_source_distribution_is_chosen() {
    let file = |name: &str, yanked: &str| {
        format!(
            "{{\"filename\": \"{name}\", \"url\": \"https://example.com/{name}\", \"hashes\": {{\"sha256\": \"00\"}}, \
             \"yanked\": {yanked}}}"
        )
    };
    let files = [
        file("fast_things-0.9.0.tar.gz", "false"),
        file("fast_things-0.10.1.tar.gz", "false"),
        file("fast_things-0.10.2.tar.gz", "\"broken\""),
        file("fast_things-0.11.0rc1.tar.gz", "false"),
        file("fast_things-0.12.0-cp312-cp312-win_amd64.whl", "false"),
    ];
    let listing: fetch::Listing =
        serde_json::from_str(&format!("{{\"files\": [{}]}}", files.join(", "))).expect("it is a listing");
    let choose = |text: &str| {
        let wanted = fetch::Wanted::parse(text).expect("it is a name");
        fetch::choose(&wanted, &listing).map(|(version, _)| version).map_err(|error| error.to_string())
    };
    assert_eq!(choose("Fast.Things").as_deref(), Ok("0.10.1"));
    assert_eq!(choose("fast-things@0.10.2").as_deref(), Ok("0.10.2"));
    let error = choose("fast-things@0.12.0").expect_err("there is a wheel alone");
    assert!(
        error.contains("no source distribution of fast-things 0.12.0\n  there are: 0.11.0rc1, 0.9.0, 0.10.1"),
        "{error}"
    );
    assert!(choose("other").expect_err("there is none").contains("no source distribution of other"));
}

#[test]
fn the_executable_registers_modules_by_their_full_names() {
    let project = Folder::new("registered")
        .extension("pair", "pair")
        .with("pyproject.toml", "[tool.maturin]\nmodule-name = \"pair._rust\"\n")
        .read();
    let generated = manifest::Generated { folder: "somewhere".into(), features: Vec::new() };
    let mut host = Host {
        extensions: vec![(&project.extensions[0], generated)],
        site: Site::Archive,
        start: Start::Module("pair.tool".to_owned()),
        frozen: true,
        ssl: false,
        patches: Vec::new(),
        form: Form::Native,
    };
    let text = host.main();
    assert!(text.contains(".extension(c\"pair._rust\", pyo3_bundle::extension!(PyInit__rust))"), "{text}");
    assert!(text.contains(".site_in_executable()") && text.contains(".module(\"pair.tool\")"), "{text}");
    host.site = Site::Folders(vec!["/a \"b\"".into()]);
    host.start = Start::Script("/folder/tool.py".into());
    let text = host.main();
    assert!(text.contains(".site_folder(\"/a \\\"b\\\"\")"), "{text}");
    assert!(text.contains(".script(\"tool.py\", include_str!(\"/folder/tool.py\"))"), "{text}");
    host.site = Site::Folders(Vec::new());
    host.start = Start::Arguments;
    host.form = Form::Wasm { is_reactor: true, frozen: vec![("stdlib", 1), ("packages", 2)], level: "s".to_owned() };
    let text = host.main();
    assert!(text.contains(".frozen(pyo3_bundle::rustpython_vm::py_freeze!(dir = \"packages\""), "{text}");
    assert!(text.contains("pyo3_bundle::reactor!(bundle);") && !text.contains("fn main"), "{text}");
}

#[test]
fn a_lock_file_is_ours_and_what_the_crates_have_beside() {
    let package = |name: &str, version: &str, more: &str| {
        format!("\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n{more}")
    };
    let registry = "source = \"registry+https://example.com\"\nchecksum = \"00\"\n";
    let ours = format!("version = 4\n{}", package("libc", "0.2.9", registry));
    let theirs = format!(
        "version = 3\n{}{}{}{}{}",
        package("pyo3", "0.29.0", registry),
        package("libc", "0.2.1", registry),
        package("libc", "0.1.0", registry),
        package("own", "1.0.0", ""),
        package("rpds", "1.2.1", &format!("{registry}dependencies = [\"archery\"]\n"))
    );
    let text = host::merged(&ours, &[theirs.clone(), theirs]).expect("they are lock files");
    let expected = format!("{ours}{}{}", package("libc", "0.1.0", registry), package("rpds", "1.2.1", registry));
    assert_eq!(text, expected);
}

#[test]
fn a_stand_in_is_a_wheel_with_the_metadata_of_the_crate() {
    let folder = Folder::new("stand-in").extension("fast-things", "fast_things").with(
        "PKG-INFO",
        "Metadata-Version: 2.4\nName: fast-things\nVersion: 1.2.4\nRequires-Dist: attrs>=20\n\nText.\n",
    );
    let distribution = folder.read().distribution;
    assert_eq!(distribution.stem(), "fast_things-1.2.4");
    let wheel = pip::stand_in(&distribution).expect("it can be made");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(wheel)).expect("it is an archive");
    let mut read = |name: &str| {
        let file = archive.by_name(&format!("fast_things-1.2.4.dist-info/{name}")).expect("it is there");
        std::io::read_to_string(file).expect("it is text")
    };
    assert_eq!(read("METADATA"), distribution.metadata);
    assert!(read("METADATA").contains("Requires-Dist: attrs>=20\n"));
    assert!(read("WHEEL").contains("Tag: py3-none-any\n"));
    assert!(read("RECORD").contains("fast_things-1.2.4.dist-info/WHEEL,,\n"));
}
