// Diagnostics is read when it is first opened.

import '../../i18n/later.ts';

export { DiagnosticsPage } from './DiagnosticsPage.tsx';
