// What the window weighs (ui.md 11). A build that is heavier fails: whatever made it so is read
// later, or left out.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** In bytes; scripts and styles as they are compressed. */
const LIMITS = {
  'script at the start': 250_000,
  'script in all': 400_000,
  style: 30_000,
  fonts: 130_000,
};

export function budget(): Plugin {
  return {
    name: 'muster-budget',
    apply: 'build',
    writeBundle({ dir = 'dist' }, bundle) {
      const spent = { 'script at the start': 0, 'script in all': 0, style: 0, fonts: 0 };
      const page = readFileSync(join(dir, 'index.html'), 'utf8');
      for (const name of Object.keys(bundle)) {
        const bytes = readFileSync(join(dir, name));
        const packed = gzipSync(bytes, { level: 9 }).length;
        if (name.endsWith('.js')) {
          spent['script in all'] += packed;
          // The page names the first script and everything that it reads at once.
          if (page.includes(`/${name}"`)) spent['script at the start'] += packed;
        }
        if (name.endsWith('.css')) spent.style += packed;
        if (name.endsWith('.woff2')) spent.fonts += bytes.length;
      }
      for (const [what, limit] of Object.entries(LIMITS)) {
        const now = spent[what as keyof typeof LIMITS];
        const said = `${what}: ${now.toLocaleString('en')} of ${limit.toLocaleString('en')} bytes`;
        if (now === 0 || now > limit) this.error(`the window is too heavy: ${said}`);
        this.info(said);
      }
    },
  };
}
