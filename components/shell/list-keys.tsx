"use client";

import { type ReactNode, useRef } from "react";
import { useListKeys } from "./use-list-keys";

/** Around a list that the server rendered: gives it `j`, `k`, `Enter` and `u`. */
export function ListKeys({ up, className, children }: { up?: string; className?: string; children: ReactNode }) {
  const container = useRef<HTMLDivElement>(null);
  useListKeys({ container, up });
  return (
    <div ref={container} className={className}>
      {children}
    </div>
  );
}
