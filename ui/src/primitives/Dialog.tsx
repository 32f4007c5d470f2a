// A dialog: title, one body, buttons at the end. Escape and a press outside cancel it when
// nothing would be lost. Under 720 px it is a page with its buttons at the bottom.

import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import styles from './dialog.module.css';
import { LeaveContext } from './leave.ts';

interface DialogProps {
  title: ReactNode;
  onClose: () => void;
  /** What a press outside does: a dialog that holds typed data stays. */
  outside?: 'closes' | 'stays';
  size?: 'small' | 'wide';
  role?: 'dialog' | 'alertdialog';
  onSubmit?: () => void;
  /** Its body is only read, so it takes the focus itself to be scrolled by keys. */
  reads?: true;
  /** Stands above the buttons whatever the body is scrolled to. */
  note?: ReactNode;
  buttons: ReactNode;
  children: ReactNode;
}

function isMainKey(event: KeyboardEvent): boolean {
  return (
    event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing
  );
}

// A dialog that asks for something begins at its first field; what is chosen already comes
// before what could be. Rendered inside, so that it is asked before the dialog takes the focus.
function FirstField({ body }: { body: RefObject<HTMLDivElement | null> }) {
  useEffect(() => {
    const around = body.current?.closest('form');
    if (!body.current || around?.contains(document.activeElement)) return;
    const chosen = body.current.querySelector<HTMLElement>('input:checked');
    (chosen ?? body.current.querySelector<HTMLElement>('input, select, textarea'))?.focus();
  }, [body]);
  return null;
}

// A button that is pressed may give way to others, and the focus with it; without one the
// dialog would hear no key any more.
function KeptFocus({ body }: { body: RefObject<HTMLDivElement | null> }) {
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      const buttons = body.current?.closest('form')?.querySelectorAll<HTMLElement>('button');
      [...(buttons ?? [])].at(-1)?.focus();
    });
    return () => cancelAnimationFrame(frame);
  });
  return null;
}

// The overlay hears keys of what has the focus in it. Until the dialog has taken the focus, and
// between a button that gives way and the frame in which the next one gets it, the focus is on
// the page behind; on a busy machine that is long enough for a key to fall between.
function HeardEscape({ onClose }: { onClose: () => void }) {
  useLayoutEffect(() => {
    const hear = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      const at = event.target;
      const isBehind = at instanceof Element && (at === document.body || at.closest('#root'));
      if (!isBehind) return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
    };
    document.addEventListener('keydown', hear, true);
    return () => document.removeEventListener('keydown', hear, true);
  }, [onClose]);
  return null;
}

export function Dialog(props: DialogProps) {
  const { title, onClose, outside = 'closes', size = 'small', role = 'dialog', onSubmit } = props;
  const body = useRef<HTMLDivElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable={outside === 'closes'}
      className={styles.overlay ?? ''}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={`${styles.modal} ${styles[size]}`}>
        <AriaDialog role={role} className={styles.dialog ?? ''} data-testid="dialog">
          <form
            className={styles.form}
            onSubmit={submit}
            noValidate
            onKeyDown={(event) => {
              if (isMainKey(event)) submit(event);
            }}
          >
            <Heading slot="title" level={2} className={styles.title ?? ''}>
              {title}
            </Heading>
            <LeaveContext value={onClose}>
              <div ref={body} className={styles.body} tabIndex={props.reads ? 0 : undefined}>
                {props.children}
                <FirstField body={body} />
                <KeptFocus body={body} />
                <HeardEscape onClose={onClose} />
              </div>
              {props.note ? <div className={styles.note}>{props.note}</div> : null}
            </LeaveContext>
            <div className={styles.buttons}>{props.buttons}</div>
          </form>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
