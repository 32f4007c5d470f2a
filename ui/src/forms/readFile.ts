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

/** The file's bytes in base64; throws a `Failure` for a file that is too large. */
export async function readFile(file: File, most = MOST_BYTES): Promise<string> {
  if (file.size > most) throw TOO_LARGE;
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'));
    reader.readAsDataURL(file);
  });
  return address.slice(address.indexOf(',') + 1);
}
