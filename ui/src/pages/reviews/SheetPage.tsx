// A client without a sign-in: the file, its passphrase, then the list of the review with the same
// screen that reviewers have, and nothing else of the app (ui.md 5.8).

import '../../i18n/later.ts';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { BackendProvider, useBackend } from '../../app/context.tsx';
import { useAreaKeys } from '../../app/globalKeys.ts';
import { keys } from '../../app/keys.ts';
import { reviewQuery } from '../../app/reviewState.ts';
import type { ReviewSearch } from '../../app/searches.ts';
import { singleKeys } from '../../app/singleKeys.ts';
import { useAppState } from '../../app/state.ts';
import type { Backend } from '../../backend/backend.ts';
import { asFailure } from '../../backend/failure.ts';
import type { AppState, Failure, OpenedSheet, SheetView } from '../../backend/types.ts';
import { readFile } from '../../forms/readFile.ts';
import { count, date } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { CopyField } from '../../parts/CopyField.tsx';
import { FailureLine, KnownValues } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import welcome from '../welcome.module.css';
import { Review } from './ReviewPage.tsx';
import styles from './reviews.module.css';
import { type Chosen, SHEET_BYTES, SheetFile } from './SheetFile.tsx';

interface Props {
  /** The file that the app was opened with. */
  opened: OpenedSheet | null;
  onClose: () => void;
}

export function SheetPage({ opened, onClose }: Props) {
  const backend = useBackend();
  const [sheet, setSheet] = useState<SheetView | null>(null);
  const close = () => {
    void backend.sheetClose();
    onClose();
  };
  if (sheet === null) {
    return <OpenSheet opened={opened} onOpen={setSheet} onClose={onClose} />;
  }
  return <OpenedReview sheet={sheet} onClose={close} />;
}

interface OpenProps extends Props {
  onOpen: (sheet: SheetView) => void;
}

function OpenSheet({ opened, onOpen, onClose }: OpenProps) {
  const backend = useBackend();
  const [chosen, setChosen] = useState<Chosen | null>(opened);
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    if (opened !== null) setChosen(opened);
  }, [opened]);
  const run = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
    setBusy(false);
  };
  return (
    <main className={welcome.page}>
      <form
        className={welcome.sheet}
        noValidate
        aria-label={t('sheet.title')}
        onSubmit={(event) => {
          event.preventDefault();
          void run(async () => {
            if (chosen !== null) {
              onOpen(await backend.sheetOpen({ content: chosen.content, passphrase }));
            }
          });
        }}
      >
        <div>
          <h1 className={welcome.title}>{t('sheet.title')}</h1>
          <p className={welcome.quiet}>{t('sheet.help')}</p>
        </div>
        <SheetFile
          accept=".muster-review"
          label={t('sheet.choose')}
          chosen={chosen}
          passphrase={passphrase}
          onFile={(file) =>
            void run(async () =>
              setChosen({ name: file.name, content: await readFile(file, SHEET_BYTES) }),
            )
          }
          onPassphrase={setPassphrase}
        />
        {failure !== null && <FailureLine failure={failure} />}
        <div className={welcome.row}>
          <Button
            look="main"
            type="submit"
            aria-busy={busy}
            aria-disabled={chosen === null || passphrase.trim() === '' || undefined}
          >
            {t('sheet.open')}
          </Button>
          <Button onClick={onClose}>{t('sheet.back')}</Button>
        </div>
      </form>
    </main>
  );
}

/** The questions of the review screen, answered from the open file. */
function answering(backend: Backend, state: AppState | undefined): Backend {
  return {
    ...backend,
    appState: async () => {
      const known = state ?? (await backend.appState());
      // Nothing here is ever sent, so nothing waits for a connection.
      return { ...known, connection: { ...known.connection, state: 'online' } };
    },
    review: async () => (await backend.sheet()).review,
    reviewLines: (query) => backend.sheetLines(query),
    reviewLine: (_workspace, _review, line) => backend.sheetLine(line),
    roleAnswer: (question) => backend.sheetRoles(question),
    submit: (intent) => backend.sheetDecide(intent),
  };
}

