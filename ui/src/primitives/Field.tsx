// Fields with a label above and, where something is wrong, the reason below.

import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import styles from './field.module.css';

interface Around {
  label: string;
  help?: ReactNode;
  error?: ReactNode;
}

type InputProps = Omit<ComponentPropsWithRef<'input'>, 'className' | 'style' | 'id'>;
type AreaProps = Omit<ComponentPropsWithRef<'textarea'>, 'className' | 'style' | 'id'>;

function useIds(around: Around) {
  const id = useId();
  const described = [
    around.help !== undefined ? `${id}-help` : null,
    around.error ? `${id}-error` : null,
  ].filter((part) => part !== null);
  return { id, described: described.length > 0 ? described.join(' ') : undefined };
}

function Frame({ id, around, children }: { id: string; around: Around; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {around.label}
      </label>
      {children}
      {around.help !== undefined && (
        <div className={styles.help} id={`${id}-help`}>
          {around.help}
        </div>
      )}
      {around.error ? (
        <div className={styles.error} id={`${id}-error`}>
          {around.error}
        </div>
      ) : null}
    </div>
  );
}

export function TextField({ label, help, error, ...rest }: Around & InputProps) {
  const around = { label, help, error };
  const { id, described } = useIds(around);
  return (
    <Frame id={id} around={around}>
      <input
        autoComplete="off"
        spellCheck={false}
        {...rest}
        id={id}
        className={styles.input}
        aria-describedby={described}
        aria-invalid={error ? true : undefined}
      />
    </Frame>
  );
}

export function TextArea({ label, help, error, ...rest }: Around & AreaProps) {
  const around = { label, help, error };
  const { id, described } = useIds(around);
  return (
    <Frame id={id} around={around}>
      <textarea
        spellCheck={false}
        {...rest}
        id={id}
        className={styles.area}
        aria-describedby={described}
        aria-invalid={error ? true : undefined}
      />
    </Frame>
  );
}

type SelectProps = Omit<ComponentPropsWithRef<'select'>, 'className' | 'style' | 'id'>;

export function Select({ label, help, error, children, ...rest }: Around & SelectProps) {
  const around = { label, help, error };
  const { id, described } = useIds(around);
  return (
    <Frame id={id} around={around}>
      <select {...rest} id={id} className={styles.input} aria-describedby={described}>
        {children}
      </select>
    </Frame>
  );
}
