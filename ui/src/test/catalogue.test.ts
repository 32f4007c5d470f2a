// The catalogue is whole: every code of the core has its sentence, every id that the code asks
// for is there, and no text waits for nothing.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  EVENT_KINDS,
  FAILURE_CODES,
  type ImportReason,
  type OutcomeKind,
  PERMISSIONS,
  REFUSAL_CODES,
} from '../backend/types.ts';
import { hasText, t } from '../i18n/text.tsx';
import '../i18n/later.ts';
import { messages as first } from '../locales/en.po';
import { messages as later } from '../locales/later.en.po';
import { SCHEME_ROLES } from '../parts/schemes.ts';

const SOURCE = join(import.meta.dirname, '..');
const messages = { ...first, ...later };
// The folders whose pages bring the later texts with them.
const LATER = [
  'reviews',
  'history',
  'people',
  'plans',
  'diagnostics',
  'export',
  'digest',
  'pending',
  'account',
  'first',
]
  .map((name) => join(SOURCE, 'pages', name))
  .concat(
    ['Palette.tsx', 'Shortcuts.tsx', 'useCommands.ts'].map((name) => join(SOURCE, 'parts', name)),
  );

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'test' ? [] : files(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const source = files(SOURCE)
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const commands = [
  ...readFileSync(join(SOURCE, '../../crates/domain/src/command.rs'), 'utf8').matchAll(
    /rename = "([a-z_.]+)\/\d+"/g,
  ),
].map((match) => match[1] ?? '');
const generated = readFileSync(join(SOURCE, 'backend/types.ts'), 'utf8');

function members(type: string): string[] {
  const line = new RegExp(`export type ${type} = ([^;]+);`).exec(generated)?.[1] ?? '';
  return [...line.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '');
}

describe('the catalogue', () => {
  it.each(REFUSAL_CODES)('has the sentence of refusal %s', (code) => {
    expect(hasText(code)).toBe(true);
  });

  it.each(FAILURE_CODES)('has the sentence of failure %s', (code) => {
    expect(hasText(code)).toBe(true);
  });

  it.each(EVENT_KINDS)('tells event %s of the history in a sentence', (kind) => {
    expect(hasText(`event.${kind}`)).toBe(true);
    const said = t(`event.${kind}`, { who: 'Ana', name: 'Luis', n: 1, shown: '1' });
    expect(said).toMatch(/Luis|Ana/);
    expect(said).not.toMatch(/[{}]/);
  });

  it.each(PERMISSIONS)('names permission %s', (permission) => {
    expect(hasText(`permission.${permission}`)).toBe(true);
  });

  it.each(members('BuiltInRole'))('names role %s and says what it is', (role) => {
    expect(hasText(`role.${role}`)).toBe(true);
    expect(hasText(`role.${role}.help`)).toBe(true);
  });

  it('knows every role of the core in its schemes', () => {
    expect(Object.values(SCHEME_ROLES).flat().sort()).toEqual(members('BuiltInRole').sort());
  });

  it.each([
    ['state', 'MemberState'],
    ['invitation.state', 'InvitationStatus'],
    ['invitation.trouble', 'InvitationTrouble'],
    ['invitation.trouble_word', 'InvitationTrouble'],
    ['outcome', 'OutcomeKind'],
    ['import.reason', 'ImportReason'],
    ['import.format', 'ImportFormat'],
    ['import.group', 'ImportStatus'],
    ['plan', 'Plan'],
    ['scheme', 'Scheme'],
    ['plan.act', 'PlanAct'],
    ['gap', 'GapReason'],
    ['access.fault', 'AccessFault'],
    ['plans.source', 'PlanSource'],
    ['plans.was', 'PlanVerdict'],
  ])('has a text under %s for every %s', (prefix, type) => {
    const keys = members(type);
    expect(keys.length).toBeGreaterThan(1);
    for (const key of keys) expect(hasText(`${prefix}.${key}`), `${prefix}.${key}`).toBe(true);
  });

  it('says every kind of change', () => {
    const kinds = [...generated.matchAll(/"what": "([a-z_]+)"/g)].map((match) => match[1]);
    expect(kinds.length).toBeGreaterThan(8);
    for (const kind of kinds) expect(hasText(`change.${kind}`), `change.${kind}`).toBe(true);
  });

  it('says every command of the rule book', () => {
    expect(commands.length).toBeGreaterThan(40);
    for (const name of commands) expect(hasText(`command.${name}`), name).toBe(true);
  });

  it('says every sentence that the core names for what needs a connection', () => {
    for (const id of ['online_only', 'owner', 'delete', 'leave', 'invitation', 'invite']) {
      expect(hasText(`offline.${id}`), `offline.${id}`).toBe(true);
    }
  });

  it('has every id that the code names', () => {
    const asked = [
      ...source.matchAll(/(?:\bt\(|<T\s+id=|\bid: )['"]([a-z][a-z0-9_.]*\.[a-z0-9_.]+)['"]/g),
    ];
    const missing = asked.map((match) => match[1] ?? '').filter((id) => !hasText(id));
    expect(asked.length).toBeGreaterThan(100);
    expect([...new Set(missing)]).toEqual([]);
  });

  it('names no later text where the window starts', () => {
    const start = files(SOURCE)
      .filter((path) => !LATER.some((folder) => path.startsWith(folder)))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    expect(Object.keys(later).filter((id) => start.includes(`'${id}'`))).toEqual([]);
    expect(Object.keys(later).filter((id) => id in first)).toEqual([]);
  });

  it('has no text that nothing asks for', () => {
    const codes = new Set<string>([...REFUSAL_CODES, ...FAILURE_CODES]);
    const built = [...source.matchAll(/`([a-z0-9_.]*)\$\{[^}]+\}([a-z0-9_.]*)`/g)].map(
      (match) =>
        new RegExp(
          `^${match[1]?.replaceAll('.', '\\.')}[a-z0-9_.]+${match[2]?.replaceAll('.', '\\.')}$`,
        ),
    );
    const useful = built.filter((pattern) => pattern.source.length > 16);
    const unused = Object.keys(messages).filter(
      (id) =>
        !codes.has(id) &&
        !id.startsWith('offline.') &&
        !source.includes(`'${id}'`) &&
        !source.includes(`"${id}"`) &&
        !useful.some((pattern) => pattern.test(id)),
    );
    expect(unused).toEqual([]);
  });

  it('leaves out of a sentence what is not known', () => {
    expect(t('r4.owner')).toBe('Only an owner can make or unmake an owner. Ask one of them.');
    expect(t('r4.owner', { names: 'Ana Marques' })).toBe(
      'Only an owner can make or unmake an owner. Here that’s Ana Marques.',
    );
  });

  it('keeps to the style: no exclamation marks, no empty politeness', () => {
    for (const id of Object.keys(messages)) {
      expect(t(id, { n: 2 }), id).not.toMatch(/!|please|sorry|oops|successfully/i);
    }
  });
});

// The two lists are closed; a new member of the core's types stops the compiler here.
const _reasons: Record<ImportReason, true> = {
  deactivated: true,
  suspended: true,
  archived: true,
  disabled: true,
  bot: true,
  no_address: true,
  not_a_person: true,
  not_an_address: true,
  repeat: true,
};
const _outcomes: Record<OutcomeKind, true> = {
  applied: true,
  no_op: true,
  refused: true,
  skipped: true,
  unsupported: true,
  quarantined: true,
};
void _reasons;
void _outcomes;
