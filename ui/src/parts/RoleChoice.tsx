// The roles of a scheme to choose from, each with what it is and why it cannot be given.

import { useSpeech } from '../app/speech.tsx';
import type { Role, RoleOption } from '../backend/types.ts';
import { isOwn, permissions, role } from '../i18n/format.ts';
import { T, t, type Values } from '../i18n/text.tsx';
import { Choice } from '../primitives/Choice.tsx';
import { type Sentence, sentenceText, useKnown, verdictSentence } from './Reason.tsx';

interface Props {
  options: readonly RoleOption[];
  many: boolean;
  chosen: readonly Role[];
  label: string;
  known?: Values;
  showNow: boolean;
  onChange: (chosen: Role[]) => void;
}

function Reason({ sentence }: { sentence: Sentence }) {
  return (
    <span data-testid="reason" data-code={sentence.id}>
      <T id={sentence.id} values={sentence.values} />
      {sentence.rule !== null && ` ${sentence.rule}`}
    </span>
  );
}

export function RoleChoice(props: Props) {
  const { options, many, chosen, label, showNow, onChange } = props;
  const known = useKnown(props.known);
  const { assertive } = useSpeech();
  const sentence = (option: RoleOption): Sentence | null =>
    option.verdict.verdict === 'no_op'
      ? null
      : verdictSentence(option.verdict, { ...known, role: option.name ?? role(option.role) });
  const offered = options.filter((option) => option.verdict.verdict !== 'hidden');
  return (
    <Choice
      label={label}
      many={many}
      items={offered.map((option) => {
        const reason = sentence(option);
        return {
          value: option.role,
          name: option.name ?? role(option.role),
          help: isOwn(option.role)
            ? permissions(option.permissions)
            : t(`role.${option.role}.help`),
          ...(option.now && showNow ? { note: t('role.now') } : {}),
          ...(reason === null ? {} : { reason: <Reason sentence={reason} /> }),
        };
      })}
      chosen={chosen}
      onChange={(next) =>
        onChange(options.map((option) => option.role).filter((one) => next.includes(one)))
      }
      onRefused={(value) => {
        const option = options.find((one) => one.role === value);
        const reason = option === undefined ? null : sentence(option);
        if (reason !== null) assertive(sentenceText(reason));
      }}
    />
  );
}
