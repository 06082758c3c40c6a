"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { FLOAT_STYLE } from "./float-style";

/** More about what is pointed at or focused; never the only place where something is said. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactNode }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={8}
          className={classNames(FLOAT_STYLE, "max-w-80 px-3 py-2 text-sm")}
        >
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Once around the application: the delays. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={350} skipDelayDuration={150}>
      {children}
    </Radix.Provider>
  );
}
