// Reasons (ui.md 4.8): what, why, way out, and the rule's number as a quiet label. A control
// that is refused keeps its place and its focus, and shows its reason where it stands.

import type { LucideIcon } from 'lucide-react';
import { createContext, type ReactNode, useContext, useEffect, useId, useState } from 'react';
import { useSpeech } from '../app/speech.tsx';
import type { Failure, Reason, Verdict } from '../backend/types.ts';
import { failureText, reasonValues } from '../i18n/reason.ts';
import { hasText, T, t, type Values } from '../i18n/text.tsx';
import { Button, type Look } from '../primitives/Button.tsx';
import styles from './reason.module.css';
import { type About, Ways } from './Ways.tsx';

const KnownContext = createContext<Values>({});

/** Values that a reason may leave out because the whole screen is about them. */
export function KnownValues({ values, children }: { values: Values; children: ReactNode }) {
  return <KnownContext.Provider value={values}>{children}</KnownContext.Provider>;
}

/** A sentence with where it comes from: a refusal's code, a failure's, or an offline class. */
export interface Sentence {
  id: string;
  values: Values;
  rule: string | null;
  /** What it is about, for its ways out. */
  about?: About;
}

export function reasonSentence(reason: Reason, known: Values): Sentence {
  const { workspace, account, member } = reason;
  const about = { workspace, account, member };
  return { id: reason.code, values: reasonValues(reason, known), rule: reason.rule, about };
}

export function failureSentence(failure: Failure, known: Values): Sentence {
  if (failure.reason !== null) return reasonSentence(failure.reason, known);
  return { ...failureText(failure, known), rule: null };
}

/** The sentence of a verdict that says no; null where it says yes. */
export function verdictSentence(verdict: Verdict, known: Values): Sentence | null {
  switch (verdict.verdict) {
    case 'refused':
      return reasonSentence(verdict.reason, known);
    case 'needs_connection':
      return { id: verdict.sentence, values: known, rule: null };
    case 'no_op':
      return { id: 'verdict.no_op', values: known, rule: null };
    case 'allowed':
    case 'unknown':
    case 'hidden':
      return null;
  }
}

export function useKnown(values: Values = {}): Values {
  return { ...useContext(KnownContext), ...values };
}

export function sentenceText(sentence: Sentence): string {
  const text = t(sentence.id, sentence.values);
  return sentence.rule === null ? text : `${text} ${t('rule.label', { rule: sentence.rule })}`;
}

interface LineProps {
  sentence: Sentence;
  id?: string;
  /** Ways out of this one place; without them, those that the sentence has everywhere. */
  ways?: ReactNode;
  tone?: 'refused' | 'quiet' | 'waits';
  place?: 'here' | 'after';
}

/** The reason as a line of its own. */
export function ReasonLine(props: LineProps) {
  const { sentence, id, ways, tone = 'refused', place = 'here' } = props;
  return (
    <div
      className={`${styles.line} ${styles[tone]} ${place === 'after' ? styles.after : ''}`}
      id={id}
      data-testid="reason"
      data-code={sentence.id}
    >
      <span>
        <T id={sentence.id} values={sentence.values} />
        {sentence.rule !== null && (
          <>
            {' '}
            <span className={styles.rule} title={t('rule.label', { rule: sentence.rule })}>
              {sentence.rule}
            </span>
          </>
        )}
      </span>
      {ways === undefined ? (
        <Ways sentence={sentence.id} values={sentence.values} about={sentence.about} />
      ) : (
        ways !== null && <span className={styles.ways}>{ways}</span>
      )}
    </div>
  );
}

/** A failure in place: refused by a rule, or something that went wrong. */
export function FailureLine({
  failure,
  known,
  ways,
}: {
  failure: Failure;
  known?: Values;
  ways?: ReactNode;
}) {
  const values = useKnown(known);
  const sentence = failureSentence(failure, values);
  const { assertive } = useSpeech();
  const text = sentenceText(sentence);
  useEffect(() => assertive(text), [assertive, text]);
  return <ReasonLine sentence={sentence} ways={ways} />;
}

interface VerdictButtonProps {
  verdict: Verdict;
  known?: Values;
  look?: Look;
  icon?: LucideIcon;
  ways?: ReactNode;
  onPress: () => void;
  children: ReactNode;
}

/** A control under a verdict: absent, working, or there with its reason. */
export function VerdictButton(props: VerdictButtonProps) {
  const { verdict, look = 'plain', onPress, children, ways } = props;
  const icon = props.icon === undefined ? {} : { icon: props.icon };
  const known = useKnown(props.known);
  const [asked, setAsked] = useState(false);
  const id = useId();
  const { assertive } = useSpeech();
  if (verdict.verdict === 'hidden') return null;
  const sentence = verdictSentence(verdict, known);
  if (sentence === null) {
    return (
      <Button look={look} {...icon} onClick={onPress}>
        {children}
      </Button>
    );
  }
  const text = sentenceText(sentence);
  return (
    <>
      <Button
        look={look}
        {...icon}
        aria-disabled="true"
        aria-describedby={id}
        aria-expanded={asked}
        title={hasText(sentence.id) ? text : undefined}
        onClick={() => {
          setAsked(true);
          assertive(text);
        }}
      >
        {children}
      </Button>
      {asked ? (
        <ReasonLine sentence={sentence} id={id} ways={ways} place="after" />
      ) : (
        <span className="visually-hidden" id={id}>
          {text}
        </span>
      )}
    </>
  );
}
