"use client";

import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";
import { FLOAT_STYLE } from "./float-style";

/** A button that opens a list of actions or links. */
export function Menu({
  trigger,
  align = "end",
  children,
}: {
  trigger: ReactNode;
  align?: "start" | "end";
  children: ReactNode;
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={classNames(FLOAT_STYLE, "min-w-48 p-1")}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const ITEM_STYLE =
  "target flex items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none data-highlighted:bg-selected data-disabled:text-muted";

export function MenuItem({ className, ...rest }: ComponentProps<typeof Radix.Item>) {
  return <Radix.Item className={classNames(ITEM_STYLE, className)} {...rest} />;
}

export function MenuChoices({ label, ...rest }: ComponentProps<typeof Radix.RadioGroup> & { label: string }) {
  return (
    <>
      <Radix.Label className="rubric px-2 pt-2 pb-1">{label}</Radix.Label>
      <Radix.RadioGroup {...rest} />
    </>
  );
}

export function MenuChoice({ className, children, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={classNames(ITEM_STYLE, className)} {...rest}>
      <span aria-hidden="true" className="w-4">
        <Radix.ItemIndicator>✓</Radix.ItemIndicator>
      </span>
      {children}
    </Radix.RadioItem>
  );
}

export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}
