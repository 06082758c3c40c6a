"use client";

import { AlertDialog as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";
import { FLOAT_STYLE, OVERLAY_STYLE, SHEET_STYLE } from "./float-style";

type ConfirmDialogProps = {
  /** A question: "Undo this import?" */
  title: string;
  /** What exactly will happen, and whether it can be taken back. */
  description: ReactNode;
  /** The verb, never "OK". */
  confirmLabel: string;
  danger?: boolean;
  trigger: ReactNode;
  onConfirm: () => void | Promise<void>;
};

export function ConfirmDialog({ title, description, confirmLabel, danger, trigger, onConfirm }: ConfirmDialogProps) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  async function confirm() {
    setBusy(true);
    try {
      await onConfirm();
      setOpen(false);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY_STYLE} />
        <Radix.Content className={classNames(FLOAT_STYLE, SHEET_STYLE)}>
          <Radix.Title className="headline mb-2 text-xl">{title}</Radix.Title>
          <Radix.Description asChild>
            <div className="mb-4 prose-width text-muted">{description}</div>
          </Radix.Description>
          <div className="flex flex-wrap justify-end gap-2">
            <Radix.Cancel asChild>
              <Button>Cancel</Button>
            </Radix.Cancel>
            <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={confirm}>
              {confirmLabel}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
