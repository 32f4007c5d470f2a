// The first page: sign in, sign up, or come with an invitation (ui.md 5.1).

import { useState } from 'react';
import { useOpenedLink } from '../app/openedLink.tsx';
import { useAppState } from '../app/state.ts';
import { InvitationForm } from '../forms/InvitationForm.tsx';
import { SignInForm } from '../forms/SignInForm.tsx';
import { SignUpForm } from '../forms/SignUpForm.tsx';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import styles from './welcome.module.css';

type Way = 'signin' | 'signup' | 'invitation';

const WAYS: readonly Way[] = ['signin', 'signup', 'invitation'];

export function WelcomePage({ onSheet }: { onSheet: () => void }) {
  const state = useAppState();
  const [way, setWay] = useState<Way>('signin');
  const [server, setServer] = useState(state?.server ?? '');
  const form = { server, onServer: setServer };
  const { link } = useOpenedLink();
  // A link that comes while another form is open leads to its own.
  const [came, setCame] = useState<string | null>(null);
  if (link !== came) {
    setCame(link);
    if (link !== null) setWay('invitation');
  }
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <div>
          <h1 className={styles.brand}>{t('app.name')}</h1>
          <p className={styles.quiet}>{t('app.claim')}</p>
        </div>
        <div className={styles.ways} role="group" aria-label={t('welcome.ways')}>
          {WAYS.map((one) => (
            <button
              key={one}
              type="button"
              className={styles.way}
              aria-pressed={way === one}
              onClick={() => setWay(one)}
            >
              {t(`welcome.${one}`)}
            </button>
          ))}
        </div>
        {way === 'signin' && <SignInForm {...form} />}
        {way === 'signup' && <SignUpForm {...form} />}
        {way === 'invitation' && <InvitationForm key={link} {...form} />}
        <Button look="link" onClick={onSheet}>
          {t('welcome.sheet')}
        </Button>
      </div>
    </main>
  );
}
