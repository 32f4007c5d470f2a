// What a browser has and the test environment lacks: sizes, so that long lists show rows.

import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

// How long a condition may take on a busy machine. Not how long it takes.
configure({ asyncUtilTimeout: 8_000 });

class Observer {
  private readonly tell: ResizeObserverCallback;
  constructor(tell: ResizeObserverCallback) {
    this.tell = tell;
  }
  observe(target: Element): void {
    const box = [{ inlineSize: 1000, blockSize: 600 }];
    const entry = {
      target,
      borderBoxSize: box,
      contentBoxSize: box,
    } as unknown as ResizeObserverEntry;
    this.tell([entry], this as unknown as ResizeObserver);
  }
  unobserve(): void {}
  disconnect(): void {}
}

vi.stubGlobal('ResizeObserver', Observer);

for (const [name, value] of [
  ['offsetHeight', 600],
  ['offsetWidth', 1000],
  ['clientHeight', 600],
  ['scrollHeight', 1_000_000],
] as const) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
}
HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, to?: unknown) {
  if (typeof to === 'object' && to !== null && 'top' in to) this.scrollTop = Number(to.top);
  // A browser tells of it later, never within the call.
  setTimeout(() => this.dispatchEvent(new Event('scroll')), 0);
} as typeof HTMLElement.prototype.scrollTo;
HTMLElement.prototype.scrollIntoView = () => {};
HTMLCanvasElement.prototype.getContext = () => null;
vi.stubGlobal('CSS', { escape: (name: string) => name.replace(/[^\w-]/g, '\\$&') });
vi.stubGlobal('scrollTo', () => {});

/** How wide the window is; a test may narrow it. */
export const screenWidth = { value: 1280 };

Object.defineProperty(window, 'innerWidth', { configurable: true, get: () => screenWidth.value });

function matchMedia(query: string) {
  return {
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
  };
}
vi.stubGlobal('matchMedia', matchMedia);

beforeEach(() => {
  screenWidth.value = 1280;
  localStorage.clear();
});
afterEach(cleanup);
