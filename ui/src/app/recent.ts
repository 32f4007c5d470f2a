// Which workspaces this window's person opened last, for the switcher's short list. Only ids
// are kept, on this device; what they stand for is read from the copy like everything else.

const KEY = 'muster.recent';
const MOST = 5;

/** The ids of the workspaces opened last, the last first. */
export function recentIds(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/** Puts a workspace on top of the list. */
export function rememberRecent(id: string): void {
  const next = [id, ...recentIds().filter((one) => one !== id)].slice(0, MOST);
  localStorage.setItem(KEY, JSON.stringify(next));
}
