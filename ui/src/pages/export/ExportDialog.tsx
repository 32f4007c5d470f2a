// A table as a file or on paper. The file is chosen in the system's own dialog, which the core
// opens: the page names no path and learns none.

import '../../i18n/later.ts';
import { Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useBackend } from '../../app/context.tsx';
import { useNotify } from '../../app/notices.tsx';
import { asFailure } from '../../backend/failure.ts';
import type { ExportTable, Failure, PrintSheet } from '../../backend/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Choice } from '../../primitives/Choice.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { PrintedSheet } from './PrintedSheet.tsx';

type Busy = 'saving' | 'printing' | null;

export function ExportDialog({ table, onClose }: { table: ExportTable; onClose: () => void }) {
  const backend = useBackend();
  const notify = useNotify();
  const [chosen, setChosen] = useState(['about', 'mark']);
  const [busy, setBusy] = useState<Busy>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [sheet, setSheet] = useState<PrintSheet | null>(null);
  const begin = (what: Busy) => {
    setBusy(what);
    setFailure(null);
  };
  const save = async () => {
    if (busy !== null) return;
    begin('saving');
    try {
      const form = { table, about: chosen.includes('about'), mark: chosen.includes('mark') };
      const done = await backend.exportTable(form);
      if (done !== null) {
        const values = { n: done.rows, shown: count(done.rows), file: done.name };
        notify({ text: t('export.saved', values) });
        onClose();
        return;
      }
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
    setBusy(null);
  };
  const print = async () => {
    if (busy !== null) return;
    begin('printing');
    try {
      setSheet(await backend.printSheet(table));
    } catch (thrown) {
      setFailure(asFailure(thrown));
      setBusy(null);
    }
  };
  return (
    <Dialog
      title={t('export.dialog')}
      onClose={onClose}
      outside={busy === null ? 'closes' : 'stays'}
      onSubmit={() => void save()}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button icon={Printer} aria-busy={busy === 'printing'} onClick={() => void print()}>
            {t('export.print')}
          </Button>
          <Button look="main" type="submit" aria-busy={busy === 'saving'}>
            {t('export.save')}
          </Button>
        </>
      }
    >
      <p>{t('export.text')}</p>
      <Choice
        label={t('export.with')}
        many
        items={[
          { value: 'about', name: t('export.about'), help: t('export.about.help') },
          { value: 'mark', name: t('export.mark'), help: t('export.mark.help') },
        ]}
        chosen={chosen}
        onChange={setChosen}
      />
      {sheet?.cut === true && <p role="status">{t('export.cut', { n: sheet.rows.length })}</p>}
      {failure !== null && <FailureLine failure={failure} />}
      {sheet !== null && (
        <OnPaper
          sheet={sheet}
          onFailure={setFailure}
          onDone={() => {
            setBusy(null);
          }}
        />
      )}
    </Dialog>
  );
}

// The sheet stands beside the window's own page and shows on paper only. It stays until the
// dialog goes: the system may read it after its own dialog has closed.
function OnPaper(props: {
  sheet: PrintSheet;
  onDone: () => void;
  onFailure: (failure: Failure) => void;
}) {
  const { sheet, onDone, onFailure } = props;
  const backend = useBackend();
  // biome-ignore lint/correctness/useExhaustiveDependencies: one sheet is printed once.
  useEffect(() => {
    let on = true;
    backend
      .printPage()
      .catch((thrown) => on && onFailure(asFailure(thrown)))
      .finally(() => on && onDone());
    return () => {
      on = false;
    };
  }, [sheet]);
  return createPortal(<PrintedSheet sheet={sheet} />, document.body);
}
