// One access review (ui.md 5.8): the frozen list, chips with counts, and a decision about one
// person after the other. By keyboard alone: arrows walk, K keeps, C changes, R removes, U takes
// back, N and P go to the next and the previous undecided line.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useActiveView, useIsMissing } from '../../app/active.tsx';
import { useBackend } from '../../app/context.tsx';
import { mod } from '../../app/globalKeys.ts';
import { paths, ROUTES } from '../../app/paths.ts';
import { type LineFilter, linesQuery, reviewQuery } from '../../app/reviewState.ts';
import { isHint, type ReviewSearch } from '../../app/searches.ts';
import { singleKeys } from '../../app/singleKeys.ts';
import { useAppState } from '../../app/state.ts';
import { useWidth } from '../../app/useWidth.ts';
import { PAGE } from '../../backend/backend.ts';
import { asFailure } from '../../backend/failure.ts';
import type {
  ExportTable,
  ReviewLinePage,
  ReviewLineRow,
  ReviewView,
  WorkspaceView,
} from '../../backend/types.ts';
import { count, date, when } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import { FailureLine, KnownValues, useKnown, VerdictButton } from '../../parts/Reason.tsx';
import { Roster } from '../../parts/Roster.tsx';
import { RowMenu } from '../../parts/RowMenu.tsx';
import { useWindowed } from '../../parts/useWindowed.ts';
import { ownNames, personName } from '../../parts/words.ts';
import { Button, IconButton } from '../../primitives/Button.tsx';
import members from '../members.module.css';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { EnterAnswer } from './EnterAnswer.tsx';
import { Evidence } from './Evidence.tsx';
import { FinishReview } from './FinishReview.tsx';
import { HandOut } from './HandOut.tsx';
import { KeepLine } from './KeepLine.tsx';
import { LineFilters } from './LineFilters.tsx';
import { type Asked, LinePanel } from './LinePanel.tsx';
import { ReviewersDialog } from './ReviewersDialog.tsx';
import { lineColumns, lineSecond } from './reviewColumns.tsx';
import styles from './reviews.module.css';
import { lineMark } from './reviewWords.ts';
import { useLineSelection } from './useLineSelection.ts';

const route = getRouteApi(ROUTES.review);

export function ReviewPage() {
  const { workspace, review } = route.useParams();
  const backend = useBackend();
  const navigate = useNavigate();
  const search = route.useSearch();
  const view = useActiveView();
  const missing = useIsMissing();
  const here = view !== undefined && view.row.id === workspace;
  const may = here && view.permissions.includes('review.run');
  const asked = useQuery({ ...reviewQuery(backend, workspace, review), enabled: may });
  if (missing || (here && !may)) return <NotAvailable />;
  if (asked.isError && asFailure(asked.error).code === 'not_found') return <NotAvailable />;
  if (!here) return null;
  if (asked.isError) {
    return (
      <div className={page.body}>
        <PageHead title={t('nav.reviews')} />
        <div className={page.failure}>
          <FailureLine failure={asFailure(asked.error)} />
        </div>
      </div>
    );
  }
  if (asked.data === undefined) return null;
  return (
    <KnownValues values={ownNames(view)}>
      <Review
        key={review}
        view={view}
        review={asked.data}
        search={search}
        onSearch={(next) =>
          void navigate({ ...paths.review(workspace, review, next), replace: true })
        }
      />
    </KnownValues>
  );
}

interface Props {
  /** The workspace; none where the review came in a file. */
  view: WorkspaceView | null;
  review: ReviewView;
  search: ReviewSearch;
  onSearch: (next: ReviewSearch) => void;
  /** What stands in place of the title line and of the end, where the review came in a file. */
  head?: ReactNode;
  foot?: ReactNode;
}

// The keys of a review (ui.md 9).
const KEYS: Record<string, Asked> = { k: 'keep', c: 'change', r: 'remove', u: 'clear' };

function isTyping(target: EventTarget): boolean {
  const element = target as HTMLElement;
  return element.matches('input:not([type="checkbox"]):not([type="radio"]), textarea, select');
}

