// The shortcuts page (F1): every key with what it does, in the words of the window.

import '../i18n/later.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import styles from './palette.module.css';
import { shortcuts } from './shortcuts.ts';

export function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      title={t('shortcuts.title')}
      size="wide"
      reads
      onClose={onClose}
      onSubmit={onClose}
      buttons={
        <Button look="main" type="submit" autoFocus>
          {t('action.close')}
        </Button>
      }
    >
      {shortcuts().map(({ where, list }) => (
        <section key={where} className={styles.keys} aria-label={t(`shortcuts.where.${where}`)}>
          <h3 className={styles.where}>{t(`shortcuts.where.${where}`)}</h3>
          <dl className={styles.pairs}>
            {list.map(({ does, keys }) => (
              <div key={does} className={styles.pair}>
                <dt>{t(`shortcuts.does.${does}`)}</dt>
                <dd>
                  {keys.map((key) => (
                    <kbd key={key} className={styles.key}>
                      {key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