function OpenedReview({ sheet, onClose }: { sheet: SheetView; onClose: () => void }) {
  const backend = useBackend();
  const state = useAppState();
  // What is known of a review in the copy is another thing than the same review in a file.
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: false } } }),
  );
  const answers = useMemo(() => answering(backend, state), [backend, state]);
  const names = Object.fromEntries(sheet.own_roles.map((one) => [one.role, one.name]));
  return (
    <QueryClientProvider client={client}>
      <BackendProvider backend={answers}>
        <KnownValues values={names}>
          <Sheet sheet={sheet} save={() => backend.sheetAnswer()} onClose={onClose} />
        </KnownValues>
      </BackendProvider>
    </QueryClientProvider>
  );
}

interface SheetProps {
  sheet: SheetView;
  save: () => Promise<string>;
  onClose: () => void;
}

type Written = { file: string } | { failure: Failure };

function Sheet({ sheet, save, onClose }: SheetProps) {
  const backend = useBackend();
  const [search, setSearch] = useState<ReviewSearch>({});
  const [busy, setBusy] = useState(false);
  const [written, setWritten] = useState<Written | null>(null);
  const { row } = sheet.review;
  useAreaKeys();
  const asked = useQuery({
    ...reviewQuery(backend, row.workspace, row.id),
    queryKey: keys.review(row.workspace, row.id),
    initialData: sheet.review,
  });
  const review = asked.data;
  const write = async () => {
    setBusy(true);
    try {
      setWritten({ file: await save() });
    } catch (thrown) {
      setWritten({ failure: asFailure(thrown) });
    }
    setBusy(false);
  };
  const head = (
    <>
      <PageHead
        title={<T id="review.title" values={{ name: row.name, workspace: row.workspace_name }} />}
        summary={[
          t(row.overdue ? 'review.was_due' : 'review.due_on', { date: date(row.due) }),
          t('review.progress', {
            decided: count(review.row.decided),
            people: count(review.row.people),
          }),
        ].join(' · ')}
      >
        <Button look="quiet" onClick={onClose}>
          {t('action.close')}
        </Button>
      </PageHead>
      <p className={page.line}>
        <span>
          <T
            id="sheet.from"
            values={{ from: sheet.from, account: row.account_name, client: sheet.client }}
          />
        </span>
      </p>
    </>
  );
  const foot = (
    <div className={styles.foot}>
      <span className={styles.quiet}>
        {t(singleKeys() === 'on' ? 'sheet.keys' : 'sheet.no_effect')}
      </span>
      <Button
        look={review.counts.undecided === 0 ? 'main' : 'plain'}
        aria-busy={busy}
        onClick={() => void write()}
      >
        {t('sheet.save')}
      </Button>
    </div>
  );
  return (
    <main className={styles.client} data-testid="sheet" data-area="main">
      <Review
        view={null}
        review={review}
        search={search}
        onSearch={setSearch}
        head={head}
        foot={foot}
      />
      {written !== null && (
        <Dialog
          title={t('sheet.saved')}
          onClose={() => setWritten(null)}
          buttons={
            <Button look="main" onClick={() => setWritten(null)} autoFocus>
              {t('action.close')}
            </Button>
          }
        >
          {'file' in written ? (
            <>
              <p>
                <T id="sheet.send" values={{ from: sheet.from }} />
              </p>
              <CopyField label={t('sheet.file')} value={written.file} />
              {review.counts.undecided > 0 && (
                <p>{t('sheet.left', { n: review.counts.undecided })}</p>
              )}
            </>
          ) : (
            <FailureLine failure={written.failure} />
          )}
        </Dialog>
      )}
    </main>
  );
}