export function Review({ view, review, search, onSearch, head, foot }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const width = useWidth();
  const names = useKnown();
  const { row, counts } = review;
  const open = row.closed === null;
  // Lines that are as after the last review stand in a group of their own, which is opened.
  const grouped = open && counts.unchanged_since > 0 && counts.changed_since > 0;
  const shown = search.show ?? (grouped ? 'changed_since' : 'all');
  const filter: LineFilter = {
    workspace: row.workspace,
    review: row.id,
    text: search.q ?? '',
    filter: isHint(shown) ? 'all' : shown,
    hint: isHint(shown) ? shown : null,
  };
  const list = useWindowed<ReviewLinePage, ReviewLineRow>({
    scope: row.id,
    key: JSON.stringify(filter),
    page: (n) => linesQuery(backend, filter, n),
  });
  const total = list.head?.matched ?? 0;
  const selection = useLineSelection(filter, list.row);
  const columns = useMemo(() => lineColumns(names), [names]);
  const field = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [menu, setMenu] = useState<{ row: ReviewLineRow; at: Element } | null>(null);
  const [task, setTask] = useState<Task | null>(null);
  const set = useCallback(
    (change: { [K in keyof ReviewSearch]?: ReviewSearch[K] | undefined }) => {
      onSearch({ ...search, ...change } as ReviewSearch);
    },
    [onSearch, search],
  );
  const show = (line: string) => {
    selection.look(line);
    set({ open: line });
  };
  const { step, reveal } = useStep({
    total,
    row: list.row,
    page: (n) => client.fetchQuery(linesQuery(backend, filter, n)),
    open: search.open,
    show,
  });
  useFirstLine(width === 'wide' && search.open === undefined, list.row(0), show);
  const close = () => {
    const id = search.open;
    set({ open: undefined });
    setTimeout(() => document.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus(), 0);
  };
  const act = (what: Asked, line: string | undefined) => {
    const about = line ?? search.open;
    if (about === undefined || !open) return;
    if (about !== search.open) show(about);
    setAsked(what);
  };
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.nativeEvent.isComposing || isTyping(event.target)) return;
    if (mod(event) || event.altKey || event.ctrlKey || singleKeys() === 'off') return;
    const key = event.key.toLowerCase();
    const target = (event.target as Element).closest<HTMLElement>('[data-id]')?.dataset.id;
    const what = KEYS[key];
    if (what === 'keep' && selection.chosen.ids.size > 0) selection.ask();
    else if (what !== undefined) act(what, target);
    else if (key === 'n') step(1);
    else if (key === 'p') step(-1);
    else return;
    event.preventDefault();
  };
  const finishing = search.finish === true;
  // What became of a finish stays to be read though the review is closed by then.
  const wasOpen = useRef(open);
  const taken = useCallback(() => setAsked(null), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the list and the panel in it.
    <div className={members.split} onKeyDown={press}>
      <div className={members.list} hidden={width === 'phone' && search.open !== undefined}>
        {head ?? (
          <>
            <Head
              review={review}
              table={
                view?.permissions.includes('export.run')
                  ? { table: 'review_lines', query: { ...filter, offset: 0, limit: 0 } }
                  : null
              }
              onTask={setTask}
            />
            <Lines review={review} />
          </>
        )}
        {selection.chosen.ids.size > 0 && open ? (
          <KeepLine review={review} selection={selection} />
        ) : (
          <LineFilters
            ref={field}
            review={review}
            shown={shown}
            text={filter.text}
            onChange={set}
          />
        )}
        <Roster<ReviewLineRow>
          label={t('review.list')}
          columns={columns}
          letters="commands"
          reveal={reveal}
          total={total}
          row={list.row}
          id={(line) => line.membership}
          name={personName}
          mark={lineMark}
          told={(line) => told(line)}
          second={(line) => lineSecond(line, names)}
          address={(line) => line.address}
          current={(line) => line.membership === search.open}
          loaded={list.head !== undefined}
          {...(open ? { selection: selection.chosen } : {})}
          look={list.look}
          onOpen={(line) => show(line.membership)}
          onMenu={(line, at) => setMenu({ row: line, at })}
          onFocusRow={(line) => {
            if (search.open !== undefined) show(line.membership);
          }}
          onFilter={() => field.current?.focus()}
          onEscape={search.open === undefined || width === 'wide' ? undefined : close}
          copy={(line) => line?.address ?? ''}
          listKey={list.shown}
        />
        {list.head !== undefined && total === 0 && (
          <div className={page.empty}>
            <p>{t(shown === 'undecided' ? 'review.nobody_left' : 'members.nobody')}</p>
            {(search.show !== undefined || filter.text !== '') && (
              <Button onClick={() => set({ show: undefined, q: undefined })}>
                {t('filter.clear')}
              </Button>
            )}
          </div>
        )}
        {grouped && shown === 'changed_since' && (
          <p className={styles.group}>
            <Button look="link" onClick={() => set({ show: 'unchanged_since', open: undefined })}>
              {t('review.unchanged', {
                n: counts.unchanged_since,
                shown: count(counts.unchanged_since),
              })}
            </Button>
          </p>
        )}
        {foot ?? <Foot review={review} onFinish={() => set({ finish: true })} />}
      </div>
      {search.open !== undefined && (
        <LinePanel
          key={search.open}
          review={review}
          line={search.open}
          asked={asked}
          onTakenUp={taken}
          onDecided={() => step(1)}
          onClose={close}
        />
      )}
      {menu !== null && (
        <LineMenu
          open={open}
          menu={menu}
          onClose={() => setMenu(null)}
          onOpen={() => show(menu.row.membership)}
          onAct={(what) => act(what, menu.row.membership)}
        />
      )}
      {task === 'reviewers' && <ReviewersDialog review={review} onClose={() => setTask(null)} />}
      {task === 'hand_out' && <HandOut review={review} onClose={() => setTask(null)} />}
      {task === 'answer' && <EnterAnswer review={review} onClose={() => setTask(null)} />}
      {finishing && wasOpen.current && view !== null && (
        <FinishReview view={view} review={review} onClose={() => set({ finish: undefined })} />
      )}
    </div>
  );
}

