// Exports, reminders and Home in memory.

import type { Backend } from '../../backend/backend.ts';
import type {
  Digest,
  Done,
  Exported,
  Place,
  PrintSheet,
  ReminderChoice,
} from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { NOW } from '../world.ts';

type Part = Pick<
  Backend,
  | 'exportTable'
  | 'printSheet'
  | 'printPage'
  | 'digest'
  | 'remind'
  | 'forgetReminder'
  | 'reminderChoices'
  | 'setReminder'
  | 'onPlace'
>;

export interface ReminderMore {
  digest: Digest;
  /** What saving a table comes to; null is a dialog that was closed. */
  exported: Exported | null;
  sheet: PrintSheet;
  choices: ReminderChoice[];
  /** Presses a notification. */
  press: (place: Place) => void;
}

export const reminderMore = (): ReminderMore => ({
  digest: { needs: [], soon: [], news: [], since: NOW, until: NOW },
  exported: { name: 'Northwind members.csv', rows: 3 },
  sheet: {
    about: [
      ['export.about.table', { cell: 'word', value: 'export.table.members' }],
      ['export.about.as_of', { cell: 'time', value: NOW }],
    ],
    heads: [
      { cell: 'word', value: 'export.head.name' },
      { cell: 'word', value: 'export.head.roles' },
    ],
    rows: [
      [
        { cell: 'text', value: 'Ana' },
        { cell: 'roles', value: [['admin'], []] },
      ],
    ],
    cut: false,
  },
  choices: (['review', 'invitation', 'end', 'single', 'asked'] as const).map((kind) => ({
    kind,
    on: true,
  })),
  press: () => undefined,
});

export function remindersBackend(memory: Memory): Part {
  const more = () => memory.more.reminders;
  return {
    exportTable: async () => more().exported,
    printSheet: async () => more().sheet,
    printPage: async () => null,
    digest: async () => more().digest,
    remind: async () => null,
    forgetReminder: async (done) => {
      const { digest } = more();
      const is = (one: Done | null) => JSON.stringify(one) === JSON.stringify(done);
      more().digest = { ...digest, needs: digest.needs.filter((one) => !is(one.done)) };
      return null;
    },
    reminderChoices: async () => more().choices,
    setReminder: async (kind, on) => {
      more().choices = more().choices.map((one) => (one.kind === kind ? { ...one, on } : one));
      return more().choices;
    },
    onPlace: (listener) => {
      more().press = listener;
      return () => undefined;
    },
  };
}
