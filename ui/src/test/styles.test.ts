// What the style sheets must keep for everybody to be able to use the window (ui.md 10): read
// from the files, so that a new one is held to it as well.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

const sheets = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({ name, css: readFileSync(join(root, name), 'utf8') }));

const tokens = sheets.find(({ name }) => name.endsWith('tokens.css'))?.css ?? '';

/** Every declaration of a property, with the file that has it. */
function declared(property: RegExp): { where: string; value: string }[] {
  const found = new RegExp(`(?:^|[;{\\s])(${property.source}):\\s*([^;}]+)`, 'g');
  return sheets
    .filter(({ css }) => css !== tokens)
    .flatMap(({ name, css }) =>
      [...css.matchAll(found)].map((match) => ({
        where: `${name}: ${match[0].trim()}`,
        value: match[2] ?? '',
      })),
    );
}

describe('the style sheets', () => {
  it('are all read', () => expect(sheets.length).toBeGreaterThan(30));

  it('move only for times that are nothing when less movement is wanted', () => {
    const block = /prefers-reduced-motion: reduce\)\s*\{([\s\S]*?)\n\}/.exec(tokens)?.[1] ?? '';
    const still = [...block.matchAll(/(--t-[a-z]+):\s*0m?s/g)].map((match) => match[1]);
    const times = new Set([...tokens.matchAll(/(--t-[a-z]+):/g)].map((match) => match[1]));
    times.delete('--t-now');
    expect(new Set(still)).toEqual(times);
    for (const { where, value } of declared(/animation|transition/)) {
      expect(value, where).toMatch(/var\(--t-[a-z]+\)|^none$/);
      expect(value, where).not.toMatch(/\d(ms|s)\b/);
    }
  });

  it('take every colour from the tokens, whose contrast is computed', () => {
    const own = declared(/[a-z-]*color|background|border[a-z-]*|outline|fill|stroke|box-shadow/);
    expect(own.length).toBeGreaterThan(100);
    for (const { where, value } of own) {
      expect(value, where).not.toMatch(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i);
    }
  });

  it('size text relative to what the reader chose, never below 12 px', () => {
    for (const { where, value } of declared(/font-size/)) {
      expect(value, where).toMatch(/rem|em|%|inherit|var\(/);
      expect(value, where).not.toMatch(/\dpx/);
    }
    const sizes = [...tokens.matchAll(/(?:^|\s)([\d.]+)rem\s*\//g)].map((match) =>
      Number(match[1]),
    );
    expect(sizes.length).toBeGreaterThan(3);
    for (const size of sizes) expect(size).toBeGreaterThanOrEqual(0.75);
  });

  it('ask for room in text, so that large text is laid out like a narrow window', () => {
    const asked = sheets.flatMap(({ name, css }) =>
      [...css.matchAll(/@(media|container) [^{]*\((?:width|min-width|max-width)[^{]*/g)].map(
        (match) => `${name}: ${match[0].trim()}`,
      ),
    );
    expect(asked.length).toBeGreaterThan(10);
    for (const one of asked) expect(one).toMatch(/@container \(width < [\d.]+rem\)$/);
  });

  it('keep a ring on what has the focus', () => {
    // Titles and dialogs take the focus by themselves, to be read out; nobody goes to them.
    const taken = ['h1:focus-visible', '.dialog:focus-visible'];
    const removed = sheets.flatMap(({ name, css }) =>
      [...css.matchAll(/([^{};]*:focus-visible[^{}]*)\{([^}]*)\}/g)]
        .filter((match) => /outline:\s*(none|0)/.test(match[2] ?? ''))
        .map((match) => (match[1] ?? '').replace(/\/\*[\s\S]*\*\//, '').trim())
        .filter((one) => !taken.includes(one))
        .map((one) => `${name}: ${one}`),
    );
    expect(removed).toEqual([]);
  });

  it('lay out by start and end, so that they mirror for writing from the right', () => {
    const sides = /(?:margin|padding|border)-(?:left|right)|text-align(?=:\s*(?:left|right))/;
    expect(declared(sides)).toEqual([]);
  });
});