function told(line: ReviewLineRow): string {
  const decided = t(`review.standpoint.${line.standpoint}`);
  return line.mark === 'none' || line.mark === 'new'
    ? decided
    : t('mark.was', { mark: t(`mark.${line.mark}`), was: decided });
}

// On a wide window the panel always shows somebody, so that the keys have something to act on.
function useFirstLine(
  on: boolean,
  first: ReviewLineRow | undefined,
  show: (line: string) => void,
): void {
  const now = useRef(show);
  now.current = show;
  const id = first?.membership;
  useEffect(() => {
    if (on && id !== undefined) now.current(id);
  }, [on, id]);
}

interface StepProps {
  total: number;
  row: (index: number) => ReviewLineRow | undefined;
  /** A page of the same lines, for those that are not read yet. */
  page: (n: number) => Promise<ReviewLinePage>;
  open: string | undefined;
  show: (line: string) => void;
}

/** Goes to the next or previous undecided line of all that match, and has the list reveal it. */
function useStep({ total, row, page, open, show }: StepProps) {
  const [reveal, setReveal] = useState<{ id: string; index: number }>();
  const step = async (by: 1 | -1) => {
    let at = -1;
    for (let index = 0; index < total && at < 0; index += 1) {
      if (row(index)?.membership === open) at = index;
    }
    for (let index = at + by; index >= 0 && index < total; index += by) {
      const line = row(index) ?? (await page(Math.floor(index / PAGE))).rows[index % PAGE];
      if (line === undefined) return;
      if (line.standpoint !== 'undecided') continue;
      setReveal({ id: line.membership, index });
      show(line.membership);
      return;
    }
  };
  return { step: (by: 1 | -1) => void step(by), reveal };
}

type Task = 'reviewers' | 'hand_out' | 'answer';

interface HeadProps {
  review: ReviewView;
  /** The table of its lines; null for who may not export it. */
  table: ExportTable | null;
  onTask: (task: Task) => void;
}

function Head({ review, table, onTask }: HeadProps) {
  const { row } = review;
  const parts = [
    row.closed === null
      ? t(row.overdue ? 'review.was_due' : 'review.due_on', { date: date(row.due) })
      : t('review.closed_by', { date: date(row.closed), who: row.closed_by }),
    t('review.progress', { decided: count(row.decided), people: count(row.people) }),
    t('review.reviewing', { n: review.reviewers.length }),
  ];
  return (
    <PageHead
      long
      title={<T id="review.title" values={{ name: row.name, workspace: row.workspace_name }} />}
      summary={
        <>
          {parts.join(' · ')}
          {' · '}
          <Link {...paths.reviews(row.workspace, { all: true })}>{t('reviews.all')}</Link>
        </>
      }
    >
      {row.closed === null && <Tasks review={review} onTask={onTask} />}
      {table !== null && <ExportButton table={table} />}
      <Evidence review={review} />
    </PageHead>
  );
}

