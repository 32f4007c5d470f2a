// The ways out of a no, as buttons beside it (ui.md 4.8). A way is taken where the reason stands
// if the place can do that; else it leads to where it can be done. One that would lead nowhere,
// because it is not known what the reason is about, is left out.

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useActive, useActiveView } from '../app/active.tsx';
import { t, type Values } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { useLeave } from '../primitives/leave.ts';
import { type About, useLeading } from './leading.ts';
import styles from './reason.module.css';
import { type Way, waysOf } from './waysOut.ts';

export type { About } from './leading.ts';

type Here = Partial<Record<Way, () => void>>;

const HereContext = createContext<Here>({});
const AboutContext = createContext<About>({});

/** Ways that can be taken in this place. */
export function WaysHere({ ways, children }: { ways: Here; children: ReactNode }) {
  const outer = useContext(HereContext);
  const all = useMemo(() => ({ ...outer, ...ways }), [outer, ways]);
  return <HereContext value={all}>{children}</HereContext>;
}

/** What reasons in this place are about, where they do not say it themselves. */
export function WaysAbout({ about, children }: { about: About; children: ReactNode }) {
  return <AboutContext value={about}>{children}</AboutContext>;
}

/** What reasons in this place are about. */
export function useAbout(): About {
  return useContext(AboutContext);
}

interface Props {
  sentence: string;
  values?: Values;
  about?: About | undefined;
}

/** The ways out of a sentence; nothing where it has none. */
export function Ways({ sentence, values = {}, about = {} }: Props) {
  const here = useContext(HereContext);
  const around = useContext(AboutContext);
  const active = useActiveView()?.row;
  const { id } = useActive();
  const leave = useLeave();
  const workspace = about.workspace ?? around.workspace ?? id ?? undefined;
  const account =
    about.account ?? around.account ?? (workspace === active?.id ? active?.account : undefined);
  const member = about.member ?? around.member;
  const leading = useLeading({ sentence, values, about: { workspace, account, member } });
  const shown = waysOf(sentence).flatMap((way) => {
    const inPlace = here[way];
    if (inPlace !== undefined) return [{ way, run: inPlace }];
    const lead = leading(way);
    if (lead === null) return [];
    const run = () => {
      leave();
      lead();
    };
    return [{ way, run }];
  });
  if (shown.length === 0) return null;
  return (
    <span className={styles.ways}>
      {shown.map(({ way, run }) => (
        <Button key={way} look="link" onClick={run}>
          {t(`way.${way}`)}
        </Button>
      ))}
    </span>
  );
}
