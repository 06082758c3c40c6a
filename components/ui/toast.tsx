"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";

export type ToastMessage = {
  text: string;
  /** "Undo": offered as long as the message stands. */
  action?: { label: string; run: () => void | Promise<void> };
};

type Shown = ToastMessage & { id: number };
type Show = (message: ToastMessage) => void;

const ToastContext = createContext<Show>(() => undefined);

/** `const toast = useToast(); toast({ text: "Import applied.", action: { label: "Undo", run } })` */
export const useToast = (): Show => useContext(ToastContext);

const STANDS_MS = 8_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<readonly Shown[]>([]);
  const next = useRef(0);
  const show = useCallback<Show>((message) => {
    next.current += 1;
    const id = next.current;
    setMessages((before) => [...before.slice(-2), { ...message, id }]);
  }, []);
  const dismiss = useCallback((id: number) => setMessages((before) => before.filter((m) => m.id !== id)), []);
  const value = useMemo(() => show, [show]);
  return (
    <ToastContext value={value}>
      {children}
      <section
        aria-label="Messages"
        aria-live="polite"
        data-print="none"
        className="pointer-events-none fixed inset-x-4 bottom-20 z-50 grid justify-items-center gap-2 md:bottom-6"
      >
        {messages.map((message) => (
          <ToastLine key={message.id} message={message} onDone={() => dismiss(message.id)} />
        ))}
      </section>
    </ToastContext>
  );
}

function ToastLine({ message, onDone }: { message: Shown; onDone: () => void }) {
  const [held, setHeld] = useState(false);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => done.current(), STANDS_MS);
    return () => clearTimeout(timer);
  }, [held]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at the message only stops its clock
    <div
      className={classNames(
        "flex max-w-xl items-center gap-3 rounded-md bg-ink py-1.5 pr-1.5 pl-4 text-paper shadow-float animate-appear",
        // Words alone never stand between a person and the button below them.
        message.action ? "pointer-events-auto" : null,
      )}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{message.text}</span>
      {message.action ? (
        <Button
          onClick={async () => {
            await message.action?.run();
            onDone();
          }}
        >
          {message.action.label}
        </Button>
      ) : null}
      <button
        type="button"
        aria-label="Dismiss"
        className="target pointer-events-auto rounded-md px-2"
        onClick={onDone}
      >
        <span aria-hidden="true">✕</span>
      </button>
    </div>
  );
}
