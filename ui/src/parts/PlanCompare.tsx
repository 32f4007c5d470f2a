// Basic and Pro side by side with what differs, nothing else (V-8, V-47). What the plans hold
// comes from the rules.

import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { plansQuery } from '../app/accountState.ts';
import { useBackend } from '../app/context.tsx';
import type { Plan, PlanView } from '../backend/types.ts';
import create from '../forms/create.module.css';
import { count } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';

const LIMITS = ['seats', 'agents', 'knowledge'] as const;

function lines(plan: PlanView, all: readonly PlanView[]): string[] {
  const limits = LIMITS.filter((key) => all.some((one) => one[key] !== plan[key])).map((key) => {
    const n = plan[key];
    return n === null ? t(`plan.no_limit.${key}`) : t(`plan.limit.${key}`, { n, shown: count(n) });
  });
  if (!all.some((one) => one.own_roles !== plan.own_roles)) return limits;
  return [...limits, t(plan.own_roles ? 'plan.own_roles' : 'plan.built_in_roles')];
}

interface Props {
  chosen: Plan | null;
  /** The plan as it is, said beside its name. */
  now?: Plan | null;
  onChoose: (plan: Plan) => void;
}

export function PlanCompare({ chosen, now = null, onChoose }: Props) {
  const backend = useBackend();
  const name = useId();
  const plans = useQuery(plansQuery(backend)).data ?? [];
  return (
    <>
      <fieldset className={create.plans}>
        <legend className={create.legend}>{t('field.plan')}</legend>
        {plans.map((one) => (
          <label key={one.plan} className={create.plan} data-chosen={chosen === one.plan}>
            <span className={create.planName}>
              <input
                type="radio"
                name={name}
                className={create.radio}
                checked={chosen === one.plan}
                onChange={() => onChoose(one.plan)}
              />
              {t(`plan.${one.plan}`)}
              {now === one.plan && <span className={create.differs}>{t('role.now')}</span>}
            </span>
            {lines(one, plans).map((line) => (
              <span key={line} className={create.differs}>
                {line}
              </span>
            ))}
          </label>
        ))}
      </fieldset>
      <p className={create.same}>{t('plan.same')}</p>
    </>
  );
}
