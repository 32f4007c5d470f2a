// Reading a chosen or dropped file for the core, which takes it in base64.

import type { Failure } from '../backend/types.ts';

/** A larger file is refused before it is read. */
export const MOST_BYTES = 10 * 1024 * 1024;

export const TOO_LARGE: Failure = {
  code: 'import.too_large',
  reason: null,
  field: null,
  detail: '',
};

const CHUNK = 0x8000;

/** The file's bytes in base64; throws a `Failure` for a file that is too large. */
export async function readFile(file: File): Promise<string> {
  if (file.size > MOST_BYTES) throw TOO_LARGE;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}
