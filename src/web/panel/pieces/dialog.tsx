/**
 * A question in front of everything else: the browser's own dialog, which keeps the focus inside and closes by Esc.
 *
 * @module
 */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Esc does not close it. */
  readonly mustBeAnswered?: boolean;
  readonly children: ComponentChildren;
}

export function Dialog({ title, onClose, mustBeAnswered = false, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const closed = () => {
    // That of a dialog which is gone already comes late, and would close the next one.
    if (!element.current?.isConnected) return;
    // Browsers let a second Esc through whatever is said to the first.
    if (mustBeAnswered) element.current.showModal();
    else onClose();
  };
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      onClose={closed}
      onCancel={(event) => mustBeAnswered && event.preventDefault()}
    >
      <article>
        <h2 id={titleId}>{title}</h2>
        {children}
      </article>
    </dialog>
  );
}
