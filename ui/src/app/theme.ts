// Light or dark: as the system has it, unless the person fixed it.

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'muster.theme';

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

function system(): MediaQueryList | null {
  return typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;
}

function apply(): void {
  const theme = stored();
  const dark = theme === 'dark' || (theme === 'system' && system()?.matches === true);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** The choice as it stands. */
export function theme(): Theme {
  return stored();
}

/** Fixes the theme, or lets it follow the system again. */
export function setTheme(value: Theme): void {
  localStorage.setItem(KEY, value);
  apply();
}

/** Sets the theme before the first frame and follows the system from then on. */
export function startTheme(): void {
  apply();
  system()?.addEventListener('change', apply);
  // Another window fixed it (ui.md 3.4: all windows show the same state).
  window.addEventListener('storage', (event) => {
    if (event.key === KEY) apply();
  });
}
