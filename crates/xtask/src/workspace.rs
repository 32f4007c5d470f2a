//! What cargo and npm know of the packages here.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

/// The packages of the workspace.
pub struct Workspace {
    pub packages: Vec<Package>,
    /// The direct dependencies of the interface, for running and for building.
    pub npm: BTreeSet<String>,
}

/// One package.
#[derive(Deserialize)]
pub struct Package {
    pub name: String,
    pub dependencies: Vec<Dependency>,
}

/// What a package depends on.
#[derive(Deserialize)]
pub struct Dependency {
    pub name: String,
    /// Absent for what the program itself uses; `dev`, `build` otherwise.
    pub kind: Option<String>,
    /// Present for packages of this workspace.
    pub path: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct NpmPackage {
    dependencies: serde_json::Map<String, serde_json::Value>,
    #[serde(rename = "devDependencies")]
    dev_dependencies: serde_json::Map<String, serde_json::Value>,
}

impl Workspace {
    /// Asks cargo, and reads `ui/package.json`.
    pub fn read(root: &Path) -> Result<Self, Box<dyn Error>> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
            .current_dir(root)
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        let metadata: Metadata = serde_json::from_slice(&output.stdout)?;
        let npm: NpmPackage =
            serde_json::from_slice(&std::fs::read(root.join("ui/package.json"))?)?;
        let npm = npm.dependencies.into_iter().chain(npm.dev_dependencies);
        Ok(Self { packages: metadata.packages, npm: npm.map(|(name, _)| name).collect() })
    }

    /// The direct dependencies from outside, Rust only.
    pub fn crates(&self) -> BTreeSet<String> {
        let all = self.packages.iter().flat_map(|it| &it.dependencies);
        all.filter(|it| it.path.is_none()).map(|it| it.name.clone()).collect()
    }
}
