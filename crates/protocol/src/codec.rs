//! Frames to bytes and back: zstd over `[length u32][tag u8][MessagePack]`, or a JSON list of
//! the same frames for debugging.
//!
//! A frame of an unknown kind is skipped and unknown fields are ignored, so that an older
//! build can read what a newer one says (sync.md 3).

use crate::frame::Frame;

/// Bytes that are no exchange.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// The compressed stream is damaged.
    #[error("damaged compression")]
    Compression(#[source] std::io::Error),
    /// The message is longer than allowed.
    #[error("message longer than {limit} bytes")]
    TooLong {
        /// The most bytes allowed.
        limit: usize,
    },
    /// A frame's length does not fit the message.
    #[error("frame cut off")]
    CutOff,
    /// A frame's content is not what its tag says.
    #[error("damaged frame")]
    Frame(#[source] rmp_serde::decode::Error),
    /// The JSON form is damaged.
    #[error("damaged JSON")]
    Json(#[source] serde_json::Error),
}

/// The frames as bytes of [`crate::FRAMES_TYPE`].
///
/// # Errors
/// [`CodecError::Compression`] when the compressor fails, which takes a lack of memory.
pub fn encode<F: Frame>(frames: &[F]) -> Result<Vec<u8>, CodecError> {
    let mut plain = Vec::new();
    for frame in frames {
        let body = rmp_serde::to_vec_named(frame).expect("frames have string keys and no cycles");
        let length = u32::try_from(body.len() + 1).expect("frames are far below 4 GB");
        plain.extend_from_slice(&length.to_be_bytes());
        plain.push(frame.tag());
        plain.extend_from_slice(&body);
    }
    zstd::bulk::compress(&plain, 3).map_err(CodecError::Compression)
}

/// The frames in these bytes of [`crate::FRAMES_TYPE`], unknown kinds left out.
///
/// # Errors
/// See [`CodecError`]; `limit` bounds the bytes after decompression.
pub fn decode<F: Frame>(bytes: &[u8], limit: usize) -> Result<Vec<F>, CodecError> {
    let plain = decompress(bytes, limit)?;
    let mut rest = plain.as_slice();
    let mut frames = Vec::new();
    while !rest.is_empty() {
        let (head, tail) = rest.split_at_checked(4).ok_or(CodecError::CutOff)?;
        let length = u32::from_be_bytes(head.try_into().expect("split at four"));
        let (frame, tail) = tail.split_at_checked(length as usize).ok_or(CodecError::CutOff)?;
        let (tag, body) = frame.split_first().ok_or(CodecError::CutOff)?;
        if F::knows(*tag) {
            frames.push(rmp_serde::from_slice(body).map_err(CodecError::Frame)?);
        }
        rest = tail;
    }
    Ok(frames)
}

fn decompress(bytes: &[u8], limit: usize) -> Result<Vec<u8>, CodecError> {
    use std::io::Read;
    let decoder = zstd::stream::read::Decoder::new(bytes).map_err(CodecError::Compression)?;
    let mut plain = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    decoder.take(most).read_to_end(&mut plain).map_err(CodecError::Compression)?;
    if plain.len() > limit { Err(CodecError::TooLong { limit }) } else { Ok(plain) }
}

/// The frames as JSON, for debugging.
///
/// # Errors
/// None in practice; the type is shared with [`from_json`].
pub fn to_json<F: Frame>(frames: &[F]) -> Result<Vec<u8>, CodecError> {
    serde_json::to_vec(frames).map_err(CodecError::Json)
}

/// The frames in this JSON; a frame of an unknown kind is an error here.
///
/// # Errors
/// [`CodecError::Json`] or [`CodecError::TooLong`].
pub fn from_json<F: Frame>(bytes: &[u8], limit: usize) -> Result<Vec<F>, CodecError> {
    if bytes.len() > limit {
        return Err(CodecError::TooLong { limit });
    }
    serde_json::from_slice(bytes).map_err(CodecError::Json)
}