// What is done with a review as a whole, besides finishing it.
function Tasks({ review, onTask }: Omit<HeadProps, 'table'>) {
  const { row } = review;
  const [at, setAt] = useState<Element | null>(null);
  const reviewers = {
    name: t('reviewers.change'),
    verdict: review.set_reviewers,
    run: () => onTask('reviewers'),
  };
  const client = [
    { name: t('handout.action'), run: () => onTask('hand_out') },
    { name: t('answer.action'), run: () => onTask('answer') },
  ];
  return (
    <>
      <IconButton
        icon="more"
        label={t('roster.more', { name: row.name })}
        aria-haspopup="menu"
        onClick={(event) => setAt(event.currentTarget)}
      />
      {at !== null && (
        <RowMenu
          at={at}
          name={row.name}
          actions={row.mine ? [reviewers, ...client] : [reviewers]}
          onClose={() => setAt(null)}
        />
      )}
    </>
  );
}

// What is to be known before anything is decided.
function Lines({ review }: { review: ReviewView }) {
  const { row } = review;
  const offline = useAppState()?.connection.state === 'offline';
  if (row.closed !== null) return <p className={page.line}>{t('review.read_only')}</p>;
  return (
    <>
      {!row.mine && <p className={page.line}>{t('review.not_mine')}</p>}
      {row.disputed > 0 && (
        <p className={page.line}>{t('review.disputed_line', { n: row.disputed })}</p>
      )}
      <Arriving review={review} />
      {offline && <p className={page.line}>{t('review.offline')}</p>}
      {review.hints.many_admins !== null && (
        <p className={page.line}>
          <span>
            <T
              id="review.many_admins"
              values={{ account: row.account_name, n: review.hints.many_admins }}
            />
          </span>
        </p>
      )}
      {review.hints.quiet === null && <p className={page.line}>{t('review.log_missing')}</p>}
    </>
  );
}

// The list was frozen by the server and comes part by part.
function Arriving({ review }: { review: ReviewView }) {
  const { row, counts } = review;
  if (counts.all >= row.people) return null;
  return (
    <p className={page.line} role="status" data-testid="arriving">
      {t('review.arriving', {
        time: when(row.started),
        here: count(counts.all),
        people: count(row.people),
      })}
      <progress
        className={styles.progress}
        aria-label={t('review.list')}
        value={counts.all}
        max={row.people}
      />
    </p>
  );
}

function Foot({ review, onFinish }: { review: ReviewView; onFinish: () => void }) {
  if (review.row.closed !== null) return null;
  const { finish } = review;
  // Its plan can be looked at though lines keep the review open.
  const looks =
    finish.verdict === 'refused' && finish.reason.code === 'review.unfinished'
      ? ({ verdict: 'allowed' } as const)
      : finish;
  return (
    <div className={styles.foot}>
      <span className={styles.quiet}>
        {t(singleKeys() === 'on' ? 'review.keys' : 'review.no_effect')}
      </span>
      <VerdictButton
        look={review.counts.undecided === 0 ? 'main' : 'plain'}
        verdict={looks}
        known={{ action: t('finish.as_action') }}
        onPress={onFinish}
      >
        {t('review.finish')}
      </VerdictButton>
    </div>
  );
}

interface MenuProps {
  open: boolean;
  menu: { row: ReviewLineRow; at: Element };
  onClose: () => void;
  onOpen: () => void;
  onAct: (what: Asked) => void;
}

function LineMenu({ open, menu, onClose, onOpen, onAct }: MenuProps) {
  const acts = (['keep', 'change', 'remove', 'clear'] as const).map((what) => ({
    name: t(`decide.${what}`),
    run: () => onAct(what),
  }));
  return (
    <RowMenu
      at={menu.at}
      name={personName(menu.row)}
      actions={[{ name: t('member.open'), run: onOpen }, ...(open ? acts : [])]}
      onClose={onClose}
    />
  );
}
