// The keys that work everywhere (ui.md 9). No key acts while an input method is composing.

import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useActive, useNewWindow } from './active.tsx';
import { type Bound, boundTo } from './bindings.ts';
import { paths } from './paths.ts';
import { useRedoLast, useUndoLast } from './undo.ts';

/** Asks the shell for something from wherever the key was pressed. */
export type Request = 'switcher' | 'invite' | 'palette' | 'shortcuts';

const EVENT = 'muster:request';

export function request(what: Request): void {
  window.dispatchEvent(new CustomEvent<Request>(EVENT, { detail: what }));
}

export function useRequest(what: Request, run: () => void): void {
  useEffect(() => {
    const listener = (event: Event) => {
      if ((event as CustomEvent<Request>).detail === what) run();
    };
    window.addEventListener(EVENT, listener);
    return () => window.removeEventListener(EVENT, listener);
  }, [what, run]);
}

export { isMac, mod } from './platform.ts';

const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex="0"]:not([data-area])';

// F6 walks through the areas in reading order, Shift+F6 back. An area with nothing in it that
// takes the focus is passed by.
function walkAreas(back: boolean): void {
  const areas = [...document.querySelectorAll<HTMLElement>('[data-area]')];
  // A panel stands within the main area, so the last one that holds the focus is meant.
  const here = areas.findLastIndex((area) => area.contains(document.activeElement));
  const after = areas.slice(here + 1);
  const before = areas.slice(0, Math.max(0, here));
  const inOrder = back ? [...before.reverse(), ...after.reverse()] : [...after, ...before];
  for (const area of inOrder) {
    const list = area.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]');
    const target = list ?? area.querySelector<HTMLElement>(FOCUSABLE);
    target?.focus();
    if (target !== null && document.activeElement === target) return;
  }
}

/** F6 alone, for a page that stands without the frame. */
export function useAreaKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || event.key !== 'F6') return;
      event.preventDefault();
      walkAreas(event.shiftKey);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select');
}

export function useGlobalKeys(): void {
  const navigate = useNavigate();
  const router = useRouter();
  const { id } = useActive();
  const undoLast = useUndoLast();
  const undoNow = useRef(undoLast);
  undoNow.current = undoLast;
  const redoLast = useRedoLast();
  const redoNow = useRef(redoLast);
  redoNow.current = redoLast;
  const newWindow = useNewWindow();
  const newWindowNow = useRef(newWindow);
  newWindowNow.current = newWindow;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      const run = action(event);
      if (run === null) return;
      event.preventDefault();
      run();
    };
    const action = (event: KeyboardEvent): (() => void) | null => {
      if (event.key === 'F6') return () => walkAreas(event.shiftKey);
      if (document.querySelector('[aria-modal="true"], [data-testid="dialog"]') !== null)
        return null;
      if (event.key === 'F1') return () => request('shortcuts');
      const bound = boundTo(event);
      return bound === null ? null : does(bound, event);
    };
    const does = (bound: Bound, event: KeyboardEvent): (() => void) | null => {
      switch (bound) {
        case 'palette':
        case 'shortcuts':
          return () => request(bound);
        case 'switch':
          return () => request('switcher');
        case 'invite':
          return id === null ? null : () => request('invite');
        case 'pending':
          return () => void navigate(paths.pending());
        case 'workspaces':
          return () => void navigate(paths.workspaces());
        case 'manage':
          return () => void navigate(paths.manage());
        case 'window':
          return () => void newWindowNow.current();
        // A field has an undo of its own.
        case 'undo':
          return isField(event.target) ? null : () => void undoNow.current();
        case 'redo':
          return isField(event.target) ? null : () => void redoNow.current();
        case 'back':
          return () => router.history.back();
        case 'forward':
          return () => router.history.forward();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [navigate, router, id]);
}
