// The fields of a record by its kind: what a new one starts with, and what is read of one.

import type { ContentBody, ContentKind, KnowledgeSource } from '../../backend/types.ts';
import { whole } from '../../i18n/format.ts';
import { hasText, t } from '../../i18n/text.tsx';

/** Kinds that people write; conversations and leads come in from outside. */
export type WrittenKind = Exclude<ContentKind, 'conversation' | 'lead'>;

export const SOURCES: readonly KnowledgeSource[] = ['document', 'website', 'faq', 'source'];

export function isWritten(kind: ContentKind): kind is WrittenKind {
  return kind !== 'conversation' && kind !== 'lead';
}

export function emptyBody(kind: WrittenKind): ContentBody {
  switch (kind) {
    case 'agent':
      return { kind, instructions: '', state: 'off', knowledge: [] };
    case 'prompt':
      return { kind, text: '' };
    case 'knowledge':
      return { kind, source: 'document', text: '', size: 0 };
    case 'integration':
      return { kind, service: '', state: 'off' };
    case 'channel':
      return { kind, medium: '', state: 'off' };
  }
}

/** The one word that a list shows of a record. */
export function stateText(state: string): string {
  const id = `content.state.${state}`;
  return hasText(id) ? t(id) : state;
}

function bytes(n: number): string {
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: n < 1000 ? 'byte' : 'kilobyte',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(n < 1000 ? n : n / 1000);
}

/** The fields of a record as names and values; texts that may be long come separately. */
export function bodyFacts(body: ContentBody): [string, string][] {
  switch (body.kind) {
    case 'agent':
      return [[t('content.state'), stateText(body.state)]];
    case 'prompt':
      return [];
    case 'knowledge':
      return [
        [t('content.source'), stateText(body.source)],
        [t('content.size'), bytes(body.size)],
      ];
    case 'integration':
      return [
        [t('content.service'), body.service],
        [t('content.state'), stateText(body.state)],
      ];
    case 'channel':
      return [
        [t('content.medium'), body.medium],
        [t('content.state'), stateText(body.state)],
      ];
    case 'conversation':
      return [
        [t('content.person'), body.person],
        [t('content.channel'), body.channel],
        [t('content.at'), whole(body.at)],
        [t('content.state'), stateText(body.state)],
      ];
    case 'lead':
      return [
        [t('content.person'), body.person],
        [t('content.contact'), body.contact],
        [t('content.channel'), body.channel],
        [t('content.at'), whole(body.at)],
        [t('content.state'), stateText(body.state)],
      ];
  }
}

/** The text of a record, with its name; null where it has none. */
export function bodyText(body: ContentBody): { label: string; text: string } | null {
  switch (body.kind) {
    case 'agent':
      return { label: t('content.instructions'), text: body.instructions };
    case 'prompt':
    case 'knowledge':
      return { label: t('content.text'), text: body.text };
    case 'integration':
    case 'channel':
    case 'conversation':
    case 'lead':
      return null;
  }
}
