"use client";

import { useRouter } from "next/navigation";
import type { RefObject } from "react";
import { useKeys } from "./use-keys";

type ListKeys = {
  /** Holds the list; its items carry `data-list-item` and can be focused (links, buttons). */
  container: RefObject<HTMLElement | null>;
  /** Where `u` leads; nowhere without. */
  up?: string;
};

/** `j` and `k` move the focus along the list, `Enter` opens as everywhere, `u` goes back up. */
export function useListKeys({ container, up }: ListKeys): void {
  const router = useRouter();
  const move = (step: 1 | -1) => {
    const items = [...(container.current?.querySelectorAll<HTMLElement>("[data-list-item]") ?? [])].filter(
      (item) => item.getClientRects().length > 0,
    );
    const at = items.findIndex((item) => item.contains(document.activeElement));
    const next = at < 0 ? (step > 0 ? items[0] : items.at(-1)) : items[at + step];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  useKeys({ j: () => move(1), k: () => move(-1), ...(up ? { u: () => router.push(up) } : {}) });
}
