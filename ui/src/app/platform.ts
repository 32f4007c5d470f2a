// What differs by the system that the window runs on.

export const isMac = /mac/i.test(navigator.platform);

/** Whether the platform's command key is held: Ctrl, on macOS ⌘. */
export function mod(event: { ctrlKey: boolean; metaKey: boolean }): boolean {
  return isMac ? event.metaKey : event.ctrlKey;
}
