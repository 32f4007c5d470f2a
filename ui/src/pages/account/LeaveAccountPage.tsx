// Leaving an account: access to all its workspaces ends at once (V-39 to V-41, E-12, E-13).

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { accountQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { paths, ROUTES } from '../../app/paths.ts';
import { taken, useChange } from '../../app/useChange.ts';
import { ConfirmDialog } from '../../forms/ConfirmDialog.tsx';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { ExitFrame } from './ExitFrame.tsx';

const route = getRouteApi(ROUTES.leaveAccount);

export function LeaveAccountPage() {
  const { account } = route.useParams();
  const backend = useBackend();
  const navigate = useNavigate();
  const change = useChange();
  const [asked, setAsked] = useState(false);
  const name = useQuery(accountQuery(backend, account)).data?.row.name ?? '';
  const leave = async () => {
    const answer = await change.run(
      { intent: 'leave_account', account },
      t('notice.leave_account', { name }),
    );
    setAsked(false);
    if (taken(answer)) await navigate(paths.home());
  };
  return (
    <ExitFrame
      question={{ exit: 'leave_account', account }}
      title={<T id="leave_account.title" values={{ account: name }} />}
      account={name}
      action={t('leave_account.verb')}
      means={<p>{t('leave_account.means')}</p>}
    >
      {(data, able) => (
        <Section title={t('leave_account.last')}>
          <div>
            <Button
              look="danger"
              aria-disabled={!able || undefined}
              onClick={() => {
                if (able) setAsked(true);
              }}
            >
              {t('leave_account.open_named', { account: name })}
            </Button>
          </div>
          {change.answer !== null && <AnswerLine answer={change.answer} />}
          {asked && (
            <ConfirmDialog
              title={<T id="leave_account.ask" values={{ account: name }} />}
              text={
                <T id="leave_account.effect" values={{ account: name, n: data.places.length }} />
              }
              keep={t('leave_account.keep')}
              action={t('leave_account.action', { account: name })}
              onClose={() => setAsked(false)}
              onConfirm={leave}
            />
          )}
        </Section>
      )}
    </ExitFrame>
  );
}
