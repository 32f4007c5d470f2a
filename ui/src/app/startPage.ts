// What the window begins with: the workspace that was open, unless the person wants Home.

export type StartPage = 'workspace' | 'home';

const KEY = 'muster.start';

/** The choice as it stands. */
export function startPage(): StartPage {
  return localStorage.getItem(KEY) === 'home' ? 'home' : 'workspace';
}

export function setStartPage(value: StartPage): void {
  localStorage.setItem(KEY, value);
}

let begun = false;

/** The choice, asked for the first time in this run; later the start leads to a workspace. */
export function firstPage(): StartPage {
  if (begun) return 'workspace';
  begun = true;
  return startPage();
}
