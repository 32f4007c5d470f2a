// A part of a page under a heading of its own, with hairlines instead of boxes (ui.md 2.1).

import { type ReactNode, type Ref, useId } from 'react';
import styles from './section.module.css';

interface Props {
  title: ReactNode;
  /** One line under the heading. */
  help?: ReactNode;
  /** Beside the heading. */
  action?: ReactNode;
  children?: ReactNode;
}

export function Section({ title, help, action, children }: Props) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 className={styles.title} id={id}>
          {title}
        </h2>
        {action !== undefined && <div className={styles.action}>{action}</div>}
      </div>
      {help !== undefined && <p className={styles.help}>{help}</p>}
      {children}
    </section>
  );
}

/** Names and values, one under the other. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A line of a short list: what it is, what is to be known of it, what can be done. */
export function ListLine(props: {
  lead?: ReactNode;
  name: ReactNode;
  note?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <li className={styles.line}>
      {props.lead}
      <div className={styles.what}>
        <span className={styles.name}>{props.name}</span>
        {props.note !== undefined && <span className={styles.note}>{props.note}</span>}
      </div>
      {props.children !== undefined && <div className={styles.does}>{props.children}</div>}
    </li>
  );
}

/** Such lines under each other. */
interface LinesProps {
  label?: string;
  /** The list takes the focus where something leads to it. */
  ref?: Ref<HTMLUListElement>;
  children: ReactNode;
}

export function Lines({ label, ref, children }: LinesProps) {
  return (
    <ul ref={ref} tabIndex={-1} className={styles.lines} aria-label={label}>
      {children}
    </ul>
  );
}
