// The contrast of every pair of ui.md 2.2, computed from the token file.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../styles/tokens.css'), 'utf8');

function tokens(theme: 'light' | 'dark'): Map<string, string> {
  const start = css.indexOf(`:root[data-theme="${theme}"]`);
  const block = css.slice(css.indexOf('{', start), css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  );
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const SURFACES = ['sheet', 'paper', 'desk', 'hover', 'selected'];

const OVER_SURFACES: [string, number][] = [
  ['ink', 4.5],
  ['ink-2', 4.5],
  ['ink-3', 4.5],
  ['accent-ink', 4.5],
  ['danger-ink', 4.5],
  ['warn', 4.5],
  ['pending', 4.5],
  ['edge', 3],
  ['focus', 3],
];

const PAIRS: [string, string, number][] = [
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
  ['on-danger', 'danger', 4.5],
  ['accent-ink', 'accent-soft', 4.5],
  ['danger-ink', 'danger-soft', 4.5],
  ['warn', 'warn-soft', 4.5],
  ['pending', 'pending-soft', 4.5],
  ['ink-3', 'pending-soft', 4.5],
];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const values = tokens(theme);
  const colour = (name: string): string => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`no token --${name} in ${theme}`);
    return value;
  };
  const surfaces = theme === 'dark' ? [...SURFACES, 'raised'] : SURFACES;

  it.each(OVER_SURFACES)('%s is readable on every surface (%f)', (name, needed) => {
    for (const surface of surfaces) {
      expect(
        contrast(colour(name), colour(surface)),
        `${name} on ${surface}`,
      ).toBeGreaterThanOrEqual(needed);
    }
  });

  it.each(PAIRS)('%s is readable on %s (%f)', (name, on, needed) => {
    expect(contrast(colour(name), colour(on))).toBeGreaterThanOrEqual(needed);
  });

  it('letters on every tile are above 7:1', () => {
    const letters = theme === 'light' ? '#ffffff' : '#14171a';
    for (let n = 0; n < 12; n += 1) {
      expect(contrast(letters, colour(`ws-${n}`)), `ws-${n}`).toBeGreaterThan(7);
    }
  });
});
