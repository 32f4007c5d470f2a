// Times, numbers and lists for the reader (ui.md 4.10, 13).

import type { Permission, Role } from '../backend/types.ts';
import { LOCALE, t, type Values } from './text.tsx';

const DAY = 86_400_000;

const clock = new Intl.DateTimeFormat(LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: 'long' });
const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const full = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeStyle: 'long' });
const dayInWeek = new Intl.DateTimeFormat(LOCALE, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const numbers = new Intl.NumberFormat(LOCALE);
const names = new Intl.ListFormat(LOCALE, { type: 'conjunction' });

function startOfDay(moment: number): number {
  const date = new Date(moment);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

/** The time of day, for moments that are known to be recent. */
export function time(moment: number): string {
  return clock.format(moment);
}

/** A date without its time. */
export function date(moment: number, now = Date.now()): string {
  const sameYear = new Date(moment).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? day : dayAndYear).format(moment);
}

/** A date with its time. */
export function moment(at: number): string {
  return t('time.moment', { date: date(at), time: time(at) });
}

/** Under seven days in words, then the date. */
export function when(moment: number, now = Date.now()): string {
  const days = Math.round((startOfDay(now) - startOfDay(moment)) / DAY);
  if (days === 0) return t('time.today', { time: time(moment) });
  if (days === 1) return t('time.yesterday', { time: time(moment) });
  if (days > 1 && days < 7) {
    return t('time.weekday', { day: weekday.format(moment), time: time(moment) });
  }
  return date(moment, now);
}

/** The day in words with its time, for a moment that is more than a day ago. */
export function dayAndTime(moment: number): string {
  return t('time.moment', { date: dayInWeek.format(moment), time: time(moment) });
}

/** The whole moment with its zone, for titles. */
export function whole(moment: number): string {
  return full.format(moment);
}

/** A count, grouped as the language does. */
export function count(n: number): string {
  return numbers.format(n);
}

/** A count for narrow places: above 9,999 in thousands. */
export function shortCount(n: number): string {
  return n > 9_999 ? t('count.thousands', { n: Math.floor(n / 1000) }) : count(n);
}

/** Items as the language lists them. */
export function list(items: readonly string[]): string {
  return names.format(items);
}

/** The name of a role; `names` holds those of the open workspace's own roles by key. */
export function role(value: Role, names: Values = {}): string {
  if (!isOwn(value)) return t(`role.${value}`);
  const name = names[value];
  return typeof name === 'string' ? name : t('role.own');
}

/** Whether a role is a workspace's own: only that workspace knows its name. */
export function isOwn(value: Role): value is `own:${number}` {
  return value.startsWith('own:');
}

/** The names of roles, as the language lists them. */
export function roles(values: readonly Role[], names: Values = {}): string {
  return list(roleList(values, names));
}

/** The names of roles where an answer brings those of a workspace's own along, in order. */
export function roleNames(values: readonly Role[], own: readonly string[]): string {
  let next = 0;
  return list(
    values.map((one) => {
      if (!isOwn(one)) return role(one);
      next += 1;
      return own[next - 1] ?? role(one);
    }),
  );
}

/** The name of each role. */
export function roleList(values: readonly Role[], names: Values = {}): string[] {
  return values.map((one) => role(one, names));
}

/** What a permission allows, as a verb and its object. */
export function permission(value: Permission): string {
  return t(`permission.${value}`);
}

/** Permissions, as the language lists them. */
export function permissions(values: readonly Permission[]): string {
  return list(values.map(permission));
}
