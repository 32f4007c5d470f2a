// When the server is reached again, what was to be done then is brought to mind (ui.md 7.3).

import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { t } from '../i18n/text.tsx';
import { useNotify } from './notices.tsx';
import { paths } from './paths.ts';
import { useReminders } from './reminders.ts';
import { useAppState } from './state.ts';

export function useReminderNews(): void {
  const state = useAppState()?.connection.state;
  const n = useReminders().length;
  const notify = useNotify();
  const navigate = useNavigate();
  const was = useRef(state);
  useEffect(() => {
    const before = was.current;
    was.current = state;
    if (state !== 'online' || before === 'online' || before === undefined || n === 0) return;
    const show = { label: t('action.show'), run: () => void navigate(paths.pending()) };
    notify({ text: t('reminder.now', { n }), action: show });
  }, [state, n, notify, navigate]);
}
