// Export stands wherever a table does; what is exported is the question that filled the table,
// so the file has every row that matches and not only those that were read (ui.md 4.3).

import { Download } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { ExportTable } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';

const ExportDialog = lazy(() =>
  import('../pages/export/ExportDialog.tsx').then((one) => ({ default: one.ExportDialog })),
);

export function ExportButton({ table }: { table: ExportTable }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={Download} onClick={() => setOpen(true)}>
        {t('export.open')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <ExportDialog table={table} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
