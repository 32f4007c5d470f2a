// Changing the scheme of a living account (E-58): a table of old roles and new ones, those
// without a safe equivalent chosen by hand, then everybody who would get more, each ticked (R16).

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useState } from 'react';
import { accountQuery, schemeQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { paths, ROUTES } from '../../app/paths.ts';
import { taken, useChange } from '../../app/useChange.ts';
import { asFailure } from '../../backend/failure.ts';
import type {
  AccountPage,
  RoleMapping,
  RolesTo,
  Scheme,
  SchemeLine,
  SchemePreview,
  WidenedMember,
} from '../../backend/types.ts';
import { roles } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { rolesWith } from '../../parts/ownRoles.ts';
import {
  FailureLine,
  KnownValues,
  ReasonLine,
  useKnown,
  verdictSentence,
} from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Checkbox } from '../../primitives/Choice.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import styles from './account.module.css';
import { SchemeMapping } from './SchemeMapping.tsx';

const route = getRouteApi(ROUTES.scheme);

const OTHER: Record<Scheme, Scheme> = { managed: 'owner_led', owner_led: 'managed' };

function keyOf(line: SchemeLine): string {
  return `${line.workspace ?? ''} ${line.from.join()}`;
}

export function SchemePage() {
  const { account } = route.useParams();
  const backend = useBackend();
  const { data, error } = useQuery(accountQuery(backend, account));
  if (error !== null && asFailure(error).code === 'not_found') return <NotAvailable />;
  if (data !== undefined && (!data.row.admin || data.scheme_change.verdict === 'hidden')) {
    return <NotAvailable />;
  }
  const values = { account: data?.row.name, action: t('scheme.change_verb') };
  return (
    <KnownValues values={values}>
      <div className={page.body}>
        <PageHead
          title={t('scheme.change_title')}
          summary={data !== undefined && <bdi>{data.row.name}</bdi>}
        />
        <div className={page.scroll}>
          {error !== null && <FailureLine failure={asFailure(error)} />}
          {data !== undefined && <Change view={data} />}
        </div>
      </div>
    </KnownValues>
  );
}

function Change({ view }: { view: AccountPage }) {
  const backend = useBackend();
  const scheme = OTHER[view.row.scheme];
  const [picks, setPicks] = useState<ReadonlyMap<string, RolesTo | null>>(new Map());
  const [lines, setLines] = useState<readonly SchemeLine[]>([]);
  const choice = (line: SchemeLine): RolesTo | null => {
    const picked = picks.get(keyOf(line));
    return picked === undefined ? line.suggested : picked;
  };
  const mapping = lines.flatMap((line): RoleMapping[] => {
    const to = choice(line);
    return to === null ? [] : [{ workspace: line.workspace, from: line.from, to }];
  });
  const preview = useQuery(schemeQuery(backend, { account: view.row.id, scheme, mapping }));
  const data = preview.data;
  // The lines stay the same whatever is chosen; they are read with the first answer.
  if (data !== undefined && lines.length !== data.lines.length) setLines(data.lines);
  const no = useKnown();
  const blocked = verdictSentence(view.scheme_change, no);
  return (
    <>
      <p>
        <T
          id="scheme.change_effect"
          values={{ was: t(`scheme.${view.row.scheme}`), now: t(`scheme.${scheme}`) }}
        />
      </p>
      {blocked !== null && <ReasonLine sentence={blocked} />}
      {preview.isError && <FailureLine failure={asFailure(preview.error)} />}
      {data !== undefined && (
        <>
          <Section title={t('scheme.mapping_title')} help={t('scheme.mapping_help')}>
            <ul className={styles.table} aria-label={t('scheme.mapping_title')}>
              {lines.map((line) => (
                <SchemeMapping
                  key={keyOf(line)}
                  line={line}
                  scheme={scheme}
                  name={rolesWith(line.from, line.own_names)}
                  chosen={choice(line)}
                  onChoose={(to) => setPicks(new Map(picks).set(keyOf(line), to))}
                />
              ))}
            </ul>
          </Section>
          <Finish
            view={view}
            scheme={scheme}
            mapping={mapping}
            preview={data}
            missing={lines.filter((line) => choice(line) === null).length}
            able={blocked === null}
          />
        </>
      )}
    </>
  );
}

interface FinishProps {
  view: AccountPage;
  scheme: Scheme;
  mapping: RoleMapping[];
  preview: SchemePreview;
  missing: number;
  able: boolean;
}

function Finish({ view, scheme, mapping, preview, missing, able }: FinishProps) {
  const navigate = useNavigate();
  const change = useChange();
  const known = useKnown();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState(false);
  const { widened } = preview;
  const left = useMemo(
    () => widened.filter((one) => !ticked.has(one.member)).length,
    [widened, ticked],
  );
  const no = missing > 0 ? null : verdictSentence(preview.verdict, known);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!able || missing > 0 || left > 0 || no !== null) return;
    const answer = await change.run(
      {
        intent: 'set_scheme',
        account: view.row.id,
        scheme,
        mapping,
        widened: widened.map((one) => one.member),
      },
      t('notice.set_scheme', { name: view.row.name, scheme: t(`scheme.${scheme}`) }),
    );
    if (taken(answer)) await navigate(paths.account(view.row.id));
  };
  return (
    <Section title={t('scheme.widened', { n: widened.length })}>
      <form className={styles.danger} noValidate onSubmit={(event) => void submit(event)}>
        {widened.length > 0 && (
          <>
            <p>{t('r16.widen', { n: widened.length })}</p>
            <div
              role="group"
              aria-label={t('scheme.widened', { n: widened.length })}
              className={styles.ticks}
            >
              {widened.map((one) => (
                <Widened
                  key={one.member}
                  one={one}
                  on={ticked.has(one.member)}
                  onChange={(on) => {
                    const next = new Set(ticked);
                    if (on) next.add(one.member);
                    else next.delete(one.member);
                    setTicked(next);
                  }}
                />
              ))}
            </div>
          </>
        )}
        {asked && missing > 0 && (
          <ReasonLine sentence={{ id: 'scheme.missing', values: { n: missing }, rule: 'E-58' }} />
        )}
        {asked && missing === 0 && left > 0 && (
          <ReasonLine sentence={{ id: 'scheme.left', values: { n: left }, rule: 'R16' }} />
        )}
        {no !== null && <ReasonLine sentence={no} />}
        <Button
          look="danger"
          type="submit"
          aria-busy={change.busy}
          aria-disabled={!able || no !== null || undefined}
        >
          {t('scheme.change_action', { scheme: t(`scheme.${scheme}`) })}
        </Button>
        {change.answer !== null && <AnswerLine answer={change.answer} />}
      </form>
    </Section>
  );
}

function Widened(props: { one: WidenedMember; on: boolean; onChange: (on: boolean) => void }) {
  const { one } = props;
  return (
    <Checkbox checked={props.on} onChange={props.onChange}>
      <T
        id="scheme.widened_line"
        values={{
          name: one.name,
          workspace: one.workspace_name,
          was: roles(one.from),
          now: roles(one.to),
        }}
      />
    </Checkbox>
  );
}
