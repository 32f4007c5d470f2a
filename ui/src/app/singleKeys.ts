// Whether keys without a modifier act, such as K in a review or `/` in a list. They can be
// turned off as a whole, for speech input and for hands that hit keys by accident (ui.md 9).

const KEY = 'muster.single_keys';

export type SingleKeys = 'on' | 'off';

/** The choice as it stands. */
export function singleKeys(): SingleKeys {
  return localStorage.getItem(KEY) === 'off' ? 'off' : 'on';
}

/** Turns them on or off; the next key press goes by it. */
export function setSingleKeys(value: SingleKeys): void {
  localStorage.setItem(KEY, value);
}
