//! Where I am signed in, and signing one of those places out (ui.md 5.16). The server's to say:
//! nothing of it is kept.

use muster_domain::DeviceId;

use crate::app::App;
use crate::view::{DeviceRow, Failure};

impl App {
    /// Where I am signed in, this device first, then the one used last.
    ///
    /// # Errors
    /// [`crate::view::FailureCode::Offline`] and whatever else keeps the server from answering.
    pub async fn devices(&self) -> Result<Vec<DeviceRow>, Failure> {
        let signed = self.signed()?;
        let told = signed.api.devices(&signed.token).await?.devices;
        let mut rows: Vec<_> = told
            .into_iter()
            .map(|it| DeviceRow {
                id: it.device,
                name: it.name,
                since: it.since,
                last_used: it.last_used,
                here: it.here,
            })
            .collect();
        rows.sort_by_key(|it| !it.here);
        Ok(rows)
    }

    /// Signs another of my devices out; where I am signed in after that.
    ///
    /// # Errors
    /// [`crate::view::FailureCode::NotFound`] where I am not signed in any more.
    pub async fn end_device(&self, device: DeviceId) -> Result<Vec<DeviceRow>, Failure> {
        let signed = self.signed()?;
        signed.api.end_device(&signed.token, device).await?;
        drop(signed);
        self.devices().await
    }
}
