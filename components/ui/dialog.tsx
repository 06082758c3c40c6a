"use client";

import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { buttonStyle } from "./button-style";
import { classNames } from "./class-names";
import { FLOAT_STYLE, OVERLAY_STYLE, SHEET_STYLE } from "./float-style";

type DialogProps = {
  title: ReactNode;
  description?: ReactNode;
  /** The button that opens it; leave out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  wide?: boolean;
  children: ReactNode;
};

export function Dialog({ title, description, trigger, open, onOpenChange, wide, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY_STYLE} />
        <Radix.Content
          className={classNames(FLOAT_STYLE, SHEET_STYLE, wide && "sm:w-[min(56rem,calc(100vw-2rem))]")}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <div className="mb-3 flex items-start justify-between gap-4">
            <Radix.Title className="headline text-xl">{title}</Radix.Title>
            <Radix.Close className={buttonStyle("bare", "-mt-1 -mr-2")} aria-label="Close">
              <span aria-hidden="true">✕</span>
            </Radix.Close>
          </div>
          {description ? <Radix.Description className="mb-3 text-muted">{description}</Radix.Description> : null}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Wrap a button with it to close the dialog. */
export const DialogClose = Radix.Close;
